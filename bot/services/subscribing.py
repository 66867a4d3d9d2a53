"""Channels subscribe themselves from chat, change what they are told, and hold it back for a while."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.asker import Asker
from bot.domain.calls import Call
from bot.domain.commands import ANY
from bot.domain.delivery import State
from bot.domain.press import Press
from bot.domain.reply import Action, Look, Reply, Section, Table
from bot.domain.subscription import Channel, Hold, Standing, Style, Subscription, parse_name
from bot.domain.timing import next_slot, parse_schedule
from bot.errors import DeniedError, NotFoundError, UsageError
from bot.ports import Clock, Ledger
from bot.reading.states import country_name
from bot.services.channels import Channels, Known
from bot.services.wanted import changed, values

USUAL = "mon-fri 08:00"
UNSUBSCRIBED = "unsubscribed before it was posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribing:
    """Answers what concerns a channel's subscription. `adapters` can be posted to; `zone` is the settings' own."""

    channels: Channels
    ledger: Ledger
    adapters: Collection[str]
    clock: Clock
    zone: ZoneInfo

    def subscribe(self, call: Call, asker: Asker) -> Reply:
        """Make this channel's subscription, or change what is named of it. Raises UsageError, DeniedError."""
        key = _place(asker)
        here, name = self.channels.of(key), _name(call)
        if any(known.subscription is None for known in here):
            raise DeniedError(f"{key} is set up in the settings file; it is changed there, or paused here")
        known = next((each for each in here if each.channel.name == name), None)
        now = self.clock.now()
        wanted = changed(known.channel if known else self._usual(key, name, asker, now), call.options)
        fresh = Subscription(channel=wanted, made_by=asker.key, made_at=now, team=asker.team)
        made = replace(known.subscription, channel=wanted) if known and known.subscription else fresh
        self.channels.store.keep(made)
        heading = "This channel's subscription is changed" if known else "This channel is subscribed"
        return self._told(heading, [Known(channel=wanted, subscription=made)])

    def unsubscribe(self, call: Call, asker: Asker) -> Reply:
        """End this channel's subscriptions, or the one that is named. Raises NotFoundError, DeniedError.

        With the last, what was not posted yet is not posted.
        """
        here, name = self._here(asker), _name(call)
        key = here[0].channel.key
        ended = [known for known in here if not name or known.channel.name == name]
        if not ended:
            raise NotFoundError(f"nothing is called {name!r} here; `subscriptions` lists what this channel is told")
        if any(known.subscription is None for known in ended):
            raise DeniedError(f"{key} is set up in the settings file and ended there; `pause` holds it back")
        for known in ended:
            self.channels.store.drop(known.channel.id)
        if rest := [known for known in here if known not in ended]:
            return self._told(f"{name} is unsubscribed; this channel is still told", rest)
        now = self.clock.now()
        for row in self.ledger.unsettled(key):
            if row.state is State.PENDING and self.ledger.begin(row.key, now=now):
                self.ledger.settle(row.key, State.DEAD, now=now, reason=UNSUBSCRIBED)
        return Reply(heading="This channel is unsubscribed", intro="`subscribe` starts it anew.")

    def pause(self, asker: Asker) -> Reply:
        """Hold this channel's digests back. Raises NotFoundError."""
        here = self._here(asker)
        if here[0].hold:
            return self._told("This channel is not served already", here)
        hold = Hold(
            channel=here[0].channel.key, standing=Standing.PAUSED, reason=f"by {asker.key}", since=self.clock.now()
        )
        self.channels.store.hold(hold)
        return self._told("This channel's digests are paused", [replace(known, hold=hold) for known in here])

    def resume(self, asker: Asker) -> Reply:
        """Serve this channel again. Raises NotFoundError."""
        here = self._here(asker)
        released = self.channels.store.release(here[0].channel.key)
        heading = "This channel gets its digests again" if released else "This channel gets its digests"
        return self._told(heading, [replace(known, hold=None) for known in here], late=released)

    def listing(self, asker: Asker) -> Reply:
        """What this channel is told; where there is no channel, all those of the asker's workspace or terminal."""
        if asker.channel and not asker.private:
            here = self.channels.of(asker.channel)
            if not here:
                intro = '`subscribe` posts digests here: subscribe schedule:"mon-fri 08:30" topic:ransomware'
                return Reply(heading="This channel is not subscribed", intro=intro)
            return self._told("This channel is subscribed", here)
        rows = tuple(
            (known.channel.id, _when(known.channel), known.standing, _origin(known))
            for known in self.channels.known()
            if _concerns(known, asker)
        )
        if not rows:
            return Reply(heading="No channel is subscribed", intro="`subscribe` in a channel posts digests there.")
        table = Table(columns=("channel", "schedule", "standing", "set up"), rows=rows)
        return Reply(heading=f"{len(rows)} channels", sections=(Section(heading="", table=table),))

    def present(self, option: str, asker: Asker) -> str | None:
        """What an option of `subscribe` is now, for the asker's channel; None where it has no value."""
        here = self.channels.of(asker.channel) if asker.channel else []
        channel = here[0].channel if here else self._usual(asker.channel or "", "", asker, self.clock.now())
        return values(channel).get(option) or None

    def _usual(self, key: str, name: str, asker: Asker, now: datetime) -> Channel:
        adapter, _, destination = key.partition(":")
        if key and adapter not in self.adapters:
            raise UsageError(f"nothing can be posted to {key}: there are {', '.join(sorted(self.adapters))}")
        return Channel(
            adapter=adapter,
            destination=destination,
            schedule=parse_schedule(USUAL),
            zone=asker.zone or self.zone,
            since=now,
            name=name,
        )

    def _here(self, asker: Asker) -> list[Known]:
        here = self.channels.of(_place(asker))
        if not here:
            raise NotFoundError(f"{asker.channel} is not subscribed; `subscribe` posts digests here")
        return here

    def _told(self, heading: str, here: Sequence[Known], *, late: bool = False) -> Reply:
        now = self.clock.now()
        due = [_due(each.channel, now) for each in here]
        again = " What came meanwhile comes with it." if late else ""
        intro = here[0].standing if here[0].hold else f"{' '.join(dict.fromkeys(due))}{again}"
        tables = [
            Section(heading=each.channel.name, table=Table(columns=("", ""), rows=_rows(each, now))) for each in here
        ]
        return Reply(heading=heading, intro=intro, sections=tuple(tables), actions=_offers(here[0]))


