"""The samples of subject_samples.toml, their lines joined to paragraphs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

SAMPLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def _texts(name: str) -> dict[str, str]:
    return {code: LINE_BREAK.sub("" if code == "zh" else " ", text) for code, text in SAMPLES[name].items()}


CYBER = _texts("speech_on_cyber")
OTHER = _texts("speech_on_women")
NEWS = _texts("news")
ALLUSIVE = _texts("allusive")
NEAR = _texts("near")
NEAR_HEADER = SAMPLES["near_header"]
