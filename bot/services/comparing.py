"""Two states side by side, topic by topic: on opposite sides, on the same side, or one of them silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.outline import Outline, Place, Said
from bot.domain.reply import Quotation, Reply, Section
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Stance, Topic
from bot.ports import StatementStore
from bot.reading.states import country_name
from bot.services.meetings import AGAINST, FOR
from bot.services.naming import named

WEIGHED = 300
# Two who take the same side may still want different things, so it is the quotes that tell whether they agree.
OPPOSITE = "On opposite sides here."
SAME = "On the same side here; the quotes tell how far they agree."
APART = "Both speak here, on no clear side of each other."
ORDER = (OPPOSITE, SAME, APART)
SIDES: Mapping[Stance | None, str] = {**dict.fromkeys(FOR, "for"), **dict.fromkeys(AGAINST, "against")}
OTHER_SIDE = {"for": "against", "against": "for"}


class Taken(NamedTuple):
    """A side taken: one point of a statement, by its number from 1, and the stance it takes."""

    outline: Outline
    point: int
    stance: Stance | None

    @property
    def place(self) -> Place:
        """Where its words are."""
        return self.outline.place(self.point)


Both = tuple[Taken | None, Taken | None]


def compare(store: StatementStore, one: str, other: str, filter: Filter) -> Reply:
    """Where two states differ, where they are on one side, where one is silent; newest words first, no quote twice.

    `filter` narrows the statements, its topics also what is compared.
    """
    sections: list[Section] = []
    told: set[Place] = set()
    pairs = side_by_side(store, one, other, filter)
    said = store.said(places(pair for _, pair in pairs))
    for topic, pair in pairs:
        shown = places([pair])
        if shown <= told:
            continue  # the same words again, under another topic they touch
        told |= shown
        sections.append(_section(topic, pair, said, (one, other)))
    intro = "" if sections else "Nothing is kept of either that passes the filters."
    return Reply(heading=f"{country_name(one)} and {country_name(other)}", intro=intro, sections=tuple(sections))


def side_by_side(store: StatementStore, one: str, other: str, filter: Filter) -> list[tuple[Topic, Both]]:
    """What either state says on every topic that one of them touches: opposite sides first, silence last."""
    sides = {code: _by_topic(store, code, filter) for code in (one, other)}
    topics = [topic for topic in Topic if any(sides[code].get(topic) for code in sides)]
    pairs = {topic: _pair(sides[one].get(topic, ()), sides[other].get(topic, ())) for topic in topics}
    return [(topic, pairs[topic]) for topic in sorted(topics, key=lambda topic: _rank(pairs[topic]))]


def places(pairs: Iterable[Both]) -> set[Place]:
    """Where the words of these are."""
    return {taken.place for pair in pairs for taken in pair if taken}


def verdict(pair: Both, codes: tuple[str, str]) -> str:
    """How two stand to each other on a topic, or which of them is silent."""
    silent = [country_name(code) for code, said in zip(codes, pair, strict=True) if said is None]
    return f"{silent[0]} is silent." if silent else _verdict(pair)


def _section(topic: Topic, pair: Both, said: Mapping[Place, Said], codes: tuple[str, str]) -> Section:
    return Section(
        heading=topic.replace("_", " ").capitalize(),
        text=verdict(pair, codes),
        points=tuple(_spoken(taken, said[taken.place]) for taken in pair if taken),
    )


def _pair(ones: Sequence[Taken], others: Sequence[Taken]) -> Both:
    """The two sayings to set side by side: those on opposite sides if there are such, else the newest of each."""
    # The newest of either side is all that can be chosen, so that hundreds are not weighed against hundreds.
    theirs = {side: taken for taken in reversed(others) if (side := _side(taken))}
    for mine in ones:
        side = _side(mine)
        against = theirs.get(OTHER_SIDE[side]) if side else None
        if against:
            return mine, against
    return next(iter(ones), None), next(iter(others), None)


def _rank(pair: Both) -> int:
    return ORDER.index(_verdict(pair)) if all(pair) else len(ORDER)


def _verdict(pair: Both) -> str:
    sides = [_side(taken) for taken in pair if taken]
    if not all(sides):
        return APART
    return SAME if len(set(sides)) == 1 else OPPOSITE


def _side(taken: Taken) -> str | None:
    return SIDES.get(taken.stance)


def _by_topic(store: StatementStore, code: str, filter: Filter) -> Mapping[Topic, Sequence[Taken]]:
    wanted = replace(filter, countries=frozenset({code}))
    found: dict[Topic, list[Taken]] = {}
    for outline in store.outlines(wanted, limit=WEIGHED):
        for number, stand in enumerate(outline.stands, 1):
            for topic in stand.topics:
                if not filter.topics or topic in filter.topics:
                    found.setdefault(topic, []).append(Taken(outline, number, stand.stance))
    return found


def _spoken(taken: Taken, said: Said) -> Quotation:
    return Quotation(text=said.text, stance=taken.stance, link=said.link, new=said.new, by=named(taken.outline))
