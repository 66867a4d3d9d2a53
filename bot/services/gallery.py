"""Charts as they are asked for: in chat as a reply with a picture, on the web as SVG."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.calls import Call, chart_of, line_of, to_filter
from bot.domain.chart import Chart, ChartName, Form, Matrix, Pairs, words
from bot.domain.commands import BY_NAME, FilterName
from bot.domain.press import Press
from bot.domain.reply import Action, Image, Reply, Section
from bot.domain.subscription import Filter
from bot.errors import NotFoundError, SandboxError, UsageError
from bot.ports import Artist, StatementIndex, StatementStore
from bot.services import charting
from bot.services.naming import find_code

log = logging.getLogger(__name__)
UNDRAWN = "The picture could not be drawn; this is what it would show."
QUOTED = "A letter stands for the newest words with a stance; the quotes are a button away."


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """The port Gallery, and the answers to `chart`."""

    statements: StatementStore
    index: StatementIndex
    artist: Artist

    def chart(self, name: str, options: Mapping[str, str], *, whole: bool = False) -> Chart:
        try:
            wanted = chart_of(name)
        except UsageError as error:
            raise NotFoundError(str(error)) from error
        return self.made(wanted, to_filter(options, find_code), whole=whole)

    async def svg(self, name: str, options: Mapping[str, str]) -> bytes:
        return await self.artist.draw(await asyncio.to_thread(self.chart, name, options), Form.SVG)

    def made(self, name: ChartName, filter: Filter, *, whole: bool = False) -> Chart:
        """A chart's values. Raises UsageError if two states must be told and are not."""
        match name:
            case ChartName.POSITIONS:
                return charting.positions(self.statements, filter, whole=whole)
            case ChartName.COMPARE:
                return charting.comparison(self.statements, filter, whole=whole)
        return charting.over_time(self.index, name, filter)

    async def reply(self, name: ChartName, filter: Filter, asked: Mapping[str, str]) -> Reply:
        """A chart as an answer; `asked` are the options of the question. Drawn or, if that fails, told as a table."""
        chart = await asyncio.to_thread(self.made, name, filter)
        if chart.content is None:
            return Reply(heading=chart.title, intro=f"{chart.finding} Try fewer filters.")
        try:
            png = await self.artist.draw(chart, Form.PNG)
        except SandboxError as error:
            log.warning("chart %s was not drawn: %s", name, error)
            shown = Section(heading="", text=f"{UNDRAWN}\n{chart.finding}", table=chart.content.table())
        else:
            shown = Section(heading="", image=Image(png=png, alt=chart.finding, table=chart.content.table()))
        actions = _quotes(chart, filter, asked)
        footer = QUOTED if actions else ""
        return Reply(heading=chart.title, intro=chart.scope, sections=(shown,), footer=footer, actions=actions)


def _quotes(chart: Chart, filter: Filter, asked: Mapping[str, str]) -> tuple[Action, ...]:
    """Buttons to the words behind the picture."""
    match chart.content:
        case Matrix(columns=(first, *_)):
            call = _call("positions", first, asked, FilterName.TOPIC)
            label = f"Quotes on {words(first)}"
        case Pairs():
            call = _call("compare", ", ".join(sorted(filter.countries)), asked, FilterName.COUNTRY)
            label = "Quotes side by side"
        case _:
            return ()
    return (Action(label=label, press=str(Press(line=line_of(call)))),)


def _call(name: str, said: str, asked: Mapping[str, str], but: FilterName) -> Call:
    options = {key: value for key, value in asked.items() if key != but}
    return Call(command=BY_NAME[name], words=said, options=options)
