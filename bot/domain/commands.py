"""Every slash command, declared once: the same on every platform and in the terminal.

A platform with typed options registers `COMMANDS` as they stand here, each with its options `every`; on a command line
what a command takes by `words` needs no name (`bot.domain.calls`). Options that several commands share are the filters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.chart import ChartName
from bot.domain.mark import Verdict
from bot.domain.subscription import Style
from bot.domain.taxonomy import Stance


class Holds(StrEnum):
    """What an option's value is: a platform without a type of its own for it takes it as text."""

    TEXT = "text"
    STATE = "state"
    FORUM = "forum"
    TOPIC = "topic"
    LANGUAGE = "language"
    DAY = "day"
    STATEMENT = "statement"
    ADDRESS = "address"
    COMMAND = "command"
    SCHEDULE = "schedule"
    ZONE = "zone"
    QUIET = "quiet"
    LENGTH = "length"


UNSUGGESTED = frozenset({Holds.TEXT, Holds.DAY, Holds.ADDRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command: its name, what it means, what its value is.

    `choices` is the closed list of its values if that is short; `several` values may be given with commas between.
    """

    name: str
    about: str
    holds: Holds = Holds.TEXT
    needed: bool = False
    several: bool = False
    choices: tuple[str, ...] = ()

    @property
    def suggested(self) -> bool:
        """Whether values are suggested while it is typed (`Desk.suggest`)."""
        return self.holds not in UNSUGGESTED and not self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `words` are the options that may stand after it on a line without their names.

    `changes` marks one that is done once, so that its answer is not shared by asking again. `manages` marks one that
    changes what a channel is told: only for those who may manage it (`Asker.may_manage`). `waits` marks one that waits
    for a network: its answer may take a minute, every other's comes from the store.
    """

    name: str
    about: str
    words: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    changes: bool = False
    manages: bool = False
    waits: bool = False

    @property
    def every(self) -> tuple[Option, ...]:
        """All its options by name, those it needs first: what a platform with typed options registers."""
        return tuple(sorted((*self.words, *self.options), key=lambda option: not option.needed))

    @property
    def needed(self) -> bool:
        """Whether something must follow it."""
        return any(option.needed for option in self.words)


class FilterName(StrEnum):
    """The filters every look-up takes."""

    COUNTRY = "country"
    FORUM = "forum"
    TOPIC = "topic"
    LANGUAGE = "language"
    SINCE = "since"
    UNTIL = "until"


COUNTRY = Option(
    name="country",
    about="three-letter code or name, several with commas: country:CHN,EST",
    holds=Holds.STATE,
    several=True,
)
FORUM = Option(name="forum", about="where it was said: forum:GM,OEWG", holds=Holds.FORUM, several=True)
TOPIC = Option(name="topic", about="what a position is about: topic:ransomware,norms", holds=Holds.TOPIC, several=True)
LANGUAGE = Option(
    name="language",
    about="language of the statement: en, fr, es, ru, zh, ar",
    holds=Holds.LANGUAGE,
    several=True,
)
SINCE = Option(name="since", about="first day, YYYY-MM-DD", holds=Holds.DAY)
UNTIL = Option(name="until", about="last day, YYYY-MM-DD", holds=Holds.DAY)
FILTERS = (COUNTRY, FORUM, TOPIC, LANGUAGE, SINCE, UNTIL)

STATEMENT = Option(name="statement", about="its id or address", holds=Holds.STATEMENT, needed=True)
STATE = Option(name="state", about="a state, by name or three-letter code", holds=Holds.STATE, needed=True)
ANY = "any"
NAMED = Option(name="name", about="for a channel that is told several things: which one, such as urgent")
SUBSCRIBING = (
    Option(name="schedule", about="days and local times: mon-fri 08:30,17:00; or: as it happens", holds=Holds.SCHEDULE),
    Option(name="time_zone", about="whose local time that is, such as Europe/Zurich", holds=Holds.ZONE),
    Option(name="quiet", about="local hours in which nothing is posted: 22:00-07:00; or: none", holds=Holds.QUIET),
    *(Option(name=o.name, about=f"{o.about[:80]}; any", holds=o.holds, several=True) for o in FILTERS[:4]),
    Option(name="style", about="on a day without news: honest says so, quiet is silent", choices=tuple(Style)),
    Option(name="lookback", about="how far back the first digest reaches, such as 7d", holds=Holds.LENGTH),
    NAMED,
)
VERDICTS = (str(Verdict.ACCURATE), str(Verdict.WRONG))
MARKING = (
    Option(name="point", about="the number of the point that is meant, from 1; without it the whole brief"),
    Option(name="stance", about="the stance you think right", choices=tuple(Stance)),
    Option(name="missed", about="a sentence of the statement, word for word, that should have been a point"),
    Option(name="note", about="why, in a few words"),
)

COMMANDS: tuple[Command, ...] = (
    Command(name="latest", about="The newest statements", options=FILTERS),
    Command(
        name="search",
        about="Statements that hold all your words",
        words=(Option(name="words", about="the words to look for", needed=True),),
        options=FILTERS,
    ),
    Command(name="show", about="One statement's brief", words=(STATEMENT,)),
    Command(
        name="positions",
        about="Who takes which stance on a topic",
        words=(Option(name="topic", about="what it is about", holds=Holds.TOPIC, needed=True),),
        options=tuple(option for option in FILTERS if option is not TOPIC),
    ),
    Command(
        name="compare",
        about="Two states side by side",
        words=(STATE, Option(name="with", about="the other state", holds=Holds.STATE, needed=True)),
        options=FILTERS,
    ),
    Command(name="new", about="What a state says that it had not said before", words=(STATE,)),
    Command(
        name="chart",
        about="A picture: who takes which stance, where two differ, how many spoke where and when",
        words=(Option(name="name", about="which one; positions if none is named", choices=tuple(ChartName)),),
        options=FILTERS,
    ),
    Command(name="digest", about="A digest of what passes the filters", options=FILTERS),
    Command(
        name="read",
        about="Brief the document at an address",
        words=(Option(name="address", about="its web address", holds=Holds.ADDRESS, needed=True),),
        waits=True,
    ),
    Command(
        name="subscribe",
        about="Post digests to this channel, or change what it is told; options not named stay as they are",
        options=SUBSCRIBING,
        changes=True,
        manages=True,
    ),
    Command(
        name="unsubscribe",
        about="Post no more digests to this channel",
        options=(NAMED,),
        changes=True,
        manages=True,
    ),
    Command(name="subscriptions", about="What this channel is told, and when"),
    Command(name="pause", about="Hold this channel's digests back", changes=True, manages=True),
    Command(name="resume", about="Post this channel's digests again", changes=True, manages=True),
    Command(name="sources", about="The sources and how they fare"),
    Command(name="why", about="Why something was or was not posted", words=(STATEMENT,)),
    Command(
        name="mark",
        about="Say whether a brief, or one of its points, is accurate; the newest word of a reader counts",
        words=(STATEMENT, Option(name="verdict", about="what you found", choices=VERDICTS)),
        options=MARKING,
        changes=True,
    ),
    Command(name="status", about="How the service fares"),
    Command(
        name="help",
        about="The commands, or one of them",
        words=(Option(name="command", about="the command", holds=Holds.COMMAND),),
    ),
)
BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A value an option could take, and what a reader is shown for it; each at most 100 characters, never empty.

    `present` marks the one that it has now.
    """

    label: str
    value: str
    present: bool = False
