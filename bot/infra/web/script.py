"""How a language is written, for `lang`, `dir` and the font that goes with them."""

from __future__ import annotations

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "yi", "dv", "ku", "sd", "ug"})
NAMES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}


def direction(language: str | None) -> str:
    """The way a language is written, as HTML says it; by the text itself where the language is unknown."""
    if not language:
        return "auto"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def language_name(code: str) -> str:
    """A language's English name; its code where we know no name."""
    return NAMES.get(code, code)
