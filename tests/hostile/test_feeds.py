"""Feeds sent to do harm, each through the real sandbox: what it costs there, and that the entry beside it survives.

`WELL` stands in every feed that can hold one, before the harm: it must come out, whatever is done to the rest.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from bot.domain.source import Window
from bot.errors import SandboxError
from bot.infra.sandbox import ProcessSandbox
from tests.hostile.jobs import MB, Took, feed, measured

SECONDS, MEMORY = 5.0, 200 * MB
WELL = "<item><title>Norms</title><link>https://mission.example/norms</link><guid>well</guid></item>"
DATES = {
    "Hijri": "12 ربيع الأول 1448",
    "Jalali": "1405/06/05",
    "Hebrew": "י״ד באלול תשפ״ו",
    "Buddhist": "27 สิงหาคม 2569",
    "Minguo": "民國115年8月27日",
    "Reiwa": "令和8年8月27日",
    "Julian day": "2461280",
    "unix": "1787788800",
    "unix milliseconds": "1787788800000",
    "year 0": "0000-00-00T00:00:00Z",
    "year 99999": "99999-01-01",
    "month 13": "2026-13-45T99:99:99Z",
    "leap second": "2026-06-30T23:59:60Z",
    "endless zone": "2026-08-27T10:00:00+99:99",
    "minus": "-2026-08-27",
    "figures of another script": "٢٧ أغسطس ٢٠٢٦",
    "digits": "9" * 10_000,
    "a date a hundred times": "27 Aug 2026 " * 100,
}


def rss(items: str, head: str = "", version: str = '<?xml version="1.0"?>') -> str:
    return f'{version}{head}<rss version="2.0"><channel><title>Mission</title>{WELL}{items}</channel></rss>'


def entities(count: int, size: int, *, nested: bool) -> str:
    """A document type that makes much out of little: entities of entities, or one long one named often."""
    if not nested:
        return f'<!DOCTYPE rss [<!ENTITY a "{"a" * size}">]>'
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * size}">' for n in range(1, count)]
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{"".join(lines)}]>'


def dated(text: str) -> str:
    return rss(f"<item><title>Dated</title><link>/dated</link><pubDate>{text}</pubDate></item>")


@dataclass(frozen=True, slots=True)
class Case:
    """A body, the charset the server claims, and whether the good entry must come out of it."""

    body: bytes
    charset: str | None = None
    survives: bool = True


def case(text: str, encoding: str = "utf-8", charset: str | None = None, *, survives: bool = True) -> Case:
    return Case(text.encode(encoding, "surrogatepass"), charset, survives)


def refused(text: str) -> Case:
    """One that is no feed, or so hostile as a whole that nothing of it is read."""
    return case(text, survives=False)


ENTRY = "<item><title>{}</title><link>https://mission.example/two</link><guid>two</guid></item>"
CASES = {
    "billion laughs": refused(rss(ENTRY.format("&l9;"), entities(10, 10, nested=True))),
    "quadratic blow-up": refused(rss(ENTRY.format("&a;" * 50_000), entities(1, 50_000, nested=False))),
    "parameter entities": refused(rss(ENTRY.format("x"), "<!DOCTYPE rss [<!ENTITY % p \"<!ENTITY q 'r'>\"> %p;]>")),
    "an entity that is a file": refused(
        rss(ENTRY.format("&f;"), '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>')
    ),
    "an entity of the web": refused(rss(ENTRY.format("&f;"), '<!DOCTYPE r [<!ENTITY f SYSTEM "http://127.0.0.1/">]>')),
    "a document type elsewhere": case(rss("", '<!DOCTYPE rss SYSTEM "file:///etc/passwd">')),
    "included by XInclude": case(rss('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>')),
    "a style sheet": case(rss("", '<?xml-stylesheet href="file:///etc/passwd"?>')),
    "1,000,000 deep": case(rss("<a>" * 1_000_000)),
    "1,000,000 deep within an entry": case(rss("<item><title>" + "<b>" * 1_000_000)),
    "100,000 deep and closed": case(rss("<a>" * 100_000 + "</a>" * 100_000)),
    "JSON 1,000,000 deep": refused("[" * 1_000_000),
    "JSON of objects, deep": refused('{"items":[' + '{"a":' * 200_000),
    "40 kB of blank lines": case("\n" * 40_000 + rss("")),
    "blank lines within": case(rss("\n" * 1_000_000)),
    "a title of 10 MB": case(rss(ENTRY.format("a" * 10_000_000))),
    "a title of 10 MB of tags": case(rss(ENTRY.format("&lt;b&gt;" * 1_000_000))),
    "an author of 5 MB": case(rss(f"<item><title>x</title><author>{'a.' * 2_500_000}</author></item>")),
    "an address of 1 MB": case(rss(f"<item><title>x</title><link>https://a.example/{'a' * 1_000_000}</link></item>")),
    "an id of 1 MB": case(rss(f"<item><title>x</title><guid>{'a' * 1_000_000}</guid></item>")),
    "100,000 entries": case(rss("<item><title>x</title></item>" * 100_000)),
    "100,000 entries of one id": case(rss("<item><title>x</title><guid>a</guid></item>" * 100_000)),
    "1,000,000 attributes": refused(rss("<item " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>")),
    "100,000 namespaces": case(rss("".join(f'<a xmlns:n{n}="urn:{n}"/>' for n in range(100_000)))),
    "an attribute of 5 MB": case(rss(f'<item><title x="{"a" * 5_000_000}">x</title></item>')),
    "a name of 1 MB": case(rss(f"<item><{'a' * 1_000_000}/></item>")),
    "comments that never end": case(rss("<!--" * 100_000)),
    "CDATA that never ends": case(rss("<item><title><![CDATA[" + "x" * 1_000_000)),
    "processing instructions": case(rss("<?a?>" * 500_000)),
    "references by number": case(rss(ENTRY.format("&#1114112;&#xFFFFFFFF;&#0;&#xD800;" * 50_000))),
    "unknown references": case(rss(ENTRY.format("&nosuch;" * 200_000))),
    "the first byte of two": Case(rss("").encode() + b"\xc3"),
    "an encoding that lies": Case(rss(ENTRY.format("Déclaration")).encode("cp1252"), "utf-8"),
    "an encoding nobody knows": case(rss("", version='<?xml version="1.0" encoding="x-none"?>'), charset="x-none"),
    "an encoding that is code": case(
        rss("", version='<?xml version="1.0" encoding="unicode_escape"?>'), charset="idna"
    ),
    "UTF-7": case(rss(ENTRY.format("+ADw-script+AD4-"), version='<?xml version="1.0" encoding="utf-7"?>')),
    "UTF-16 cut in half": Case(rss("").encode("utf-16")[:-1]),
    "UTF-32": Case(rss("").encode("utf-32")),
    "EBCDIC": Case(rss("").encode("cp500"), "cp500", survives=False),
    "two byte-order marks": Case(b"\xef\xbb\xbf\xef\xbb\xbf" + rss("").encode()),
    "lone surrogates": case(rss(ENTRY.format("a\ud800b\udfffc")), "utf-8"),
    "NULs": case(rss(ENTRY.format("a\0b\0" * 10_000))),
    "NULs before": case("\0" * 10_000 + rss("")),
    "every control character": case(rss(ENTRY.format("".join(map(chr, range(1, 32))) * 1_000))),
    "marks upon marks": case(rss(ENTRY.format("a" + "\u0301" * 500_000))),
    "overrides of direction": case(rss(ENTRY.format("\u202e\u2066" * 100_000))),
    "links that run code": case(rss("<item><title>x</title><link>JaVaScRiPt&#9;:alert(1)</link></item>")),
    "a link of data": case(rss("<item><title>x</title><link>data:text/html,x</link></item>")),
    "a link to a file": case(rss("<item><title>x</title><link>file:///etc/passwd</link></item>")),
    "a base that runs code": case(rss('<item xml:base="javascript:x/"><title>x</title><link>a</link></item>')),
    "a port that is none": case(rss("<item><title>x</title><link>https://a.example:99999999/</link></item>")),
    "a host that is no host": case(rss("<item><title>x</title><link>https://[::1/</link></item>")),
    "a path": refused("/etc/passwd"),
    "a path as an address": refused("file:///etc/passwd"),
    "a path in a feed": case(rss("<item><title>/etc/passwd</title><link>/etc/passwd</link></item>")),
    "a web page": refused("<!doctype html><html><body>" + "<div>" * 500_000),
    "JSON numbers without end": refused('{"items":[{"id":' + "9" * 1_000_000 + "}]}"),
    "JSON of every kind": case(
        json.dumps(
            {"items": [{"id": "well", "url": "https://a.example/", "title": "Norms"}, None, 1, [], {}, {"id": {}}]}
        )
    ),
    "endless": case(rss("<item><title>x</title></item>" * 200_000)[:5_242_880]),
    **{f"a date: {name}": case(dated(text)) for name, text in DATES.items()},
}


@pytest.fixture
async def sandbox() -> AsyncIterator[ProcessSandbox]:
    sandbox = ProcessSandbox(workers=1)
    yield sandbox
    await sandbox.close()


async def test_no_feed_costs_more_than_itself(sandbox: ProcessSandbox, tried: Callable[[str, int], None]) -> None:
    worst: dict[str, tuple[float, str]] = {"seconds": (0, ""), "memory": (0, "")}
    wrong = []
    for name, one in CASES.items():
        try:
            got = await sandbox.run(measured, feed, one.body, one.charset, timeout=SECONDS)
        except SandboxError as error:  # stopped in time: the feed is lost, nothing else
            wrong += [f"{name}: {error}"] if one.survives else []
            continue
        worst["seconds"] = max(worst["seconds"], (got.seconds, name))
        worst["memory"] = max(worst["memory"], (got.grown, name))
        wrong += [f"{name}: {complaint}" for complaint in _complaints(one, got)]
    tried("feeds", len(CASES))
    print(f"dearest: {worst['seconds'][0]:.2f} s of CPU ({worst['seconds'][1]}), ", end="")
    print(f"largest: {worst['memory'][0] / MB:.0f} MB more ({worst['memory'][1]})")
    assert not wrong, "\n".join(wrong)
    assert worst["memory"][0] <= MEMORY


def _complaints(one: Case, got: Took) -> list[str]:
    if isinstance(got.came, Window):
        ids = [entry.id for entry in got.came.entries]
        links = [entry.url for entry in got.came.entries if entry.url and not entry.url.startswith(("http:", "https:"))]
        text = " ".join(f"{entry.title} {entry.summary} {entry.html}" for entry in got.came.entries)
        lost = [] if not one.survives or "well" in ids else [f"the good entry is lost: {got.came.problems}"]
        leaked = ["a file of this machine was read"] if "root:" in text else []
        return [*lost, *leaked, *(f"leads to {link[:40]}" for link in links)]
    return [f"refused: {got.came}"] if one.survives else []


async def test_what_no_parser_survives_is_stopped_and_the_next_feed_is_read(sandbox: ProcessSandbox) -> None:
    with pytest.raises(SandboxError):
        await sandbox.run(measured, feed, b"<rss>" + b"x" * 150 * MB, timeout=SECONDS)
    window = (await sandbox.run(measured, feed, rss("").encode())).came
    assert [entry.id for entry in window.entries] == ["well"]
