"""Which addresses may be asked. Pure: nothing is looked up here."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from bot.errors import RefusedError

LONGEST = 8000  # characters; servers refuse longer ones anyway

# The IANA registries of special addresses, written out: Python's own flags differ from one version to the next.
CLOSED_V4 = tuple(
    (ip_network(network), words)
    for network, words in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier's private address"),
        ("127.0.0.0/8", "a loopback address"),
        ("168.63.129.16/32", "a cloud's metadata address"),
        ("169.254.169.254/32", "a cloud's metadata address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a test network's address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
CLOSED_V6 = tuple(
    (ip_network(network), words)
    for network, words in (
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("ff00::/8", "a multicast address"),
        ("2001::/23", "a reserved address"),  # Teredo among them, which hides an IPv4 address
        ("2001:db8::/32", "a documentation address"),
        ("3fff::/20", "a documentation address"),
    )
)
GLOBAL_V6 = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")


@lru_cache(maxsize=2048)  # the sources of a large service: parsing takes a twentieth of a poll that finds nothing
def checked_url(text: str | httpx.URL) -> httpx.URL:
    """The address parsed, its fragment cut off. Raises RefusedError if it is none that may be fetched."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusedError(f"not an address: {_shown(str(text))}") from error
    if url.scheme not in ("http", "https"):
        raise RefusedError(f"only http and https addresses are fetched, not {_shown(str(url))}")
    odd = not url.host or "%" in url.host or not 0 < (80 if url.port is None else url.port) < 65536
    if odd or len(str(url)) > LONGEST:
        raise RefusedError(f"not an address: {_shown(str(text))}")
    if url.userinfo:
        raise RefusedError(f"an address with a user name or password in it is not fetched: {url.host}")
    return url.copy_with(fragment=None) if "#" in str(url) else url  # it costs as much as parsing, and few have one


def why_closed(address: str) -> str | None:
    """What is wrong with dialling an IP address ('a private address'), None if it is open to the public."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inside = _carried(ip)
        return _why_closed_v6(ip) if inside is None else _why_closed_v4(inside)
    return _why_closed_v4(ip)


def is_loopback(host: str) -> bool:
    """Whether a host, as written in an address, names this machine plainly."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _why_closed_v4(ip: IPv4Address) -> str | None:
    return next((words for network, words in CLOSED_V4 if ip in network), None)


def _why_closed_v6(ip: IPv6Address) -> str | None:
    closed = next((words for network, words in CLOSED_V6 if ip in network), None)
    return closed or (None if ip in GLOBAL_V6 else "a reserved address")


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address a packet to this one would end at: mapped, 6to4, or NAT64."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _shown(text: str) -> str:
    """An address as part of a message: printable, and not endless."""
    plain = "".join(character if character.isprintable() else "?" for character in text)
    return plain if len(plain) <= 100 else plain[:99] + "…"
