"""What a button holds, and what is said of words that no button of ours holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.press import Press, Verb, is_kept, kept_name, parse_press
from bot.domain.reply import ACTION_LIMIT, Action
from bot.errors import UsageError

lines = st.text(min_size=1).filter(lambda text: not text[0].isspace())


@given(st.builds(Press, line=lines, verb=st.sampled_from(Verb), page=st.integers(1, 9999)))
def test_a_button_is_read_back_as_it_was(press: Press) -> None:
    again = parse_press(str(press))
    assert (again.line, again.verb) == (press.line, press.verb)
    assert again.page == (1 if press.verb is Verb.GO else press.page)


@pytest.mark.parametrize("action", ["", "go:", "page:latest", "page:0:latest", "share:x:latest", "frobnicate:1:latest"])
def test_the_words_of_another_version_are_answered_with_what_to_do(action: str) -> None:
    with pytest.raises(UsageError, match="ask again with /brief"):
        parse_press(action)


@given(st.text())
def test_an_action_too_long_for_a_button_has_a_short_name_that_is_always_the_same(action: str) -> None:
    assert is_kept(kept_name(action))
    assert kept_name(action) == kept_name(action)
    assert len(kept_name(action)) <= ACTION_LIMIT
    assert not is_kept(str(Press(line=action or "help")))


def test_an_action_opens_an_address_or_is_pressed() -> None:
    with pytest.raises(ValueError, match="give one of"):
        Action(label="x")
    with pytest.raises(ValueError, match="give one of"):
        Action(label="x", url="https://un.example", press="go:latest")
