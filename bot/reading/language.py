"""The language of a text: by its script where that decides, else by its letters (py3langid)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.later import put_off

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 20_000
_SCRIPTS = {
    "han": re.compile(r"[\u3400-\u9fff]"),
    "kana": re.compile(r"[\u3040-\u30ff]"),
    "hangul": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "greek": re.compile(r"[\u0370-\u03ff]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
    "thai": re.compile(r"[\u0e00-\u0e7f]"),
    "devanagari": re.compile(r"[\u0900-\u097f]"),
    "armenian": re.compile(r"[\u0530-\u058f]"),
    "georgian": re.compile(r"[\u10a0-\u10ff]"),
}
_SOLE = {"hangul": "ko", "kana": "ja", "greek": "el", "hebrew": "he", "thai": "th", "armenian": "hy", "georgian": "ka"}
_ALLOWED = {
    "arabic": ("ar", "fa", "ur"),
    "cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"),
    "devanagari": ("hi", "ne", "mr"),
    "latin": tuple(
        "en fr es pt it de nl sv da no fi et lv lt pl cs sk sl hr bs hu ro sq tr az id ms vi sw so is ga mt ca".split()
    ),
}
# Letters that settle what a few words cannot, most telling first.
_TELLING = (
    ("cyrillic", re.compile(r"[\u04d8\u04d9\u0492\u0493\u049a\u049b\u04b0\u04b1\u04ba\u04bb]"), "kk"),
    ("cyrillic", re.compile(r"[\u04b6\u04b7\u04ee\u04ef\u04e2\u04e3]"), "tg"),
    ("cyrillic", re.compile(r"[\u0454\u0457\u0491\u0404\u0407\u0490]"), "uk"),
    ("cyrillic", re.compile(r"[\u045e\u040e]"), "be"),
    ("cyrillic", re.compile(r"[\u0459\u045a\u045b\u0452]"), "sr"),
    ("arabic", re.compile(r"[\u0679\u0688\u0691\u06d2\u06ba\u06be]"), "ur"),
    ("arabic", re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc]"), "fa"),
)
_TELLING_SHARE = 0.01
_OFFICIAL = ("en", "fr", "es", "ru", "zh", "ar")
_CLOSE = 10.0
_VERY_CLOSE = 3.0


def detect(text: str, hint: str | None = None) -> str:
    """The language of a text as ISO 639-1. `hint` (a page's `lang`, a source's language) decides only a close call."""
    sample = text[:_SAMPLE]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    # A syllable sign or a Han character carries about as much as three letters.
    counts["han"], counts["hangul"], counts["kana"] = counts["han"] * 3, counts["hangul"] * 3, counts["kana"] * 3
    script = max(counts, key=lambda name: counts[name])
    given = _code(hint)
    if not counts[script]:
        return given or "en"
    if script in {"han", "kana"}:
        return "ja" if counts["kana"] * 10 > counts["han"] else "zh"
    if script in _SOLE:
        return _SOLE[script]
    return _telling(sample, script, counts[script]) or _ranked(sample, _ALLOWED[script], given)


def _code(hint: str | None) -> str | None:
    code = re.split(r"[-_]", hint.strip().lower())[0] if hint else ""
    return code if len(code) == 2 and code.isalpha() else None


def _telling(sample: str, script: str, letters: int) -> str | None:
    for of, pattern, code in _TELLING:
        if of == script and len(pattern.findall(sample)) > letters * _TELLING_SHARE:
            return code
    return None


@put_off
def _identifier_class() -> type[LanguageIdentifier]:
    # It brings numpy with it: a sixth of a second and eleven megabytes.
    from py3langid.langid import LanguageIdentifier

    return LanguageIdentifier


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE

    return _identifier_class().from_model_file(MODEL_FILE)


def _ranked(sample: str, codes: tuple[str, ...], hint: str | None) -> str:
    """The likeliest language. Scores are log-probabilities: within a few nats a handful of words has not decided.

    Then the hint does, else an official language of the United Nations, else English.
    """
    scores = {code: score for code, score in _identifier().rank(sample) if code in codes}
    best = max(scores, key=lambda code: scores[code])
    close = [code for code in scores if scores[best] - scores[code] < _CLOSE]
    if hint in close:
        return str(hint)
    official = [code for code in close if code in _OFFICIAL]
    if best in official:
        return "en" if "en" in official and scores[best] - scores["en"] < _VERY_CLOSE else best
    return official[0] if official else best
