"""`attache demo`: the main job on bundled samples, offline."""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cli.common import in_house, progress
from bot.config import Settings
from bot.config.settings import sources_from
from bot.data import ROOT
from bot.domain.source import Source, SourceKind
from bot.domain.subscription import Channel, Filter
from bot.domain.timing import Slot, parse_schedule
from bot.infra.demo_site import serve
from bot.plugins import renderers
from bot.services.outcomes import SourceOutcome
from bot.services.preview import preview_page
from bot.services.wording import digest_reply
from bot.wiring import House

FOLDER = Path("demo")
SAMPLES = ROOT / "demo"
# The samples bear fixed dates: the demo's first digest reaches back far enough for any day it is run on.
LOOKBACK = timedelta(days=365 * 50)


def demo(options: argparse.Namespace) -> int:  # noqa: ARG001 - one shape for all handlers
    """Poll the samples, brief them, post one digest to the console, write demo/preview.html."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("attache.db*"):
        old.unlink()
    with serve(SAMPLES) as base, as_file(SAMPLES) as folder:
        settings = Settings(
            database=f"sqlite:///{FOLDER / 'attache.db'}", sources=_sources(base, folder), channels=(_channel(),)
        )
        return in_house(settings, _show)


def _sources(base: str, folder: Path) -> tuple[Source, ...]:
    text = (folder / "sources.toml").read_text(encoding="utf-8").replace("{base}", base)
    return tuple(
        _placed(source, folder) for source in sources_from(tomllib.loads(text), str(folder / "sources.toml"), text)
    )


def _placed(source: Source, folder: Path) -> Source:
    if source.kind is SourceKind.FOLDER:
        return replace(source, url=str(folder / source.url))
    return replace(source, allow_private=True)


def _channel() -> Channel:
    return Channel(
        adapter="console",
        destination="-",
        schedule=parse_schedule("daily 08:00"),
        zone=ZoneInfo("UTC"),
        lookback=LOOKBACK,
    )


async def _show(house: House) -> int:
    sources = house.settings.sources
    print(f"Polling {len(sources)} sample sources …")

    def tell(outcome: SourceOutcome) -> None:
        print(f"  {outcome.line()}")
        for entry in outcome.entries:
            progress(f"    {entry.outcome}: {entry.title}")

    await house.polling.poll(sources, tell=tell)
    now = house.clock.now()
    made = house.digests.preview(Filter(), now=now)
    page = preview_page(digest_reply(made), [each for each in renderers().values() if each.style])
    (FOLDER / "preview.html").write_text(page, encoding="utf-8")
    print()
    (channel,) = house.settings.channels
    house.digests.open(channel, Slot(now, f"{now:%Y-%m-%dT%H:%M} UTC"), now=now)
    await house.workers.start()
    await house.deliverer({"console": house.adapter("console")}).post()
    print(f"\n{FOLDER / 'preview.html'} shows the same digest as Discord and as Slack would.")
    return 0
