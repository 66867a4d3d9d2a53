"""The look-ups behind the slash commands: questions to the store, answers as replies. None waits for a network."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from bot.domain.brief import Brief, Point
from bot.domain.outline import Place, Said
from bot.domain.reply import Quotation, Reply, Section
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Stance, Topic
from bot.errors import NotFoundError
from bot.ports import Found, MarkStore, StatementStore
from bot.reading.states import country_name
from bot.services.correcting import revision_sections
from bot.services.marking import marking_buttons, readers_section
from bot.services.naming import named
from bot.services.wording import byline, listing, whole

SHOWN = 10
WEIGHED = 300


def latest(store: StatementStore, filter: Filter, page: int = 1) -> Reply:
    """The newest statements that pass the filter, a page of them."""
    return _listed("Latest statements", store.search("", filter, limit=SHOWN, offset=(page - 1) * SHOWN), page)


def search(store: StatementStore, words: str, filter: Filter, page: int = 1) -> Reply:
    """The statements that hold every word, a page of them."""
    found = store.search(words, filter, limit=SHOWN, offset=(page - 1) * SHOWN)
    return _listed(f"Statements on “{words}”", found, page)


def show(store: StatementStore, marks: MarkStore, key: str, site: str | None = None) -> Reply:
    """One statement's brief, what was corrected of it and what readers say of it; `site` has its page, if there is one.

    Raises NotFoundError.
    """
    brief = get(store, key)
    id = brief.statement.id
    revisions = store.revisions(id) if brief.corrects else ()
    readers = readers_section(marks.of(id), brief, revisions[-1].number if revisions else 1)
    reply = whole(brief, (*revision_sections(revisions), *readers))
    permalink = f"{site}/statements/{id}" if site else None
    return replace(reply, actions=(*reply.actions, *marking_buttons(id)), permalink=permalink)


def get(store: StatementStore, key: str) -> Brief:
    """A statement by id or address. Raises NotFoundError, saying where ids are to be found."""
    brief = store.get(key)
    if brief is None:
        raise NotFoundError(f"no statement is kept under {key!r}; `latest` and `search` show ids")
    return brief


def positions(store: StatementStore, topic: Topic, filter: Filter) -> Reply:
    """Who takes which stance on a topic, each with a quote; a state's newest statement speaks for it."""
    name = topic.replace("_", " ")
    taken: dict[tuple[str, Stance | None], Place] = {}
    for outline in store.outlines(filter, limit=WEIGHED):
        for number, stand in enumerate(outline.stands, 1):
            if topic in stand.topics:
                taken.setdefault((named(outline), stand.stance), outline.place(number))
    said = store.said(taken.values())
    by_stance: dict[Stance | None, list[Quotation]] = defaultdict(list)
    for (speaker, stance), place in taken.items():
        by_stance[stance].append(_spoken(said[place], speaker))
    sections = tuple(
        Section(heading=f"{_stance(stance)} ({len(by_stance[stance])})", points=tuple(by_stance[stance]))
        for stance in (*Stance, None)
        if by_stance[stance]
    )
    intro = _weighed(store.count(filter)) if sections else "No position on it is kept yet."
    return Reply(heading=f"Positions on {name}", intro=intro, sections=sections)


def new(store: StatementStore, code: str) -> Reply:
    """What a state's newest statement says that it had not said before, what it repeats, and what it left out."""
    found = store.search("", Filter(countries=frozenset({code})), limit=1)
    name = country_name(code)
    if not found.briefs:
        return Reply(heading=f"{name}: nothing is kept", intro="`latest` shows who has spoken.")
    brief = found.briefs[0]
    if all(point.new is None for point in brief.points):
        intro = f"{byline(brief)}. No earlier statement of {name} is kept to compare it with."
        return Reply(heading=brief.statement.title, intro=intro, sections=whole(brief).sections)
    groups = {
        "New": tuple(_said(p) for p in brief.points if p.new),
        "Said before": tuple(_repeated(store, p) for p in brief.points if p.new is False),
        "Left out this time": tuple(Quotation(text=words) for words in brief.omitted),
    }
    sections = tuple(Section(heading=title, points=points) for title, points in groups.items() if points)
    return Reply(heading=brief.statement.title, intro=byline(brief), sections=sections)


def _weighed(total: int) -> str:
    """What an answer rests on, where that is not everything."""
    return f"From the newest {WEIGHED} of {total} statements; filters narrow them." if total > WEIGHED else ""


def _spoken(said: Said, speaker: str) -> Quotation:
    return Quotation(text=said.text, link=said.link, new=said.new, by=speaker)


def _said(point: Point) -> Quotation:
    return Quotation(text=point.text, stance=point.stance, link=point.link, new=point.new)


def _repeated(store: StatementStore, point: Point) -> Quotation:
    """A point said before, with the day and the statement in which it was."""
    earlier = store.get(point.said_before) if point.said_before else None
    if earlier is None:
        return _said(point)
    day = earlier.statement.date
    when = f"said on {day.day} {day:%B %Y}" if day else "said before"
    return replace(_said(point), by=f"{when} ({earlier.statement.id})")


def _stance(stance: Stance | None) -> str:
    return stance.replace("_", " ").capitalize() if stance else "No stance of their own"


def _listed(heading: str, found: Found, page: int) -> Reply:
    if not found.total:
        return Reply(heading=heading, intro="Nothing is kept that fits; try fewer words or filters.")
    first, last = (page - 1) * SHOWN + 1, (page - 1) * SHOWN + len(found.briefs)
    shown = f", the newest {last} shown" if page == 1 else f", {first} to {last} shown"
    intro = f"{found.total} in all{shown if found.total > len(found.briefs) else ''}"
    return replace(listing(heading, found.briefs, intro=intro), page=page, pages=-(-found.total // SHOWN))
