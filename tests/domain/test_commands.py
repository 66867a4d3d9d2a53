"""Command lines: what is understood, and what is said when they are not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calls import call, line_of, parse, to_filter, topic_of
from bot.domain.commands import COMMANDS, Command
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


def test_a_call_by_name_is_the_same_as_the_line() -> None:
    asked = call("search", {"words": "supply  chain", "country": "CHN", "topic": "supply chain", "since": ""})
    assert asked == parse('search supply chain country:CHN topic:"supply chain"')
    assert call("positions", {"topic": "supply chain"}) == parse("positions supply chain")
    assert call("compare", {"with": "Costa Rica", "state": "China"}).words == "China, Costa Rica"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("serach", {}, "did you mean 'search'"),
        ("search", {"words": " "}, "needs words: search <words>"),
        ("search", {"words": "x", "contry": "CHN"}, "did you mean 'country'"),
        ("status", {"words": "x"}, "it takes none"),
    ],
)
def test_a_call_that_is_not_understood_is_answered_with_what_would_be(
    name: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        call(name, options)


@given(st.sampled_from(COMMANDS), st.data())
def test_a_call_written_as_a_line_is_read_back_as_it_was(command: Command, data: st.DataObject) -> None:
    words = st.text(st.characters(codec="utf-8", exclude_characters='"'), max_size=30)
    given_ = (
        data.draw(st.dictionaries(st.sampled_from([o.name for o in command.every]), words)) if command.every else {}
    )
    try:
        asked = call(command.name, given_)
    except UsageError:
        return
    assert parse(line_of(asked)) == asked


def test_every_platform_can_register_the_commands_as_they_stand() -> None:
    assert len(COMMANDS) <= 25, "a slash command holds no more"
    for command in COMMANDS:
        needed = [option.needed for option in command.every]
        assert needed == sorted(needed, reverse=True), "what is needed comes first"
        assert len({option.name for option in command.every}) == len(needed) <= 25
        for name, about in ((command.name, command.about), *((o.name, o.about) for o in command.every)):
            assert re.fullmatch(r"[a-z_]{1,32}", name)
            assert 1 <= len(about) <= 100
        assert all(len(option.choices) <= 25 for option in command.every)
        assert command.changes or not command.manages


def test_what_is_suggested_while_it_is_typed() -> None:
    suggested = {option.name for command in COMMANDS for option in command.every if option.suggested}
    assert {"country", "forum", "topic", "statement", "state", "schedule", "time_zone"} <= suggested
    assert not suggested & {"words", "address", "since", "style"}


@given(st.text(max_size=200))
def test_no_line_does_worse_than_a_usage_error(line: str) -> None:
    for command in COMMANDS:
        try:
            parse(f"{command.name} {line}")
        except UsageError:
            continue
