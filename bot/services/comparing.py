"""Two states side by side, topic by topic: on opposite sides, on the same side, or one of them silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.brief import Brief, Point
from bot.domain.reply import Quotation, Reply, Section
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Stance, Topic
from bot.ports import StatementStore
from bot.reading.states import country_name
from bot.services.meetings import AGAINST, FOR
from bot.services.naming import who

WEIGHED = 300
# Two who take the same side may still want different things, so it is the quotes that tell whether they agree.
OPPOSITE = "On opposite sides here."
SAME = "On the same side here; the quotes tell how far they agree."
APART = "Both speak here, on no clear side of each other."
ORDER = (OPPOSITE, SAME, APART)

Said = tuple[Brief, Point]
Both = tuple[Said | None, Said | None]


def compare(store: StatementStore, one: str, other: str, filter: Filter) -> Reply:
    """Where two states differ, where they are on one side, where one is silent; newest words first, no quote twice.

    `filter` narrows the statements, its topics also what is compared.
    """
    sections: list[Section] = []
    told: set[tuple[str, int]] = set()
    for topic, pair in side_by_side(store, one, other, filter):
        said = [one_said for one_said in pair if one_said]
        keys = {(brief.statement.id, point.start) for brief, point in said}
        if keys <= told:
            continue  # the same words again, under another topic they touch
        told |= keys
        sections.append(_section(topic, pair, (one, other)))
    intro = "" if sections else "Nothing is kept of either that passes the filters."
    return Reply(heading=f"{country_name(one)} and {country_name(other)}", intro=intro, sections=tuple(sections))


def side_by_side(store: StatementStore, one: str, other: str, filter: Filter) -> list[tuple[Topic, Both]]:
    """What either state says on every topic that one of them touches: opposite sides first, silence last."""
    sides = {code: _by_topic(store, code, filter) for code in (one, other)}
    topics = [topic for topic in Topic if any(sides[code].get(topic) for code in sides)]
    pairs = {topic: _pair(sides[one].get(topic, ()), sides[other].get(topic, ())) for topic in topics}
    return [(topic, pairs[topic]) for topic in sorted(topics, key=lambda topic: _rank(pairs[topic]))]


def verdict(pair: Both, codes: tuple[str, str]) -> str:
    """How two stand to each other on a topic, or which of them is silent."""
    silent = [country_name(code) for code, said in zip(codes, pair, strict=True) if said is None]
    return f"{silent[0]} is silent." if silent else _verdict(pair)


def _section(topic: Topic, pair: Both, codes: tuple[str, str]) -> Section:
    return Section(
        heading=topic.replace("_", " ").capitalize(),
        text=verdict(pair, codes),
        points=tuple(_spoken(*said) for said in pair if said),
    )


def _pair(ones: Sequence[Said], others: Sequence[Said]) -> Both:
    """The two sayings to set side by side: those on opposite sides if there are such, else the newest of each."""
    for mine in ones:
        for theirs in others:
            if _side(mine) and _side(theirs) and _side(mine) != _side(theirs):
                return mine, theirs
    return next(iter(ones), None), next(iter(others), None)


def _rank(pair: Both) -> int:
    return ORDER.index(_verdict(pair)) if all(pair) else len(ORDER)


def _verdict(pair: Both) -> str:
    sides = [_side(said) for said in pair if said]
    if not all(sides):
        return APART
    return SAME if len(set(sides)) == 1 else OPPOSITE


def _side(said: Said) -> str | None:
    stance: Stance | None = said[1].stance
    return "against" if stance in AGAINST else "for" if stance in FOR else None


def _by_topic(store: StatementStore, code: str, filter: Filter) -> Mapping[Topic, Sequence[Said]]:
    wanted = replace(filter, countries=frozenset({code}))
    found: dict[Topic, list[Said]] = {}
    for brief in store.search("", wanted, limit=WEIGHED).briefs:
        for point in brief.points:
            for topic in point.topics:
                if not filter.topics or topic in filter.topics:
                    found.setdefault(topic, []).append((brief, point))
    return found


def _spoken(brief: Brief, point: Point) -> Quotation:
    return Quotation(text=point.text, stance=point.stance, link=point.link, new=point.new, by=who(brief))
