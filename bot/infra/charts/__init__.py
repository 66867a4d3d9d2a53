"""Charts drawn by matplotlib, in the sandbox: neither its half second of import nor a drawing holds anybody up.

This package is imported without it; only `drawing` and what that imports need it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.chart import Chart, Form
from bot.ports import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

DRAWN_WITHIN = 12.0
# So many pictures are kept, of a third of a megabyte each: an answer that is shared is asked for a second time.
KEPT = 24


class SandboxArtist:
    """The port Artist: every chart is drawn in another process, and once however many ask for it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._drawn: dict[tuple[Chart, Form], asyncio.Future[bytes]] = {}

    async def draw(self, chart: Chart, form: Form) -> bytes:
        key = (chart, form)
        drawing = self._drawn.pop(key, None)
        if drawing is None:
            drawing = asyncio.ensure_future(self._sandbox.run(Drawing(), chart, form, timeout=DRAWN_WITHIN))
        self._drawn[key] = drawing  # now the one that was asked for last
        if len(self._drawn) > KEPT:
            del self._drawn[next(iter(self._drawn))]
        try:
            return await asyncio.shield(drawing)  # whoever gives up waiting stops nobody else
        finally:
            if drawing.done() and (drawing.cancelled() or drawing.exception()) and self._drawn.get(key) is drawing:
                del self._drawn[key]


class Drawing:
    """`drawing.draw` by name: whoever unpickles it imports matplotlib, before the job's own time and memory count."""

    def __call__(self, chart: Chart, form: Form) -> bytes:
        return _drawing()(chart, form)

    def __reduce__(self) -> tuple[Callable[[], Callable[[Chart, Form], bytes]], tuple[()]]:
        return _drawing, ()


def _drawing() -> Callable[[Chart, Form], bytes]:
    from bot.infra.charts.drawing import draw

    return draw


__all__ = ["SandboxArtist"]
