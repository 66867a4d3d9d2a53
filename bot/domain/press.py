"""What a button holds: a command line with what is to become of its answer, in words that outlive a restart.

`go:<line>` answers it, `page:<number>:<line>` puts another page of the answer in the place of this one, and
`share:<number>:<line>` gives the answer to the whole channel. One too long for a button is kept in the store and the
button holds its name, `kept:<24 hex digits>`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import UsageError

KEY_DIGITS = 24
WORDS = re.compile(r"(?:go|(page|share):([1-9]\d{0,3})):(\S.*)", re.DOTALL)
KEPT = re.compile(rf"kept:([0-9a-f]{{{KEY_DIGITS}}})")


class Verb(StrEnum):
    """What is to become of the answer."""

    GO = "go"
    PAGE = "page"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button, understood: the command line it stands for, and which page of its answer."""

    line: str
    verb: Verb = Verb.GO
    page: int = 1

    def __str__(self) -> str:
        return f"{self.verb}:{self.line}" if self.verb is Verb.GO else f"{self.verb}:{self.page}:{self.line}"


def parse_press(action: str) -> Press:
    """The button that holds these words. Raises UsageError for words that no button of ours holds."""
    found = WORDS.fullmatch(action)
    if found is None:
        raise UsageError("this button belongs to another version of Attaché; ask again with /brief")
    return Press(line=found[3], verb=Verb(found[1] or Verb.GO), page=int(found[2] or 1))


def kept_name(action: str) -> str:
    """The short name of an action that is kept in the store: `kept:` and 24 hex digits made of it."""
    return f"kept:{hashlib.sha256(action.encode('utf-8', 'replace')).hexdigest()[:KEY_DIGITS]}"


def is_kept(action: str) -> bool:
    """Whether these words are the name of an action that is kept in the store."""
    return KEPT.fullmatch(action) is not None
