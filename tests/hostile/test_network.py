"""Addresses that lead inside: a server listens on this machine, and nobody who was not given leave gets to it.

Real sockets throughout; the names are ours to answer (`Names`), and what was dialled is told by who was connected to.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace

import httpcore
import pytest

from bot.domain.asker import Asker
from bot.domain.source import Source, SourceKind, SourceState, Window
from bot.errors import AttacheError, RefusedError
from bot.infra.feeds import parse_feed
from bot.infra.fetch import HttpFetcher
from bot.infra.fetch.dialling import Resolver, resolve
from bot.infra.store import Store
from bot.services.dispatch import Dispatcher
from bot.services.windows import Windows
from tests.fakes import OpenSandbox
from tests.servers import HttpServer, page, redirect
from tests.services.conftest import open_desk

AGENT = "Attache/0.1 (+https://attache.example)"
TLS = ssl.create_default_context()
# Each spells an address of this machine or its network; {port} is where the server listens.
HERE = (
    *("127.0.0.1", "127.0.0.9", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0x7f.1", "0177.0.0.1"),
    *("0x7f.0x0.0x0.0x1", "0177.0.0.0x1", "127.0.0.1.", "0", "0.0.0.0", "0x0", "localhost", "LOCALHOST", "localhost."),
    *(
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
    ),
    *(
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fd00::1]",
        "[ff02::1]",
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
    ),
    *("10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.1.1", "169.254.169.254", "0xA9FEA9FE"),
    *(
        "2852039166",
        "0251.0376.0251.0376",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
        "224.0.0.1",
        "255.255.255.255",
    ),
)
NAMED = (  # what a stranger's own name server may answer
    *(
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:a00:1",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.1.1",
    ),
    *(
        "100.64.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "0.0.0.0",
        "::",
        "64:ff9b::7f00:1",
    ),
    *(
        "2002:7f00:1::",
        "2001:0:53aa:64c::1",
        "224.0.0.1",
        "ff02::1",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "2001:db8::1",
    ),
)
FORMS = (
    *("http://user@127.0.0.1:{port}/", "http://user:pass@127.0.0.1:{port}/", "http://feeds.example@127.0.0.1:{port}/"),
    *(
        "http://127.0.0.1:{port}@feeds.example/",
        "http://feeds.example%40127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}\\",
    ),
    *(
        "http:///127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "http:127.0.0.1:{port}",
        "gopher://127.0.0.1:{port}/",
        "file:///etc/passwd",
    ),
    *(
        "ftp://127.0.0.1:{port}/",
        "http://[127.0.0.1]:{port}/",
        "http://127.0.0.1:{port}#@feeds.example/",
        "dict://127.0.0.1:{port}/",
    ),
    *(
        "http://feeds.example\t@127.0.0.1:{port}/",
        "http://127.0.0.1\n:{port}/",
        "http://127.0.0.1%00:{port}/",
        "unix:///tmp/socket",
    ),
    *("http://127.0.0.1:{port}\\@feeds.example/", "jar:http://127.0.0.1:{port}/", "http://127.0.0.1%2f:{port}/"),
)


OUTSIDE = "93.184.215.14"
STATUSES = (301, 302, 303, 307, 308)
MANAGER = Asker(platform="fake", user="u1", channel="fake:room", may_manage=True)


class Outside(httpcore.AsyncNetworkBackend):
    """Connects for real, the one public address excepted: it is a server of ours on this machine."""

    def __init__(self, port: int) -> None:
        self._port, self._real = port, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        host, port = ("127.0.0.1", self._port) if host == OUTSIDE else (host, port)
        return await self._real.connect_tcp(host, port, timeout, local_address, socket_options)


class Names:
    """Answers every name with each of these in turn, the last one ever after."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked = 0
        self._answers = list(answers)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


async def one_outside(host: str, port: int) -> Sequence[str]:
    """This machine's own resolver, but for the one name that is ours."""
    return [OUTSIDE] if host == "outside.example" else await resolve(host, port)


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    async with HttpServer() as server:
        server.route("/", page("secret"))
        yield server


def fetcher(names: Resolver = resolve, dialler: httpcore.AsyncNetworkBackend | None = None) -> HttpFetcher:
    return HttpFetcher(AGENT, tls=TLS, total_timeout=5.0, spacing=0, resolver=names, dialler=dialler)


