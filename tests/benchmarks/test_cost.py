"""What a language model is asked is counted as it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.costing import Stage, careful, careless, talk, tokens
from tests.servers import HttpServer


async def test_a_call_is_counted_with_all_that_is_sent_and_answered_and_a_digest_asks_for_none(tmp_path: Path) -> None:
    async with HttpServer() as server:
        stage = Stage(tmp_path, server, "stage")
        stage.answers(careful)
        stage.save({"kenya.html": talk(0, 3)})
        polled, told = await stage.poll(), await stage.digests()
        (request,) = server.requests
    assert (polled.calls, polled.most, polled.statements) == (1, 1, 1)
    assert 0.5 < polled.sent / len(request.body) <= 1
    assert polled.answered > len(talk(0, 3)) / 2
    assert (told.calls, told.statements) == (0, 1)


async def test_what_is_refused_is_counted_twice(tmp_path: Path) -> None:
    async with HttpServer() as server:
        stage = Stage(tmp_path, server, "stage")
        stage.answers(careless)
        stage.save({"kenya.html": talk(0, 3)})
        assert (await stage.poll()).most == 2


@pytest.mark.parametrize(("text", "estimate"), [("", 0), ("abcd", 1), ("abcde", 2), ("Россия", 3), ("联合国", 3)])
def test_a_token_is_reckoned_as_four_bytes(text: str, estimate: int) -> None:
    assert tokens(text) == estimate
