"""HttpFetcher against a server on loopback that answers well, badly, slowly or not at all."""

from __future__ import annotations

import asyncio
import gzip
import re
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest

from bot.domain.source import Validators
from bot.errors import FetchError, RefusedError, ThrottledError
from bot.infra.fetch import HttpFetcher
from bot.ports import Fetched
from tests.servers import (
    Answer,
    HttpServer,
    bomb,
    dripping,
    dropped,
    endless,
    failure,
    garbage,
    page,
    redirect,
    silent,
    throttled,
)

AGENT = "Attache/0.1 (+https://attache.example; feeds@attache.example)"
NOW = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
TLS = ssl.create_default_context()  # made once: it takes longer than most of these tests
MODIFIED = "Mon, 02 Mar 2026 11:00:00 GMT"


class StoppedClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    async with HttpServer() as server:
        yield server


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    fetcher = HttpFetcher(AGENT, tls=TLS, clock=StoppedClock(), max_bytes=100_000, total_timeout=2.0)
    yield fetcher
    await fetcher.close()


@pytest.fixture
async def hasty() -> AsyncIterator[HttpFetcher]:
    fetcher = HttpFetcher(AGENT, tls=TLS, total_timeout=0.3, max_bytes=10**9)
    yield fetcher
    await fetcher.close()


async def local(fetcher: HttpFetcher, url: str, validators: Validators | None = None) -> Fetched:
    return await fetcher.get(url, validators=validators, allow_private=True)


