"""Who asks: what a platform knows of the person behind a command line, and of the place they write it in."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The person who wrote a command line, as the platform names them: an id, never a name to show.

    Without a platform it is the terminal that asks, and whoever sits there may do what its user may.

    `channel` is the key of the place they write in, `<adapter>:<destination>`, None where no digest could be posted (an
    app's own page, the terminal); `private` if nobody but them reads there. `team` is the workspace or server it
    belongs to, where the platform has such. `may_manage` is the platform's own answer to whether they may manage that
    place. `zone` and `language` (ISO 639-1) are theirs, where the platform tells.
    """

    platform: str = "console"
    user: str = ""
    channel: str | None = None
    private: bool = False
    team: str | None = None
    may_manage: bool = False
    zone: ZoneInfo | None = None
    language: str | None = None

    @property
    def key(self) -> str:
        """What a reader is known by in the store: `<platform>:<user>`."""
        return f"{self.platform}:{self.user}"
