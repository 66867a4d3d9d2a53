"""A statement becomes a brief: what is chosen, what never is, and how it is quoted."""

from __future__ import annotations

import pytest

from bot.briefing import make_brief
from bot.briefing.lexicon import cost
from bot.domain.taxonomy import Stance, Topic
from tests.briefing.statements import BODIES, ENGLISH, statement


@pytest.mark.parametrize("language", BODIES)
def test_every_point_is_a_verbatim_quote_within_six_points_and_150_words(language: str) -> None:
    body = BODIES[language]
    points = make_brief(statement(body, language)).points
    assert 3 <= len(points) <= 6
    assert all(body[p.start : p.end] == p.quote for p in points)
    assert sum(cost(p.text) for p in points) <= 150


@pytest.mark.parametrize("language", BODIES)
def test_the_same_four_positions_are_found_with_their_stances_in_each_language(language: str) -> None:
    stances = [point.stance for point in make_brief(statement(BODIES[language], language)).points]
    assert {Stance.SUPPORTS, Stance.OPPOSES, Stance.PROPOSES, Stance.CONDEMNS} <= set(stances)


WASTE = ["thank", "congratulate", "aligns itself", "three points", "look forward", "Share", "Some delegations", "ask?"]


@pytest.mark.parametrize("words", WASTE)
def test_courtesies_alignment_roadmaps_questions_and_chrome_are_never_points(words: str) -> None:
    assert words in ENGLISH
    assert not any(words in point.quote for point in make_brief(statement(ENGLISH)).points)


def test_topics_come_weightiest_first_and_are_no_more_than_eight() -> None:
    topics = make_brief(statement(ENGLISH)).topics
    assert {Topic.CAPACITY_BUILDING, Topic.RANSOMWARE, Topic.STAKEHOLDERS} <= set(topics)
    assert len(topics) <= 8


def test_a_point_knows_its_own_topics() -> None:
    points = make_brief(statement(ENGLISH)).points
    condemned = next(point for point in points if point.stance is Stance.CONDEMNS)
    assert Topic.RANSOMWARE in condemned.topics
    assert Topic.GENDER not in condemned.topics


def test_a_condition_is_never_cut_from_its_position() -> None:
    refused = next(p for p in make_brief(statement(ENGLISH)).points if p.stance is Stance.OPPOSES)
    assert "unless its reasons are published" in refused.quote


@pytest.mark.parametrize("body", ["", "Statement by Freedonia", "Freedonia speaks on cyber security at the Council"])
def test_a_bare_title_gives_no_points(body: str) -> None:
    assert make_brief(statement(body)).points == ()


def test_an_unknown_language_is_read_by_the_rules_of_english() -> None:
    assert make_brief(statement("We support the mechanism and its open mandate fully.", "sw")).points


def test_two_sentences_that_say_the_same_are_one_point_if_others_wait() -> None:
    said = "Freedonia supports the creation of a permanent mechanism on cyber security under the United Nations."
    again = "Freedonia supports the creation of a permanent mechanism on cyber security in the United Nations."
    rest = " ".join(
        f"We propose that the Secretariat publish a voluntary register of {thing} for all developing States that ask."
        for thing in ("ransomware cases", "training courses", "legal positions", "cable landing stations", "vendors")
    )
    points = make_brief(statement(f"{said} {rest} {again}")).points
    assert sum("permanent mechanism" in point.quote for point in points) == 1
