"""The soak run does what it says: everything is posted once. How much it grows is for `make bench` to say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.corpora import OWN, corpora
from benchmarks.soak import Soak
from bot.domain.delivery import State
from bot.infra.store import open_store


async def test_every_channel_is_told_every_statement_it_wants_once(tmp_path: Path) -> None:
    soak = Soak(tmp_path, corpora()[OWN][:12], channels=20, a_round=5)
    samples = await soak.run(8, 4)
    assert [sample.statements for sample in samples] == [10, 20, 30, 40]
    assert samples[-1].deliveries == 160
    assert all(sample.memory > 0 and sample.file > 0 and sample.per_delivery > 0 for sample in samples)
    posted = (tmp_path / "posted.txt").read_text(encoding="utf-8").splitlines()
    assert len(set(posted)) == len(posted) == 160
    store = open_store(soak.house.settings.database)
    rows = store.ledger.history(limit=1000)
    assert {row.state for row in rows} == {State.SENT}
    told = Counter((row.channel, id) for row in rows for id in row.statement_ids)
    assert set(told.values()) == {1}
    for channel in soak.channels:
        found = store.statements.search("", channel.filter, limit=100)
        assert {id for key, id in told if key == channel.key} == {brief.statement.id for brief in found.briefs}
    store.close()
