"""Settings: read once, frozen, passed down. Nothing else reads files or variables for them."""

from bot.config.load import load_settings
from bot.config.settings import Settings

__all__ = ["Settings", "load_settings"]
