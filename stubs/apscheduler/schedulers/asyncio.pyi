from collections.abc import Awaitable, Callable
from datetime import datetime, tzinfo

class AsyncIOScheduler:
    running: bool
    def __init__(self, *, timezone: tzinfo) -> None: ...
    def start(self) -> None: ...
    def shutdown(self, wait: bool = True) -> None: ...
    def add_job(
        self,
        func: Callable[[], Awaitable[None]],
        trigger: str,
        *,
        id: str,
        name: str,
        replace_existing: bool,
        misfire_grace_time: int | None,
        timezone: tzinfo = ...,
        run_date: datetime = ...,
        start_date: datetime = ...,
        seconds: float = ...,
        max_instances: int = ...,
        coalesce: bool = ...,
    ) -> object: ...
    def remove_job(self, job_id: str) -> None: ...
    def modify_job(self, job_id: str, *, next_run_time: datetime) -> object: ...
    def wakeup(self) -> None: ...
