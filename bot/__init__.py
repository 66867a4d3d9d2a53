"""Attaché: the shared core. It knows no chat platform."""

__version__ = "0.1.0"
