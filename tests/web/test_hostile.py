"""What sources plant in titles, names, texts and addresses is shown as the words it is, and never runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from lxml import html

from bot.domain.brief import Brief
from bot.domain.source import Source, SourceKind, SourceState, after_failure
from bot.domain.taxonomy import Topic
from bot.domain.timing import Slot
from tests.samples import NOW, another, brief, channel
from tests.web.browsing import Seen, browser
from tests.web.conftest import TOKEN, Served, serve
from tests.web.payloads import ADDRESSES, MARK_UP

BEARER = {"Authorization": f"Bearer {TOKEN}"}
OURS = {"/static/reading.js"}
RUNS = re.compile(r"^\s*(?:javascript|vbscript|data|blob):", re.IGNORECASE)


def planted(number: int, payload: str) -> Brief:
    """A statement that bears a payload everywhere."""
    address = ADDRESSES[number % len(ADDRESSES)]
    words = " ".join(f"word{number}x{i} {payload if i % 20 == 0 else ''}" for i in range(60))
    body = f"{payload} begins statement {number}.\n\n{words}\n\n{payload}"
    point = replace(
        brief().points[0], text=payload, quote=body[: len(payload)], start=0, end=len(payload), topics=(Topic.NORMS,)
    )
    fields = {"title": f"{payload} {number}", "speaker": payload, "role": payload, "group": payload, "body": body}
    made = another(number, **fields, url=f"{address}?number={number}", language="en" if number % 3 else "ar")
    points = (replace(point, link=address, new=None, said_before=None), replace(point, link=f"{address}#:~:text=x"))
    return replace(made, points=points, omitted=(payload,))


def sources() -> tuple[Source, ...]:
    return tuple(
        Source(name=f"{payload} {number}", kind=SourceKind.FEED, url=ADDRESSES[number % len(ADDRESSES)])
        for number, payload in enumerate(MARK_UP)
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    with serve(folder, sources=sources(), channels=(channel(adapter="discord"), channel(adapter="slack"))) as served:
        for number, payload in enumerate(MARK_UP):
            served.keep(planted(number, payload), source=payload)
        first = planted(0, MARK_UP[0])
        changed = first.statement.body + "\n\nAdded: " + " ".join(MARK_UP)
        served.keep(replace(first, statement=replace(first.statement, body=changed, title=MARK_UP[12])))
        for source in served.house.settings.sources:
            state = after_failure(SourceState(name=source.name), source, NOW, source.name)
            served.house.store.sources.remember(state)
        for each in served.house.settings.channels:
            served.house.digests.open(each, Slot(NOW, "2026-11-23T08:30 UTC"), now=NOW)
        yield served


def every_page(served: Served) -> list[str]:
    """A path to each page there is that shows something planted."""
    found = [
        f"/statements/{kept.statement.id}"
        for kept in served.house.store.statements.search("", served.house.site.library.filter({}), limit=200).briefs
    ]
    revised = [f"{path}?revision=2" for path in found if "?revision=2" in served.get(path).text]
    first = [row.key for row in served.house.store.ledger.history(limit=500) if row.part == 1]
    digests = [f"/digests/{key}{rest}" for key in first for rest in ("", "/discord", "/slack", "/console", "/apprise")]
    words = [f"/search?q={quote(payload)}" for payload in MARK_UP[:12]]
    rest = [
        "/",
        "/?page=2",
        "/positions",
        "/timeline",
        "/digests/preview",
        "/operator",
        f"/nowhere/{quote(MARK_UP[0])}",
    ]
    return [*found, *revised, *digests, *words, *rest]


def harms(page: httpx.Response) -> list[str]:
    """Whatever in a page could run or load something that is not ours."""
    found = []
    for element in html.document_fromstring(page.text).iter("*"):
        if element.tag in {"iframe", "object", "embed", "base", "style", "svg", "math", "portal", "template"}:
            found.append(element.tag)
        if element.tag == "script" and (element.get("src") not in OURS or (element.text or "").strip()):
            found.append(f"script {element.get('src')}")
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name in {"style", "srcdoc", "formaction", "autofocus"}:
                found.append(f"{element.tag} {name!s}")
            if (
                name in {"href", "src", "action"}
                and RUNS.match(str(value))
                and not (element.tag == "img" and str(value).startswith("data:image/png"))
            ):
                found.append(f"{element.tag} {value!s}")
    return found


def test_nothing_planted_becomes_mark_up(hostile: Served) -> None:
    paths = every_page(hostile)
    assert len(paths) > len(MARK_UP)
    assert any("revision" in path for path in paths)
    assert sum("/digests/" in path for path in paths) > 8
    for path in paths:
        page = hostile.get(path, headers=BEARER)
        assert page.status_code in {200, 404}, path
        assert harms(page) == [], path
        assert len(page.content) < 200_000, path


def test_nothing_planted_runs_in_a_browser(hostile: Served) -> None:
    with browser() as chromium:
        context = chromium.new_context(extra_http_headers=BEARER)
        context.add_init_script("window.ran = () => { window.hasRun = true; console.error('it ran') }")
        seen = Seen(context.new_page())
        seen.watch(hostile.at)
        for path in every_page(hostile):
            seen.page.goto(f"{hostile.at}{path}", wait_until="load")
            seen.page.keyboard.press("Tab")
            assert seen.page.evaluate("window.hasRun") is None, path
            told = [line for line in seen.wrong if "the server responded with" not in line]
            assert told == [], path
        context.close()


def test_the_planted_words_can_be_read(hostile: Served) -> None:
    page = hostile.get("/search?q=ran&page=1")
    assert "&lt;img src=x onerror=ran()&gt;" in page.text
