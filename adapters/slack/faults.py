"""What can go wrong between us and Slack, in the words of the port. The SDK's errors are known here alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import (
    DeliveryError,
    DestinationGoneError,
    RejectedError,
    RetryLaterError,
    UnknownOutcomeError,
)

APPS = "https://api.slack.com/apps"
REFUSED_FOR = 300.0
TOO_MANY, SERVER_ERROR = 429, 500

# Error codes of Slack's Web API by what they mean for us (its pages of methods, `Errors`).
REFUSED_TOKEN = {
    *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"),
}
LACKING = {"missing_scope", "no_permission", "ekm_access_denied", "org_login_required", "accesslimited"}
BUSY = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# Slack says of these that some of it may have been done.
DOUBTFUL = {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
CLOSED = {
    "channel_not_found": "Slack has no such channel, or a private one that the app is not in",
    "not_in_channel": "the app is not in that channel",
    "is_archived": "that channel is archived",
    "is_inactive": "that channel is frozen",
    "restricted_action": "an administrator lets only some people post there",
    "restricted_action_read_only_channel": "that channel is read-only",
    "restricted_action_thread_only_channel": "that channel takes only answers in threads",
    "user_not_found": "that person is not in the workspace",
    "cannot_dm_bot": "that is a bot",
    "messages_tab_disabled": "the app's messages tab is switched off",
    "team_access_not_granted": "the app is not granted access to that workspace",
    "access_denied": "Slack denies access",
}
NO_THREAD = {
    *("cannot_reply_to_message", "thread_not_found", "message_not_found"),
    *("restricted_action_thread_locked", "restricted_action_non_threadable_channel"),
}
# Of the message itself: the same again would be refused again.
ITS_OWN = (
    "invalid_",
    "msg_",
    "no_text",
    "too_many_",
    "metadata_",
    "slack_connect_blocked_",
    "attachment_",
    "markdown_",
)


class RefusedTokenError(RetryLaterError):
    """Slack does not take a token: nothing can be done until it is set anew, or the app installed again."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Slack refuses the token ({code}); install the app again at {APPS} and set its token anew",
            retry_after=REFUSED_FOR,
        )


class TooManyError(RetryLaterError):
    """Slack asks to wait: too much was asked of it."""


class NoThreadError(RejectedError):
    """A message cannot be answered in a thread."""


def fault(error: Exception, *, posting: bool) -> DeliveryError:
    """An error of the SDK as one of ours; one that leaves the outcome open is unknown if something was posted."""
    if isinstance(error, SlackApiError):
        return _said(error, posting=posting)
    why = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, aiohttp.ClientConnectorError) or not posting:
        return RetryLaterError(f"Slack does not answer ({why})")
    return UnknownOutcomeError(f"Slack did not answer ({why})")


def status_fault(status: int, headers: Mapping[str, str], *, posting: bool) -> DeliveryError:
    """What an HTTP status without an answer of Slack's means."""
    if status == TOO_MANY:
        return TooManyError("Slack asks to wait", retry_after=_seconds(headers))
    if status < SERVER_ERROR and status >= 400:
        # Slack itself answers 200 and says in the body what is wrong: this comes from something before it.
        return RetryLaterError(f"something before Slack answered {status}")
    return (UnknownOutcomeError if posting else RetryLaterError)(f"Slack answered {status} without saying more")


def _said(error: SlackApiError, *, posting: bool) -> DeliveryError:
    response: Any = error.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)
    headers = getattr(response, "headers", None) or {}
    data = getattr(response, "data", None)
    if status == TOO_MANY or not isinstance(data, Mapping) or "error" not in data:
        return status_fault(status, headers, posting=posting)
    return said(data, headers, posting=posting)


def said(data: Mapping[str, Any], headers: Mapping[str, str], *, posting: bool) -> DeliveryError:
    """What an error that Slack names means."""
    code = str(data["error"])
    if code in REFUSED_TOKEN:
        return RefusedTokenError(code)
    if code in BUSY:
        return TooManyError(f"Slack asks to wait ({code})", retry_after=_seconds(headers))
    if code in LACKING:
        return RetryLaterError(_lacking(code, data), retry_after=REFUSED_FOR)
    if code in CLOSED:
        return DestinationGoneError(f"{CLOSED[code]} ({code}); in the channel, /invite @Attaché may help")
    if code in NO_THREAD:
        return NoThreadError(f"no thread there ({code})")
    if code in DOUBTFUL:
        return (UnknownOutcomeError if posting else RetryLaterError)(f"Slack failed ({code})")
    if code.startswith(ITS_OWN):
        return RejectedError(f"Slack refuses the message ({code}{_details(data)})")
    return RetryLaterError(f"Slack refuses ({code})", retry_after=REFUSED_FOR)


def _lacking(code: str, data: Mapping[str, Any]) -> str:
    needed = f": {data['needed']}" if data.get("needed") else ""
    return f"the app lacks a right ({code}{needed}); add it at {APPS}, OAuth & Permissions, and install the app again"


def _details(data: Mapping[str, Any]) -> str:
    told = (data.get("response_metadata") or {}).get("messages") or data.get("errors") or ()
    return f": {'; '.join(map(str, told))[:300]}" if told else ""


def _seconds(headers: Mapping[str, str]) -> float | None:
    try:
        return float(headers.get("Retry-After", ""))
    except ValueError:
        return None
