from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.infra.fetch.limits import MIB, Body, inflated, layers, size


def body(data: bytes, *, times: int, limit: int = 1000, length: int | None = None) -> bytes:
    taken = Body(limit, times=times, length=length)
    for start in range(0, len(data), 7):
        taken.feed(data[start : start + 7])
    return taken.whole()


@given(st.binary(max_size=500).filter(lambda data: not data.startswith(b"\x1f\x8b")), st.integers(0, 2))
def test_what_was_compressed_comes_out_as_it_was(data: bytes, times: int) -> None:
    sent = data
    for _ in range(times):
        sent = gzip.compress(sent)
    assert body(sent, times=times) == data


def test_gzip_of_several_members_is_one_document() -> None:
    assert inflated(gzip.compress(b"one ") + gzip.compress(b"two"), 100) == b"one two"


def test_what_follows_the_last_member_is_passed_over() -> None:
    assert inflated(gzip.compress(b"one") + b"\x00" * 20, 100) == b"one"


def test_gzip_that_was_not_announced_is_inflated() -> None:
    assert body(gzip.compress(b"<rss/>"), times=0) == b"<rss/>"
    assert body(gzip.compress(gzip.compress(b"<rss/>")), times=1) == b"<rss/>"


def test_gzip_within_gzip_within_gzip_is_refused() -> None:
    with pytest.raises(FetchError, match="more than 2 times"):
        body(gzip.compress(gzip.compress(gzip.compress(b"x"))), times=2)


def test_the_limit_itself_is_allowed_and_one_byte_more_is_not() -> None:
    assert len(body(b"x" * 1000, times=0)) == 1000
    assert len(body(gzip.compress(b"x" * 1000), times=1)) == 1000
    with pytest.raises(FetchError, match=r"^larger than 1000 bytes$"):
        body(b"x" * 1001, times=0)
    with pytest.raises(FetchError, match=r"^larger than 1000 bytes after decompression$"):
        body(gzip.compress(b"x" * 1001), times=1)


def test_an_announced_length_over_the_limit_is_enough() -> None:
    with pytest.raises(FetchError, match=r"^larger than 5 MB$"):
        Body(5 * MIB, times=0, length=6 * MIB)


def test_a_bomb_never_takes_much_memory() -> None:
    bomb = gzip.compress(gzip.compress(b"\x00" * (32 * MIB)))
    tracemalloc.start()
    with pytest.raises(FetchError, match="after decompression"):
        body(bomb, times=1, limit=MIB)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MIB


def test_endless_empty_members_are_refused() -> None:
    with pytest.raises(FetchError, match="pieces"):
        inflated(gzip.compress(b"") * 5000, 1000)


@pytest.mark.parametrize("cut", [1, 5, 12, 20])
def test_gzip_cut_short_is_said_to_be(cut: int) -> None:
    with pytest.raises(FetchError, match="cut short"):
        body(gzip.compress(b"peace and security " * 20)[:-cut], times=1)


def test_what_is_not_gzip_though_announced_is_refused() -> None:
    with pytest.raises(FetchError, match="said to be gzip, but is not"):
        body(b"<html>", times=1)


def test_gzip_damaged_on_the_way_is_refused() -> None:
    data = bytearray(gzip.compress(b"peace and security"))
    data[-6] ^= 0xFF
    with pytest.raises(FetchError, match="damaged"):
        body(bytes(data), times=1)


@pytest.mark.parametrize(
    ("header", "times"),
    [("", 0), ("identity", 0), ("gzip", 1), ("GZIP", 1), ("x-gzip", 1), ("gzip, gzip", 2), ("gzip, identity", 1)],
)
def test_the_layers_of_gzip_are_counted(header: str, times: int) -> None:
    assert layers(header) == times


@pytest.mark.parametrize(
    ("header", "words"),
    [("br", "'br'"), ("gzip, zstd", "'zstd'"), ("deflate", "'deflate'"), ("gzip, gzip, gzip", "3 times")],
)
def test_any_other_encoding_is_refused(header: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        layers(header)


def test_sizes_are_said_as_people_do() -> None:
    assert [size(10), size(MIB), size(5 * MIB), size(3 * MIB // 2)] == ["10 bytes", "1 MB", "5 MB", "1.5 MB"]