async def failed(fetcher: HttpFetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await local(fetcher, url)
    assert str(caught.value).isprintable()
    return caught.value


# What is asked, and what comes back


async def test_a_document_comes_whole_with_what_was_said_of_it(server: HttpServer, fetcher: HttpFetcher) -> None:
    headers = (("Cache-Control", "public, max-age=900"),)
    server.route("/feed", page("<rss/>", media_type="Application/RSS+XML", charset="windows-1251", headers=headers))
    fetched = await local(fetcher, server.url("/feed#top"))
    assert fetched.url == server.url("/feed")
    assert fetched.body == b"<rss/>"
    assert (fetched.media_type, fetched.charset) == ("application/rss+xml", "windows-1251")
    assert fetched.fresh_for == 900
    assert not fetched.unchanged


async def test_the_request_is_honest_and_says_no_more_than_needed(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/p?q=1", page("x", headers=(("Set-Cookie", "track=me; Path=/"),)))
    await local(fetcher, server.url("/p?q=1"))
    await local(fetcher, server.url("/p?q=1"))
    for request in server.requests:
        assert (request.method, request.path) == ("GET", "/p?q=1")
        assert request.headers["host"] == f"127.0.0.1:{server.port}"
        assert request.headers["user-agent"] == AGENT
        assert request.headers["accept-encoding"] == "gzip"
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding"}


async def test_a_connection_serves_several_requests(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/p", page("x"))
    for _ in range(3):
        await local(fetcher, server.url("/p"))
    assert server.connections == 1


async def test_bodies_in_pieces_and_in_gzip_come_whole(server: HttpServer, fetcher: HttpFetcher) -> None:
    text = "Declaración " * 5000
    server.route("/chunked", Answer(body=text.encode(), chunked=True, piece=1000))
    server.route("/once", page(text, zipped=1))
    server.route("/twice", page(text, zipped=2))
    server.route("/unsaid", Answer(body=gzip.compress(text.encode())))
    for path in ("/chunked", "/once", "/twice", "/unsaid"):
        assert (await local(fetcher, server.url(path))).body == text.encode()


async def test_an_empty_document_is_no_error(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/empty", page(""))
    server.route("/none", Answer(status=204, content_type=None))
    assert (await local(fetcher, server.url("/empty"))).body == b""
    nothing = await local(fetcher, server.url("/none"))
    assert (nothing.body, nothing.media_type, nothing.charset) == (b"", "", None)


# Only what has changed


async def test_a_document_that_has_not_changed_is_not_sent_again(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/tagged", page("x", etag='W/"v1"', headers=(("Cache-Control", "max-age=60"),)))
    server.route("/dated", page("x", last_modified=MODIFIED))
    for path in ("/tagged", "/dated"):
        first = await local(fetcher, server.url(path))
        again = await local(fetcher, server.url(path), first.validators)
        assert again.unchanged
        assert again.validators == first.validators
        assert again.fresh_for == first.fresh_for
    assert server.requests[1].headers["if-none-match"] == 'W/"v1"'
    assert server.requests[3].headers["if-modified-since"] == MODIFIED


async def test_a_document_that_has_changed_is(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/feed", page("old", etag='"v1"'), page("new", etag='"v2"'))
    first = await local(fetcher, server.url("/feed"))
    again = await local(fetcher, server.url("/feed"), first.validators)
    assert again.body == b"new"
    assert again.validators == Validators(etag='"v2"')


async def test_a_304_may_leave_out_the_validators(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/feed", Answer(status=304, content_type=None))
    asked = Validators(etag='"v1"', last_modified=MODIFIED)
    assert (await local(fetcher, server.url("/feed"), asked)).validators == asked


async def test_a_304_that_was_not_asked_for_is_a_failure(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/feed", Answer(status=304, content_type=None))
    assert (await failed(fetcher, server.url("/feed"))).status == 304


# Too slow, too large, too odd


async def test_silence_ends_at_the_deadline(server: HttpServer, hasty: HttpFetcher) -> None:
    server.route("/silent", silent())
    begun = time.monotonic()
    assert (await failed(hasty, server.url("/silent"))).why == "no answer within 0.3 s"
    assert time.monotonic() - begun < 20


async def test_dripping_does_not_get_round_the_deadline(server: HttpServer, hasty: HttpFetcher) -> None:
    server.route("/drip", dripping(b"x" * 1000, pause=0.02))
    assert (await failed(hasty, server.url("/drip"))).why == "no answer within 0.3 s"


async def test_redirects_share_one_deadline(server: HttpServer, hasty: HttpFetcher) -> None:
    for number in range(5):
        server.route(f"/{number}", Answer(status=302, headers=(("Location", f"/{number + 1}"),), delay=0.1))
    assert (await failed(hasty, server.url("/0"))).why == "no answer within 0.3 s"


async def test_a_slow_look_up_counts_too() -> None:
    async def slow(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return ["127.0.0.1"]

    fetcher = HttpFetcher(AGENT, tls=TLS, resolver=slow, total_timeout=0.2)
    assert (await failed(fetcher, "http://feeds.example/")).why == "no answer within 0.2 s"
    await fetcher.close()


async def test_waiting_for_our_own_turn_does_not_count(server: HttpServer) -> None:
    fetcher = HttpFetcher(AGENT, tls=TLS, total_timeout=0.4, per_host=1)
    server.route("/slow", page("x", delay=0.2))
    fetched = await asyncio.gather(*(local(fetcher, server.url("/slow")) for _ in range(4)))
    assert [each.body for each in fetched] == [b"x"] * 4
    await fetcher.close()


async def test_a_body_without_end_is_cut_off(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/endless", endless())
    assert (await failed(fetcher, server.url("/endless"))).why == "larger than 100000 bytes"


async def test_a_body_announced_as_too_large_is_not_read(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/large", Answer(body=b"x", length=100_001, pause=30))
    assert (await failed(fetcher, server.url("/large"))).why == "larger than 100000 bytes"


@pytest.mark.parametrize("layers", [1, 2])
async def test_a_bomb_does_not_go_off(server: HttpServer, fetcher: HttpFetcher, layers: int) -> None:
    server.route("/bomb", bomb(20_000_000, layers=layers))
    assert (await failed(fetcher, server.url("/bomb"))).why == "larger than 100000 bytes after decompression"


async def test_an_encoding_that_was_not_offered_is_refused(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/brotli", page(b"\x0b\x02\x80x\x03", headers=(("Content-Encoding", "br"),)))
    assert (await failed(fetcher, server.url("/brotli"))).why == (
        "the answer is encoded as 'br', though only gzip was offered"
    )


# Broken in every way: one clear line each, and the next request works


BROKEN = [
    (dropped(), "closed the connection without an answer"),
    (garbage(b"HTTP/1.1 200 OK\r\nContent-Ty"), "closed the connection without an answer"),
    (dropped(b"half of it", after=4), "broke the connection off in the middle"),
    (Answer(body=b"short", length=50), "broke the connection off in the middle"),
    (garbage(), "does not speak proper HTTP"),
    (garbage(b"\x00" * 300_000), "does not speak proper HTTP"),
    (garbage(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), "does not speak proper HTTP"),
    (garbage(b"HTTP/1.1 200 OK\r\nNo colon\r\n\r\n"), "does not speak proper HTTP"),
    (garbage(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000), "does not speak proper HTTP"),
    (garbage(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"), "does not speak proper HTTP"),
    (garbage(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: bogus\r\n\r\n"), "does not speak proper HTTP"),
    (garbage(b"HTTP/1.1 999 Odd\r\n\r\n"), "999"),
    (garbage(b"SSH-2.0-OpenSSH_9.6\r\n"), "."),
    (page(b"plain", headers=(("Content-Encoding", "gzip"),)), "said to be gzip, but is not"),
    (failure(404), "the server answered 404 Not Found"),
    (failure(500), "the server answered 500 Internal Server Error"),
    (Answer(status=300), "the server answered 300 Multiple Choices"),
]


@pytest.mark.parametrize(("answer", "words"), BROKEN)
async def test_whatever_breaks_is_one_clear_line(
    server: HttpServer, fetcher: HttpFetcher, answer: Answer, words: str
) -> None:
    server.route("/broken", answer)
    server.route("/well", page("well"))
    error = await failed(fetcher, server.url("/broken"))
    assert type(error) is FetchError
    assert re.search(words, error.why)
    assert len(error.why) < 250
    assert (await local(fetcher, server.url("/well"))).body == b"well"


async def test_bytes_beyond_the_announced_length_do_not_spill_over(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/lying", Answer(body=b"right HTTP/1.1 200 OK\r\n\r\nwrong", length=5))
    server.route("/next", page("next"))
    assert (await local(fetcher, server.url("/lying"))).body == b"right"
    assert (await local(fetcher, server.url("/next"))).body == b"next"


async def test_a_failure_carries_its_status(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/gone", failure(410))
    assert (await failed(fetcher, server.url("/gone"))).status == 410


async def test_where_nobody_listens_is_told(fetcher: HttpFetcher) -> None:
    async with HttpServer() as closed:
        url = closed.url("/")
    assert (await failed(fetcher, url)).why == "127.0.0.1 refused the connection"


# Come back later


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120), ("Mon, 02 Mar 2026 12:05:00 GMT", 300), ("soon", None), (None, None)]
)
async def test_a_server_that_asks_for_time_is_understood(
    server: HttpServer, fetcher: HttpFetcher, status: int, value: str | None, seconds: float | None
) -> None:
    server.route("/busy", throttled(retry_after=value, status=status))
    error = await failed(fetcher, server.url("/busy"))
    assert isinstance(error, ThrottledError)
    assert (error.status, error.retry_after) == (status, seconds)


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(server: HttpServer, fetcher: HttpFetcher, status: int) -> None:
    server.route("/old", redirect("new/page?x=1#part", status=status))
    server.route("/new/page?x=1", page("here"))
    fetched = await local(fetcher, server.url("/old"))
    assert (fetched.url, fetched.body) == (server.url("/new/page?x=1"), b"here")


async def test_a_loop_of_redirects_ends(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/loop", redirect("/loop"))
    assert (await failed(fetcher, server.url("/loop"))).why == "redirected more than 5 times, last to 127.0.0.1"
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://user:pass@127.0.0.1/", "user name or password"),
        ("http://[", "not an address"),
        ("http://127.0.0.1:99999/", "not an address"),
    ],
)
async def test_a_redirect_to_what_may_not_be_fetched_is_refused(
    server: HttpServer, fetcher: HttpFetcher, location: str, words: str
) -> None:
    server.route("/moved", redirect(location))
    error = await failed(fetcher, server.url("/moved"))
    assert isinstance(error, RefusedError)
    assert words in error.why


async def test_a_redirect_to_nowhere_is_a_failure(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/moved", Answer(status=302))
    assert (await failed(fetcher, server.url("/moved"))).why == "redirected without saying where to"


# Private addresses


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
async def test_this_machine_is_not_asked_unless_allowed(server: HttpServer, fetcher: HttpFetcher, host: str) -> None:
    server.route("/secret", page("secret"))
    with pytest.raises(RefusedError, match="loopback"):
        await fetcher.get(server.url("/secret", host=host))
    assert server.connections == 0


async def test_a_connection_made_with_leave_does_not_serve_a_call_without(
    server: HttpServer, fetcher: HttpFetcher
) -> None:
    server.route("/secret", page("secret"))
    await local(fetcher, server.url("/secret"))
    with pytest.raises(RefusedError):
        await fetcher.get(server.url("/secret"))
    assert len(server.requests) == 1


async def test_a_name_is_looked_up_once_and_stays_in_the_host_header(server: HttpServer) -> None:
    asked: list[str] = []

    async def names(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    fetcher = HttpFetcher(AGENT, tls=TLS, resolver=names, spacing=0)
    server.route("/", page("x"))
    await local(fetcher, server.url("/", host="feeds.example"))
    assert asked == ["feeds.example"]
    assert server.requests[0].headers["host"] == f"feeds.example:{server.port}"
    with pytest.raises(RefusedError, match="loopback"):
        await fetcher.get(server.url("/", host="feeds.example"))
    assert len(server.requests) == 1
    await fetcher.close()


# Given up, and put away


async def test_a_request_given_up_leaves_the_fetcher_well(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/silent", silent())
    server.route("/well", page("well"))
    tasks = [asyncio.create_task(local(fetcher, server.url("/silent"))) for _ in range(5)]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    assert all(isinstance(e, asyncio.CancelledError) for e in await asyncio.gather(*tasks, return_exceptions=True))
    assert (await local(fetcher, server.url("/well"))).body == b"well"


async def test_closing_twice_does_no_harm(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/", page("x"))
    await local(fetcher, server.url("/"))
    await fetcher.close()
    await fetcher.close()
