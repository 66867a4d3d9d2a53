"""A statement's page after it was read: when it is looked at again, as its feed will not say that it changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.moments import aware
from bot.domain.source import Validators

# Most corrections come within a day; after two weeks a page is left alone.
AGES = (timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=14))
FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is remembered of the page a statement was first kept under.

    `source`, `title` and `published` are those it was read with, so that it is read the same way again. `content`
    fingerprints what was seen there last; `failures` counts looks in a row that came to nothing. `next_look` is None
    once it is not looked at any more. `statement_id` is empty until it is stored.
    """

    statement_id: str = ""
    url: str
    source: str
    title: str
    published: datetime | None
    first_seen_at: datetime
    validators: Validators = field(default_factory=Validators)
    content: str = ""
    failures: int = 0
    next_look: datetime | None = None

    def __post_init__(self) -> None:
        aware(self.first_seen_at, "first_seen_at")


def next_look(first_seen_at: datetime, now: datetime) -> datetime | None:
    """When a page is looked at next: at the first of the ages that is still to come, None after the last.

    So a service that was down looks once, not once for every age it missed.
    """
    return next((first_seen_at + age for age in AGES if first_seen_at + age > now), None)


def after_look(page: Page, now: datetime, validators: Validators, content: str) -> Page:
    """The page after a look that succeeded, changed or not."""
    later = next_look(page.first_seen_at, now)
    return replace(page, validators=validators, content=content, failures=0, next_look=later)


def after_failed_look(page: Page, now: datetime, *, retry_after: timedelta | None = None) -> Page:
    """The page after a look that came to nothing: tried again in an hour, in two, … at least daily, until it is old.

    Retry-After beats that if it is longer. What was remembered of the page stays.
    """
    wait = min(FIRST_WAIT * 2 ** min(page.failures, 16), LONGEST_WAIT)
    later = now + max(wait, retry_after or timedelta())
    old = later > page.first_seen_at + AGES[-1]
    return replace(page, failures=page.failures + 1, next_look=None if old else later)


def content_of(body: bytes) -> str:
    """A fingerprint of what a server sent, for those that give no validators."""
    return hashlib.sha256(body).hexdigest()[:20]
