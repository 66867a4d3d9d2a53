"""Whatever is made of the pieces of a feed, a page, a filter, a command: answered, verbatim, nothing lost silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.asker import Asker
from bot.domain.calls import to_filter
from bot.domain.commands import COMMANDS, FILTERS
from bot.domain.identity import identify
from bot.domain.reply import ACTION_LIMIT, Reply
from bot.domain.source import Window
from bot.domain.text import units
from bot.errors import UnreadableError, UsageError
from bot.infra.store import Store
from bot.services.dispatch import Dispatcher
from bot.services.naming import find_code
from tests.hostile.jobs import feed, page
from tests.samples import NOW, another
from tests.services.conftest import open_desk

FEEDS, PAGES, LINES, FILTERED = 120, 80, 100, 200
READER = Asker(platform="fake", user="u1", channel="fake:room", may_manage=True)
SHARED = [HealthCheck.function_scoped_fixture]  # the store is only read


@pytest.fixture(autouse=True)
def counted(request: pytest.FixtureRequest, tried: Callable[[str, int], None]) -> None:
    """Each example counts for one."""
    kinds = {"page": PAGES, "feed": FEEDS, "filter": FILTERED, "line": LINES}
    tried("examples", next(number for kind, number in kinds.items() if f"any_{kind}_" in request.node.name))


# What people and machines write, and what they do not.
ODD = st.sampled_from(
    [
        *(
            "\0",
            "\x1b[2J",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\ud800",
            "\U000e0041",
            "\u0301" * 30,
            "﷽",
            "👩‍👩‍👧",
            "&#0;",
            "&lt;",
            "%00",
        ),
        *(
            "<script>",
            "]]>",
            "<!--",
            "-->",
            "{{7*7}}",
            "${x}",
            "'; DROP TABLE statements; --",
            '"',
            "''",
            "\\",
            "../../etc/passwd",
        ),
        *("javascript:alert(1)", "https://[", "@everyone", "<@U1>", "`", "**", "\r\n", "\x85", "\u2028", "\t", " ", ""),
    ]
)
SAID = st.sampled_from(
    [
        "Mr. Chair, Kenya condemns ransomware attacks on hospitals.",
        "We call for a register of points of contact, and we reject any attempt to reopen the agreed norms",
        "Notre délégation appelle à l’application du droit international — et propose un fonds.",
        "我们支持制定网络空间国际规则。中方反对将网络空间军事化。",
        "ندعو إلى احترام القانون الدولي في الفضاء السيبراني، ونؤيد إنشاء سجل.",
        "Мы выступаем за выработку юридически обязательной конвенции;",
        "Thank you.",
        "1. ",
        "(a) ",
        "A/RES/79/237",
    ]
)
WORDS = st.lists(SAID | ODD | st.text(max_size=12), max_size=8).map(" ".join)

TAGS = st.sampled_from(
    ["p", "div", "h1", "li", "td", "table", "span", "br", "title", "main", "article", "a", "svg", "template"]
)
PIECES = st.one_of(
    WORDS.map(escape),
    WORDS,
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.builds('<{} class="{}" href="{}">'.format, TAGS, st.sampled_from(["body", "nav", ""]), ODD),
)
HTML = st.lists(PIECES, max_size=25).map(lambda pieces: "<!doctype html><html><body>" + "".join(pieces))


@example("<html><body>² Mr. Chair, Kenya condemns ransomware attacks on hospitals.")
@settings(max_examples=PAGES, suppress_health_check=SHARED)
@given(HTML)
def test_of_any_page_every_point_stands_in_it_word_for_word(html: str) -> None:
    try:
        brief = page(html.encode("utf-8", "surrogatepass"))
    except UnreadableError:
        return  # no text in it: said so, and nothing made up
    body = brief.statement.body
    for point in brief.points:
        assert body[point.start : point.end] == point.quote != ""
        assert point.link is None or point.link.startswith("https://mission.example/one#:~:text=")
    assert "\0" not in body


ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "title": WORDS,
            "link": ODD | st.just("https://mission.example/x"),
            "guid": ODD | st.text(max_size=9),
            "pubDate": WORDS,
        }
    ),
    max_size=8,
)


@settings(max_examples=FEEDS, suppress_health_check=SHARED)
@given(ITEMS)
def test_of_any_feed_each_entry_comes_out_or_is_named(items: Sequence[dict[str, str]]) -> None:
    rows = [
        f"<item>{''.join(f'<{k}>{escape(v)}</{k}>' for k, v in item.items())}<m>{n}</m></item>"
        for n, item in enumerate(items)
    ]
    body = f'<rss version="2.0"><channel><title>x</title>{"".join(rows)}</channel></rss>'
    window: Window = feed(body.encode("utf-8", "surrogatepass"))
    ids = {item["guid"].strip() for item in items}
    passed_over = [problem for problem in window.problems if "passed over" in problem]
    unnamed = sum(1 for item in items if not _clean(item["guid"]))
    # Each stands for itself, shares its id with another, or is named among the problems.
    assert len(window.entries) + len(passed_over) + (len(items) - len(ids)) + unnamed >= len(items)
    assert len({entry.id for entry in window.entries}) == len(window.entries)
    assert all(entry.url is None or entry.url.startswith(("http://", "https://")) for entry in window.entries)


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x20\ud800-\udfff\ufffe\uffff]", "", text)


NAMES = st.sampled_from([option.name for option in FILTERS]) | st.sampled_from(
    ["country", "since", "nosuch", "COUNTRY", ""]
)
VALUES = st.one_of(
    ODD,
    st.sampled_from(
        [
            "CHN",
            "china",
            "2026-01-01",
            "2026-02-30",
            "norms",
            "oewg",
            "fr",
            "CHN,,EST",
            ",",
            "0",
            "-1",
            "9" * 400,
            '"',
            "a b",
        ]
    ),
    st.text(max_size=30),
)


@settings(max_examples=FILTERED, suppress_health_check=SHARED)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_filter_is_understood_or_answered_with_what_would_be_right(options: dict[str, str]) -> None:
    try:
        found = to_filter(options, find_code)
    except UsageError:
        return  # said with what would be right
    assert all(code.isupper() and len(code) == 3 for code in found.countries)
    assert found.since is None or found.since.year >= 1


LINE = st.builds(
    lambda name, pieces: " ".join([name, *pieces]),
    st.sampled_from([command.name for command in COMMANDS]) | ODD | st.text(max_size=8),
    st.lists(
        st.one_of(WORDS, st.builds("{}:{}".format, NAMES, VALUES), st.builds('{}:"{}"'.format, NAMES, VALUES)),
        max_size=5,
    ),
)
PRESSED = st.one_of(
    LINE.map("go:{}".format),
    st.builds("page:{}:{}".format, VALUES, LINE),
    ODD,
    st.text(max_size=120),
    VALUES.map("kept:{}".format),
)


def fit(reply: Reply) -> None:
    """What every platform may count on in a reply."""
    assert reply.heading or reply.intro or reply.sections
    for action in reply.actions:
        assert action.press is None or units(action.press) <= ACTION_LIMIT


@settings(max_examples=LINES, suppress_health_check=SHARED)
@given(lines=st.lists(LINE, max_size=3), pressed=st.lists(PRESSED, max_size=3))
async def test_any_line_and_any_button_is_answered(
    lines: Sequence[str], pressed: Sequence[str], store: Store, dispatcher: Dispatcher
) -> None:
    if not store.statements.count():
        for brief in map(another, range(12)):
            store.statements.keep(brief, identify(brief.statement), source="a", now=NOW)
    desk = open_desk(store, dispatcher)
    for line in lines:
        fit(await desk.answer(line, READER))
        fit(await desk.brief(line, READER))
    for button in pressed:
        fit(await desk.press(button, READER))
