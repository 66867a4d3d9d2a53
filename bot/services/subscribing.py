"""Channels subscribe themselves from chat, change what they are told, and hold it back for a while."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.asker import Asker
from bot.domain.calls import Call, to_filter
from bot.domain.commands import ANY, FilterName
from bot.domain.delivery import State
from bot.domain.press import Press
from bot.domain.reply import Action, Look, Reply, Section, Table
from bot.domain.source import parse_every
from bot.domain.subscription import Channel, Filter, Hold, Standing, Style, Subscription
from bot.domain.timing import next_slot, parse_schedule
from bot.errors import DeniedError, NotFoundError, UsageError
from bot.ports import Clock, Ledger
from bot.reading.states import country_name
from bot.services.channels import Channels, Known
from bot.services.naming import find_code

Value = TypeVar("Value")
USUAL = "mon-fri 08:00"
LONGEST_LOOKBACK = timedelta(days=3650)
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
        known = self.channels.find(key)
        if known and known.subscription is None:
            raise DeniedError(f"{key} is set up in the settings file; it is changed there, or paused here")
        now = self.clock.now()
        wanted = _changed(known.channel if known else self._usual(key, asker, now), call.options)
        fresh = Subscription(channel=wanted, made_by=asker.key, made_at=now, team=asker.team)
        made = replace(known.subscription, channel=wanted) if known and known.subscription else fresh
        self.channels.store.keep(made)
        heading = "This channel's subscription is changed" if known else "This channel is subscribed"
        return self._told(heading, Known(channel=wanted, subscription=made))

    def unsubscribe(self, asker: Asker) -> Reply:
        """End this channel's subscription; what was not posted yet is not posted. Raises NotFoundError, DeniedError."""
        known = self._here(asker)
        if known.subscription is None:
            raise DeniedError(
                f"{known.channel.key} is set up in the settings file and ended there; `pause` holds it back"
            )
        self.channels.store.drop(known.channel.key)
        now = self.clock.now()
        for row in self.ledger.unsettled(known.channel.key):
            if row.state is State.PENDING and self.ledger.begin(row.key, now=now):
                self.ledger.settle(row.key, State.DEAD, now=now, reason=UNSUBSCRIBED)
        return Reply(heading="This channel is unsubscribed", intro="`subscribe` starts it anew.")

    def pause(self, asker: Asker) -> Reply:
        """Hold this channel's digests back. Raises NotFoundError."""
        known = self._here(asker)
        if known.hold:
            return self._told("This channel is not served already", known)
        hold = Hold(
            channel=known.channel.key, standing=Standing.PAUSED, reason=f"by {asker.key}", since=self.clock.now()
        )
        self.channels.store.hold(hold)
        return self._told("This channel's digests are paused", replace(known, hold=hold))

    def resume(self, asker: Asker) -> Reply:
        """Serve this channel again. Raises NotFoundError."""
        known = self._here(asker)
        released = self.channels.store.release(known.channel.key)
        heading = "This channel gets its digests again" if released else "This channel gets its digests"
        return self._told(heading, replace(known, hold=None), late=released)

    def listing(self, asker: Asker) -> Reply:
        """What this channel is told; where there is no channel, all those of the asker's workspace or terminal."""
        if asker.channel and not asker.private:
            known = self.channels.find(asker.channel)
            if known is None:
                intro = '`subscribe` posts digests here: subscribe schedule:"mon-fri 08:30" topic:ransomware'
                return Reply(heading="This channel is not subscribed", intro=intro)
            return self._told("This channel is subscribed", known)
        rows = tuple(
            (known.channel.key, f"{known.channel.schedule}, {known.channel.zone.key}", known.standing, _origin(known))
            for known in self.channels.known()
            if _concerns(known, asker)
        )
        if not rows:
            return Reply(heading="No channel is subscribed", intro="`subscribe` in a channel posts digests there.")
        table = Table(columns=("channel", "schedule", "standing", "set up"), rows=rows)
        return Reply(heading=f"{len(rows)} channels", sections=(Section(heading="", table=table),))

    def present(self, option: str, asker: Asker) -> str | None:
        """What an option of `subscribe` is now, for the asker's channel; None where it has no value."""
        known = self.channels.find(asker.channel) if asker.channel else None
        channel = known.channel if known else self._usual(asker.channel or "", asker, self.clock.now())
        return _values(channel).get(option) or None

    def _usual(self, key: str, asker: Asker, now: datetime) -> Channel:
        adapter, _, destination = key.partition(":")
        if key and adapter not in self.adapters:
            raise UsageError(f"nothing can be posted to {key}: there are {', '.join(sorted(self.adapters))}")
        zone = asker.zone or self.zone
        return Channel(adapter=adapter, destination=destination, schedule=parse_schedule(USUAL), zone=zone, since=now)

    def _here(self, asker: Asker) -> Known:
        known = self.channels.find(_place(asker))
        if known is None:
            raise NotFoundError(f"{asker.channel} is not subscribed; `subscribe` posts digests here")
        return known

    def _told(self, heading: str, known: Known, *, late: bool = False) -> Reply:
        channel = known.channel
        slot = next_slot(channel.schedule, channel.zone, self.clock.now())
        at = slot.at.astimezone(channel.zone)
        due = f"{at:%A} {at.day} {at:%B, %H:%M} {channel.zone.key}"
        again = "; what came meanwhile is in it" if late else ""
        intro = known.standing if known.hold else f"Next digest: {due}{again}."
        table = Table(columns=("", ""), rows=_rows(known))
        return Reply(heading=heading, intro=intro, sections=(Section(heading="", table=table),), actions=_offers(known))


