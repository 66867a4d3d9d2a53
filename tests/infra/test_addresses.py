"""Which addresses may be asked, and that the address dialled is the one that was checked."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence

import httpcore
import pytest

from bot.errors import FetchError, RefusedError
from bot.infra.fetch.addresses import checked_url, is_loopback, why_closed
from bot.infra.fetch.dialling import CheckedBackend, resolve

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "private"),
        ("100.64.0.1", "carrier"),
        ("100.100.100.200", "carrier"),
        ("169.254.1.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%1", "link-local"),
        ("169.254.169.254", "metadata"),
        ("168.63.129.16", "metadata"),
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("::", "unspecified"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("ff02::1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("192.0.0.192", "reserved"),
        ("198.18.0.1", "test network"),
        ("192.0.2.1", "documentation"),
        ("198.51.100.7", "documentation"),
        ("203.0.113.9", "documentation"),
        ("2001:db8::1", "documentation"),
        ("3fff::1", "documentation"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:169.254.169.254", "metadata"),
        ("::ffff:a00:1", "private"),
        ("2002:7f00:1::", "loopback"),
        ("2002:c0a8:101::1", "private"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::a9fe:a9fe", "metadata"),
        ("64:ff9b:1::a00:1", "reserved"),
        ("2001:0:53aa:64c::1", "reserved"),
        ("::127.0.0.1", "reserved"),
        ("fec0::1", "reserved"),
        ("100::1", "reserved"),
    ],
)
def test_an_address_that_is_not_public_is_closed(address: str, words: str) -> None:
    assert words in (why_closed(address) or "open")


@pytest.mark.parametrize(
    "address",
    [
        PUBLIC,
        "8.8.8.8",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "::ffff:93.184.215.14",
        "64:ff9b::5db8:d70e",
    ],
)
def test_a_public_address_is_open(address: str) -> None:
    assert why_closed(address) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/feed", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//example.org/feed", "only http and https"),
        ("feed.xml", "only http and https"),
        ("", "only http and https"),
        ("https://", "not an address"),
        ("http:///feed", "not an address"),
        ("http://example.org:99999/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://[", "not an address"),
        ("http://exa mple.org/", "not an address"),
        ("http://example.org:0/", "not an address"),
        ("http://example.org/\x00", "not an address"),
        ("http://example.org/" + "a" * 9000, "not an address"),
        ("https://user@example.org/", "user name or password"),
        ("https://user:pass@example.org/", "user name or password"),
        ("https://example.org@evil.example/", "user name or password"),
    ],
)
def test_what_is_no_address_to_fetch_is_refused_in_one_line(url: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words) as caught:
        checked_url(url)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200
    assert "pass@" not in str(caught.value)


def test_an_address_loses_its_fragment_and_keeps_the_rest() -> None:
    assert str(checked_url("HTTPS://Example.ORG/a?b=c#d")) == "https://example.org/a?b=c"
    assert checked_url("https://миссия.example/заявление").raw_host.startswith(b"xn--")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "localhost", "feeds.localhost"])
def test_this_machine_is_known_by_its_plain_names(host: str) -> None:
    assert is_loopback(host)
    assert not is_loopback("localhost.example")


class Dialler(httpcore.AsyncNetworkBackend):
    """Connects to nothing, and records what it was told to dial; `dead` addresses refuse."""

    def __init__(self, *, dead: Sequence[str] = ()) -> None:
        self.dialled: list[str] = []
        self._dead = dead

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        if host in self._dead:
            raise httpcore.ConnectError
        return httpcore.AsyncMockStream([])


class Names:
    """A resolver that gives each of its answers once, the last ever after, and counts the questions."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


async def dial(
    names: Names, *, host: str = "feeds.example", allow_private: bool = False, dead: Sequence[str] = ()
) -> list[str]:
    dialler = Dialler(dead=dead)
    backend = CheckedBackend(names, allow_private=allow_private, dialler=dialler)
    try:
        await backend.connect_tcp(host, 443)
    except RefusedError:
        assert dialler.dialled == []
        raise
    return dialler.dialled


async def test_the_address_dialled_is_the_one_that_was_checked() -> None:
    rebinding = Names([PUBLIC], ["127.0.0.1"])
    assert await dial(rebinding) == [PUBLIC]
    assert rebinding.asked == ["feeds.example"]


async def test_a_name_that_has_come_to_mean_this_machine_is_refused() -> None:
    rebinding = Names([PUBLIC], ["127.0.0.1"])
    await dial(rebinding)
    with pytest.raises(RefusedError, match=r"feeds\.example \(127\.0\.0\.1\) is a loopback address"):
        await dial(rebinding)


async def test_one_closed_address_among_several_refuses_the_name() -> None:
    with pytest.raises(RefusedError, match="private"):
        await dial(Names([PUBLIC, "10.0.0.1"]))


async def test_the_next_address_is_tried_where_one_is_dead() -> None:
    dead = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
    assert await dial(Names([dead, PUBLIC]), dead=[dead]) == [dead, PUBLIC]


async def test_a_call_that_allows_it_reaches_a_private_address() -> None:
    assert await dial(Names(["10.0.0.1"]), allow_private=True) == ["10.0.0.1"]


async def test_an_address_in_figures_needs_no_look_up() -> None:
    names = Names([PUBLIC])
    assert await dial(names, host="8.8.8.8") == ["8.8.8.8"]
    with pytest.raises(RefusedError, match=r"^::1 is a loopback address"):
        await dial(names, host="::1")
    assert names.asked == []


async def test_a_name_without_any_address_is_said_to_be_unknown() -> None:
    with pytest.raises(FetchError, match=r"no server is called feeds\.example"):
        await dial(Names([]))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "no server is called feeds.example"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "could not be looked up: Temporary failure"),
        (UnicodeError("label too long"), "no server is called feeds.example"),
    ],
)
async def test_a_look_up_that_fails_is_told_in_words(error: Exception, words: str) -> None:
    async def broken(host: str, port: int) -> Sequence[str]:
        raise error

    with pytest.raises(FetchError, match=words):
        await CheckedBackend(broken, allow_private=False, dialler=Dialler()).connect_tcp("feeds.example", 80)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "localhost"])
async def test_the_machines_own_resolver_cannot_be_fooled_by_spelling(host: str) -> None:
    dialler = Dialler()
    with pytest.raises(RefusedError, match="loopback"):
        await CheckedBackend(resolve, allow_private=False, dialler=dialler).connect_tcp(host, 80)
    assert dialler.dialled == []
