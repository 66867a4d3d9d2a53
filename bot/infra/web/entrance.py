"""Which chat platform takes its own requests, and who answers them. Loads no web framework: every adapter has one."""

from __future__ import annotations

from bot.chat import Caller
from bot.errors import AttacheError


class Doors:
    """Who answers for which platform now.

    `address` is how the server is known outside; `there` whether there is to be a server at all.
    """

    def __init__(self, *, address: str | None = None, there: bool = True) -> None:
        self.address, self.there = address, there
        self.callers: dict[str, Caller] = {}

    def of(self, platform: str) -> PlatformDoor:
        """One platform's own way in."""
        return PlatformDoor(self, platform)


class PlatformDoor:
    """The port Entrance."""

    def __init__(self, doors: Doors, platform: str) -> None:
        self._doors, self._platform = doors, platform

    @property
    def address(self) -> str | None:
        return self._doors.address

    @property
    def there(self) -> bool:
        return self._doors.there

    def open(self, caller: Caller) -> None:
        if not self._doors.there:
            raise AttacheError("it needs the web server, which is switched off; set [web] enabled = true")
        self._doors.callers[self._platform] = caller

    def close(self) -> None:
        self._doors.callers.pop(self._platform, None)
