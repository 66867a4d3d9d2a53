"""DBOS as it was planned for: a durable queue on SQLite, a workflow of one step for each message; prints what it costs.

python -m benchmarks.engine FILE COUNT
"""

from __future__ import annotations

import json
import sys
import time

import sqlalchemy  # noqa: F401 - Attaché has it in any case, so DBOS does not pay for it

from benchmarks.measure import memory_of


def main(file: str, count: int) -> None:
    """Post so many messages to a platform that answers at once."""
    before, start = memory_of("self", "VmRSS"), time.perf_counter()
    from dbos import DBOS  # the import is what is measured

    imported, posted = time.perf_counter() - start, list[int]()
    DBOS(config={"name": "attache", "system_database_url": f"sqlite:///{file}", "log_level": "ERROR"})

    @DBOS.step()
    def post(number: int) -> int:
        posted.append(number)
        return number

    @DBOS.workflow()
    def deliver(number: int) -> int:
        return post(number)

    DBOS.launch()
    memory = memory_of("self", "VmRSS") - before
    queue = DBOS.register_queue("posts")
    start, cpu = time.perf_counter(), time.process_time()
    for handle in [queue.enqueue(deliver, number) for number in range(count)]:
        handle.get_result()
    wall, spent = time.perf_counter() - start, time.process_time() - cpu
    assert sorted(posted) == list(range(count))  # noqa: S101 - a figure of half of them would be none
    DBOS.destroy()
    found = {"deliveries": count / wall, "cpu": 1000 * spent / count, "imported": imported, "memory": memory}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
