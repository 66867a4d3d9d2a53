"""Changes the settings file for the user, keeping their comments and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import tomlkit

from bot.domain.source import Source
from bot.errors import AttacheError, UsageError

ABOUT_DESTINATION = {"console": "the terminal; file:<path> appends to a file"}
TEMPLATE = """\
# Settings of Attaché. Every key can also be a variable: ATTACHE_DATABASE, ATTACHE_ADAPTERS__SLACK__BOT_TOKEN, …
# Secrets belong in variables or in files named by <key>_file, never in this file.

# database = "sqlite:///attache.db"     # to scale out: "postgresql+psycopg://user@host/name"
# database_file = "/run/secrets/database"   # or the file that holds it, where it has a password
# time_zone = "UTC"                     # of channels that name none
# retention = "90d"                     # how long entries that were no statement are remembered; statements always are
# contact = "mailto:you@example.org"    # told to the sources' servers, so that they can reach you

# The sources that come with Attaché are watched unless you list your own; `attache sources list` shows them.
# catalogue = true
# catalogue_except = []                 # names of catalogue sources to leave out

# [[sources]]
# name = "My ministry"
# kind = "feed"                         # feed | page (a listing without a feed) | folder (of saved pages)
# url = "https://ministry.example/feed.xml"
# every = "30m"
# country = "CHE"                       # used only where a document does not say who speaks

# Channels can also subscribe themselves from chat (/brief subscribe); those listed here come first.
[[channels]]
adapter = "console"
destination = "-"                       # the terminal; file:<path> appends to a file
schedule = "daily 08:00"                # days and local times: "mon-fri 08:30,17:00"; or "as it happens"
# time_zone = "Europe/Zurich"
# quiet = "22:00-07:00"                 # nothing is posted then; what comes waits, and comes together
# name = "urgent"                       # where a channel has several [[channels]] tables: what tells them apart
# topics = ["ransomware", "norms"]      # nothing named means everything
# countries = ["CHN", "EST"]
# forums = ["UNSC", "GM"]
# languages = ["en", "fr"]
# style = "honest"                      # says so when there is nothing new; "quiet" posts nothing then
# lookback = "7d"                       # how far back the channel's first digest reaches
# language = "en"                       # of lines a language model writes, if one is set up: ar, en, es, fr, ru, zh

# Discord: one bot for any number of channels, each with its id as destination (or /brief subscribe there).
# [adapters.discord]
# token_file = "discord-token"          # or $ATTACHE_ADAPTERS__DISCORD__TOKEN

# Slack: `python -m adapters.slack` prints the app's manifest; docs/slack.md has the steps, also for many workspaces.
# [adapters.slack]
# bot_token_file = "slack-bot-token"    # or $ATTACHE_ADAPTERS__SLACK__BOT_TOKEN
# app_token_file = "slack-app-token"    # or $ATTACHE_ADAPTERS__SLACK__APP_TOKEN

# Push-only targets: e-mail, Teams, Telegram, … (extra `apprise`). Such a channel's destination is a name given here.
# [adapters.apprise.urls]
# desk = "mailto://user:password@mail.example?to=desk@mission.example"     # or $ATTACHE_ADAPTERS__APPRISE__URLS

# The web pages: the archive, statements, digests. docs/web.md says how to put them on a public address.
# [web]
# enabled = true
# host = "127.0.0.1"                    # this machine alone
# port = 8080
# public_url = "https://attache.example"   # digests in chat then link to their page
# token_file = "/run/secrets/operator"  # or $ATTACHE_WEB__TOKEN: opens the operator's page, 16 characters or more

# Any number of processes (`attache run`, `attache worker`) share the work on one database.
# [workers]
# lease = "15s"                         # one that gave no sign of life for so long is taken over

