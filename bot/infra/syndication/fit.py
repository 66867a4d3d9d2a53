"""Values as feeds can carry them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# What XML 1.0 cannot hold, escaped or not. JSON could, but both feeds say the same.
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """A text without the characters that no XML document may hold."""
    return UNFIT.sub("", text)


def tongue(language: str) -> str | None:
    """A language's tag (BCP 47), None for what has no such form."""
    return language if TAG.fullmatch(language) else None


def moment(moment: datetime) -> str:
    """A moment as RFC 3339 writes it, to the second, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
