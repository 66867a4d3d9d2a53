"""Persons' names in Arabic, which has no capitals to tell them by: what stands beside a word makes it a name."""

from __future__ import annotations

from bot.reading.who.line import Line, Token

FATHERS = frozenset({"بن", "بنت", "ابن", "ولد"})
BEFORE_AMIN = frozenset({"محمد", "احمد", "سيدي"})


def with_a_father(line: Line, at: int) -> bool:
    """Whether a word begins a name as a father's follows: `تركي بن …`, whatever it means alone."""
    after = line.tokens[at + 1 : at + 2]
    listed = any(line.is_in(line.tokens[at], key) for key in ("posts", "roles", "honorifics"))
    return line.script == "arabic" and not listed and bool(after) and after[0].key in FATHERS


def second_name(line: Line, at: int, names: list[Token]) -> bool:
    """Whether the word for a secretary is the second part of a given name: `محمد الأمين …`, not `الأمين العام`."""
    return [name.key in BEFORE_AMIN for name in names] == [True] and line.tokens[at].key == "الامين"
