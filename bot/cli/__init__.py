"""`attache …`: parse, call a service, print. Each group of commands is a module, imported when it is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from bot.cli.arguments import parser
from bot.cli.guides import with_page
from bot.errors import AttacheError, UsageError

DONE, FAILED, MISUSED = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line; the exit status: 0 done, 1 the thing asked for failed, 2 wrong usage or settings."""
    options = parser().parse_args(arguments)
    try:
        return int(options.handler(options))
    except UsageError as error:
        return _say(with_page(error), MISUSED)
    except AttacheError as error:
        return _say(with_page(error), FAILED)
    except KeyboardInterrupt:
        return _say("stopped", FAILED)
    except BrokenPipeError:
        # Whoever read our output has stopped reading: nothing is left to say, and Python must not say so at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _say(error: str, status: int) -> int:
    print(f"attache: {error}", file=sys.stderr)
    return status
