"""Who asks: what a platform knows of the person behind a command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The person who wrote a command line, as the platform names them: an id, never a name to show.

    Without a platform it is the terminal that asks, and whoever sits there may do what its user may.
    """

    platform: str = "console"
    user: str = ""

    @property
    def key(self) -> str:
        """What a reader is known by in the store: `<platform>:<user>`."""
        return f"{self.platform}:{self.user}"
