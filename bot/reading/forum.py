"""Where a statement was made: the UN body it was delivered in, not the ones it mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from urllib.parse import unquote

from bot import data
from bot.domain.taxonomy import FORUM_NAMES, Forum
from bot.reading.subject import HAN, Hit, Text, cut_out, has, hits, kinds_of, ready

# Where one text names several, the narrower body is where one speaks: an Arria meeting belongs to the Council.
NARROW_FIRST = (
    Forum.ARRIA,
    Forum.UNGA_C1,
    Forum.UNGA_C3,
    Forum.GM,
    Forum.AHC,
    Forum.OEWG,
    Forum.GGE,
    Forum.UNSC,
    Forum.HRC,
    Forum.UNGA,
)
PARENT = {Forum.ARRIA: {Forum.UNSC}}
PARENT |= {f: {Forum.UNGA} for f in NARROW_FIRST if f not in {Forum.UNGA, Forum.UNSC, Forum.ARRIA, Forum.HRC}}
UN_BODIES = frozenset(NARROW_FIRST)
CYBER_BODIES = frozenset({Forum.OEWG, Forum.GGE, Forum.AHC, Forum.GM})
OPENING = 900
# How near to a plain name another organization's stands that has it, and what may stand between.
NEAR = 60
OWNED = re.compile(r" |(?:(?!在)[\u4e00-\u9fff]){0,12}")
OWNED_BY = re.compile(r" (?:of (?:the )?|de l[a']? ?|du |des |de los? )?", re.I)
# How far behind a body's name its mandate is told.
MANDATE = 70
CLAUSE = re.compile(r"[.,;:!?()–—،؛]|\s-\s")
WEAK_TERMS = 5
ELSEWHERE = ("un", "elsewhere")
# The Open-ended Working Group ended in July 2025; the Global Mechanism first met in March 2026.
MECHANISM_BEGAN = date(2026, 1, 1)
GROUP_BEGAN, GROUP_ENDED = date(2021, 6, 1), date(2025, 7, 31)
# While the First Committee sits, the same is said there.
FIRST_COMMITTEE = (10, 11)
# So many of its own matters in one text are no coincidence.
MATTERS = 3
# A place that the title, the lines above the text or the address tell weighs at least this.
SURE = 3.0
BREADCRUMB = re.compile(r"[>›»/]|::|→|\|")
IN_ADDRESS = (
    (Forum.ARRIA, re.compile(r"arria")),
    (Forum.OEWG, re.compile(r"oewg|open-ended-working|gtca|gtcnl|rgos|composicion-abierta|composition-non-limitee")),
    (Forum.GM, re.compile(r"global-mechanism|mecanisme-mondial|mecanismo-global|globalnyy-mekhanizm")),
    (Forum.AHC, re.compile(r"ad-hoc-committee|(?<![a-z])ahc(?![a-z])|comite-especial|comite-special|tswyh")),
    (Forum.UNGA_C1, re.compile(r"first[-_]committee|(?<![a-z])c1(?![a-z0-9])|premiere-commission|primera-comision")),
    (Forum.UNGA_C3, re.compile(r"third[-_]committee|troisieme-commission|tercera-comision|tretiy-komitet")),
    (Forum.UNSC, re.compile(r"security[-_]?council|unsc|conseil-de-securite|consejo-de-seguridad|sovbez")),
    (Forum.HRC, re.compile(r"human-rights-council|(?<![a-z])hrc(?![a-z])")),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Place:
    """A body, in which part of the document it was found, and how sure that makes it (log-odds)."""

    forum: Forum
    where: str
    weight: float

    def told(self) -> str:
        """The finding in words."""
        name = "another body of the United Nations" if self.forum is Forum.OTHER else FORUM_NAMES[self.forum]
        return f"{name} named in the {self.where}"


def find_forum(
    *, title: str, header: str = "", site: str = "", body: str = "", url: str | None = None, day: date | None = None
) -> Forum | None:
    """The body a document was delivered in, OTHER if it was clearly elsewhere, None if nothing says."""
    place = find_place(title=title, header=header, site=site, body=body, url=url, day=day)
    if place:
        return place.forum
    return Forum.OTHER if has(ready(title, header), *ELSEWHERE) else None


@lru_cache(maxsize=8)
def find_place(
    *, title: str, header: str = "", site: str = "", body: str = "", url: str | None = None, day: date | None = None
) -> Place | None:
    """The body a document was delivered in and where that was found; the parts are asked in order of their worth.

    `day` is that of delivery: it tells which process an item of the common agenda belongs to.
    """
    whole = ready(title, header, url, body)
    cyber = has(whole, "cyber", "strong") or cites(whole.plain) or len(kinds_of(whole, "cyber", "weak")) >= WEAK_TERMS
    found = [
        *_placed("title", ready(title), 4.0, cyber=cyber, agenda=True),
        *_placed("lines above the text", ready(header), 4.0, cyber=cyber, agenda=True),
        *_in_address(url),
        *_placed("breadcrumbs", _breadcrumbs(site), 3.0, cyber=cyber),
        *_placed("opening", ready(body).head(OPENING), 2.5, cyber=cyber, opening=True),
        *_counted(ready(body), cyber=cyber),
        *(_by_agenda(ready(title, header), day) if cyber and not has(ready(title, header, site), *ELSEWHERE) else []),
    ]
    if day and day >= MECHANISM_BEGAN:
        found = _since_the_mechanism(found, whole)
    if day and day <= GROUP_ENDED:  # the Mechanism was then but spoken of
        found = [place for place in found if place.forum is not Forum.GM or place.weight >= SURE]
    if has(ready(title, header), "un", "other_bodies") and not any(place.weight >= SURE for place in found):
        return Place(forum=Forum.OTHER, where="title or the lines above the text", weight=SURE)
    if not found and cyber and not has(ready(title, header, site, body[:OPENING]), *ELSEWHERE):
        found = _by_matters(ready(body), ready(title, header, site), day)
    if not found:
        return None
    first = found[0]
    narrower = [p for p in found if first.forum in PARENT.get(p.forum, ()) and (p.weight > 2.5 or _meets(p, body))]
    shown = [place for place in narrower if place.weight >= SURE]  # above the text, whatever the text calls the room
    return (shown or narrower or found)[0] if shown or not (first.where == "title" and _meets(first, body)) else first


def cites(text: str) -> bool:
    """Whether a text cites a document of the processes on ICTs, which are called the same in every language."""
    return bool(_cited().search(text))


@cache
def _cited() -> re.Pattern[str]:
    rows = data.table("processes.toml").values()
    known = [name for row in rows for name in (*row["series"], *row["documents"])]
    return re.compile(rf"(?<![A-Za-z\d/.])(?:A/RES/)?(?:{'|'.join(map(re.escape, known))})(?![A-Za-z\d]|\.\d)")


def _since_the_mechanism(found: list[Place], whole: Text) -> list[Place]:
    """The places, for a day when the Working Group was history: what speaks of the Mechanism was likely said in it."""
    if not has(cut_out(whole, "aside", "lookalikes"), "forums", Forum.GM):
        return found
    past = [place for place in found if not (place.forum is Forum.OEWG and place.weight < 3)]
    return [*past, Place(forum=Forum.GM, where="text, in its time", weight=2.0)]


def _by_agenda(head: Text, day: date | None) -> list[Place]:
    """The process of the time, where a title is no more than an item of its agenda."""
    if not has(head, "agenda", "process"):
        return []
    forum = Forum.GM if day and day >= MECHANISM_BEGAN else Forum.OEWG
    return [Place(forum=forum, where="agenda of the time", weight=2.0)]


def _by_matters(body: Text, head: Text, day: date | None) -> list[Place]:
    """The Working Group, where a text said at the UN in its time names no body and deals with matters of its own."""
    if day is None or not GROUP_BEGAN <= day <= GROUP_ENDED or day.month in FIRST_COMMITTEE:
        return []
    own = set(kinds_of(body, "agenda", "matters"))
    if len(own) < MATTERS or not has(head, "un", "terms") or not has(body, "vocatives"):
        return []
    return [Place(forum=Forum.OEWG, where="matters of its own, in its time", weight=1.0)]


def _meets(place: Place, body: str) -> bool:
    """Whether the speaker says of this body that he sits in it."""
    return has(ready(body), "here", _key(place.forum))


def _key(forum: Forum) -> str:
    return forum.value.replace("-", "_")


def _placed(
    where: str, text: Text, weight: float, *, cyber: bool, agenda: bool = False, opening: bool = False
) -> list[Place]:
    """The bodies a part names as the place, the narrowest first, those it only speaks about last."""
    text = cut_out(text, "aside", "lookalikes")
    sure: list[Place] = []
    short: list[Place] = []
    aside: list[Place] = []
    for forum in NARROW_FIRST:
        full = hits(text, "forums", _key(forum))
        named = full + (_short(text, forum) if cyber else [])
        if opening and forum is Forum.GGE and not has(text, "here", forum.value):
            continue  # experts met behind closed doors; their reports are cited everywhere
        about = all(_about(text, hit.start) for hit in named)
        if not named or (opening and about and not has(text, "here", _key(forum))):
            continue
        place = Place(forum=forum, where=where, weight=weight - (2.0 if about else 0.0))
        (aside if about else sure if full else short).append(place)
    sure = [*sure, *short]  # a name in full tells more than one that several bodies share
    if agenda and cyber and not sure:
        sure = [
            Place(forum=forum, where=f"{where} (an item of its agenda)", weight=weight - 1)
            for forum in (Forum.UNGA_C3, Forum.UNGA_C1, Forum.UNSC)
            if has(text, "agenda", _key(forum))
        ]
    return sure or aside


def _short(text: Text, forum: Forum) -> list[Hit]:
    """Where a text names a body by a name that others bear too, and does not go on to say that it is one of those."""
    found = [hit for hit in hits(text, "forums_short", _key(forum)) if not _of_another(text, hit)]
    return [hit for hit in found if not _of_others(text, hit)]


def _of_others(text: Text, hit: Hit) -> bool:
    """Whether a plain name ("working group") goes with that of another organization, which has such bodies too."""
    if kinds_of(ready(hit.words), "aside", "plain") != [hit.words]:
        return False
    end = hit.start + len(hit.words)
    before, after = text.part(max(0, hit.start - NEAR), hit.start), text.part(end, end + NEAR)
    owners = [before.plain[other.start + len(other.words) :] for other in hits(before, *ELSEWHERE)]
    owned = [after.plain[: other.start] for other in hits(after, *ELSEWHERE)]
    return any(OWNED.fullmatch(gap) for gap in owners) or any(OWNED_BY.fullmatch(gap) for gap in owned)


def _of_another(text: Text, hit: Hit) -> bool:
    """Whether a body's name is followed (in Chinese preceded) by another subject than ours: "experts on missiles"."""
    end = hit.start + len(hit.words)
    mandate = text.part(max(0, hit.start - 24), hit.start) if HAN.search(hit.words) else text.part(end, end + MANDATE)
    line = mandate.plain.strip("\n").splitlines() or [""]
    told = ready(line[-1] if HAN.search(hit.words) else CLAUSE.split(line[0])[0])
    return has(told, "un", "other_subjects") and not has(told, "cyber", "strong")


