"""Measuring and saying how much: CPU time, percentiles, growth, ratios."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from statistics import fmean, median
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def full() -> bool:
    """Whether the long run was asked for (BENCH=full)."""
    return os.environ.get("BENCH") == "full"


MOST_TEXTS = 1024


def forget() -> None:
    """Empty what Attaché remembers of texts, so that a page is measured as new; tables and word lists stay."""
    modules = [module for name, module in sys.modules.items() if name.startswith("bot.")]
    for kept in {id(one): one for module in modules for one in vars(module).values()}.values():
        if isinstance(kept, _lru_cache_wrapper) and 0 < (kept.cache_parameters()["maxsize"] or 0) <= MOST_TEXTS:
            kept.cache_clear()


def cpu_ms(
    function: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> tuple[Result, float]:
    """The result and what it cost this process in milliseconds of CPU, all threads together."""
    start = time.process_time()
    result = function(*args, **kwargs)
    return result, 1000 * (time.process_time() - start)


def wall_ms(
    function: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> tuple[Result, float]:
    """The result and how long it took, in milliseconds by the clock on the wall."""
    start = time.perf_counter()
    result = function(*args, **kwargs)
    return result, 1000 * (time.perf_counter() - start)


def usual_cpu_ms(function: Callable[[], object], times: int = 3) -> float:
    """The median CPU cost of several runs, in milliseconds."""
    return median(cpu_ms(function)[1] for _ in range(times))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The k of cost ~ size^k that fits best: 0 constant, 1 linear, 2 quadratic."""
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    mean_x, mean_y = fmean(x), fmean(y)
    over = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - mean_x) ** 2 for a in x)


def times(ratio: float) -> str:
    """A ratio as people say it: `3.2×`."""
    return f"{ratio:.0f}×" if ratio >= 100 else f"{ratio:.1f}×" if ratio >= 10 else f"{ratio:.2f}×"


def ms(value: float) -> str:
    """Milliseconds with as many digits as they bear."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def memory_of(process: int | str, kind: str = "RssAnon") -> float:
    """MB of memory a process (`self` for this one) has, of a kind of /proc: RssAnon is its own, VmRSS all resident."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    return 0.0
