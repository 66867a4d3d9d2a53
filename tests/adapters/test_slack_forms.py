"""Forms and the app's own page on Slack: opened in time, filled with what is so, answered where they stand."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.forms import SUBSCRIBE, choices, form, problems, read
from bot.domain.asker import Asker
from bot.domain.commands import BY_NAME, Suggestion
from bot.domain.reply import Action, Reply, Section
from tests.adapters.slack_setup import connected
from tests.fakes import FakeDesk
from tests.slack_server import ADMIN, CREATOR, MEMBER, TEAM, People, SlackServer
from tests.slack_server.doing import labels
from tests.slack_server.limits import view_complaints

LATEST = Reply(
    heading="Latest",
    sections=tuple(Section(heading=f"Statement {n}", text="proposes a register") for n in range(10)),
    actions=(Action(label="Brief", press="go:show 0123456789ab"), Action(label="Older", press="page:2:latest")),
)
NOW = {
    "schedule": "mon,thu 08:30,17:00",
    "time_zone": "Europe/Zurich",
    "quiet": "22:00-07:00",
    "country": "CHN,EST",
    "style": "quiet",
    "lookback": "7d",
}


@dataclass
class Subscribed(FakeDesk):
    """A desk where the channel is subscribed as NOW says, and every code is called something."""

    slow: float = 0.0

    async def suggest(self, command: str, option: str, typed: str, asker: Asker) -> list[Suggestion]:
        await super().suggest(command, option, typed, asker)
        await asyncio.sleep(self.slow)
        if typed:
            return [Suggestion(label=f"The one called {typed}", value=typed)]
        others = [Suggestion(label="Afghanistan", value="AFG")]
        now = NOW.get(option)
        return [Suggestion(label=f"{now} (as it is now)", value=now, present=True), *others] if now else others


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each field of a form by its name."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


async def opened(server: SlackServer, people: People, text: str = "subscribe", by: str = CREATOR) -> dict[str, Any]:
    """The form that a command opens, once it is filled."""
    talk = await people.slash(server.world.channel(), text, by=by)
    await talk.until(lambda: bool(talk.view) and "submit" in server.world.views[talk.view])
    return server.world.views[talk.view]


async def test_a_form_is_filled_with_what_the_channel_is_told_now() -> None:
    async with SlackServer() as server, connected(server, Subscribed()):
        view = await opened(server, People(server))
        shown = fields(view)
        asked_for = {option.name for option in BY_NAME["subscribe"].every} - {"schedule"}
        assert set(shown) == asked_for | {"schedule.days", "schedule.times"}
        assert [day["value"] for day in shown["schedule.days"]["initial_options"]] == ["mon", "thu"]
        assert shown["schedule.times"]["initial_value"] == "08:30, 17:00"
        assert shown["time_zone"]["initial_option"]["value"] == "Europe/Zurich"
        countries = shown["country"]["initial_options"]
        assert [option["value"] for option in countries] == ["CHN", "EST"]
        assert countries[0]["text"]["text"] == "The one called CHN"
        assert "initial_options" not in shown["topic"]
        assert shown["style"]["initial_option"]["value"] == "quiet"


async def test_a_form_is_opened_in_time_however_slow_the_store() -> None:
    async with SlackServer() as server, connected(server, Subscribed(slow=1.9)):
        talk = await (await People(server).slash(server.world.channel(), "subscribe", by=CREATOR)).answered()
        assert talk.answered_after is not None
        assert talk.answered_after < 1.5
        assert "One moment" in str(server.world.views[talk.view]["blocks"])
        await talk.until(lambda: "submit" in server.world.views[talk.view])


async def test_who_may_not_manage_is_told_so_and_shown_no_form() -> None:
    desk = Subscribed(reply=Reply(heading="That is not yours to do"))
    async with SlackServer() as server, connected(server, desk):
        server.world.person(MEMBER)
        talk = await People(server).slash(server.world.channel(), "subscribe", by=MEMBER)
        await talk.until(lambda: bool(talk.view) and "not yours" in str(server.world.views[talk.view]))
        assert desk.asked[0][:2] == ("call", "subscribe {}")
        assert desk.asked[0][2].may_manage is False


async def test_a_form_that_is_sent_subscribes_and_is_answered_where_it_stood() -> None:
    desk = Subscribed(reply=Reply(heading="This channel is subscribed"))
    async with SlackServer() as server, connected(server, desk):
        people = People(server)
        view = await opened(server, people)
        filled = {
            "country": {"selected_options": [{"value": "CHL"}, {"value": "FRA"}]},
            "topic": {"selected_options": []},
        }
        talk = await people.submit(view, filled, by=CREATOR)
        assert talk.acknowledged_after is not None
        await talk.until(lambda: "This channel is subscribed" in str(server.world.views[view["id"]]))
        method, words, who = next(asked for asked in desk.asked if asked[0] == "call")
        expected = {"schedule": "mon,thu 08:30,17:00", "time_zone": "Europe/Zurich", "quiet": "22:00-07:00"}
        expected |= {
            "country": "CHL,FRA",
            "forum": "any",
            "topic": "any",
            "language": "any",
            "style": "quiet",
            "lookback": "7d",
            "name": "",
        }
        assert (method, words) == ("call", f"subscribe {expected}")
        assert who.channel == f"slack:{next(iter(server.world.channels))}"
        assert who.may_manage


async def test_a_time_that_is_none_is_told_at_its_field_before_anything_is_done() -> None:
    desk = Subscribed()
    async with SlackServer() as server, connected(server, desk):
        people = People(server)
        view = await opened(server, people)
        talk = await people.submit(view, {"schedule.times": {"value": "half past eight"}}, by=CREATOR)
        assert talk.acknowledgement["response_action"] == "errors"
        assert set(talk.acknowledgement["errors"]) == {"schedule.times"}
        assert [method for method, _, _ in desk.asked if method == "call"] == []


async def test_values_are_suggested_while_a_field_is_typed() -> None:
    async with SlackServer() as server, connected(server, Subscribed()):
        people = People(server)
        view = await opened(server, people)
        (option,) = await people.typing(view, "country", "chi")
        assert option == {"text": {"type": "plain_text", "text": "The one called chi"}, "value": "chi"}


async def test_the_schedule_alone_is_changed_from_under_what_a_channel_is_told() -> None:
    desk = Subscribed(reply=Reply(heading="This channel is subscribed"))
    async with SlackServer() as server, connected(server, desk):
        people, channel = People(server), server.world.channel()
        (shown,) = (await (await people.slash(channel, "subscriptions", by=CREATOR)).answered()).messages
        talk = await people.press(channel, shown, "Schedule …", by=CREATOR)
        await talk.until(lambda: bool(talk.view) and "submit" in server.world.views[talk.view])
        view = server.world.views[talk.view]
        assert set(fields(view)) == {"schedule.days", "schedule.times", "time_zone", "quiet"}
        sent = await people.submit(view, {"schedule.times": {"value": "9:00"}}, by=CREATOR)
        await sent.until(lambda: "is subscribed" in str(server.world.views[view["id"]]))
        assert (
            desk.asked[-1][1]
            == "subscribe {'schedule': 'mon,thu 9:00', 'time_zone': 'Europe/Zurich', 'quiet': '22:00-07:00'}"
        )


async def test_whoever_subscribes_a_public_channel_brings_the_app_in_and_a_private_one_must_invite_it() -> None:
    async with SlackServer() as server, connected(server, FakeDesk(reply=Reply(heading="Subscribed"))):
        people = People(server)
        server.world.person(ADMIN, is_owner=True)
        public = server.world.channel(member=False)
        talk = await (await people.slash(public, "subscribe topic:norms", by=CREATOR)).answered()
        assert public.member
        assert "/invite" not in str(talk.messages)
        private = server.world.channel(member=False, private=True)
        talk = await (await people.slash(private, "subscribe topic:norms", by=ADMIN)).answered()
        assert "/invite @Attaché" in str(talk.messages)


async def test_the_apps_own_page_shows_subscriptions_the_latest_briefs_and_buttons() -> None:
    desk = FakeDesk(reply=LATEST)
    async with SlackServer() as server, connected(server, desk):
        people = People(server)
        talk = await people.event("app_home_opened", user=MEMBER, tab="home")
        await talk.until(lambda: MEMBER in server.world.homes)
        assert [words for _, words, _ in desk.asked] == ["subscriptions {}", "latest {}"]
        assert desk.asked[0][2] == Asker(platform="slack", user=MEMBER, team=TEAM)
        page = server.world.homes[MEMBER]
        assert {"Subscribe a channel …", "Refresh", "Help", "Brief", "Older"} <= set(labels(page["blocks"]))
        await people.event("app_home_opened", user=ADMIN, tab="messages")
        await asyncio.sleep(0.1)
        assert ADMIN not in server.world.homes


async def test_the_apps_own_page_turns_and_a_brief_opens_on_top_of_it() -> None:
    desk = FakeDesk(reply=LATEST)
    async with SlackServer() as server, connected(server, desk):
        people = People(server)
        talk = await people.event("app_home_opened", user=MEMBER, tab="home")
        await talk.until(lambda: MEMBER in server.world.homes)
        desk.reply = replace(LATEST, heading="Latest, page 2", replaces=True)
        turned = await people.press_in(server.world.homes[MEMBER], "Older")
        await turned.until(lambda: "page 2" in str(server.world.homes[MEMBER]))
        desk.reply = Reply(heading="A brief", actions=(Action(label="Why", press="go:why 0123456789ab"),))
        brief = await people.press_in(server.world.homes[MEMBER], "Brief")
        await brief.until(lambda: bool(brief.view) and "A brief" in str(server.world.views[brief.view]))
        desk.reply = Reply(heading="The stages")
        why = await people.press_in(server.world.views[brief.view], "Why")
        await why.until(lambda: bool(why.view) and "The stages" in str(server.world.views[why.view]))
        assert len(server.asked("views.push")) == 1


async def test_a_channel_is_subscribed_from_the_apps_own_page() -> None:
    desk = Subscribed(reply=Reply(heading="Subscribed"))
    async with SlackServer() as server, connected(server, desk):
        people, channel = People(server), server.world.channel()
        home = await people.event("app_home_opened", user=CREATOR, tab="home")
        await home.until(lambda: CREATOR in server.world.homes)
        talk = await people.press_in(server.world.homes[CREATOR], "Subscribe a channel …", by=CREATOR)
        await talk.until(lambda: bool(talk.view) and "submit" in server.world.views[talk.view])
        view = server.world.views[talk.view]
        sent = await people.submit(view, {"channel": {"selected_conversation": channel.id}}, by=CREATOR)
        await sent.until(lambda: "Subscribed" in str(server.world.views[view["id"]]["blocks"]))
        assert desk.asked[-1][2].channel == f"slack:{channel.id}"
        assert desk.asked[-1][2].may_manage


def test_a_form_stays_within_the_limits_whatever_the_values_are() -> None:
    long = [Suggestion(label="x" * 100, value=f"{n}{'y' * 90}") for n in range(40)]
    present = {option.name: long if option.several else long[:1] for option in BY_NAME["subscribe"].every}
    assert view_complaints(form(SUBSCRIBE, present, ""), {}) == []
    assert len(choices([Suggestion(label="x", value="z" * 151)])) == 0


def test_what_is_read_from_a_form_that_nobody_filled_in_is_everything() -> None:
    view = form(SUBSCRIBE, {}, "C1")
    empty: dict[str, Any] = {
        name: {element["action_id"]: {"selected_options": []}} for name, element in fields(view).items()
    }
    _, options = read({"state": {"values": empty}})
    assert options["country"] == options["topic"] == "any"
    assert set(problems(options)) == {"schedule.times"}


def test_a_form_takes_as_it_happens_in_the_place_of_times_and_shows_it_again() -> None:
    present = [Suggestion(label="now", value="as it happens, at most 4 an hour", present=True)]
    view = form(SUBSCRIBE, {"schedule": present}, "C1")
    typed = fields(view)["schedule.times"]
    assert typed["initial_value"] == "as it happens, at most 4 an hour"
    ticked = fields(view)["schedule.days"]["initial_options"]
    values = {"schedule.days": {"field": {"selected_options": ticked}}}
    values["schedule.times"] = {"field": {"value": "As it happens, at most 4 an hour"}}
    _, options = read({"state": {"values": values}})
    assert options == {"schedule": "As it happens, at most 4 an hour"}
    assert problems(options) == {}
    assert set(problems({"schedule": "as it happens often"})) == {"schedule.times"}
