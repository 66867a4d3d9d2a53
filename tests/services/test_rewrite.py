"""A language model at work: asked once a statement, shown beside the quotes, its work kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.reply import MACHINE_WRITTEN
from bot.domain.rewriting import Draft, counted
from bot.domain.subscription import Filter
from bot.infra.store import Store
from tests.grounding.samples import SAID, TOLD, brief_of, good_draft, short_brief, told
from tests.model_server import COMPLETIONS, answer, asked, chat, completion, questions
from tests.samples import NOW
from tests.servers import HttpServer, failure
from tests.services.rewriting_scene import good, scene


class TestWhatIsShown:
    async def test_a_digest_shows_it_marked_beside_the_quote(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        await place.tell(good(place.brief, "en"))
        digest = place.digest()
        lines = digest.splitlines()
        at = next(n for n, line in enumerate(lines) if f"{TOLD['en'][2]} [{MACHINE_WRITTEN}]" in line)
        assert f"“{SAID['en'][2]}”" in lines[at + 1]
        assert f"{TOLD['en'][0]} {TOLD['en'][3]} [{MACHINE_WRITTEN}]" in digest
        assert all(f"“{quote}”" in digest for quote in SAID["en"])
        assert "machine-written are by small-model" in digest

    async def test_each_channel_has_its_language_for_one_call(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server, "en", "es", "zh", "es", brief=short_brief())
        await place.tell(good(place.brief, "en", "es", "zh"))
        (question,) = questions(server)
        assert question["write_in"] == ["en", "es", "zh"]
        assert question["speaker"] == {"en": "Kenya", "es": "Kenia", "zh": "肯尼亚"}
        for number, language in enumerate(("en", "es", "zh", "es")):
            digest = place.digest(number)
            assert f"{TOLD[language][3]} [{MACHINE_WRITTEN}]" in digest
            assert all(f"“{point.quote}”" in digest for point in place.brief.points)

    async def test_the_brief_s_json_has_keys_added_and_none_changed(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        before = place.brief.as_json()
        await place.tell(good(place.brief, "en"))
        after = place.dressed().as_json()
        written = [point.pop("rewritten") for point in after["points"]]
        assert [one["text"] for one in written] == list(TOLD["en"])
        assert [one["points"] for one in written] == [[number] for number in range(1, 7)]
        assert [one["text"] for one in after.pop("lead")] == [TOLD["en"][0], TOLD["en"][3]]
        assert after == before

    async def test_why_says_what_was_used_and_what_was_not(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        draft = good_draft(place.brief, "en", lead=False)
        wrong = {**draft.points, 2: told(place.brief, 2, TOLD["en"][1].replace("cannot", "can"))}
        await place.tell(completion(answer({"en": replace(draft, points=wrong)})))
        (rewriting,) = kept.rewritings.about(place.brief.statement.id)
        assert counted(rewriting.refused) == "point 2: stance, negation, force, words; lead: absent"
        reply = place.why()
        table = next(section.table for section in reply.sections if section.heading == "Retold by a language model")
        assert table is not None
        assert table.rows[0][2:4] == ("en", "5 of 6 points, no lead")


class TestCalls:
    async def test_a_restart_or_a_second_poll_costs_no_call(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server, "en", "fr", brief=short_brief())
        await place.tell(good(place.brief, "en", "fr"))
        again = scene(kept, server, "fr", "en", brief=short_brief())
        await again.tell(failure(500))
        await again.rewriter.catch_up(kept.statements)
        await again.rewriter.settle()
        assert len(server.requests) == 1
        assert again.dressed("en").lead

    async def test_a_new_channel_s_language_alone_is_asked_for(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server, "en", brief=short_brief())
        await place.tell(good(place.brief, "en"))
        later = scene(kept, server, "en", "es", brief=short_brief())
        await later.tell(good(later.brief, "es"))
        assert [question["write_in"] for question in questions(server)] == [["en"], ["es"]]

    async def test_what_is_long_past_is_not_caught_up(self, kept: Store, server: HttpServer) -> None:
        old = brief_of("en")
        old = replace(old, statement=replace(old.statement, date=(NOW - timedelta(days=30)).date()))
        place = scene(kept, server, brief=old)
        server.route(COMPLETIONS, good(old, "en"))
        await place.rewriter.catch_up(kept.statements)
        await place.rewriter.settle()
        assert server.requests == []

    async def test_no_channel_that_wants_it_no_call(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        other = replace(place.channels[0], filter=Filter(countries=frozenset({"CHN"})))
        place.rewriter = replace(place.rewriter, channels=lambda: (other,))
        await place.tell(good(place.brief, "en"))
        assert server.requests == []

    async def test_two_polls_at_once_ask_once(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        server.route(COMPLETIONS, replace(good(place.brief, "en"), delay=0.2))
        place.rewriter.start(place.brief)
        place.rewriter.start(place.brief)
        await place.rewriter.settle()
        assert len(server.requests) == 1

    async def test_a_changed_text_is_another_question(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        await place.tell(good(place.brief, "en"))
        revised = brief_of("en", [*SAID["en"][:5], SAID["en"][5].replace("2025", "2026")])
        assert place.dress([revised], "en")[0].lead == ()
        await scene(kept, server, brief=revised).tell(good(revised, "en"))
        assert len(server.requests) >= 2


class TestAnswersTwice:
    async def test_what_was_refused_is_asked_again_with_the_reasons(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        bad = TOLD["en"][2].replace("Secretariat", "Zembla")
        draft = good_draft(place.brief, "en")
        spoilt = replace(draft, points={**draft.points, 3: told(place.brief, 3, bad)})
        await place.tell(completion(answer({"en": spoilt})), good(place.brief, "en"))
        assert len(server.requests) == 2
        assert "en, point 3: " in asked(server)[1]
        assert "Zembla" not in asked(server)[1]
        assert [point.rewritten is not None for point in place.dressed().points] == [True] * 6

    async def test_what_was_accepted_first_stays_whatever_is_said_then(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        first = Draft(points={1: told(place.brief, 1, TOLD["en"][0])})
        second = Draft(points={1: told(place.brief, 1, "Kenya is wonderful."), 2: told(place.brief, 2, TOLD["en"][1])})
        await place.tell(completion(answer({"en": first})), completion(answer({"en": second})))
        shown = [point.rewritten.text if point.rewritten else None for point in place.dressed().points]
        assert shown == [TOLD["en"][0], TOLD["en"][1], None, None, None, None]
        assert "wonderful" not in place.everything()
        assert len(server.requests) == 2

    async def test_twice_bad_is_kept_as_such_and_not_asked_a_third_time(self, kept: Store, server: HttpServer) -> None:
        place = scene(kept, server)
        await place.tell(chat("no"), chat("no"))
        assert len(server.requests) == 2
        await scene(kept, server).tell(good(place.brief, "en"))
        assert len(server.requests) == 2
