"""Command lines: what is understood, and what is said when they are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import COMMANDS, parse, to_filter, topic_of
from bot.domain.taxonomy import Forum, Topic
from bot.errors import UsageError


def code(words: str) -> str | None:
    return {"CHN": "CHN", "China": "CHN", "EST": "EST"}.get(words)


def test_words_and_options_may_stand_in_any_order() -> None:
    call = parse('/brief search supply country:CHN chain since:2024-01-01 topic:"supply chain"')
    assert (call.command.name, call.words) == ("search", "supply chain")
    assert call.options == {"country": "CHN", "since": "2024-01-01", "topic": "supply chain"}


def test_an_address_is_words_not_an_option() -> None:
    assert parse("show https://un.example/a?b=c").words == "https://un.example/a?b=c"


def test_options_become_a_filter() -> None:
    call = parse("latest country:China,EST forum:gm,first-committee topic:supply_chain language:FR since:2026-01-31")
    wanted = to_filter(call.options, code)
    assert wanted.countries == {"CHN", "EST"}
    assert wanted.forums == {Forum.GM, Forum.UNGA_C1}
    assert wanted.topics == {Topic.SUPPLY_CHAIN}
    assert wanted.languages == {"fr"}
    assert (wanted.since, wanted.until) == (date(2026, 1, 31), None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("serach words", "did you mean 'search'"),
        ("", "no command is called ''"),
        ("search", "needs words"),
        ("show 12 country:CHN", "takes no country:"),
    ],
)
def test_a_line_that_is_not_understood_is_answered_with_what_would_be(line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse(line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("latest country:Atlantis", "no state"),
        ("latest topic:ransomwear", "did you mean 'ransomware'"),
        ("latest forum:UNSCX", "did you mean 'UNSC'"),
        ("latest since:yesterday", "write it as since:2026-11-23"),
    ],
)
def test_a_filter_s_value_that_is_none_is_named(line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        to_filter(parse(line).options, code)


def test_a_topic_may_be_written_as_words() -> None:
    assert topic_of("Supply chain") is Topic.SUPPLY_CHAIN


@given(st.text(max_size=200))
def test_no_line_does_worse_than_a_usage_error(line: str) -> None:
    for command in COMMANDS:
        try:
            parse(f"{command.name} {line}")
        except UsageError:
            continue
