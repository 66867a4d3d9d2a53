"""What the core needs of an optional language model, and what it keeps of it. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from bot.domain.rewriting import Draft, Question, Rewriting


class Summarizer(Protocol):
    """A language model, asked to retell points. What it answers is untrusted: `bot.grounding` decides what is used."""

    name: str
    """What it is called, in settings and beside what it wrote."""

    async def draft(self, question: Question) -> Mapping[str, Draft]:
        """What the model offers, by language, in exactly one call to it: nothing is asked again behind the caller.

        Only the question is sent. Raises ModelError, whose text repeats nothing of the answer. Can be cancelled.
        """
        ...


class RewritingStore(Protocol):
    """Keeps what became of each question put to a language model, so that none is put twice."""

    def find(self, keys: Collection[str]) -> dict[str, Rewriting]:
        """The rewritings of these keys (`bot.domain.rewriting.key_of`) that there are."""
        ...

    def keep(self, rewritings: Iterable[Rewriting]) -> None:
        """Write rewritings, all or nothing; one of a known key takes the place of the one before."""
        ...

    def about(self, statement_id: str) -> Sequence[Rewriting]:
        """Every rewriting of a statement, newest first."""
        ...
