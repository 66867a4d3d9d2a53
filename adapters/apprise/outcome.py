"""What a failed push came to, as far as Apprise's log lets one say. Pure.

Apprise answers yes or no. A no is sorted by the words its plugins log: a server that was never reached or that said no
has posted nothing; of all else nobody can say, and nothing is sent twice on a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import DeliveryError, DestinationGoneError, RejectedError, RetryLaterError, UnknownOutcomeError

NEVER_REACHED = re.compile(
    r"refused\b(?!:)|NewConnectionError|NameResolutionError|ConnectTimeout|Name or service not known"
    r"|nodename nor servname|getaddrinfo|No route to host|Network is unreachable|Temporary failure in name resolution",
    re.IGNORECASE,
)
HTTP_STATUS = re.compile(r"\berror=(\d{3})\b")
SMTP_STATUS = re.compile(r"^Socket Exception: .*?\(([45]\d\d),|was refused: ([45]\d\d)\b")
ACCEPTED = re.compile(r"^Sent\b")

LATER = frozenset({421, 429, 450, 451, 452, 454, 500, 502, 503})
CLOSED = frozenset({401, 403, 404, 410, 530, 534, 535, 550, 551, 553})
UNSAID = frozenset({408, 504})


def failure(log: Sequence[str]) -> DeliveryError:
    """The error that a failed push stands for, by the lines Apprise logged of it."""
    if any(ACCEPTED.search(line) for line in log):
        return UnknownOutcomeError("some of its recipients got it, others did not")
    for line in log:
        status = HTTP_STATUS.search(line) or SMTP_STATUS.search(line)
        if status:
            return _answered(int(status[1] or status[2]))
    if any(NEVER_REACHED.search(line) for line in log):
        return RetryLaterError("the target cannot be reached")
    return UnknownOutcomeError(_last(log))


def _answered(status: int) -> DeliveryError:
    if status in UNSAID:
        return UnknownOutcomeError(f"the target's answer was {status}")
    if status in LATER:
        return RetryLaterError(f"the target is busy or down ({status})")
    if status in CLOSED:
        return DestinationGoneError(f"the target is closed to us ({status}); check its address and credentials")
    return RejectedError(f"the target refuses this message ({status})")


def _last(log: Sequence[str]) -> str:
    return "the target did not take it, and did not say why" if log else "there was no answer"
