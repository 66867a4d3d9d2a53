"""What can be typed. Handlers are named here and imported only when they are run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from bot import __version__

Handler = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="attache", description="Briefs new UN statements on cyber security and posts digests to team channels."
    )
    top.add_argument("--version", action="version", version=f"attache {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _service(commands)
    _documents(commands)
    _questions(commands)
    _sources(commands)
    _upkeep(commands)
    return top


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def _service(commands: Commands) -> None:
    _add(commands, "run", "the service: schedule and adapters; SIGTERM stops it cleanly", "service:serve")
    _add(commands, "worker", "one more worker on the same database: the service without its web pages", "service:work")
    _add(commands, "demo", "the main job on bundled samples, offline; writes demo/preview.html", "demo:demo")
    poll = _add(commands, "poll", "poll the sources now", "service:poll")
    poll.add_argument("--source", action="append", metavar="NAME", help="only this source; may be given again")
    poll.add_argument("--json", action="store_true", help="print one JSON document")
    digest = _add(commands, "digest", "compose a digest; print it or post it", "service:digest")
    digest.add_argument("--since", metavar="T", help="first day, YYYY-MM-DD, or a length such as 7d")
    digest.add_argument("--until", metavar="T", help="last day, YYYY-MM-DD")
    digest.add_argument("--format", choices=("text", "json", "html", "discord", "slack"), default="text")
    digest.add_argument("--post", metavar="CHANNEL", help="post it there, such as console:- (adapter:destination)")


def _documents(commands: Commands) -> None:
    brief = _add(commands, "brief", "brief one document (HTML, text or PDF), or many with --jsonl", "documents:brief")
    brief.add_argument("document", nargs="?", metavar="PATH|URL|-", help="the document; - reads standard input")
    brief.add_argument("--json", action="store_true", help="print one JSON document")
    brief.add_argument("--jsonl", action="store_true", help="read one record a line, print one brief a line, in order")
    brief.add_argument("--model", action="store_true", help="have the model of the settings retell the points, too")
    brief.add_argument("--language", metavar="CODE", help="with --model: the language to retell them in (default: en)")
    brief.add_argument("--archive", action="store_true", help="with --jsonl: compare each with the earlier ones")


def _questions(commands: Commands) -> None:
    lookup = _add(commands, "lookup", "any slash command, from the terminal", "questions:lookup")
    lookup.add_argument("line", nargs="+", metavar="COMMAND", help="such as: search supply chain country:CHN")
    lookup.add_argument("--channel", metavar="C", help="as if asked in this channel, such as discord:1234")
    lookup.add_argument("--json", action="store_true", help="print one JSON document")
    why = _add(commands, "why", "stage by stage, why something was or was not posted", "questions:why")
    why.add_argument("key", metavar="ID|URL")
    why.add_argument("--channel", metavar="C", help="only this channel, such as discord:1234")
    why.add_argument("--json", action="store_true", help="print one JSON document")


def _sources(commands: Commands) -> None:
    sources = commands.add_parser("sources", help="the source catalogue", description="The source catalogue.")
    verbs = sources.add_subparsers(metavar="VERB", required=True)
    for verb, about, handler in (
        ("list", "what is watched", "shown"),
        ("check", "ask each source now, keep nothing", "check"),
    ):
        one = _add(verbs, verb, about, f"sources:{handler}")
        one.add_argument("--source", action="append", metavar="NAME", help="only this source; may be given again")
        one.add_argument("--json", action="store_true", help="print one JSON document")
    add = _add(verbs, "add", "watch another source", "sources:add")
    add.add_argument("name")
    add.add_argument("url", help="its address, or the folder's path")
    add.add_argument("--kind", choices=("feed", "page", "folder"), default="feed")
    add.add_argument("--country", help="three-letter code")
    add.add_argument("--language", help="two-letter code")
    add.add_argument("--every", help="interval, such as 30m")
    remove = _add(verbs, "remove", "watch a source no longer", "sources:remove")
    remove.add_argument("name")
    take = _add(verbs, "import", "add the feeds of an OPML file", "sources:take")
    take.add_argument("file", metavar="F.opml")
    _add(verbs, "export", "print the sources as OPML", "sources:export")


def _upkeep(commands: Commands) -> None:
    config = commands.add_parser("config", help="write or check the settings", description="Write or check settings.")
    verbs = config.add_subparsers(metavar="VERB", required=True)
    init = _add(verbs, "init", "write a commented attache.toml; at a terminal it asks for what matters", "upkeep:init")
    init.add_argument("--defaults", action="store_true", help="ask nothing")
    _add(verbs, "check", "check the settings and say what they come to", "upkeep:check")
    _add(commands, "doctor", "check settings, database, adapters and sources", "upkeep:doctor")
    _add(commands, "health", "whether the service of this machine is at work; for a container", "upkeep:health")
    backup = _add(commands, "backup", "all that is kept, as one file, also while the service runs", "upkeep:backup")
    backup.add_argument("file", metavar="FILE")
    restore = _add(
        commands, "restore", "put a backup back, on SQLite or PostgreSQL; stop the service first", "upkeep:restore"
    )
    restore.add_argument("file", metavar="FILE")
    export = _add(commands, "export", "all statements and briefs", "upkeep:export")
    shape = export.add_mutually_exclusive_group()
    shape.add_argument("--jsonl", action="store_true", help="one brief a line instead of one JSON document")
    shape.add_argument("--gold", metavar="FILE|-", help="instead, readers' marks as labelled records, one a line")


def _add(commands: Commands, name: str, about: str, handler: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about[0].upper() + about[1:] + "."
    )
    command.add_argument("--config", metavar="FILE", help="settings file (default: attache.toml, if there is one)")
    command.set_defaults(handler=_later(handler))
    return command


def _later(name: str) -> Handler:
    """A handler imported when it is called: `--help` and a mistyped command load nothing."""

    def handle(options: argparse.Namespace) -> int:
        module, _, function = name.partition(":")
        handler: Handler = getattr(import_module(f"bot.cli.{module}"), function)
        return handler(options)

    return handle
