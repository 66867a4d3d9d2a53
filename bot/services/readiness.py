"""Whether the service can do its work now: the database, the chat platforms, the schedule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import AttacheError


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The port Readiness.

    `ping` asks the database and raises AttacheError if it does not answer; `needed` names the adapters there should be,
    `running` those that are up, `problems` what is known of each; `keeping_time` says whether the schedule runs.
    """

    ping: Callable[[], None]
    needed: Callable[[], Collection[str]]
    running: Collection[str]
    problems: Mapping[str, Sequence[str]]
    keeping_time: Callable[[], bool]

    def troubles(self) -> Mapping[str, Sequence[str]]:
        return {
            "database": self._database(),
            "adapters": [line for name in sorted(self.needed()) for line in self._adapter(name)],
            "schedule": [] if self.keeping_time() else ["the schedule does not run yet, or no more"],
        }

    def _database(self) -> Sequence[str]:
        try:
            self.ping()
        except AttacheError as error:
            return [str(error)]
        return []

    def _adapter(self, name: str) -> Sequence[str]:
        """Why an adapter is not up; one that is up and not quite well does its work."""
        if name in self.running:
            return []
        return [f"{name}: {line}" for line in self.problems.get(name) or ["is not connected yet"]]
