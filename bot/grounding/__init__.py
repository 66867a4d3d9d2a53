"""A machine-written sentence is held against the words it rests on. Pure; in doubt a sentence is refused.

Nothing here trusts the model or the prompt: what an instruction hidden in a statement brings a model to write is
refused for what it says, like any other mistake.
"""

from __future__ import annotations

from bot.grounding.check import Verdict, examine, fit_to_send

__all__ = ["Verdict", "examine", "fit_to_send"]
