"""What everybody says tells little of one speaker."""

from __future__ import annotations

from bot.briefing import make_brief
from bot.briefing.commonplace import Heard, commonness, heard
from bot.briefing.novelty import stems
from tests.briefing.statements import statement

COMMON = "Peru reaffirms that international law applies to the conduct of States in cyberspace."
OWN = "Peru proposes a register of undersea repair ships that any coastal State may call upon."


def others(count: int) -> list[Heard]:
    said = stems("My country reaffirms that international law applies to the conduct of all States in cyberspace.")
    return [Heard(speaker=f"state {number}", points=(said,)) for number in range(count)]


def test_what_all_others_say_is_common_and_what_none_says_is_not() -> None:
    assert commonness(COMMON, others(6)) == 1.0
    assert commonness(OWN, others(6)) == 0.0


def test_one_speaker_who_says_it_often_is_one_speaker() -> None:
    said = [*others(5), *[Heard(speaker="state 0", points=others(1)[0].points)] * 9]
    assert commonness(COMMON, [*said, Heard(speaker="silent", points=())]) == 5 / 6


def test_too_few_others_are_no_archive_to_weigh_against() -> None:
    assert commonness(COMMON, others(4)) == 0.0


def test_what_is_the_speakers_own_comes_before_what_everybody_says() -> None:
    said = statement(f"{COMMON}\n\n{OWN}")
    alone = make_brief(said)
    among = make_brief(said, (), others(8))
    assert {point.quote for point in alone.points} == {point.quote for point in among.points} == {COMMON, OWN}
    assert among.points[0].quote == OWN


def test_a_brief_is_heard_with_all_its_points() -> None:
    brief = make_brief(statement(f"{COMMON}\n\n{OWN}"))
    assert heard(brief).points == tuple(stems(point.quote) for point in brief.points)
