"""The event loop of the service."""

from __future__ import annotations

import asyncio


def service_loop() -> asyncio.AbstractEventLoop:
    """uvloop where there is one, which is everywhere but on Windows; else asyncio's own.

    Most of what a quiet poll costs is the event loop's turns, and these are a fraction in C (docs/decisions/0017).
    """
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
