"""One call of a model through pydantic-ai: any provider it knows, or any server that speaks OpenAI's protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_ai import Agent
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelHTTPError,
    ModelTimeoutError,
    UnexpectedModelBehavior,
    UserError,
)
from pydantic_ai.models import Model, infer_model
from pydantic_ai.providers import Provider, infer_provider, infer_provider_class
from pydantic_ai.settings import ModelSettings

from bot.domain.rewriting import Draft, Question
from bot.domain.secret import Secret
from bot.errors import ModelError, SettingsError
from bot.infra.model.answer import Answer, drafts
from bot.infra.model.prompt import INSTRUCTIONS, question_text

OPENAI = ("openai:", "openai-chat:")
BUSY = frozenset({408, 409, 425, 429})


class PydanticSummarizer:
    """The port Summarizer on pydantic-ai. Neither it nor the SDK below tries again: that is the caller's to decide."""

    def __init__(self, model: Model, name: str, *, timeout: float) -> None:
        self.name = name
        settings = ModelSettings(timeout=timeout, max_retries=0)
        self._agent = Agent(
            model, output_type=Answer, instructions=INSTRUCTIONS, retries=0, model_settings=settings, name="attache"
        )

    async def draft(self, question: Question) -> Mapping[str, Draft]:
        try:
            # Entered and left with each call: its connections belong to the event loop that made them.
            async with self._agent:
                result = await self._agent.run(question_text(question))
        except ModelHTTPError as error:
            again = error.status_code in BUSY or error.status_code >= 500
            raise ModelError("status", f"HTTP {error.status_code}", again=again, after=error.retry_after) from None
        except ModelTimeoutError:
            raise ModelError("time", "no answer in time", again=False) from None
        except ModelAPIError as error:
            raise ModelError("connection", type(error).__name__, again=True) from None
        except (UnexpectedModelBehavior, AgentRunError, ValueError) as error:
            # Its message may repeat what was answered, so it stays here.
            raise ModelError("schema", type(error).__name__, again=True) from None
        return drafts(result.output)


def connect(name: str, *, base_url: str | None, api_key: Secret | None, timeout: float) -> PydanticSummarizer:
    """The model of that name: `provider:model` as pydantic-ai writes it, or with `base_url` as the server calls it.

    Raises SettingsError for a provider there is not, or one that lacks its package or its key. Nothing connects yet.
    """
    try:
        model = _at(base_url, name, api_key) if base_url else infer_model(name, lambda p: _provider(p, api_key))
    except (UserError, ValueError) as error:
        raise SettingsError("model.name", "[model]", f"{name!r} cannot be used: {_line(error)}") from None
    except ImportError as error:
        raise SettingsError("model.name", "[model]", f"{name!r} needs a package: {_line(error)}") from None
    return PydanticSummarizer(model, name, timeout=timeout)


def _at(base_url: str, name: str, api_key: Secret | None) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    bare = next((name.removeprefix(prefix) for prefix in OPENAI if name.startswith(prefix)), name)
    key = api_key.reveal() if api_key else "none"
    return OpenAIChatModel(bare, provider=OpenAICompatibleProvider("server", base_url=base_url, api_key=key))


def _provider(name: str, api_key: Secret | None) -> Provider[Any]:
    if api_key is None:
        return infer_provider(name)
    made: Any = infer_provider_class(name)
    try:
        return made(api_key=api_key.reveal())  # type: ignore[no-any-return]
    except TypeError:
        raise UserError(f"{name} takes no api_key; set up its own variables instead") from None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
