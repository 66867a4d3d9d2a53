"""What the service says of a database that cannot be reached: once, however many ask it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import RetryLaterError, StoreError
from bot.infra.log import AGAIN_AFTER, TroubleOnce

FULL, LOCKED = StoreError("the disk is full"), StoreError("it is locked")


@pytest.fixture
def said(tmp_path: Path) -> Iterator[tuple[logging.Logger, Path, list[float]]]:
    """A logger, its file, and the seconds its filter goes by."""
    file, seconds = tmp_path / "log.txt", [0.0]
    log, handler = logging.getLogger(str(tmp_path)), logging.FileHandler(file)
    handler.addFilter(TroubleOnce(lambda: seconds[0]))
    log.addHandler(handler)
    yield log, file, seconds
    handler.close()


def test_one_trouble_is_said_once_an_hour_whoever_finds_it(said: tuple[logging.Logger, Path, list[float]]) -> None:
    log, file, seconds = said
    log.error("nothing can be posted now: %s", FULL)
    log.error("nothing can be polled now: %s", FULL)
    log.error("channels cannot be looked up: %s", LOCKED)
    seconds[0] += AGAIN_AFTER
    log.error("nothing can be polled now: %s", FULL)
    assert file.read_text().splitlines() == [
        "nothing can be posted now: the disk is full",
        "channels cannot be looked up: it is locked",
        "nothing can be polled now: the disk is full",
    ]


def test_what_comes_from_it_is_not_said_again_either(said: tuple[logging.Logger, Path, list[float]]) -> None:
    log, file, _ = said
    log.error("nothing can be posted now: %s", FULL)
    try:
        raise RetryLaterError("not posted") from FULL
    except RetryLaterError as error:
        log.warning("%s", error)
    log.warning("%s", RetryLaterError("not posted"))
    assert file.read_text().splitlines() == ["nothing can be posted now: the disk is full", "not posted"]
