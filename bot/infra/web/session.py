"""Who is the operator: whoever has the token, in a header or, once it was given, in a cookie that proves it."""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.domain.secret import Secret
from bot.ports import Clock

COOKIE = "attache_operator"
LASTS = timedelta(hours=12)
BEARER = "bearer "
# Wrong tokens within a minute, from wherever, after which nobody is listened to for the rest of it.
MOST_WRONG = 20


class Session:
    """One operator's token, and who proved to have it. Nothing is kept but the times of wrong attempts."""

    def __init__(self, token: Secret | None, clock: Clock, *, secure: bool) -> None:
        self._token, self._clock, self._secure = token, clock, secure
        self._wrong: deque[datetime] = deque(maxlen=MOST_WRONG)

    @property
    def possible(self) -> bool:
        """Whether there is a token at all."""
        return self._token is not None

    def admitted(self, request: Request) -> bool:
        """Whether a request bears the token or a cookie that is still good."""
        header = request.headers.get("authorization", "")
        if header.lower().startswith(BEARER):
            return self.right(header[len(BEARER) :].strip())
        until, _, proof = request.cookies.get(COOKIE, "").partition(".")
        if self._token is None or not until.isascii() or not until.isdigit() or len(until) > 12:
            return False
        lasting = int(until) > self._clock.now().timestamp()
        return hmac.compare_digest(proof.encode("utf-8", "replace"), self._proof(until).encode()) and lasting

    def right(self, offered: str) -> bool:
        """Whether these words are the token; compared in constant time, and not at all after too many wrong ones."""
        if self._token is None or self.closed:
            return False
        same = hmac.compare_digest(offered.encode("utf-8", "replace"), self._token.reveal().encode())
        if not same:
            self._wrong.append(self._clock.now())
        return same

    @property
    def closed(self) -> bool:
        """Whether too many wrong tokens were tried just now."""
        full = len(self._wrong) == MOST_WRONG
        return full and self._clock.now() - self._wrong[0] < timedelta(minutes=1)

    def begin(self, response: Response) -> None:
        """Give the browser its cookie: read by no script, sent by no other site."""
        until = str(int((self._clock.now() + LASTS).timestamp()))
        response.set_cookie(
            COOKIE,
            f"{until}.{self._proof(until)}",
            max_age=int(LASTS.total_seconds()),
            path="/operator",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def end(self, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(COOKIE, path="/operator", secure=self._secure, httponly=True, samesite="strict")

    def _proof(self, until: str) -> str:
        assert self._token is not None  # noqa: S101 - for the type checker: asked only where there is one
        return hmac.new(self._token.reveal().encode(), f"operator until {until}".encode(), hashlib.sha256).hexdigest()
