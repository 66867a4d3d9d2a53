"""A part measured anew takes the place of what was there of it, and of nothing else."""

from __future__ import annotations

import pytest

from benchmarks.renewal import renewed
from benchmarks.report import Aim, Part, Table, markdown

TOLD = "Measured anew on 2026-11-26."


def part(title: str, figure: str, *, counted: int = 3, met: bool | None = True) -> Part:
    aim = Aim(what=f"{title}: found ({counted} of 5)", wanted="≥ 3×", figure=figure, met=met)
    table = Table(title=f"{title} in a table", columns=("", "figure"), rows=(("ours", figure),))
    return Part(title=title, note=f"How {title} was measured.", aims=(aim,), tables=(table,))


def test_the_page_is_as_if_all_had_been_measured_so_but_says_which_was_anew() -> None:
    page = markdown([part("Poll", "2.4×", met=False), part("Read", "7"), part("Polls", "1", met=None)], "Preface.")
    new = renewed(page, [part("Poll", "3.3×", counted=4)], TOLD)
    whole = markdown([part("Poll", "3.3×", counted=4), part("Read", "7"), part("Polls", "1", met=None)], "Preface.")
    assert new == whole.replace("How Poll was measured.", f"How Poll was measured. {TOLD}")


def test_the_last_part_and_several_can_be_renewed_and_an_aim_can_be_added() -> None:
    page = markdown([part("Poll", "2.4×", met=False), part("Read", "7")], "Preface.")
    more = Aim(what="Read: more", wanted="0", figure="0", met=True)
    read = part("Read", "8", met=False)
    read = Part(title=read.title, note=read.note, aims=(*read.aims, more), tables=read.tables)
    new = renewed(page, [part("Poll", "3.3×"), read], TOLD)
    assert "## Aims: 2 met, 1 missed" in new
    assert "| Read: more | 0 | 0 | met |" in new
    assert "| Read: found (3 of 5) | ≥ 3× | 8 | **MISSED** |" in new
    assert new.count(TOLD) == 2
    assert new.count("## Read\n") == 1


def test_a_part_the_page_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no part 'Chat'"):
        renewed(markdown([part("Poll", "1")], ""), [part("Chat", "1")], TOLD)
