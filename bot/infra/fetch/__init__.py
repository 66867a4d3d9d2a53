"""Documents from the network, politely and within limits: httpx's addresses over h11, on connections of our own.

httpcore gives the interface of streams and the errors; its pool is not used (docs/decisions/0017). httpx's client would
keep cookies, follow redirects and inflate bodies without a bound.
"""

from __future__ import annotations

import sys

# httpx would import a command line of its own, which nobody runs: five megabytes of colours and lexers.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

from bot.infra.fetch.client import HttpFetcher  # noqa: E402 - after the line above
from bot.infra.fetch.dialling import Resolver, resolve  # noqa: E402 - as above

__all__ = ["HttpFetcher", "Resolver", "resolve"]
