"""What may stand between the beginning of a part of a line and a name: posts, states, honorifics."""

from __future__ import annotations

from bot.reading.who.line import Line, Token
from bot.reading.who.vocabulary import flat

PLAIN_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr amb ambassador h.e he m mme mlle sr sra srta embajador embajadora ambassadeur ambassadrice "
    "l'ambassadeur l'ambassadrice emb s.e s.e.m s.e.mme s.e.mr г-н г-на г-жа г-жи г-же г-ну господин господина госпожа "
    "госпожи д-р excmo excma monsieur madame lord baroness sir dame senor senora professor prof".split()
)
# Words that may stand within a post though they end a name: "при ООН", "لدى".
INNER = frozenset({"при", "оон", "لدي"})
# A name is not looked for past these: what follows them is the occasion.
OCCASION = frozenset(
    "at on during before behalf by with chaired sur lors nom durante ante sobre en nombre на от об о перед под"
    " ходе".split()
)
CONNECTS = frozenset("the of to for and in de du des la le les el los las l del y et a au aux para pour".split())
AT = frozenset(map(flat, "at in en dans au aux à ante auprès chez в во на при с في لدى".split()))
ANDS = frozenset({"and", "et", "y", "и"})


def honorific(line: Line, token: Token) -> bool:
    """Whether a word is an honorific, as it is written here."""
    if not line.is_in(token, "honorifics") or token.text.endswith(("'s", "’s")):
        return False
    if line.script != "latin" or token.core[:1].isupper() or token.text[0] == "(":
        return True
    return len(token.core) > 5 or (len(token.core) > 4 and token.key in PLAIN_HONORIFICS)


def leads(line: Line, token: Token, *, post: bool) -> bool:
    """Whether a token may stand between the start of a part and the name."""
    if not token.core:
        return True
    if token.key in OCCASION and token.key not in INNER and not (post and at_a_house(line, token)):
        return False
    if post and at_a_house(line, token):
        return True
    if token.state or line.is_in(token, "roles") or line.is_in(token, "honorifics"):
        return True
    if token.key in ANDS and _title_follows(line, token):
        return True
    if any(m.adjective and m.start <= token.start < m.end for m in line.states):
        return True
    if line.script == "latin":
        return (token.key in CONNECTS and (post or token.key in {"the", "la", "le", "el", "l", "del", "de"})) or (
            post and (token.core[0].islower() or line.is_in(token, "not_names")) and len(token.core) > 1
        )
    stop = line.is_in(token, "name_stops") and token.key not in INNER and not (post and _before_state(line, token))
    return (
        post and not stop and (line.is_in(token, "not_names") or token.core[0].islower() or token.key in {"оон", "لدى"})
    )


def at_a_house(line: Line, token: Token) -> bool:
    """Whether a word says at which house somebody has a post: `adviser at the | Ministry of …`, `советник в | МИД`."""
    at = line.tokens.index(token)
    ahead = [one for one in line.tokens[at + 1 : at + 4] if one.key not in CONNECTS]
    return bool(ahead) and token.key in AT and any(line.is_in(one, "houses") for one in ahead[:2]) and at > 0


def _title_follows(line: Line, token: Token) -> bool:
    """Whether a word joins two titles of one person: `Чрезвычайный и Полномочный Посол`."""
    at = line.tokens.index(token)
    around = [*line.tokens[max(0, at - 1) : at], *line.tokens[at + 1 : at + 2]]
    return len(around) == 2 and all(line.is_in(one, "roles") or line.is_in(one, "honorifics") for one in around)


def _before_state(line: Line, token: Token) -> bool:
    """Whether a state comes right behind a word: a minister's `في الأردن`."""
    end = token.start + len(token.text)
    return any(0 < mention.start - end <= 2 for mention in line.states if not mention.adjective)
