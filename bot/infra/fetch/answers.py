"""What an answer's head says: kind of document, validators, freshness, and when to come back. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from bot.domain.source import Validators

Headers = dict[str, str]
"""Values by lower-case name; repeated ones joined with a comma."""

SECONDS = re.compile(r"[0-9]{1,9}")
LONGEST_VALIDATOR = 1000


def headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The header fields as text: UTF-8 where it is that, else Latin-1."""
    found: Headers = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _text(value)
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def media_type(fields: Headers) -> str:
    """`text/html` of `Text/HTML; charset=…`; empty where nothing was declared."""
    return fields.get("content-type", "").partition(";")[0].strip().lower()


def charset(fields: Headers) -> str | None:
    """The charset as declared, true or not."""
    for parameter in fields.get("content-type", "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").strip() or None
    return None


def length(fields: Headers) -> int | None:
    """The announced length of the body."""
    return _seconds(fields.get("content-length", ""))


def validators(fields: Headers) -> Validators:
    """What to ask 'has it changed?' with the next time."""
    return Validators(etag=_kept(fields.get("etag")), last_modified=_kept(fields.get("last-modified")))


def conditions(asked: Validators | None) -> list[tuple[bytes, bytes]]:
    """The request's header fields that ask only for a change."""
    if asked is None:
        return []
    fields = ((b"If-None-Match", _kept(asked.etag)), (b"If-Modified-Since", _kept(asked.last_modified)))
    return [(name, value.encode()) for name, value in fields if value]


def fresh_for(fields: Headers, now: datetime) -> float | None:
    """For how many seconds the answer stays fresh: 0 with no-cache or no-store; None where nothing was said.

    Cache-Control's max-age less the Age it has already; else Expires less Date.
    """
    directives = dict(_directive(text) for text in fields.get("cache-control", "").split(","))
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    if (most := _seconds(directives.get("max-age", ""))) is not None:
        return float(max(most - (_seconds(fields.get("age", "")) or 0), 0))
    if "expires" not in fields:
        return None
    expires = _date(fields["expires"])  # a malformed one, '0' above all, means 'already stale'
    return max((expires - (_date(fields.get("date", "")) or now)).total_seconds(), 0.0) if expires else 0.0


def retry_after(fields: Headers, now: datetime) -> float | None:
    """How many seconds the server asks to be left alone; None where it does not say."""
    value = fields.get("retry-after", "").strip()
    if (seconds := _seconds(value)) is not None:
        return float(seconds)
    moment = _date(value)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def status_words(status: int) -> str:
    """`404 Not Found`, by the book rather than by the server."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} (no known status)"


def _directive(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip().strip('"')


def _seconds(value: str) -> int | None:
    return int(value) if SECONDS.fullmatch(value.strip()) else None


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _kept(validator: str | None) -> str | None:
    """A validator that can be sent back as it came; others do no good."""
    return validator if validator and validator.isprintable() and len(validator) <= LONGEST_VALIDATOR else None
