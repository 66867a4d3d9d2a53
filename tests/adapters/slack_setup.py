"""An adapter on a Slack of our own, and a payload for it."""

from __future__ import annotations

from adapters.slack import renderer
from adapters.slack.adapter import create
from tests.adapters.setup import Setup

_SETUP = Setup(create=create, renderer=renderer)
payload, adapter_on, connected = _SETUP.payload, _SETUP.adapter_on, _SETUP.connected
