"""What can be set, and how each value is read from TOML or a variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import values
from bot.config.table import Places, Table
from bot.domain.catalogue import load_catalogue
from bot.domain.quiet import NO_QUIET, parse_quiet
from bot.domain.secret import Secret
from bot.domain.source import Source, SourceKind
from bot.domain.subscription import Channel, Filter, Style, parse_name
from bot.domain.taxonomy import Forum, Topic
from bot.domain.timing import parse_schedule

DEFAULT_DATABASE = "sqlite:///attache.db"
LEASE = timedelta(seconds=15)
HOST, PORT = "127.0.0.1", 8080
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The language model that may retell points: its name as pydantic-ai, or the server at `base_url`, writes it.

    `timeout` covers everything about one statement: both calls there may be, and the checks.
    """

    name: str
    base_url: str | None = None
    api_key: Secret | None = None
    timeout: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The web pages: whether there are any, where they are served, the address people know them by.

    `token` lets the operator in; without one nobody sees the operator's page.
    """

    enabled: bool = True
    host: str = HOST
    port: int = PORT
    public_url: str | None = None
    token: Secret | None = None

    @property
    def address(self) -> str:
        """The address links begin with, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting. `adapters` holds each adapter's own table, its secrets resolved; `path` the file they are from.

    `model` is None unless one is set up: everything then works without. `retention` is for how long entries that led to
    no statement are remembered once their source no longer shows them. `lease` is how long a worker may be silent
    before it is taken over.
    """

    database: str = field(default=DEFAULT_DATABASE, repr=False)  # it may hold a password
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    contact: str | None = None
    sources: tuple[Source, ...] = ()
    channels: tuple[Channel, ...] = ()
    adapters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)  # addresses may hold passwords
    model: Model | None = None
    lease: timedelta = LEASE
    web: Web = field(default_factory=Web)
    retention: timedelta = timedelta(days=90)
    path: str | None = None


def settings_from(table: Table, path: str | None) -> Settings:
    """The settings a whole file (and its variables) says. Raises SettingsError at the first wrong value."""
    zone = table.take("time_zone", values.zone, ZoneInfo("UTC"))
    own = tuple(source_from(part) for part in table.tables("sources"))
    excluded = frozenset(table.take("catalogue_except", values.words, ()))
    catalogue = table.take("catalogue", values.switch, not own)
    settings = Settings(
        database=_database(table),
        zone=zone,
        contact=table.take("contact", values.text, None),
        sources=_sources(table, own, catalogue, excluded),
        channels=_channels(table, zone),
        adapters={name: _adapter(part) for name, part in table.sections("adapters")},
        model=_model(table.section("model")),
        retention=table.take("retention", values.retention, timedelta(days=90)),
        lease=_lease(table.section("workers")),
        web=_web(table.section("web")),
        path=path,
    )
    table.finish()
    return settings


def _database(table: Table) -> str:
    given = table.take_secret("database")
    try:
        return values.database(given.reveal()) if given else DEFAULT_DATABASE
    except ValueError as error:
        raise table.error("database", str(error)) from None


def sources_from(raw: Mapping[str, Any], path: str, text: str) -> tuple[Source, ...]:
    """The `[[sources]]` of a file of sources alone."""
    table = Table(raw, Places(path, text, {}))
    sources = tuple(source_from(part) for part in table.tables("sources"))
    table.finish()
    return sources


def source_from(table: Table) -> Source:
    """One `[[sources]]` table."""
    source = Source(
        name=table.need("name", values.text),
        kind=table.need("kind", partial(values.choice, SourceKind)),
        url=table.need("url", values.text),
        country=table.take("country", values.country, None),
        language=table.take("language", values.text, None),
        every=table.take("every", values.duration, timedelta(minutes=30)),
        allow_private=table.take("allow_private", values.switch, False),
        firehose=table.take("firehose", values.switch, False),
        item=table.take("item", values.text, None),
        link=table.take("link", values.text, None),
        date=table.take("date", values.text, None),
        note=table.take("note", values.text, None),
        state=table.take("state", values.text, None),
    )
    table.finish()
    return source


def _sources(table: Table, own: tuple[Source, ...], catalogue: bool, excluded: frozenset[str]) -> tuple[Source, ...]:
    names = [source.name for source in own]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise table.error("sources", f"the name {name!r} is used twice; give each source a name of its own")
    shipped = load_catalogue() if catalogue else ()
    return own + tuple(source for source in shipped if source.name not in excluded and source.name not in names)


def _channels(table: Table, zone: ZoneInfo) -> tuple[Channel, ...]:
    channels = tuple(_channel(part, zone) for part in table.tables("channels"))
    keys = [channel.id for channel in channels]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise table.error(
                "channels", f"{key} is set up twice; put its filters into one [[channels]] table, or give each a name"
            )
    return channels


def _channel(table: Table, zone: ZoneInfo) -> Channel:
    channel = Channel(
        adapter=table.need("adapter", values.text),
        destination=table.need("destination", values.text),
        schedule=table.take("schedule", values.parsed(parse_schedule), parse_schedule("daily 08:00")),
        zone=table.take("time_zone", values.zone, zone),
        quiet=table.take("quiet", values.parsed(parse_quiet), NO_QUIET),
        name=table.take("name", values.parsed(parse_name), ""),
        filter=Filter(
            countries=frozenset(table.take("countries", values.countries, ())),
            forums=frozenset(table.take("forums", partial(values.choices, Forum), ())),
            topics=frozenset(table.take("topics", partial(values.choices, Topic), ())),
            languages=frozenset(table.take("languages", values.words, ())),
        ),
        style=table.take("style", partial(values.choice, Style), Style.HONEST),
        lookback=table.take("lookback", values.duration, timedelta(days=7)),
        language=table.take("language", values.written, "en"),
    )
    table.finish()
    return channel


def _model(table: Table | None) -> Model | None:
    if table is None:
        return None
    model = Model(
        name=table.need("name", values.text),
        base_url=table.take("base_url", values.web_address, None),
        api_key=table.take_secret("api_key"),
        timeout=table.take("timeout", values.duration, timedelta(seconds=60)),
    )
    table.finish()
    return model


def _web(table: Table | None) -> Web:
    if table is None:
        return Web()
    web = Web(
        enabled=table.take("enabled", values.switch, True),
        host=table.take("host", values.text, HOST),
        port=table.take("port", values.port, PORT),
        public_url=table.take("public_url", values.site, None),
        token=table.take_secret("token"),
    )
    if web.token and len(web.token.reveal()) < SHORTEST_TOKEN:
        raise table.error("token", f"should have {SHORTEST_TOKEN} characters at least, so that nobody guesses it")
    table.finish()
    return web


def _lease(table: Table | None) -> timedelta:
    if table is None:
        return LEASE
    lease = table.take("lease", values.lease, LEASE)
    table.finish()
    return lease


def _adapter(table: Table) -> Mapping[str, Any]:
    return table.rest_with_secrets()
