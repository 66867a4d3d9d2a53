"""Signs of life: a file for each worker that it keeps locked. The system lets go of the lock when the process ends.

Whoever can lock such a file knows that its worker is dead, at once and for certain. On another machine, or in another
container, the file is not seen, and nothing is known.
"""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)


class FileMarks:
    """The port Marks with files of a folder that only this machine has."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(tempfile.gettempdir(), f"attache-{os.getuid()}")
        self._open: dict[str, int] = {}

    def make(self, id: str) -> None:
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            file = os.open(self._folder / id, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            # Others see it from the beats that do not come, only later.
            log.info("no sign of life can be kept in %s: %s", self._folder, error.strerror)
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        self._open[id] = file

    def dead(self, id: str) -> bool:
        try:
            file = os.open(self._folder / id, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (self._folder / id).unlink(missing_ok=True)
        except OSError:
            return False
        finally:
            os.close(file)
        return True

    def drop(self, id: str) -> None:
        file = self._open.pop(id, None)
        if file is not None:
            with suppress(OSError):
                (self._folder / id).unlink(missing_ok=True)
            os.close(file)