# A language model may retell points beside their quotes, marked as machine-written; needs `make model`. Only the
# chosen points and who speaks are sent to it. Without this section nothing is sent anywhere.
# [model]
# name = "openai:gpt-5-mini"            # provider:model as pydantic-ai writes it …
# base_url = "http://127.0.0.1:8000/v1" # … or whatever this OpenAI-compatible server calls it
# api_key_file = "/run/secrets/model"   # or the variable ATTACHE_MODEL__API_KEY
# timeout = "60s"                       # for all of one statement; digests never wait for it
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a new settings file begins with. Without a `destination` no channel is in it: they subscribe from chat."""

    adapter: str = "console"
    destination: str = "-"
    schedule: str = "daily 08:00"
    zone: str = "UTC"


def refuse_if_there(path: str) -> None:
    """Raise UsageError if there is a settings file already."""
    if Path(path).exists():
        raise UsageError(f"{path} exists already; it is left as it is")


def template(wishes: Wishes) -> str:
    """The commented settings file that says what is wished."""
    text = TEMPLATE
    if wishes.zone != Wishes().zone:
        text = text.replace('# time_zone = "UTC"  ', f'time_zone = "{wishes.zone}"  ', 1)
    lines = text.splitlines(keepends=True)
    first = lines.index("[[channels]]\n")
    lines[first + 1 : first + 4] = [
        f"adapter = {_text(wishes.adapter)}\n",
        f"{_quoted('destination', wishes.destination)}# {ABOUT_DESTINATION.get(wishes.adapter, 'the channel’s id')}\n",
        f"{_quoted('schedule', wishes.schedule)}# {lines[first + 3].partition('# ')[2]}",
    ]
    if not wishes.destination:
        lines[first : first + 4] = [f"# {line}" for line in lines[first : first + 4]]
    return "".join(lines)


def _quoted(key: str, value: str) -> str:
    """A key and its text, as far as the comments' column."""
    return f"{key} = {_text(value)} ".ljust(40)


def _text(value: str) -> str:
    """A text as TOML writes it."""
    return tomlkit.string(value).as_string()


def write_template(path: str, wishes: Wishes | None = None) -> None:
    """Write a commented settings file. Raises UsageError if there is one already."""
    try:
        with Path(path).open("x", encoding="utf-8") as file:
            file.write(template(wishes or Wishes()))
    except FileExistsError:
        raise UsageError(f"{path} exists already; it is left as it is") from None
    except OSError as error:
        raise AttacheError(f"{path} cannot be written: {error.strerror}") from error


def add_sources(path: str, sources: Sequence[Source]) -> None:
    """Append sources to the file, made if need be. What was watched before stays watched, the catalogue too."""
    document = _open(path)
    listed = document.setdefault("sources", tomlkit.aot())
    if not listed and "catalogue" not in document:
        # Own sources would otherwise switch the catalogue off.
        rest = dict(document)
        document.clear()
        document.add("catalogue", tomlkit.item(True))
        for key, value in rest.items():
            document.add(key, value)
        listed = document["sources"]
    for source in sources:
        listed.append(_table(source))
    _save(path, document)


def remove_source(path: str, name: str) -> None:
    """Take a source out of the file; one that is not in it is the catalogue's and is named as left out."""
    document = _open(path)
    listed = document.get("sources", [])
    kept = [table for table in listed if table.get("name") != name]
    if len(kept) < len(listed):
        del document["sources"]
        if kept:
            document["sources"] = tomlkit.aot()
            for table in kept:
                document["sources"].append(table)
    else:
        document.setdefault("catalogue_except", tomlkit.array()).append(name)
    _save(path, document)


def _table(source: Source) -> Any:
    table = tomlkit.table()
    values = {
        "name": source.name,
        "kind": source.kind.value,
        "url": source.url,
        "country": source.country,
        "language": source.language,
        "every": f"{int(source.every / timedelta(seconds=1))}s",
        "allow_private": source.allow_private or None,
        "firehose": source.firehose or None,
        "item": source.item,
        "link": source.link,
        "date": source.date,
        "note": source.note,
        "state": source.state,
    }
    for key, value in values.items():
        if value is not None:
            table.add(key, value)
    return table


def _open(path: str) -> Any:
    file = Path(path)
    return tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()


def _save(path: str, document: Any) -> None:
    try:
        Path(path).write_text(tomlkit.dumps(document), encoding="utf-8")
    except OSError as error:
        raise AttacheError(f"{path} cannot be written: {error.strerror}") from error
