"""Tells the frame of a page from a speech, line by line: greetings, closings, who-and-where lines, buttons, notices.

The phrases are data (`languages/*/chrome.toml`) and are tried in every language at once: a page in one language
often has its buttons in another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from bot import data

CJK = r"\u3400-\u9fff\u3040-\u30ff"
# A number behind a word's stop is a note's ("L.13" and "20.06.2024" are no sentences); behind a colon, a clock's.
_TERMINAL = re.compile(
    r"(?:(?<=[^\W\d_]{2})[.!?…;]['\"”’»」』）)\]\d*]{0,6}|[.!?…;。！？；؟।]['\"”’»」』）)\]*]{0,6}|[:：]['\"”’»」』）)\]*]{0,6})$"
)
_ITEM = re.compile(
    r"(?:[-–—•▪●*·‣◦o]\s|[-–—•▪●‣◦](?=\w)|\(?(?:\d{1,3}|[a-zA-Zа-я]|[ivx]{1,5})[.)]\s|[（(]?[一二三四五六七八九十]{1,3}[、.）)])"
)
_SEPARATOR = re.compile(r"[\W_]{1,40}$")
_TRAIL = re.compile(r"\S(?:\s*(?:\||::|»|›|>|«)\s*|\s/\s)\S")
_DATE = re.compile(r"\d{1,4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,4}|(?<!\d)(?:19|20)\d\d(?!\d)|٢٠[٠-٩]{2}")
# Digits in brackets and groups, an international prefix, a mail address, a site.
_CONTACT = re.compile(r"\(\d{2,4}\)\s?\d{2,4}[\s.-]\d{2,4}|\+\d[\d\s().-]{7,20}\d|\S@\S{1,60}\.\w|\bwww\.\w")
_LABEL = re.compile(r"[^:：]{1,40}[:：]")
_QUOTED = re.compile(r"«[^«»]{1,200}»")
_SPACELESS = re.compile(f"[{CJK}]")
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A line as phrases are compared: no case, accents, vowel signs or punctuation; the copyright sign stays."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text[:400]).casefold() if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w©]+|_+", " ", re.sub(r"['’`ʼ]", "'", plain)).split())


@cache
def _phrases(name: str) -> frozenset[str]:
    every = (phrase for code in data.languages() for phrase in data.language(code, "chrome").get(name, ()))
    return frozenset(filter(None, map(key, every)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    longest_first = sorted(_phrases(name), key=len, reverse=True)
    return re.compile("(?:" + "|".join(_bounded(phrase) for phrase in longest_first) + ")")


def _bounded(phrase: str) -> str:
    return re.escape(phrase) + ("" if _SPACELESS.match(phrase[-1]) else r"(?!\w)")


def _starts(name: str, text: str) -> bool:
    return bool(_pattern(name).match(key(text)))


def _holds(name: str, text: str) -> bool:
    plain = key(text)
    return any(not plain[: m.start()][-1:].isalnum() or _SPACELESS.match(m[0]) for m in _pattern(name).finditer(plain))


def weight(text: str) -> int:
    """How many words a line has; of a script without spaces two characters count as one."""
    found = _WORD.findall(text)
    single = sum(1 for word in found if _SPACELESS.match(word))
    return len(found) - single + (single + 1) // 2


def is_terminal(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_TERMINAL.search(text[-12:]))


def is_item(text: str) -> bool:
    """Whether a line begins as an item of a list or a numbered paragraph does."""
    return bool(_ITEM.match(text))


def is_separator(text: str) -> bool:
    """Whether a line is only ornament, such as `* * *` or `###`."""
    return bool(_SEPARATOR.fullmatch(text))


def is_letterhead(text: str) -> bool:
    """A line of contact details: a telephone number, a mail address, a site's name."""
    return _CONTACT.search(text) is not None


def is_trail(text: str) -> bool:
    """Whether a line is a breadcrumb trail or a menu on one line."""
    return bool(_TRAIL.search(_QUOTED.sub("", text))) and not is_terminal(text)


def is_prose(text: str) -> bool:
    """Whether a line reads as running text: a sentence, or too long for anything else."""
    words = weight(text)
    return (words >= 6 and is_terminal(text)) or words >= 30


def is_greeting(text: str) -> bool:
    """Whether a line addresses the room."""
    return weight(text) <= 24 and text[-1:] in ",:،，：.!！。;" and _starts("greetings", text)


def opens_with_greeting(text: str) -> bool:
    """Whether a paragraph begins by addressing the room."""
    return _starts("greetings", text)


def is_closing(text: str) -> bool:
    """Whether a line ends a speech: thanks, alone or at the end of a paragraph."""
    end = key(text[-48:])
    return any(
        not end[: m.start()].strip() or not end[m.start() - 1].isalnum() for m in _pattern("closings").finditer(end)
    )


def is_header(text: str) -> bool:
    """Whether a line begins as one between title and speech does: who speaks, where, in what form."""
    if text[:1] in "([（【" or (_starts("bylines", text) and not is_terminal(text)):
        return True
    return _starts("headers", text) and not _starts("greetings", text)


def is_preface(text: str) -> bool:
    """Whether a paragraph tells of a speech and is not of it: who gave it, or that its text follows."""
    return (_holds("prefaces", text) or text[-1:] in ":：") and not _holds("selves", text)


def opens_tail(text: str) -> bool:
    """Whether a line begins as those after a text do: sharing, related posts, tags."""
    found = _pattern("tails").match(key(text))
    if found is None:
        return is_teaser(text)
    return found.end() == len(key(text)) or bool(_LABEL.match(text)) or is_teaser(text)


def is_teaser(text: str) -> bool:
    """Whether a line points away from the text, as 'Read also: …' does."""
    return _starts("teasers", text) and weight(text) <= 25


def is_banner(text: str) -> bool:
    """Whether a line is the name of an institution, perhaps behind the name of its country."""
    parts = [text, *re.split(r"\s[-–—|]\s", text)[1:]]
    return not is_terminal(text) and not is_header(text) and any(_starts("sites", part) for part in parts)


def is_dated(text: str) -> bool:
    """Whether a line is a date or time with at most a few words around it."""
    return bool(_DATE.search(text)) and sum(1 for word in _WORD.findall(text) if word.isalpha()) <= 4


def is_notice(text: str) -> bool:
    """Whether a line is the site's own notice: cookies, rights, last update.

    A whole sentence is one only if it begins with several words of a notice: 'Data protection is a right' is none.
    """
    found = _pattern("notices").match(key(text))
    if found is None:
        return False
    words = found.group()
    return words == "©" or not is_prose(text) or words.count(" ") >= 2 or len(_SPACELESS.findall(words)) >= 5


def is_tools(text: str) -> bool:
    """Whether a line is made of nothing but the words on buttons and links."""
    rest, pattern = key(text), _pattern("tools")
    while rest and (found := pattern.match(rest)):
        rest = rest[found.end() :].lstrip()
    return not rest and bool(text)


def is_chrome(text: str) -> bool:
    """Whether a line belongs to the site wherever it stands."""
    return is_notice(text) or is_tools(text)
