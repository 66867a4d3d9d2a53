"""Slack. `renderer` turns replies into blocks; it needs neither the SDK nor a token."""

from adapters.slack.render import renderer

__all__ = ["renderer"]