def _offers(known: Known) -> tuple[Action, ...]:
    turn = "resume" if known.hold else "pause"
    actions = [Action(label=turn.capitalize(), press=str(Press(line=turn)))]
    if known.subscription:
        actions.append(Action(label="Unsubscribe", press=str(Press(line="unsubscribe")), look=Look.DANGER))
    return tuple(actions)


def _name(call: Call) -> str:
    try:
        return parse_name(call.options.get("name", ""))
    except ValueError as error:
        raise UsageError(f"name: {error}") from None


def _due(channel: Channel, now: datetime) -> str:
    """When a channel is told next, in a sentence."""
    slot = next_slot(channel.schedule, channel.zone, now)
    at = channel.quiet.until(slot.at if slot else now, channel.zone)
    local = at.astimezone(channel.zone)
    moment = f"{local:%A} {local.day} {local:%B, %H:%M} {channel.zone.key}"
    if slot:
        return f"Next digest: {moment}."
    return f"Told as it happens, from {moment} on: it is quiet now." if at > now else "Told as it happens."


def _when(channel: Channel) -> str:
    quiet = f", quiet {channel.quiet}" if channel.quiet else ""
    return f"{channel.schedule}, {channel.zone.key}{quiet}"


def _place(asker: Asker) -> str:
    if asker.channel is None:
        raise UsageError("this concerns a channel; say it in one (in a terminal: --channel discord:1234)")
    return asker.channel


def _concerns(known: Known, asker: Asker) -> bool:
    """Whether an asker outside any channel may hear of one: those of their workspace; at the terminal, all."""
    if asker.platform == "console":
        return True
    made = known.subscription
    own = made is not None and asker.team is not None and made.team == asker.team
    return known.channel.key == asker.channel or (own and known.channel.adapter == asker.platform)


def _origin(known: Known) -> str:
    made = known.subscription
    return f"from chat, {made.made_at:%Y-%m-%d}" if made else "in the settings"


def _rows(known: Known, now: datetime) -> tuple[tuple[str, str], ...]:
    channel, wanted = known.channel, known.channel.filter
    return (
        ("schedule", f"{channel.schedule}, {channel.zone.key}"),
        ("quiet hours", _hours(channel, now)),
        ("countries", ", ".join(sorted(map(country_name, wanted.countries))) or ANY),
        ("forums", ", ".join(sorted(wanted.forums)) or ANY),
        ("topics", ", ".join(topic.replace("_", " ") for topic in sorted(wanted.topics)) or ANY),
        ("languages", ", ".join(sorted(wanted.languages)) or ANY),
        ("a day without news", "said so" if channel.style is Style.HONEST and not channel.schedule.live else "silent"),
        ("set up", _origin(known)),
    )


def _hours(channel: Channel, now: datetime) -> str:
    """The quiet hours, and that these are some."""
    present = channel.quiet.until(now, channel.zone) > now
    return f"{channel.quiet}{' (now)' if present else ''}"
