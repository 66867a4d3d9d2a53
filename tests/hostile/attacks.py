"""Texts made to hurt a regular expression, from its own parse tree; and how the cost of reading one grows.

Each repetition that may go on for long is reached by a text that matches what stands before it, then fed with what it
repeats: every kind of character the expression tells apart, and a few texts of its body. Nested repetitions, branches
that overlap and neighbours that may swallow the same characters all show as growth faster than the text.
"""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any

LONG = 64
MOST = 16
COMMON = " \t\n\u00a0aAzZ0_.,-;:<>()[]\"'/|éяЯ中ا٠·\u0301"
ENDS = ("", "\x01")
MOST_PUMPS, VARIANTS = 12, 6
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
SINGLE = (_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY)
Node = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Attack:
    """A text of any length: what comes first, what is repeated, what comes last."""

    start: str
    pump: str
    end: str

    def text(self, length: int) -> str:
        """The attack with about so many repeated characters."""
        return self.start + self.pump * max(1, length // len(self.pump)) + self.end


def attacks(regex: re.Pattern[Any]) -> list[Attack]:
    """The attacks on an expression, at most `MOST`, by a draw that is always the same; none if nothing repeats."""
    nodes = _parser.parse(regex.pattern, regex.flags)
    if not any(node[0] in REPEATS and node[1][1] >= LONG for node in _all(nodes)):
        return []
    made = list(dict.fromkeys(_Tree(regex).attacks()))
    return made if len(made) <= MOST else random.Random(repr(regex.pattern)).sample(made, MOST)


class _Tree:
    """An expression's parse tree, with one character for each kind that it tells apart."""

    def __init__(self, regex: re.Pattern[Any]) -> None:
        self.nodes: Sequence[Node] = _parser.parse(regex.pattern, regex.flags)
        self._flags = regex.flags
        self._known: dict[str, Callable[[Any], object]] = {}
        self._fitting: dict[str, list[str]] = {}
        self._binary = isinstance(regex.pattern, bytes)
        written = {chr(code) for node in _all(self.nodes) for code in _codes(node)}
        alike = {form for one in written for form in (one, one.lower()[:1], one.upper()[:1])}
        self._alphabet = list(dict.fromkeys([*COMMON, *sorted(alike)]))
        singles = {repr(node): node for node in _all(self.nodes) if node[0] in SINGLE}
        kinds: dict[tuple[bool, ...], str] = {}
        for one in self._alphabet:
            kinds.setdefault(tuple(self._takes(node, one) for node in singles.values()), one)
        self._kinds = list(kinds.values())

    def attacks(self) -> Iterator[Attack]:
        """One for every long repetition, way to reach it, thing to repeat and end."""
        for start, body in self._long(self.nodes, ""):
            for pump in self._pumps(body)[:MOST_PUMPS]:
                yield from (Attack(before, pump, end) for before in {"", start} for end in ENDS)
                yield Attack("", start + pump, ENDS[-1])

    def _pumps(self, body: Sequence[Node]) -> list[str]:
        if len(body) == 1 and body[0][0] in SINGLE:
            return [one for one in self._kinds if self._takes(body[0], one)]
        return [pump for pump in dict.fromkeys(self._text(body, n) for n in range(VARIANTS)) if pump]

    def _long(self, nodes: Sequence[Node], start: str) -> Iterator[tuple[str, Sequence[Node]]]:
        """What leads to each long repetition, and its body."""
        for place, node in enumerate(nodes):
            here = start + self._text(nodes[:place], 1)
            if node[0] in REPEATS and node[1][1] >= LONG:
                yield here, node[1][2]
            for inner in _inner(node):
                yield from self._long(inner, here)

    def _text(self, nodes: Sequence[Node], variant: int) -> str:
        """A text that the nodes match, as far as that is told without looking around."""
        return "".join(self._piece(node, variant) for node in nodes)

    def _piece(self, node: Node, variant: int) -> str:
        op, value = node
        if op in SINGLE:
            fitting = self._fits(node)
            return fitting[variant % len(fitting)] if fitting else ""
        if op in REPEATS:
            return self._text(value[2], variant) * (value[0] or variant % 2)
        if op is _constants.BRANCH:
            return self._text(value[1][variant % len(value[1])], variant)
        taken = op in (_constants.SUBPATTERN, _constants.ATOMIC_GROUP)
        return self._text(_inner(node)[0], variant) if taken else ""

    def _fits(self, node: Node) -> list[str]:
        key = repr(node)
        if key not in self._fitting:
            self._fitting[key] = [one for one in self._alphabet if self._takes(node, one)]
        return self._fitting[key]

    def _takes(self, node: Node, one: str) -> bool:
        key = repr(node)
        if key not in self._known:
            self._known[key] = _alone(node, self._flags)
        try:
            return self._known[key](one.encode("latin-1") if self._binary else one) is not None
        except UnicodeEncodeError:
            return False


def _alone(node: Node, flags: int) -> Callable[[Any], object]:
    """Whether a single character is matched by a node that takes one."""
    state = _parser.State()
    code = _compiler._code(_parser.SubPattern(state, [node]), flags)
    made: re.Pattern[Any] = _compiler._sre.compile(None, flags, code, 0, {}, (None,))
    return made.match


def _inner(node: Node) -> list[Sequence[Node]]:
    op, value = node
    if op in REPEATS:
        return [value[2]]
    if op is _constants.SUBPATTERN:
        return [value[3]]
    if op is _constants.BRANCH:
        return list(value[1])
    if op in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [value[1]]
    if op is _constants.ATOMIC_GROUP:
        return [value]
    return [one for one in value[1:] if one is not None] if op is _constants.GROUPREF_EXISTS else []


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for inner in _inner(node):
            yield from _all(inner)


def _codes(node: Node) -> Iterator[int]:
    op, value = node
    if op in (_constants.LITERAL, _constants.NOT_LITERAL):
        yield value
    for kind, what in value if op is _constants.IN else ():
        if kind is _constants.LITERAL:
            yield what
        elif kind is _constants.RANGE:
            yield from (what[0], sum(what) // 2, what[1])


def growth(cost: Callable[[int], float], *, longest: int = 4096, telling: float = 0.006) -> float | None:
    """How many times dearer the work is at twice the length, once it is dear enough to be told from noise.

    None if it stays under `telling` seconds up to the longest text: work that grows faster than its text does not.
    The cheapest of three is taken, by turns. A text of a few dozen characters that is dear grows without measure.
    """
    if any(cost(length) > telling and cost(length) > telling for length in range(8, FEW, 4)):
        return math.inf
    length = FEW
    while length < longest and cost(length) < telling:
        length *= 2
    if cost(length) < telling:
        return None
    pairs = [(cost(length), cost(2 * length)) for _ in range(3)]
    return min(twice for _, twice in pairs) / min(once for once, _ in pairs)


FEW = 32
SUSPECT = 2.6


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of this thread for some work: other processes do not count."""
    start = time.thread_time()
    work()
    return time.thread_time() - start