async def refused(fetcher: HttpFetcher, url: str) -> str:
    """Why an address was refused, in one line."""
    with pytest.raises(AttacheError) as caught:
        await fetcher.get(url)
    assert str(caught.value).isprintable(), url
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_no_spelling_of_an_inner_address_is_dialled(
    server: HttpServer, tried: Callable[[str, int], None]
) -> None:
    web = fetcher()
    for host in HERE:
        await refused(web, server.url("/", host=host))
    for form in FORMS:
        await refused(web, form.format(port=server.port))
    await web.close()
    assert server.connections == 0
    tried("addresses", len(HERE) + len(FORMS))


async def test_no_name_that_means_an_inner_address_is_dialled(
    server: HttpServer, tried: Callable[[str, int], None]
) -> None:
    for address in NAMED:
        for answer in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
            web = fetcher(Names(answer))
            with pytest.raises(RefusedError, match=r"allow_private"):
                await web.get(server.url("/", host="feeds.example"))
            await web.close()
    assert server.connections == 0
    tried("names", 3 * len(NAMED))


async def test_no_redirect_leads_inside(server: HttpServer, tried: Callable[[str, int], None]) -> None:
    targets = [server.url("/", host=host) for host in HERE] + [form.format(port=server.port) for form in FORMS]
    targets = [target.replace("\n", "").replace("\t", "") for target in targets]
    async with HttpServer() as outer:
        web = fetcher(one_outside, Outside(outer.port))
        outer.route("/well", page("well"))
        assert (await web.get("http://outside.example/well")).body == b"well"
        for number, target in enumerate(targets):
            outer.route(f"/{number}", redirect(target, status=STATUSES[number % len(STATUSES)]))
            await refused(web, f"http://outside.example/{number}")
        await web.close()
        assert {f"/{number}" for number in range(len(targets))} <= set(outer.paths())
    assert server.connections == 0
    tried("redirects", len(targets))


async def test_a_name_that_changes_its_answer_after_it_was_checked_is_not_believed(
    server: HttpServer, tried: Callable[[str, int], None]
) -> None:
    for inner in NAMED:
        async with HttpServer() as outer:
            outer.route("/", page("outside"))
            outer.route("/on", redirect("http://rebinding.example/"))
            names = Names([OUTSIDE], [inner])
            web = fetcher(names, Outside(outer.port))
            assert (await web.get("http://rebinding.example/")).body == b"outside"
            assert names.asked == 1  # what was checked is what was dialled: there was no second question
            with pytest.raises(RefusedError):
                await web.get("http://rebinding.example:81/")  # another connection, another answer
            led = fetcher(Names([OUTSIDE], [inner]), Outside(outer.port))
            with pytest.raises(RefusedError):
                await led.get("http://outside.example/on")
            await web.close()
            await led.close()
    assert server.connections == 0
    tried("changes of an answer", 2 * len(NAMED))


async def test_read_asked_by_anybody_leads_nowhere_inside(
    server: HttpServer, store: Store, dispatcher: Dispatcher, tried: Callable[[str, int], None]
) -> None:
    web = fetcher()
    desk = open_desk(store, replace(dispatcher, fetcher=web))
    asked = [server.url("/", host=host) for host in HERE] + [form.format(port=server.port) for form in FORMS]
    for url in asked:
        replies = [await desk.call("read", {"address": url}, MANAGER), await desk.brief(f"see {url} !", MANAGER)]
        assert all("secret" not in repr(reply) for reply in replies)
    await web.close()
    assert server.connections == 0
    tried("questions", 2 * len(asked))


async def test_leave_is_given_to_one_source_by_name_and_to_nothing_else(server: HttpServer) -> None:
    server.route("/feed", page("<rss><channel><item><title>A</title></item></channel></rss>"))
    web = fetcher()
    windows = Windows(web, OpenSandbox(), parse_feed=parse_feed, folder=lambda path: Window(title=path))
    local = Source(name="local", kind=SourceKind.FEED, url=server.url("/feed"), allow_private=True)
    for source in (replace(local, name="other", allow_private=False), local, replace(local, allow_private=False)):
        if source.allow_private:
            window = (await windows.look(source, SourceState(name=source.name))).window
            assert window is not None
            assert [entry.title for entry in window.entries] == ["A"]
        else:
            with pytest.raises(RefusedError, match="allow_private"):
                await windows.look(source, SourceState(name=source.name))
    await web.close()
    assert len(server.requests) == 1
