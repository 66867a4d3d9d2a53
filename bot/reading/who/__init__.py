"""Who speaks: the state or group, the person, and the evidence for both."""

from bot.reading.who.find import Who, find_who

__all__ = ["Who", "find_who"]
