"""The optional language model, behind pydantic-ai, which importing this folder imports: only where one is set up."""

from __future__ import annotations

from bot.infra.model.client import PydanticSummarizer, connect

__all__ = ["PydanticSummarizer", "connect"]
