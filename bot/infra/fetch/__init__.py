"""Documents from the network, politely and within limits: httpx's addresses over httpcore, its transport.

httpcore is used directly because only there the dialling can be replaced (`dialling`), and because httpx's client would
keep cookies, follow redirects and inflate bodies without a bound.
"""

from __future__ import annotations

from bot.infra.fetch.client import HttpFetcher
from bot.infra.fetch.dialling import Resolver, resolve

__all__ = ["HttpFetcher", "Resolver", "resolve"]
