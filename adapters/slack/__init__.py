"""Slack. `renderer` turns replies into blocks; it needs neither the SDK nor a token.

`adapter.create` is what the entry point group `attache.adapters` names; it loads the SDK.
"""

from adapters.slack.render import renderer

__all__ = ["renderer"]