def _about(text: Text, start: int) -> bool:
    """Whether the words just before a name make it a subject ("report of the …") rather than a place."""
    before = text.lower[max(0, start - 24) : start].rstrip()
    return any(before[hit.start :].strip() == hit.words.strip() for hit in hits(Text(before, before), "aside", "about"))


def _in_address(url: str | None) -> list[Place]:
    address = unquote(url or "").lower()
    return [Place(forum=forum, where="address", weight=3.0) for forum, pattern in IN_ADDRESS if pattern.search(address)]


def _breadcrumbs(site: str) -> Text:
    """The lines above the title that lead to this page, without menus, which list every body there is."""
    lines = [line for line in site.splitlines() if BREADCRUMB.search(line)]
    named = [line for line in lines if _few(ready(line))]
    return ready(*named[-2:])


def _few(line: Text) -> bool:
    return sum(has(line, "forums", _key(forum)) for forum in NARROW_FIRST) == 1


def _counted(body: Text, *, cyber: bool) -> list[Place]:
    """The body most spoken of, deixis ("this Council") counting most."""
    body = cut_out(body, "aside", "lookalikes")
    counts = dict.fromkeys(NARROW_FIRST, 0.0)
    for forum in NARROW_FIRST:
        names = hits(body, "forums", _key(forum)) + (_short(body, forum) if cyber else [])
        if forum is Forum.GGE:
            names = []
        counts[forum] = 2.0 * len(hits(body, "here", _key(forum))) + sum(
            0.25 if _about(body, hit.start) else 1.0 for hit in names
        )
    best = max(counts, key=lambda forum: counts[forum])
    if counts[best] < 2:
        return []
    return [Place(forum=best, where="text, most often", weight=1.0 + 0.25 * min(4.0, counts[best]))]
