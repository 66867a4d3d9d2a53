"""What other speakers have lately said, remembered for a while: a new statement is weighed against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.briefing.commonplace import Heard, heard, speaker_of
from bot.domain.brief import Brief
from bot.domain.statement import Statement
from bot.domain.subscription import Filter
from bot.ports import Clock, StatementStore

NEWEST = 150
# So long an answer is good for: what everybody says does not change within minutes, and asking takes a while.
GOOD_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Asks the store for the newest statements of a language, and remembers the answer."""

    statements: StatementStore
    clock: Clock
    _known: dict[str, tuple[datetime, tuple[Heard, ...]]] = field(default_factory=dict)

    def than(self, statement: Statement) -> Sequence[Heard]:
        """What was said in a statement's language by anybody but its own speaker, newest first."""
        speaker = speaker_of(Brief(statement=statement))
        return tuple(one for one in self._of(statement.language) if one.speaker != speaker)

    def _of(self, language: str) -> tuple[Heard, ...]:
        now = self.clock.now()
        known = self._known.get(language)
        if known is None or not timedelta(0) <= now - known[0] < GOOD_FOR:
            found = self.statements.search("", Filter(languages=frozenset({language})), limit=NEWEST)
            known = self._known[language] = (now, tuple(heard(brief) for brief in found.briefs))
        return known[1]
