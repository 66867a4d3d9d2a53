"""A server on loopback that speaks OpenAI's chat-completions protocol, and what a model says through it.

    async with HttpServer() as server:
        server.route(COMPLETIONS, completion(answer(brief, {"en": good_draft(brief, "en")})))
        model = connect_to(server)

It is `tests.servers.HttpServer`: real sockets, the answers given as a test asks, every request kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.rewriting import Draft, Sentence
from bot.domain.secret import Secret
from bot.infra.model import PydanticSummarizer, connect
from tests.servers import Answer, HttpServer, Request, page

COMPLETIONS = "/v1/chat/completions"
KEY = "sk-not-to-be-shown"


def connect_to(server: HttpServer, *, timeout: float = 20.0) -> PydanticSummarizer:
    """The client, set up as settings would."""
    return connect("small-model", base_url=server.url("/v1"), api_key=Secret(KEY), timeout=timeout)


def answer(drafts: Mapping[str, Draft]) -> dict[str, Any]:
    """What the model would answer with these drafts."""
    return {
        "languages": [
            {
                "language": language,
                "points": [{"number": number, **_line(sentence)} for number, sentence in draft.points.items()],
                "lead": [_line(sentence) for sentence in draft.lead],
            }
            for language, draft in drafts.items()
        ]
    }


def completion(arguments: Any, *, delay: float = 0.0, tool: str = "final_result") -> Answer:
    """A completion that calls the tool with these arguments: JSON, or the words themselves."""
    words = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    call = {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": words}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return _said(message, "tool_calls", delay)


def chat(words: str) -> Answer:
    """A completion that only talks."""
    return _said({"role": "assistant", "content": words}, "stop", 0.0)


def asked(server: HttpServer) -> list[str]:
    """All that was sent to the model, a text a call."""
    return [request.body.decode() for request in server.requests]


def questions(server: HttpServer) -> list[Mapping[str, Any]]:
    """The data of each question that was asked."""
    return [question(request) for request in server.requests]


def question(request: Request) -> Mapping[str, Any]:
    """The data of the question that was asked."""
    text = next(m["content"] for m in json.loads(request.body)["messages"] if m["role"] == "user")
    found: Mapping[str, Any] = json.loads(text.partition("DATA\n")[2].partition("\nEND OF DATA")[0])
    return found


def _line(sentence: Sentence) -> dict[str, Any]:
    citations: Sequence[dict[str, Any]] = [{"point": s.point, "quote": s.quote} for s in sentence.support]
    return {"text": sentence.text, "citations": citations}


def _said(message: dict[str, Any], reason: str, delay: float) -> Answer:
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "small-model",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20},
    }
    return page(json.dumps(body, ensure_ascii=False), media_type="application/json", charset=None, delay=delay)
