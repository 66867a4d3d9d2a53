"""The site as people use it: in a browser, by keyboard, without JavaScript, in the dark, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from tests.web.browsing import Seen, browser
from tests.web.conftest import TOKEN, Served

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATHS = {
    "archive": "/",
    "search": "/search?q=ICT&country=JPN,KEN",
    "empty-search": "/search?q=nowhere",
    "fault": "/search?country=Atlantis",
    "preview": "/digests/preview?language=en",
    "positions": "/positions",
    "compare": "/compare?a=JPN&b=RUS",
    "timeline": "/timeline",
    "operator-token": "/operator",
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@contextmanager
def visit(chromium: Browser, served: Served, path: str, **settings: Any) -> Iterator[Seen]:
    """A page in a fresh browser; whatever it does that it should not fails the test."""
    context = chromium.new_context(**{"viewport": DESK, "base_url": served.at, **settings})
    try:
        seen = Seen(context.new_page())
        seen.watch(served.at)
        seen.page.goto(path)
        yield seen
        # What the browser says of an answer that is no success is not the page's doing.
        assert [line for line in seen.wrong if "the server responded with" not in line] == []
    finally:
        context.close()


def path_of(served: Served, language: str) -> str:
    """A statement in a language."""
    page = served.get(f"/search?language={language}").text
    return page[page.index("/statements/") :].partition('"')[0]


def lit(seen: Seen) -> set[str]:
    """What is highlighted."""
    shown = seen.page.locator(".lit").evaluate_all("found => found.map(each => each.id)")
    return set(shown)


def background(found: Locator) -> str:
    words: str = found.evaluate("each => getComputedStyle(each).backgroundColor")
    return words


def test_a_search_is_typed_narrowed_and_shared_by_its_address(chromium: Browser, archive: Served) -> None:
    with visit(chromium, archive, "/") as seen:
        seen.page.get_by_label("Words").fill("Global Mechanism")
        seen.page.get_by_label("State").select_option("Kenya")
        seen.page.get_by_role("button", name="Search").click()
        assert seen.page.locator("article .who").all_inner_texts() == ["Kenya"]
        address = seen.page.url
        assert "country=KEN" in address
        seen.picture("search")
    with visit(chromium, archive, address) as seen:
        assert seen.page.locator("article .who").all_inner_texts() == ["Kenya"]
        seen.page.get_by_label("Kenya", exact=True).uncheck()
        seen.page.get_by_role("button", name="Search").click()
        assert seen.page.locator("article").count() > 1


def test_pointing_at_a_point_lights_its_words_and_back(chromium: Browser, archive: Served) -> None:
    with visit(chromium, archive, path_of(archive, "en")) as seen:
        assert lit(seen) == set()
        for number in (1, 2):
            seen.page.locator(f"#point-{number} blockquote").hover()
            assert lit(seen) == {f"point-{number}", f"sentence-{number}"}
        seen.picture("statement-point")
        seen.page.locator("#sentence-1").hover()
        assert lit(seen) == {"point-1", "sentence-1"}
        seen.page.locator("h1").hover()
        assert lit(seen) == set()
        assert background(seen.page.locator("#point-3")) == "rgba(0, 0, 0, 0)"


def test_a_deep_link_shows_the_sentence(chromium: Browser, archive: Served) -> None:
    with visit(
        chromium, archive, f"{path_of(archive, 'en')}#sentence-2", viewport={"width": 900, "height": 420}
    ) as seen:
        sentence = seen.page.locator("#sentence-2")
        box = sentence.bounding_box()
        assert box
        assert 0 <= box["y"] < 420
        assert background(sentence) != "rgba(0, 0, 0, 0)"


def test_everything_can_be_done_by_keyboard(chromium: Browser, archive: Served) -> None:
    with visit(chromium, archive, "/") as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.locator(":focus").inner_text() == "Skip to the content"
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        assert seen.page.locator(":focus").get_attribute("id") == "q"
        seen.page.keyboard.type("mobile money")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/search?**")
        seen.page.locator("article h2 a").focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/statements/*")
        for _ in range(40):
            seen.page.keyboard.press("Tab")
            if lit(seen):
                break
        assert lit(seen) == {"point-1", "sentence-1"}
        style = seen.page.locator(":focus").evaluate("each => getComputedStyle(each).outlineStyle")
        assert style == "solid", "where the focus is can be seen"
        seen.picture("keyboard")
        seen.page.keyboard.press("Enter")
        assert seen.page.url.endswith("#sentence-1")


def test_arabic_is_set_from_right_to_left(chromium: Browser, archive: Served) -> None:
    with visit(chromium, archive, path_of(archive, "ar")) as seen:
        quote, paragraph = seen.page.locator("#point-1 blockquote"), seen.page.locator(".body p").first
        for each in (quote, paragraph, seen.page.locator("h1")):
            assert each.evaluate("each => getComputedStyle(each).direction") == "rtl"
        seen.page.locator("#point-1 blockquote").hover()
        assert lit(seen) == {"point-1", "sentence-1"}
        seen.picture("arabic")
    with visit(chromium, archive, path_of(archive, "zh"), color_scheme="dark", viewport=PHONE) as seen:
        assert seen.page.locator(".body").evaluate("each => getComputedStyle(each).lineBreak") == "strict"
        seen.picture("chinese-dark-phone")


def test_without_javascript_the_links_light_what_they_lead_to(chromium: Browser, archive: Served) -> None:
    with visit(chromium, archive, path_of(archive, "en"), java_script_enabled=False) as seen:
        seen.page.locator("#point-2 a.there").click()
        assert seen.page.url.endswith("#sentence-2")
        seen.page.locator("#sentence-2 a.ref").click()
        assert seen.page.url.endswith("#point-2")
        seen.picture("no-javascript")
    with visit(chromium, archive, "/", java_script_enabled=False) as seen:
        seen.page.get_by_label("Words").fill("mobile money")
        seen.page.get_by_role("button", name="Search").click()
        assert seen.page.locator("article .who").all_inner_texts() == ["Kenya"]


def test_dark_mode_follows_the_reader(chromium: Browser, archive: Served) -> None:
    shades = []
    for scheme in ("light", "dark"):
        with visit(chromium, archive, path_of(archive, "fr"), color_scheme=scheme) as seen:
            shades.append(background(seen.page.locator("body")))
            seen.picture(f"statement-{scheme}")
    assert shades == ["rgb(255, 255, 255)", "rgb(22, 24, 27)"]


@pytest.mark.parametrize("name", [*PATHS, "ar", "zh", "ru"])
def test_a_phone_shows_it_without_scrolling_sideways(chromium: Browser, archive: Served, name: str) -> None:
    path = PATHS.get(name) or path_of(archive, name)
    with visit(chromium, archive, path, viewport=PHONE, has_touch=True) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        seen.picture(f"phone-{name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*PATHS, "ar", "zh", "en"])
def test_axe_finds_no_serious_fault(chromium: Browser, archive: Served, name: str, scheme: str) -> None:
    path = PATHS.get(name) or path_of(archive, name)
    with visit(chromium, archive, path, color_scheme=scheme) as seen:
        # An image that comes late is no fault of the page.
        seen.page.wait_for_load_state("networkidle")
        assert seen.faults() == []
        seen.picture(f"{name}-{scheme}")


def test_the_operators_page_opens_with_the_token_and_has_no_serious_fault(chromium: Browser, archive: Served) -> None:
    with visit(chromium, archive, "/operator") as seen:
        seen.page.get_by_label("Token, as set under [web]").fill(TOKEN)
        seen.page.get_by_role("button", name="Open").click()
        assert seen.page.get_by_role("heading", name="Workers").is_visible()
        assert seen.faults() == []
        seen.picture("operator")
        seen.page.get_by_role("button", name="Leave").click()
        assert seen.page.get_by_label("Token, as set under [web]").is_visible()
