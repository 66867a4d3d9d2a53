"""Apprise: every target it knows, from e-mail to Teams, for digests alone. `renderer` needs neither it nor a target."""

from adapters.apprise.render import renderer

__all__ = ["renderer"]
