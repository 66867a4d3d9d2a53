"""The only place where things are built: every part is made once, when it is first needed, and closed at the end.

A part is a cached property of the `House`, which has a floor for each kind of work; a floor may use those below it:
`ground`, `editing`, `chat`, `web`, `house`.
"""

from bot.wiring.house import House

__all__ = ["House"]
