"""What was taken out and put in between two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.differences import Fate, differences

TEXTS = st.text(alphabet="ab .\n中文", max_size=60)


def shown(before: str, after: str) -> str:
    """Runs as a person writes them: [-gone-], {+come+}."""
    marks = {Fate.SAME: "{}", Fate.GONE: "[-{}-]", Fate.CAME: "{{+{}+}}"}
    return "".join(marks[run.fate].format(run.text) for run in differences(before, after))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    runs = differences(before, after)
    assert "".join(run.text for run in runs if run.fate is not Fate.CAME) == before
    assert "".join(run.text for run in runs if run.fate is not Fate.GONE) == after


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("We agree.", "We agree.", "We agree."),
        ("We do support it. Thanks.", "We do not support it. Thanks.", "We do{+ not+} support it. Thanks."),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two.\n\n-]Three."),
        ("我们支持该案文。谢谢。", "我们反对该案文。谢谢。", "我们[-支持-]{+反对+}该案文。谢谢。"),
        ("نؤيد النص. شكرا.", "نرفض النص. شكرا.", "[-نؤيد-]{+نرفض+} النص. شكرا."),
        ("", "New.", "{+New.+}"),
    ],
)
def test_only_what_changed_is_told_as_changed(before: str, after: str, told: str) -> None:
    assert shown(before, after) == told


def test_another_sentence_is_not_told_as_the_same_one_changed() -> None:
    assert shown("Malaria took our children.", "We thank the Chair for her work today.") == (
        "[-Malaria took our children.-]{+We thank the Chair for her work today.+}"
    )


@pytest.mark.parametrize("piece", ["a ", "a. ", "a\n\n", "\n\n\n", "中", "a b. c\n\n"])
def test_texts_that_would_take_hours_pair_by_pair_are_compared_all_the_same(piece: str) -> None:
    before, after = piece * 20_000, "x" + piece * 10_000 + "y" + piece * 10_000
    runs = differences(before, after)
    assert "".join(run.text for run in runs if run.fate is not Fate.GONE) == after
