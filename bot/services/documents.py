"""One document → its brief, with the parts that can hang or crash run apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.briefing import make_brief
from bot.domain.brief import Brief
from bot.domain.statement import Record, Statement
from bot.ports import Fetched, Sandbox
from bot.reading.document import to_record
from bot.reading.reader import read

READ_TIMEOUT = 10.0


def read_fetched(
    got: Fetched,
    record_id: str,
    url: str | None,
    title: str | None,
    published: datetime | None,
    country: str | None,
    language: str | None,
) -> Statement:
    """A fetched document as a statement; runs in the sandbox. Raises UnreadableError."""
    return read(
        to_record(
            got.body or b"",
            id=record_id,
            url=url,
            media_type=got.media_type,
            charset=got.charset,
            title=title,
            published=published,
            country=country,
            language=language,
        )
    )


def brief_record(record: Record, earlier: Sequence[Statement] = ()) -> Brief:
    """A record's brief; runs in the sandbox. Raises UnreadableError."""
    return make_brief(read(record), earlier)


async def brief_fetched(
    sandbox: Sandbox,
    got: Fetched,
    *,
    record_id: str,
    url: str | None,
    title: str | None = None,
    published: datetime | None = None,
) -> Brief:
    """A fetched document's brief, compared with nothing. Raises UnreadableError or SandboxError."""
    statement = await sandbox.run(read_fetched, got, record_id, url, title, published, None, None, timeout=READ_TIMEOUT)
    return await sandbox.run(make_brief, statement, timeout=READ_TIMEOUT)
