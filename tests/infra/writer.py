"""A process that writes without pause: `python -m tests.infra.writer URL` keeps a statement, posts it, and so on.

It prints a line once it is under way and goes on until its standard input ends.
"""

from __future__ import annotations

import select
import sys
from datetime import timedelta

from bot.domain.delivery import State
from bot.domain.identity import identify
from bot.infra.store import open_store
from tests.samples import NOW, another, channel

UNDER_WAY = 20


def main(url: str) -> None:
    store, number = open_store(url), 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        number += 1
        now = NOW + timedelta(seconds=number)
        sample = another(number)
        store.statements.keep(sample, identify(sample.statement), source="s", now=now)
        made = store.ledger.open_slot(channel(), f"slot {number}", now=now, compose=lambda briefs: [{"text": "1"}])
        for delivery in made or ():
            store.ledger.begin(delivery.key, now=now)
            store.ledger.settle(delivery.key, State.SENT, now=now, message_id=f"m{number}")
        if number == UNDER_WAY:
            print("under way", flush=True)
    store.close()
    print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
