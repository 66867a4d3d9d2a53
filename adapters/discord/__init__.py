"""Discord. `renderer` turns replies into messages with embeds; it needs neither the SDK nor a token.

`adapter.create` is what the entry point group `attache.adapters` names; it loads the SDK.
"""

from adapters.discord.render import renderer

__all__ = ["renderer"]
