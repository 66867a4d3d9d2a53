"""What charts show: the newest words with a stance, nothing left out unsaid, and the finding in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.chart import Chart, ChartName, Matrix, Pairs, Series
from bot.domain.spans import Unit
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Forum, Stance, Topic
from bot.errors import UsageError
from bot.infra.store import Store
from bot.reading.states import codes
from bot.services.charting import BARS, COLUMNS, ROWS, comparison, over_time, positions
from tests.services.chart_scene import say

LAW, NORMS, GENDER = Topic.INTERNATIONAL_LAW, Topic.NORMS, Topic.GENDER
OLD = date(2025, 3, 1)


def matrix(chart: Chart) -> Matrix:
    assert isinstance(chart.content, Matrix)
    return chart.content


def series(chart: Chart) -> Series:
    assert isinstance(chart.content, Series)
    return chart.content


class TestPositions:
    def test_a_field_is_the_newest_words_with_a_stance(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, Stance.OPPOSES), day=OLD)
        newest = say(kept, "CHN", (NORMS, Stance.SUPPORTS), (LAW, None))
        (row,) = matrix(positions(kept.statements, Filter())).cells
        by_topic = dict(zip(matrix(positions(kept.statements, Filter())).columns, row, strict=True))
        said = by_topic[NORMS]
        assert said is not None
        assert (said.by, said.stance, said.statement, said.day) == (
            "China",
            Stance.SUPPORTS,
            newest,
            date(2026, 11, 20),
        )
        assert said.text.startswith("norms supports")
        silent = by_topic[LAW]
        assert silent is not None
        assert silent.stance is None

    def test_words_without_a_stance_do_not_hide_an_earlier_stance(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, Stance.OPPOSES), day=OLD)
        say(kept, "CHN", (NORMS, None))
        (((said,),), _) = (matrix(positions(kept.statements, Filter())).cells, None)
        assert said is not None
        assert said.stance is Stance.OPPOSES

    def test_who_is_silent_has_an_empty_field(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, Stance.SUPPORTS), (LAW, Stance.SUPPORTS))
        say(kept, "EST", (NORMS, Stance.SUPPORTS))
        found = matrix(positions(kept.statements, Filter()))
        assert (found.rows, found.columns) == (("China", "Estonia"), (NORMS, LAW))
        assert [said is not None for said in found.cells[1]] == [True, False]

    def test_a_group_speaks_for_itself_under_a_name_every_font_has(self, kept: Store) -> None:
        say(kept, "DNK", (NORMS, Stance.SUPPORTS), group="Nordic")
        say(kept, "EGY", (NORMS, Stance.SUPPORTS), group="المجموعة")
        say(kept, None, (NORMS, Stance.SUPPORTS), speaker="Amina Diallo")
        assert matrix(positions(kept.statements, Filter())).rows == ("Egypt", "Nordic")

    def test_sixty_states_are_drawn_as_far_as_they_can_be_read_and_the_others_counted(self, kept: Store) -> None:
        for code in codes()[:60]:
            say(kept, code, *((topic, Stance.SUPPORTS) for topic in Topic))
        chart = positions(kept.statements, Filter())
        found = matrix(chart)
        assert (len(found.rows), len(found.columns)) == (ROWS, COLUMNS)
        assert (found.more_rows, found.more_columns) == (60 - ROWS, len(Topic) - COLUMNS)
        assert chart.scope == f"And {60 - ROWS} more speakers and {len(Topic) - COLUMNS} more topics not drawn"
        assert f"The {ROWS} of 60 speakers drawn here" in chart.finding

    def test_a_filter_s_topics_alone_are_shown_and_the_filters_said(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, Stance.SUPPORTS), (LAW, Stance.OPPOSES))
        wanted = Filter(
            topics=frozenset({LAW}), countries=frozenset({"CHN"}), forums=frozenset({Forum.OEWG}), since=OLD,
            languages=frozenset({"en"}), until=date(2026, 12, 31),
        )  # fmt: skip
        chart = positions(kept.statements, wanted)
        assert matrix(chart).columns == (LAW,)
        said = "China · Open-ended Working Group · international law · in en · since 2025-03-01 · until 2026-12-31"
        assert chart.scope == said

    def test_the_finding_names_who_stands_against_whom(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, Stance.SUPPORTS))
        say(kept, "EST", (NORMS, Stance.CAUTIONS))
        say(kept, "KEN", (NORMS, Stance.CALLS_FOR))
        found = positions(kept.statements, Filter()).finding
        assert found == (
            "3 speakers speak most on norms (3). "
            "On norms, Estonia opposes or cautions, 2 are in favour or ask for more."
        )

    def test_where_nobody_objects_it_says_so(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, Stance.SUPPORTS))
        assert positions(kept.statements, Filter()).finding.endswith("Nobody among them opposes or cautions.")

    def test_nothing_is_no_chart_but_words(self, kept: Store) -> None:
        chart = positions(kept.statements, Filter())
        assert chart.content is None
        assert chart.finding == "Nothing is kept that passes the filters."


class TestComparing:
    TWO = Filter(countries=frozenset({"CHN", "EST"}))

    def test_where_they_differ_comes_first(self, kept: Store) -> None:
        say(kept, "CHN", (LAW, Stance.CALLS_FOR), (NORMS, Stance.SUPPORTS))
        say(kept, "EST", (LAW, Stance.OPPOSES), (NORMS, Stance.SUPPORTS), (GENDER, Stance.CALLS_FOR))
        chart = comparison(kept.statements, self.TWO)
        assert isinstance(chart.content, Pairs)
        assert [(pair.topic, pair.verdict, pair.apart) for pair in chart.content.rows] == [
            (LAW, "on opposite sides", True),
            (NORMS, "on the same side", False),
            (GENDER, "China is silent", False),
        ]
        assert chart.finding == (
            "China and Estonia stand on opposite sides on international law (China: calls for, Estonia: opposes). "
            "On the same side: norms. China is silent: gender."
        )
        assert chart.content.table().rows[2] == ("gender", "silent", "calls for", "China is silent")

    @pytest.mark.parametrize("states", [set(), {"CHN"}, {"CHN", "EST", "KEN"}])
    def test_two_states_must_be_named(self, kept: Store, states: set[str]) -> None:
        with pytest.raises(UsageError, match="country:CHN,EST"):
            comparison(kept.statements, Filter(countries=frozenset(states)))


class TestOverTime:
    def test_statements_are_counted_by_forum_without_a_gap(self, kept: Store) -> None:
        for day in (0, 0, 3):
            say(kept, "CHN", day=date(2026, 11, 1) + timedelta(days=day))
        say(kept, "CHN", forum=Forum.GM, day=date(2026, 11, 2))
        chart = over_time(kept.overview, ChartName.TIMELINE, Filter())
        found = series(chart)
        assert found.unit is Unit.DAY
        assert found.counted() == [("Open-ended Working Group", (2, 0, 0, 1)), ("Global Mechanism", (0, 1, 0, 0))]
        assert chart.finding == (
            "From 1 Nov 2026 to 4 Nov 2026, most statements by forum: Open-ended Working Group (3, busiest 1 Nov 2026 "
            "with 2) and Global Mechanism (1, busiest 2 Nov 2026 with 1)."
        )

    def test_one_day_is_no_stretch_of_time(self, kept: Store) -> None:
        say(kept, "CHN", day=OLD)
        finding = over_time(kept.overview, ChartName.TIMELINE, Filter()).finding
        assert finding.startswith("On 1 Mar 2025, most statements by forum: Open-ended")

    def test_who_spoke_little_is_counted_together(self, kept: Store) -> None:
        for code in codes()[:60]:
            say(kept, code)
        for _ in range(2):
            say(kept, "CHE", group="EU")
        found = series(over_time(kept.overview, ChartName.ACTIVITY, Filter()))
        assert len(found.rows) == BARS + 1
        assert (found.rows[0], found.counts[0]) == ("EU", (2,))
        assert (found.rows[-1], found.counts[-1]) == ("and 47 more together", (60 + 2 - (BARS + 1),))
        assert (found.together, found.most, found.is_rest(BARS)) == (47, 2, True)

    def test_a_statement_counts_under_each_of_its_topics(self, kept: Store) -> None:
        say(kept, "CHN", (NORMS, None), (LAW, None))
        found = series(over_time(kept.overview, ChartName.TOPICS, Filter()))
        assert found.counted() == [("international law", (1,)), ("norms", (1,))]
        narrow = over_time(kept.overview, ChartName.TOPICS, Filter(topics=frozenset({NORMS})))
        assert series(narrow).rows == ("norms",)

    def test_what_is_no_forum_or_no_state_has_a_row_too(self, kept: Store) -> None:
        say(kept, None, forum=None)
        assert series(over_time(kept.overview, ChartName.TIMELINE, Filter())).rows == ("no forum told",)
        assert series(over_time(kept.overview, ChartName.ACTIVITY, Filter())).rows == ("persons and others",)
