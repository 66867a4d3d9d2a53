"""`attache brief`: one document, or many records."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from bot.briefing import make_brief
from bot.cli.common import in_house, print_json, print_reply, settings_of
from bot.domain.brief import Brief, error_json
from bot.domain.dates import parse_moment
from bot.domain.rewriting import LANGUAGES, counted, dressed
from bot.domain.source import Validators
from bot.domain.statement import Record, Statement
from bot.errors import AttacheError, NotFoundError, UsageError
from bot.ports import Fetched, Sandbox
from bot.reading.reader import read
from bot.services.archive import Relation, relate
from bot.services.documents import READ_TIMEOUT, brief_fetched, brief_record
from bot.services.rewrite import Unkept
from bot.services.wording import whole
from bot.wiring import House

# How many records are on their way through the sandbox at once: enough to keep its workers busy, few in memory.
UNDER_WAY = 16


def brief(options: argparse.Namespace) -> int:
    """Brief one document, or every record of a file."""
    if options.archive and not options.jsonl:
        raise UsageError("--archive compares the records of a file; write it with --jsonl")
    if options.jsonl and options.model:
        raise UsageError("--model retells one document; write it without --jsonl")
    if options.language and not options.model:
        raise UsageError("--language is the one the model writes in; write it with --model")
    if options.jsonl:
        return in_house(settings_of(options), lambda house: _many(house, options))
    if options.document is None:
        raise UsageError("name a document: attache brief PATH, a web address, or - for standard input")
    return in_house(settings_of(options), lambda house: _one(house, options))


async def _one(house: House, options: argparse.Namespace) -> int:
    name: str = options.document
    got, url = await _document(house, name)
    made = await brief_fetched(house.sandbox, got, record_id=name, url=url)
    if options.model:
        made = await _retold(house, made, options.language or "en")
    if options.json:
        print_json(made.as_json())
    else:
        await print_reply(house, whole(made))
    return 0


async def _retold(house: House, made: Brief, language: str) -> Brief:
    """The brief with what the model makes of it; what it may not show, and why, is said on standard error."""
    if language not in LANGUAGES:
        raise UsageError(f"{language!r} is no language to write in; there are {', '.join(LANGUAGES)}")
    if house.settings.model is None:
        raise UsageError("no [model] is set up; `attache config init` shows how")
    rewriter = house.rewriting(house.settings.model, Unkept())
    rewriting = (await rewriter.rewrite(made, [language])).get(language)
    if rewriting and rewriting.refused:
        print(f"attache: not retold: {counted(rewriting.refused)}", file=sys.stderr)
    return dressed(made, rewriting)


async def _document(house: House, name: str) -> tuple[Fetched, str | None]:
    if name == "-":
        body = sys.stdin.buffer.read()
        return Fetched(url="-", body=body, media_type="text/plain", charset=None, validators=Validators()), None
    if name.startswith(("http://", "https://")):
        got = await house.fetcher.get(name)
        return got, got.url
    if "://" in name:
        raise UsageError(f"{name}: only http:// and https:// addresses can be fetched")
    from bot.infra.folder import read_file

    return read_file(name), None


async def _many(house: House, options: argparse.Namespace) -> int:
    with _lines(options.document) as lines:
        records = _records(lines)
        printed = _archive(house.sandbox, list(records)) if options.archive else _stream(house.sandbox, records)
        async for row in printed:
            print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


def _lines(path: str | None) -> TextIO:
    if path in {None, "-"}:
        return open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", closefd=False)
    try:
        return Path(str(path)).open(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror}; give a file of records, or - for standard input") from error


Parsed = Record | dict[str, Any]


def _records(lines: TextIO) -> Iterator[Parsed]:
    """Each line as a record, or, where it is none, as the error row that is printed in its place."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _record(line, number)


def _record(line: str, number: int) -> Parsed:
    name: str | None = None
    try:
        raw = json.loads(line)
        if not isinstance(raw, dict):
            raise UsageError("is not a JSON object")
        name = str(raw["id"]) if raw.get("id") is not None else None
        if name is None:
            raise UsageError("has no id")
        texts = {key: _text(raw, key) for key in ("url", "title", "html", "text")}
        return Record(id=name, published=_moment(raw.get("published")), **texts)
    except UsageError as error:
        return error_json(name, f"line {number}: {error}")
    except (ValueError, RecursionError) as error:
        return error_json(name, f"line {number}: is not JSON: {error}")


def _text(raw: dict[str, Any], key: str) -> str | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{key} should be text or null, is {type(value).__name__}")
    return value


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment is None:
        raise UsageError(f"published should be a date and time with a zone (RFC 3339) or null, is {value!r}")
    return moment


async def _stream(sandbox: Sandbox, records: Iterator[Parsed]) -> AsyncIterator[dict[str, Any]]:
    """The rows in order, some records ahead being worked on."""
    ahead: list[asyncio.Task[dict[str, Any]]] = []
    for record in records:
        ahead.append(asyncio.create_task(_row(sandbox, record)))
        if len(ahead) >= UNDER_WAY:
            yield await ahead.pop(0)
    for task in ahead:
        yield await task


async def _row(sandbox: Sandbox, record: Parsed) -> dict[str, Any]:
    if isinstance(record, dict):
        return record
    try:
        made: Brief = await sandbox.run(brief_record, record, timeout=READ_TIMEOUT)
    except AttacheError as error:
        return error_json(record.id, str(error))
    return made.as_json()


async def _archive(sandbox: Sandbox, records: list[Parsed]) -> AsyncIterator[dict[str, Any]]:
    read_all = await asyncio.gather(*(_statement(sandbox, record) for record in records))
    statements = [result for result in read_all if isinstance(result, Statement)]
    relations = iter(sorted(relate(statements).items()))
    tasks = [
        asyncio.create_task(_related(sandbox, result, next(relations)[1])) if isinstance(result, Statement) else result
        for result in read_all
    ]
    for task in tasks:
        yield await task if isinstance(task, asyncio.Task) else task


async def _statement(sandbox: Sandbox, record: Parsed) -> Statement | dict[str, Any]:
    if isinstance(record, dict):
        return record
    try:
        return await sandbox.run(read, record, timeout=READ_TIMEOUT)
    except AttacheError as error:
        return error_json(record.id, str(error))


async def _related(sandbox: Sandbox, statement: Statement, relation: Relation) -> dict[str, Any]:
    try:
        made: Brief = await sandbox.run(make_brief, statement, relation.earlier, timeout=READ_TIMEOUT)
    except AttacheError as error:
        return error_json(statement.id, str(error))
    return relation.settle(made).as_json()
