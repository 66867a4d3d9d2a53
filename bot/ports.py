"""What the core needs from outside. Each docstring is the contract; tests/contracts runs it on every implementation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.chat import ChatAdapter as ChatAdapter
from bot.chat import Desk as Desk
from bot.chat import Entrance as Entrance
from bot.chat import Fence as Fence
from bot.chat import Installations as Installations
from bot.chat import Paces as Paces
from bot.chat import Renderer as Renderer
from bot.cluster import ClusterStore as ClusterStore
from bot.cluster import Marks as Marks
from bot.cluster import PaceStore as PaceStore
from bot.domain.brief import Brief
from bot.domain.delivery import Delivery, State
from bot.domain.identity import Identity
from bot.domain.reply import Payload
from bot.domain.revision import Revision
from bot.domain.source import SourceState, Watched
from bot.domain.subscription import Channel, Filter, Hold, Subscription
from bot.fetching import Fetched as Fetched
from bot.fetching import Fetcher as Fetcher
from bot.fetching import Sandbox as Sandbox
from bot.followup import CorrectionLedger as CorrectionLedger
from bot.followup import MarkStore as MarkStore
from bot.followup import PageStore as PageStore
from bot.retelling import RewritingStore as RewritingStore
from bot.retelling import Summarizer as Summarizer
from bot.showing import Artist as Artist
from bot.showing import Count as Count
from bot.showing import CountBy as CountBy
from bot.showing import Gallery as Gallery
from bot.showing import Newsroom as Newsroom
from bot.showing import Outlines as Outlines
from bot.showing import Seen as Seen
from bot.showing import StatementIndex as StatementIndex
from bot.site import Counts as Counts
from bot.site import Library as Library
from bot.site import Operator as Operator
from bot.site import Postings as Postings
from bot.site import Readiness as Readiness


class Clock(Protocol):
    """The only place the time comes from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class Change(StrEnum):
    """What keeping a brief came to."""

    NEW = "new"
    SAME = "same"  # known, nothing changed
    DUPLICATE = "duplicate"  # the same statement at another address
    REVISED = "revised"  # the same statement, its text changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The outcome of keeping a brief: the id it is stored under and the number of its newest revision, from 1."""

    id: str
    change: Change
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of search results, newest first, and how many there are in all."""

    briefs: tuple[Brief, ...]
    total: int


class StatementStore(Outlines, Protocol):
    """Keeps statements with their briefs and revisions, each statement once."""

    def keep(self, brief: Brief, identity: Identity, *, source: str, now: datetime) -> Kept:
        """Store a brief, or recognise it, in one transaction.

        The same statement is one known by its address, else by its symbol, else one whose sketch resembles it
        (`bot.domain.identity.resemblance` ≥ SAME); for the last two the occasions must agree
        (`bot.domain.identity.Occasion`). At the address it was first kept under, a changed body (white space aside), or
        facts the page alone tells otherwise (`bot.domain.revision.restated`), are a new revision, whose brief
        `corrects` the statement; elsewhere it is a duplicate, and only its keys are added. A new statement gets an id
        of its own: 12 hex digits, made of its strongest key, stable; the stored brief bears it. NUL and lone surrogates
        cannot be stored and become U+FFFD, one for one.
        """
        ...

    def get(self, id_or_url: str) -> Brief | None:
        """The newest revision by id, unique prefix of an id (≥ 4 digits), or any address or symbol it is known by."""
        ...

    def search(self, words: str, filter: Filter, *, limit: int, offset: int = 0) -> Found:
        """Statements that hold every word (stemmed, accents and case ignored) and pass the filter, newest first.

        No words: all that pass; words with nothing to look for in them (`***`): none. Newest by date of delivery
        (where that is unknown, of publication, else of when it was first seen), then by when it was first seen. `total`
        is exact.
        """
        ...

    def earlier(self, brief: Brief, *, limit: int) -> Sequence[Brief]:
        """The same speaker's (country and group) statements of an earlier date, newest first."""
        ...

    def revisions(self, id: str) -> Sequence[Revision]:
        """Every revision of a statement, oldest first; none for an unknown id."""
        ...

    def count(self, filter: Filter | None = None) -> int:
        """How many statements are kept, or of these pass a filter."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What became of one entry of a source, for `attache why`.

    `outcome` is one word (new, changed, duplicate, unchanged, skipped, failed), `why` its reasons;
    `statement_id` names the statement it led to, if any. `digest` fingerprints the entry as it was, so that a change
    is seen; `url` is the entry's address.
    """

    source: str
    entry_id: str
    url: str | None
    title: str
    outcome: str
    why: tuple[str, ...]
    statement_id: str | None
    digest: str
    seen_at: datetime


