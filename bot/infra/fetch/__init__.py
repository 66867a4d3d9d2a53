"""Documents from the network, politely and within limits: httpx's addresses over h11, on connections of our own.

httpcore gives the interface of streams and the errors; its pool is not used (docs/decisions/0017). httpx's client would
keep cookies, follow redirects and inflate bodies without a bound.
"""

from __future__ import annotations

from bot.infra.fetch.client import HttpFetcher
from bot.infra.fetch.dialling import Resolver, resolve

__all__ = ["HttpFetcher", "Resolver", "resolve"]
