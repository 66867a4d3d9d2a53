"""`make fit`: fit the weights to the marked pages, say how they do on pages held out, write the data files.

    python -m training [--also GOLD.jsonl]… [--judge]

`--also` adds labelled pages from elsewhere (such as `attache export --gold`); `--judge` measures and writes nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.corpus.scoring import load
from training.evidence import pages
from training.fit import fit
from training.judge import cross_validated
from training.pages import load_all
from training.write import write

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
# These sets are kept apart: nothing is fitted to them, so that they can judge.
APART = {"apart", "fourth", "fifth", "sixth"}
OWN = [path for path in sorted(CORPUS.glob("*.jsonl")) if path.stem not in APART]
# How much a stance marked in training/statements counts: they are three times as many as all others, and in full they
# would outweigh how other authors read a stance; half of them did as well on the sets left out.
STATEMENTS = 0.5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description="Fit the weights to marked pages.")
    parser.add_argument("--also", action="append", default=[], type=Path, metavar="GOLD.jsonl")
    parser.add_argument("--judge", action="store_true", help="measure only, write nothing")
    options = parser.parse_args()
    others = (row for path in (*OWN, *options.also) for row in load(path))
    known = [*pages(load_all(), weight=STATEMENTS), *pages(others)]
    print(f"{len(known)} marked statements, {sum(len(page.nuggets) for page in known)} positions")
    for name, tally in cross_validated(known).items():
        print(f"{name:4} {tally.line()}")
    if not options.judge:
        print("\n".join(f"wrote {path}" for path in write(fit(known))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
