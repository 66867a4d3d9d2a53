"""Persons' names in Arabic, which has no capitals to tell them by: what stands beside a word makes it a name."""

from __future__ import annotations

from bot.reading.who.line import Line, Token
from bot.reading.who.vocabulary import common

FATHERS = frozenset({"بن", "بنت", "ابن", "ولد"})
BEFORE_AMIN = frozenset({"محمد", "احمد", "سيدي"})


def with_a_father(line: Line, at: int) -> bool:
    """Whether a word begins a name as a father's follows: `تركي بن …`, whatever it means alone."""
    after = line.tokens[at + 1 : at + 2]
    listed = any(line.is_in(line.tokens[at], key) for key in ("posts", "roles", "honorifics"))
    return line.script == "arabic" and not listed and bool(after) and after[0].key in FATHERS


def of_an_office(line: Line, at: int) -> bool:
    """Whether a word behind a post is one of speeches and pages, so that it says what the post is of: `نزع السلاح`."""
    key = line.tokens[at].key
    known = key in common("arabic") or (key.startswith("و") and key[1:] in common("arabic"))
    return line.script == "arabic" and known and not line.given_at(at) and not line.is_in(line.tokens[at], "name_stops")


def goes_on_without(line: Line, token: Token, names: list[Token]) -> bool:
    """Whether a word behind a name is what its bearer did (`يلقي`), or the small word like Ali's (`على`)."""
    if line.script != "arabic" or not names or line.is_in(names[-1], "particles"):
        return False
    small = token.core == "على" and len(names) > 1
    return small or (len(names) > 1 and (line.is_in(token, "spoke") or line.is_in(token, "says")))


def of_the_name(line: Line, at: int, names: list[Token]) -> bool:
    """Whether a word of speeches is one of a name: a father's, or the second of `محمد الأمين` alone."""
    if line.script == "arabic" and names and names[-1].key in FATHERS:
        return True
    return [name.key in BEFORE_AMIN for name in names] == [True] and line.tokens[at].key == "الامين"
