"""Pages made long in one way: reading and briefing cost as much more as the page is longer, and no more than that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.domain.statement import Record
from bot.infra.feeds import parse_feed
from bot.reading.reader import read
from tests.hostile.attacks import seconds
from tests.hostile.jobs import URL, page

OPENING = "Mr. Chair, Kenya calls for a register of points of contact and condemns attacks on hospitals"
# What once took time with the square of the page, or worse, and what is like it.
PUMPS = (
    *(
        " — ",
        " – we must ",
        "; we ",
        "1. ",
        "1.\n",
        "(a) ",
        "« ",
        "「",
        "“we ",
        "(",
        ", ",
        " / ",
        ". ",
        "a.",
        "we, ",
        "and we must, ",
    ),
    *(
        "\x90",
        "\u0301",
        "中",
        "，我们",
        "و ",
        "\u064b",
        "A/RES/",
        "1 June ",
        "Kenya, ",
        "Kenya: ",
        "Mr. John Smith, ",
        "https://a.b/ ",
    ),
)
MARKED = (
    "<div>a</div>",
    "<li>a",
    "<p>a</p>",
    "<h1>a</h1>",
    "<br>",
    "<title>",
    "<!--",
    "<a b='",
    "<b>",
    "&amp;",
    "<td>a",
)
LENGTH, TWICE = 4_000, 3.2


def grown(cost: Callable[[int], float]) -> float:
    """How many times dearer at twice the length, the cheapest of two taken; a cost too small to tell counts for 1."""
    pairs = [(cost(LENGTH), cost(2 * LENGTH)) for _ in range(2)]
    once, twice = min(once for once, _ in pairs), min(twice for _, twice in pairs)
    return twice / once if twice > 0.02 else 1.0


def test_reading_and_briefing_take_time_linear_in_the_page(tried: Callable[[str, int], None]) -> None:
    cases = [(pump, False) for pump in PUMPS] + [(pump, True) for pump in MARKED]
    page(OPENING.encode(), "text/plain")

    def cost(pump: str, marked: bool, length: int) -> float:
        text = f"{OPENING}{pump * (length // len(pump))} we must act together now. {OPENING}."
        body = f"<!doctype html><html><body><main><p>{text}</main></body></html>" if marked else text
        return seconds(lambda: page(body.encode(), "text/html" if marked else "text/plain"))

    slow = {}
    for pump, marked in cases:
        one = partial(cost, pump, marked)
        if grown(one) > TWICE and (ratio := grown(one)) > TWICE:  # once more, before it is called so
            slow[pump] = round(ratio, 1)
    tried("pages", len(cases))
    assert not slow


def test_a_kilobyte_of_dashes_costs_what_a_kilobyte_of_words_does() -> None:
    words = f"{OPENING} and every other place where people are cared for at any hour of the day. " * 8
    dashes = f"{OPENING}{' — ' * 250} we must act together now. {OPENING}."
    page(words.encode(), "text/plain")
    usual = min(seconds(lambda: page(words.encode(), "text/plain")) for _ in range(3))
    assert min(seconds(lambda: page(dashes.encode(), "text/plain")) for _ in range(3)) < 20 * usual


def test_a_title_or_a_feed_of_one_kind_takes_time_linear_in_it(tried: Callable[[str, int], None]) -> None:
    pumps = ("<", "&lt;a ", "&amp;", "&#1;", "\x90", "27 Aug 2026 ", "<b>", "]]&gt;", "<!--", "\u0301")
    slow = {}
    for pump in pumps:

        def cost(length: int, pump: str = pump) -> float:
            text = pump * (10 * length // len(pump))
            item = f"<item><title>{text}</title><description>{text}</description><pubDate>{text}</pubDate></item>"
            body = f"<rss><channel>{item}<item><title>A</title></item></channel></rss>".encode()
            return seconds(lambda: parse_feed(body, "", None, URL))

        if (ratio := grown(cost)) > TWICE:
            slow[pump] = round(ratio, 1)
    tried("feeds", len(pumps))
    assert not slow


def test_a_record_of_one_line_is_read_in_time_linear_in_it() -> None:
    def cost(length: int) -> float:
        return seconds(lambda: read(Record(id="x", text=OPENING + "x" * length + ".", title="t" * length)))

    assert grown(cost) < TWICE