def _offers(known: Known) -> tuple[Action, ...]:
    turn = "resume" if known.hold else "pause"
    actions = [Action(label=turn.capitalize(), press=str(Press(line=turn)))]
    if known.subscription:
        actions.append(Action(label="Unsubscribe", press=str(Press(line="unsubscribe")), look=Look.DANGER))
    return tuple(actions)


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


def _changed(channel: Channel, options: Mapping[str, str]) -> Channel:
    """The channel with what the options name; the rest as it was. Raises UsageError."""
    named = {key: value for key, value in options.items() if key in set(FilterName)}
    asked = to_filter({key: value for key, value in named.items() if value.casefold() != ANY}, find_code)
    was = channel.filter
    wanted = Filter(
        countries=asked.countries if FilterName.COUNTRY in named else was.countries,
        forums=asked.forums if FilterName.FORUM in named else was.forums,
        topics=asked.topics if FilterName.TOPIC in named else was.topics,
        languages=asked.languages if FilterName.LANGUAGE in named else was.languages,
    )
    return replace(
        channel,
        filter=wanted,
        schedule=_read(options, "schedule", parse_schedule, channel.schedule),
        zone=_read(options, "time_zone", _zone, channel.zone),
        style=_read(options, "style", _style, channel.style),
        lookback=_read(options, "lookback", _lookback, channel.lookback),
    )


def _read(options: Mapping[str, str], name: str, read: Callable[[str], Value], present: Value) -> Value:
    if name not in options:
        return present
    try:
        return read(options[name])
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def _zone(words: str) -> ZoneInfo:
    names = {name.casefold(): name for name in available_timezones()}
    name = names.get(words.strip().replace(" ", "_").casefold())
    if name is None:
        raise ValueError(f"{words!r} is no time zone; write one such as Europe/Zurich or America/New_York")
    return ZoneInfo(name)


def _style(words: str) -> Style:
    try:
        return Style(words.casefold())
    except ValueError:
        raise ValueError(f"{words!r} is no style; write {' or '.join(Style)}") from None


def _lookback(words: str) -> timedelta:
    length = parse_every(words)
    if length > LONGEST_LOOKBACK:
        raise ValueError(f"{words} is too long; the first digest reaches back {LONGEST_LOOKBACK.days}d at most")
    return length


def _values(channel: Channel) -> dict[str, str]:
    """What each option of `subscribe` would be written as."""
    wanted = channel.filter
    return {
        "schedule": str(channel.schedule),
        "time_zone": channel.zone.key,
        FilterName.COUNTRY: ",".join(sorted(wanted.countries)),
        FilterName.FORUM: ",".join(sorted(wanted.forums)),
        FilterName.TOPIC: ",".join(sorted(wanted.topics)),
        FilterName.LANGUAGE: ",".join(sorted(wanted.languages)),
        "style": channel.style,
        "lookback": _length(channel.lookback),
    }


def _length(time: timedelta) -> str:
    days, rest = divmod(time, timedelta(days=1))
    return f"{int(time.total_seconds())}s" if rest else f"{days}d"


def _rows(known: Known) -> tuple[tuple[str, str], ...]:
    channel, wanted = known.channel, known.channel.filter
    return (
        ("schedule", f"{channel.schedule}, {channel.zone.key}"),
        ("countries", ", ".join(sorted(map(country_name, wanted.countries))) or ANY),
        ("forums", ", ".join(sorted(wanted.forums)) or ANY),
        ("topics", ", ".join(topic.replace("_", " ") for topic in sorted(wanted.topics)) or ANY),
        ("languages", ", ".join(sorted(wanted.languages)) or ANY),
        ("a day without news", "said so" if channel.style is Style.HONEST else "silent"),
        ("set up", _origin(known)),
    )