class SourceStore(Protocol):
    """Remembers how sources fare and what became of their entries: the latest trace of each."""

    def states(self, names: Collection[str] | None = None) -> dict[str, SourceState]:
        """Every remembered state by the source's name, or those of the sources named."""
        ...

    def watched(self, *, gaps_since: datetime) -> Watched:
        """Every remembered source at a glance; a possible gap counts if it was found after a moment."""
        ...

    def remember(self, state: SourceState, traces: Iterable[Trace] = ()) -> None:
        """Write a poll's outcome: the state and the traces of its entries, all or nothing."""
        ...

    def remember_all(self, polls: Sequence[tuple[SourceState, Iterable[Trace]]]) -> None:
        """Write what several polls came to, all or nothing."""
        ...

    def traces(self, source: str, entry_ids: Sequence[str]) -> dict[str, Trace]:
        """The latest traces of a source's entries, by entry id; unknown ids are left out."""
        ...

    def trace(self, key: str) -> Sequence[Trace]:
        """The traces whose entry id, address (canonical) or statement id is `key`, newest first."""
        ...


class Ledger(Protocol):
    """The record of what was selected for, and posted to, each channel: what makes delivery happen exactly once."""

    def open_slot(
        self, channel: Channel, slot: str, *, now: datetime, compose: Callable[[Sequence[Brief]], Sequence[Payload]]
    ) -> Sequence[Delivery] | None:
        """Select and freeze a slot's content in one transaction; None if this slot was opened before.

        `compose` gets the channel's undelivered statements, oldest first: those that match its filter, were never
        selected for it before, and either are dated (by delivery, else publication, else first seen) no earlier than
        its lookback before its first slot was opened (before its `since`, if that is later), or were first seen since
        then and are dated within the last 90 days. So a new channel starts with the last days and from then on misses
        nothing that missions publish late, while the old window of a source added later stays archive. It returns the
        payloads to post, in order; no payload leaves the slot opened and empty; what it raises undoes everything. It
        may read from the store but not write to it. Statements it got count as selected for this channel for good: a
        later revision is not selected again.
        """
        ...

    def begin(self, key: str, *, now: datetime, holder: str | None = None) -> bool:
        """Move a delivery from pending to sending, counting the attempt. False if it was not pending.

        With a `holder`, the id of a worker, False also unless it holds the channel's lease
        (`bot.domain.worker.channel_lease`).
        """
        ...

    def settle(
        self,
        key: str,
        state: State,
        *,
        now: datetime,
        message_id: str | None = None,
        reason: str | None = None,
        due_after: datetime | None = None,
        attempt: int | None = None,
    ) -> None:
        """Move a delivery out of sending: to sent, dead, or back to pending with a later `due_after`.

        One that is not in sending stays as it is: a post settled twice was settled by the first. So does one whose
        attempts are more than `attempt`, where that is given: it is under way again, and somebody else's. Raises
        NotFoundError for an unknown key.
        """
        ...

    def waiting(self, *, now: datetime, holder: str | None = None, channel: str | None = None) -> Sequence[str]:
        """The channels in which something can be done now, the longest waiting first.

        That is where the next message in order is pending and due, or in sending; not where the channel's lease is
        another worker's than `holder`. With a `channel`, that one or none.
        """
        ...

    def unsettled(self, channel: str | None = None) -> Sequence[Delivery]:
        """Deliveries pending or sending, in the order they must be posted (channel, slot opened, part)."""
        ...

    def history(
        self, *, channel: str | None = None, statement_id: str | None = None, limit: int = 50
    ) -> Sequence[Delivery]:
        """Past and present deliveries, newest first, of one channel and/or about one statement."""
        ...

    def messages(self, key: str) -> Sequence[Delivery]:
        """Every message of the slot whose first message has this key, in order; none for any other key."""
        ...

    def standing(self) -> dict[State, int]:
        """How many deliveries stand where, every state named."""
        ...


class SubscriptionStore(Protocol):
    """Keeps what channels subscribed to from chat, and which channels, these or configured ones, are not served now."""

    def subscriptions(self) -> Sequence[Subscription]:
        """Every subscription, in the order of their channels' ids."""
        ...

    def keep(self, subscription: Subscription) -> None:
        """Store a subscription in the place of the one of that id, and serve its place: what held that is forgotten."""
        ...

    def drop(self, id: str) -> bool:
        """Forget the subscription of a channel's id, with the last of a place what held it; False if there is none."""
        ...

    def hold(self, hold: Hold) -> None:
        """Serve a channel no longer, in the place of what held it before."""
        ...

    def release(self, channel: str) -> bool:
        """Serve a channel again; False if nothing held it."""
        ...

    def holds(self) -> dict[str, Hold]:
        """What is not served, by the channel's key."""
        ...


class ActionStore(Protocol):
    """Keeps the words of buttons that are too long for a button (`bot.domain.press`)."""

    def keep(self, name: str, action: str, *, now: datetime) -> None:
        """Keep an action under its name; one not kept again for half a year may be forgotten."""
        ...

    def find(self, name: str) -> str | None:
        """The action of that name, None if there is none."""
        ...
