"""Charts drawn by matplotlib, in the sandbox: neither its half second of import nor a drawing holds anybody up.

This package is imported without it; only `drawing` and what that imports need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.chart import Chart, Form
from bot.ports import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

DRAWN_WITHIN = 12.0


class SandboxArtist:
    """The port Artist: every chart is drawn in another process."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def draw(self, chart: Chart, form: Form) -> bytes:
        return await self._sandbox.run(Drawing(), chart, form, timeout=DRAWN_WITHIN)


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
