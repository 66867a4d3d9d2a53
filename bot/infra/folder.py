"""A folder of saved pages as a source."""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.source import Entry, Validators, Window
from bot.errors import FetchError
from bot.ports import Fetched

READABLE = {".html", ".htm", ".xhtml", ".txt", ".md", ".pdf"}
LARGEST = 5 * 1024 * 1024


def list_folder(path: str) -> Window:
    """The readable files of a folder and those below it, latest first.

    An entry's id is its path within the folder. Raises FetchError if there is no such folder or it may not be read.
    """
    root = Path(path)
    if not root.is_dir():
        raise FetchError(f"{path} is no folder; name one that holds saved pages")
    try:
        files = sorted((file for file in root.rglob("*") if file.is_file()), key=_changed, reverse=True)
    except OSError as error:
        raise FetchError(f"{path} cannot be read: {error.strerror}") from error
    entries = tuple(_entry(root, file) for file in files if file.suffix.lower() in READABLE)
    others = [file.relative_to(root).as_posix() for file in files if file.suffix.lower() not in READABLE]
    problems = tuple(f"{name}: passed over; saved pages end in {', '.join(sorted(READABLE))}" for name in others)
    return Window(title=root.name, entries=entries, problems=problems)


def read_file(path: str) -> Fetched:
    """A file as if fetched. Raises FetchError if it cannot be read or is too large."""
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise FetchError(f"{path} is larger than {LARGEST // 1024 // 1024} MB")
        body = file.read_bytes()
    except OSError as error:
        raise FetchError(f"{path} cannot be read: {error.strerror}") from error
    media_type = mimetypes.guess_type(file.name)[0] or "text/plain"
    return Fetched(url=path, body=body, media_type=media_type, charset=None, validators=Validators())


def _entry(root: Path, file: Path) -> Entry:
    stat = file.stat()
    return Entry(
        id=file.relative_to(root).as_posix(),
        url=None,
        title=file.stem,
        version=f"{datetime.fromtimestamp(stat.st_mtime, UTC).isoformat()} {stat.st_size}",
    )


def _changed(file: Path) -> float:
    return file.stat().st_mtime
