"""What the core needs once a brief is out: pages to look at again, corrections, readers' marks. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.correction import Owed
from bot.domain.delivery import Delivery
from bot.domain.mark import Mark
from bot.domain.page import Page
from bot.domain.reply import Payload


class PageStore(Protocol):
    """Remembers the pages statements were read from, to look at them again."""

    def watch(self, page: Page, *, now: datetime) -> None:
        """Begin to look at a page again, as of when its statement was first seen.

        Nothing happens unless a statement was first kept under this address. A page watched already keeps the time of
        its next look; what was seen there and what it was read with are as given.
        """
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[Page]:
        """Pages whose next look has come, the longest waiting first."""
        ...

    def remember(self, page: Page) -> None:
        """Write what a look came to."""
        ...


class CorrectionLedger(Protocol):
    """The side of the ledger that follows up: which channels were told what has changed since, and what they got."""

    def owed(self, channels: Collection[str], *, limit: int) -> Sequence[Owed]:
        """The corrections some channels are owed, oldest news first.

        One is owed where the newest revision a channel was sent is not the newest that is kept, and that one was not
        followed up before. While a message that tells of the statement is still on its way, none is: what is frozen
        goes out first. Nor is one where no such message ever arrived: nothing was told that could be corrected.
        """
        ...

    def follow_up(self, owed: Owed, payloads: Sequence[Payload], *, now: datetime) -> Sequence[Delivery] | None:
        """Freeze a correction's messages in one transaction, once; None if it is not owed (any more).

        No payload says that the revision changes nothing for a reader: nothing is posted, and it is not owed again.
        """
        ...


class MarkStore(Protocol):
    """Keeps what readers say of briefs."""

    def mark(self, marks: Iterable[Mark]) -> None:
        """Keep a reader's marks, all or nothing; each takes the place of that reader's earlier one on the same target.

        Raises NotFoundError for a statement there is not.
        """
        ...

    def of(self, statement_id: str) -> Sequence[Mark]:
        """The marks on a statement, oldest first."""
        ...

    def marked(self) -> Sequence[str]:
        """The ids of the statements that have marks, in the order they were kept."""
        ...
