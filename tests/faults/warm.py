"""Imported once by the nursery: everything a life needs is loaded before the first of them begins."""

from __future__ import annotations

import gc
import importlib
import signal

from bot.briefing import make_brief
from bot.domain.statement import Record
from bot.domain.timing import zones
from bot.plugins import installed, renderers
from bot.reading.reader import read
from tests.faults.sample import TITLES, page

# Loaded by a life only when they are asked for.
LATER = (
    "adapters.apprise.adapter",
    "adapters.console.adapter",
    "adapters.discord.adapter",
    "adapters.slack.adapter",
    "anyio._backends._asyncio",
    "bot.infra.feeds",
    "bot.infra.fetch",
    "bot.infra.folder",
    "bot.infra.marks",
    "bot.infra.schedule",
    "bot.infra.store",
    "bot.services.corrections",
    "bot.services.deliver",
    "bot.services.desk",
    "bot.services.digests",
    "bot.services.dispatch",
    "bot.services.others",
    "bot.services.pacing",
    "bot.services.platforms",
    "bot.services.poll",
    "bot.services.revisit",
    "bot.services.rewrite",
    "bot.services.subscribing",
    "bot.services.watch",
    "bot.services.windows",
    "slack_bolt.listener_matcher.async_builtins",
    "xml.sax.expatreader",
)

for module in (*LATER, "tests.faults.life"):
    importlib.import_module(module)
renderers()
installed()
zones()
for name, title in TITLES.items():
    # As it is read in a life, so that all that is prepared when first needed is prepared by now.
    entry = Record(id=name, url=f"http://127.0.0.1/{name}", title=title, html=page(name), text=None, published=None)
    make_brief(read(entry), [], [])
# A life that is told to stop before it can listen hears of it once it can: each inherits this, and unblocks it itself.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
gc.collect()
gc.freeze()
