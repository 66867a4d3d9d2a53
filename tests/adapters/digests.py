"""A thousand digests by chance, the same on every run: six languages, hostile text, none to eighty statements.

What a renderer makes of one is held against the reply itself: every word, quote and address must be there to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from random import Random

from bot.domain.brief import Brief, Point
from bot.domain.digest import Coverage, Digest
from bot.domain.reply import Reply, Section
from bot.domain.taxonomy import Forum, Kind, Stance, Topic
from bot.domain.text import harmless, linkable, one_line
from bot.domain.written import Written
from bot.services.wording import digest_reply
from tests.adapters.samples import HOSTILE
from tests.samples import NOW, statement

DIGESTS = 1000
SENTENCES = {
    "en": "The delegation regrets that no register of contact points was agreed before the fourth session.",
    "fr": "Notre délégation propose que les hôpitaux soient tenus à l’écart de toute opération, en paix ou en guerre.",
    "es": "Pedimos que la asistencia técnica llegue también a las islas, donde un solo cable sostiene toda la red.",
    "ru": "Мы исходим из того, что ответственность за такие действия должна быть доказана, а не объявлена.",
    "zh": "我们主张各国在平等的基础上制定规则，反对把供应链问题政治化。",
    "ar": "يرى وفد بلادي أن بناء القدرات لا يكتمل دون نقل التكنولوجيا إلى من يحتاج إليها.",
}
HOSTILITIES = (
    HOSTILE,
    "@everyone @here <!channel> <!here> <!subteam^S1|all> <@U1> <@!7> <@&9> <#C1>",
    "[press.un.org](https://evil.example) <https://evil.example|press.un.org>",
    "**a** __b__ ~~c~~ ||d|| `e` ```f``` > g\n# h\n-# i\n1. j",
    "\x1b]0;title\x07\x1b[2J\x9b31m bell\x07",
    "\u202edetrevni\u202c \u2066isolated\u2069 zero\u200bwidth\ufeff",
    "&amp; &lt;script&gt; <script>alert(1)</script> :smile: <t:0:R> </brief:1>",
    "x" * 3000,
    "网" * 2500,
    "😀👩\u200d💻" * 700,
    "word " * 1200,
    "a\u0301" * 900,
)
LINKS = (
    "https://mission.example/{n}#:~:text=said%20{n}",
    "https://mission.example/{n}?a=(b)&c=d#:~:text=%D9%85" + "%D9%85" * 400,
    "https://mission.example/{n}#:~:text=" + "%E7%BD%91" * 700,
    'https://mission.example/{n}/<b>|"x"`y`',
    None,
    "ftp://mission.example/{n}",
)


@cache
def digests() -> tuple[Reply, ...]:
    """The replies; every renderer is tried on the same."""
    return tuple(digest(Random(seed)) for seed in range(DIGESTS))


def digest(chance: Random) -> Reply:
    """One digest of none to eighty statements."""
    count = chance.choice((0, 1, 2, 3, 5, 8, 13, 30, 80)) if chance.random() < 0.5 else chance.randint(0, 12)
    made = Digest(
        slot="slot",
        made_at=NOW,
        briefs=tuple(_brief(chance, number) for number in range(count)),
        coverage=Coverage(checked=chance.randint(0, 300), failing=("a",) * chance.randint(0, 3)),
        late=chance.random() < 0.1,
    )
    return digest_reply(made)


def _brief(chance: Random, number: int) -> Brief:
    language = chance.choice(list(SENTENCES))
    said = statement(
        id=f"{number:012x}",
        url=_link(chance, number),
        title=f"s{number} {_words(chance, language)}",
        country=chance.choice(("KEN", "CHN", "FRA", None)),
        group=chance.choice((None, None, _words(chance, language))),
        speaker=_words(chance, language),
        kind=Kind.NATIONAL_STATEMENT,
        forum=chance.choice((*Forum, None)),
        date=chance.choice((None, date(2026, 11, 20) - timedelta(days=number % 40))),
        language=language,
    )
    points = tuple(_point(chance, language, number) for _ in range(chance.randint(0, 6)))
    lead = (_written(chance), _written(chance)) if chance.random() < 0.3 else ()
    return Brief(statement=said, topics=(Topic.NORMS,), points=points, lead=lead)


def _point(chance: Random, language: str, number: int) -> Point:
    return Point(
        text=_words(chance, language),
        quote="",
        start=0,
        end=0,
        stance=chance.choice((*Stance, None)),
        topics=(Topic.NORMS,),
        link=_link(chance, number),
        new=chance.choice((True, False, None)),
        rewritten=_written(chance) if chance.random() < 0.3 else None,
    )


def _written(chance: Random) -> Written:
    """What a model might have written, had anybody let it through."""
    text = _words(chance, chance.choice(list(SENTENCES)))
    return Written(text=text, points=(1,), quotes=("a",), language="en", model="m")


def _words(chance: Random, language: str) -> str:
    if chance.random() < 0.04:
        return chance.choice(HOSTILITIES)
    sentence = " ".join([SENTENCES[language]] * chance.choice((1, 1, 1, 2, 6)))
    return f"{sentence} {chance.choice(HOSTILITIES[:7])}" if chance.random() < 0.1 else sentence


def _link(chance: Random, number: int) -> str | None:
    pattern = LINKS[0] if chance.random() < 0.7 else chance.choice(LINKS)
    return pattern.replace("{n}", str(number)) if pattern else None


def missing(reply: Reply, shown: str, addresses: set[str]) -> list[str]:
    """What of a reply cannot be seen: words, in `shown` as a reader has them, and where its links lead."""
    squeezed = _squeezed(shown)
    lost = [text for text in _texts(reply) if not _seen(text, squeezed)]
    here = Counter(squeezed)
    lost += [char for char, count in Counter(_squeezed("".join(_texts(reply)))).items() if here[char] < count]
    # An address that cannot be linked stands there as it is.
    lost += [url for url in _links(reply) if not _leads(url, addresses) and not _seen(url, squeezed)]
    return lost


def _seen(text: str, squeezed: str) -> bool:
    """Whether a text is there: its beginning and its end, as what is between may be cut, and is counted."""
    words = _squeezed(text)
    return words[:60] in squeezed and words[-60:] in squeezed


@lru_cache(maxsize=20_000)
def _squeezed(text: str) -> str:
    """Letters alone, as a reader compares them: what renderers put between pieces does not count."""
    return re.sub(r"[\s“”•·…]", "", one_line(text)).casefold()


def _texts(reply: Reply) -> Iterator[str]:
    yield from (reply.heading, reply.intro, reply.footer)
    for section in reply.sections:
        yield from (section.heading, section.byline, section.lead, *harmless(section.text).splitlines())
        yield from (part for point in section.points for part in (point.label, point.written, point.text))
        for row in section.table.rows if section.table else ():
            yield from row


def _links(reply: Reply) -> Iterator[str]:
    for section in reply.sections:
        yield from (url for url in (section.url, *(point.link for point in section.points)) if url)


def _leads(url: str, addresses: set[str]) -> bool:
    """Whether one of the addresses opens the same page."""
    page = linkable(url.partition("#")[0], 10_000)
    return page is not None and page in addresses


def sections_in_order(reply: Reply, shown: str) -> bool:
    """Whether the statements stand in the order of the reply."""
    squeezed, at = _squeezed(shown), 0
    for section in reply.sections:
        at = squeezed.find(_start(section), at)
        if at < 0:
            return False
    return True


def _start(section: Section) -> str:
    return _squeezed(section.heading)[:40]
