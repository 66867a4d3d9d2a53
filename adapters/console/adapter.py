"""Posts to the terminal (destination `-`) or to the end of a text file (destination `file:<path>`)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from adapters.console.render import plain, renderer
from bot.domain.reply import Payload
from bot.errors import DestinationGoneError, RetryLaterError, SettingsError
from bot.ports import ChatAdapter, Desk, Fence, Renderer

STYLES = {"heading": "bold", "intro": "dim", "title": "bold cyan", "byline": "italic", "link": "blue", "footer": "dim"}


class ConsoleAdapter:
    """The console as a chat platform. A file keeps each message's key, so a crash is reconciled; a terminal cannot."""

    renderer: Renderer = renderer

    async def start(self) -> None:
        """Nothing to get ready."""

    async def connections(self) -> Sequence[str]:
        """None: nobody asks the console."""
        return ()

    async def listen(self, connection: str) -> None:
        """Nothing to listen to."""

    async def hang_up(self, connection: str) -> None:
        """Nothing to close."""

    async def send(
        self,
        destination: str,
        payload: Payload,
        *,
        key: str,
        thread: str | None = None,  # noqa: ARG002 - the port's
        fence: Fence | None = None,
    ) -> str:
        """Print or append one message; the id is its key. There are no threads: it stands after the one before."""
        path = _path(destination)
        if path is None:
            await asyncio.to_thread(_print, payload, fence)
        else:
            await asyncio.to_thread(_append, path, f"{plain(payload)}\n{_mark(key)}\n\n", fence)
        return key

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:  # noqa: ARG002 - as above
        """The key if the file holds it; a terminal cannot be read back, so None."""
        path = _path(destination)
        if path is None or not path.exists():
            return None
        text = await asyncio.to_thread(path.read_text, encoding="utf-8")
        return key if _mark(key) in text else None

    async def health(self) -> Sequence[str]:
        """Always well: there is nothing to be connected to."""
        return ()

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:
        """Whether the folder of each file is there."""
        folders = {each: path.parent for each in destinations if (path := _path(each))}
        return {
            each: f"there is no folder {folder}; make it" for each, folder in folders.items() if not folder.is_dir()
        }

    async def stop(self) -> None:
        """Nothing to disconnect from."""


def create(settings: Mapping[str, Any], desk: Desk) -> ChatAdapter:  # noqa: ARG001 - nobody asks the console
    """The adapter; it has no settings and needs no desk: in a terminal, `attache lookup` takes questions."""
    for key in settings:
        raise SettingsError(f"adapters.console.{key}", "settings", "the console has no settings")
    return ConsoleAdapter()


def _path(destination: str) -> Path | None:
    return Path(destination.removeprefix("file:")) if destination.startswith("file:") else None


def _mark(key: str) -> str:
    return f"[{key}]"


def _print(payload: Payload, fence: Fence | None) -> None:
    if fence:
        fence()
    console = Console(highlight=False, soft_wrap=True)
    for style, words in payload["lines"]:
        console.print(Text(words, style=STYLES.get(style, "")), soft_wrap=True)


def _append(path: Path, words: str, fence: Fence | None) -> None:
    """One write and a flush to disk: the message is there whole or not at all."""
    try:
        with path.open("ab") as file:
            if fence:
                fence()
            file.write(words.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError as error:
        raise DestinationGoneError(f"{path.parent} does not exist") from error
    except PermissionError as error:
        raise DestinationGoneError(f"{path} may not be written") from error
    except OSError as error:
        raise RetryLaterError(f"{path}: {error.strerror}") from error
