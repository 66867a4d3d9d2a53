"""The console: the smallest adapter, for local runs, and the example to copy.

`create` is what the entry point group `attache.adapters` names, `renderer` what `attache.renderers` names.
"""

from adapters.console.adapter import create
from adapters.console.render import renderer

__all__ = ["create", "renderer"]
