"""What a sentence must look like before anything is asked of what it says."""

from __future__ import annotations

import re
import unicodedata

from bot.briefing.lexicon import cost
from bot.briefing.lexicon import fold as letters
from bot.briefing.sentences import split
from bot.briefing.vocabulary import vocabulary
from bot.domain.text import one_line

LONGEST = 600
LEAST_COST = 3.0
LONGER, SPARE = 1.3, 4.0
# What a translation may say, nothing but the quote holds it to: it gets little room beside that.
LONGER_ABROAD, SPARE_ABROAD = 1.15, 2.0
# How many words (bot.briefing.lexicon.cost) a language takes for one of English.
USUAL = {"en": 1.0, "fr": 1.2, "es": 1.15, "ru": 0.88, "zh": 1.0, "ar": 0.88}
SCRIPTS = {"en": "LATIN", "fr": "LATIN", "es": "LATIN", "ru": "CYRILLIC", "zh": "CJK", "ar": "ARABIC"}
# No quotation marks: what stands between them would pass for the speaker's own words.
PLAIN = frozenset(" .,;:'’()-‐‑–—%$€£¥°·/،؛٪٫٬、。，；：（）《》％\u00a0\u202f\u2009№")
LETTERED = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo"})
DOTTED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}\.[^\W\d_]{2,}|[^\W\d_]\.[^\W\d_]{2,}\b(?!\.)")
SLASHED = re.compile(r"/")
SYMBOL = re.compile(r"\b[A-Z]{1,4}(?:/[A-Z0-9.\-]{1,12}){1,6}\b")
LATIN_RUN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9.’'\-]*")
UNFINISHED = frozenset(",;:،؛，；：、—–-‐‑(（《/·")


def plain_sentence(text: str, language: str, quoted: str) -> bool:
    """Whether a text is one sentence of plain words and usual marks, in its language's own letters.

    Letters of another script, a figure's slash and a dotted name must stand in `quoted`, just so. So no address,
    mark-up, mention, code, question or exclamation gets through, nor a letter that only looks like another.
    """
    if not text or len(text) > LONGEST or text != one_line(text) or not text[0].isalnum():
        return False
    bare = _without_quoted_runs(text, language, quoted)
    if not all(_plain(char, SCRIPTS[language]) for char in bare):
        return False
    if any(found[0] not in quoted for found in SYMBOL.finditer(text)) or SLASHED.search(SYMBOL.sub("", text)):
        return False
    if any(found[0] not in quoted for found in DOTTED.finditer(text)):
        return False
    return len(split(text, language)) == 1 and text[-1] not in UNFINISHED


def _without_quoted_runs(text: str, language: str, quoted: str) -> str:
    """The text without runs of Latin letters that stand in the quotes, where the language has a script of its own."""
    if SCRIPTS[language] == "LATIN":
        return text
    known = {found[0].rstrip(".’'-") for found in LATIN_RUN.finditer(quoted)}
    return LATIN_RUN.sub(lambda found: " " if found[0].rstrip(".’'-") in known else found[0], text)


def _plain(char: str, script: str) -> bool:
    if char in PLAIN or char.isdecimal():
        return True
    category = unicodedata.category(char)
    if category == "Mn":
        return script == "ARABIC" and "ARABIC" in unicodedata.name(char, "")
    if category not in LETTERED or unicodedata.normalize("NFKC", char) != char:
        return False
    return unicodedata.name(char, "").startswith(script)


def fitting_length(text: str, language: str, quoted: str, of: str) -> bool:
    """Whether a text is neither much longer than the words it rests on, nor next to nothing."""
    if language == of:
        return LEAST_COST <= cost(text) <= cost(quoted) * LONGER + SPARE
    usual = cost(quoted) * USUAL[language] / USUAL.get(of, 1.0)
    return LEAST_COST <= cost(text) <= usual * LONGER_ABROAD + SPARE_ABROAD


def addresses(text: str, language: str) -> bool:
    """Whether a text speaks to its reader, of itself, in the first person, or colours what it tells."""
    words, plain = vocabulary(language), letters(text)
    return bool(words.address.search(plain) or words.hedges.search(plain))


def planted(text: str, language: str) -> bool:
    """Whether a quote speaks to a machine: one that is not sent to any."""
    plain = letters(text)
    return any(vocabulary(code).planted.search(plain) for code in {language, "en"})
