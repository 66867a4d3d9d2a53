"""Threads for calls that block, which the end of the process does not wait for."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)
PATIENCE = 1.0


class Threads(ThreadPoolExecutor):
    """An executor for a service: a call that hangs in a library keeps neither the event loop nor the process alive."""

    def __init__(self, count: int) -> None:
        self._name = f"attache-{id(self):x}"
        super().__init__(count, thread_name_prefix=self._name)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take nothing more; wait a moment for the calls under way, if at all."""
        super().shutdown(wait=False, cancel_futures=cancel_futures or wait)
        end = time.monotonic() + PATIENCE
        for thread in self._running() if wait else ():
            thread.join(max(0.0, end - time.monotonic()))

    def leave(self, status: int) -> int:
        """The exit status, if the process can end by itself; where a call still hangs it ends here, as Python waits.

        Call it last, with everything closed: what a call that was cut off came to is found out at the next start.
        """
        if hanging := self._running():
            log.warning("%d calls still hang; they are left", len(hanging))
            logging.shutdown()
            sys.stdout.flush()
            os._exit(status)
        return status

    def _running(self) -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name.startswith(self._name)]
