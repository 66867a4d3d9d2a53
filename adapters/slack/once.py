"""What comes twice is taken once: Slack sends again what it thinks was not acknowledged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

REMEMBERED = 5000


class Once:
    """Remembers the keys of what was taken, the newest few thousand."""

    def __init__(self) -> None:
        self._taken: OrderedDict[str, None] = OrderedDict()

    def known(self, key: str) -> bool:
        """Whether it was taken before; from now on it was. What has no key is never known."""
        if not key:
            return False
        known = key in self._taken
        self._taken[key] = None
        if len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
        return known


def key_of(body: Mapping[str, Any]) -> str:
    """By what a payload is told from another: an event's id, an interaction's trigger."""
    return str(body.get("event_id") or body.get("trigger_id") or "")
