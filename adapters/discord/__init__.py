"""Discord. `renderer` turns replies into messages with embeds; it needs neither the SDK nor a token."""

from adapters.discord.render import renderer

__all__ = ["renderer"]
