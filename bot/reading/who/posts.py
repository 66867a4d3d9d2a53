"""The post that goes with a name: behind it, before it or on the next line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.states import find_states
from bot.reading.who.names import Name
from bot.reading.who.vocabulary import flat, phrases, script_of, wordlist

ROLE_ENDS = re.compile(
    r"\s[–—|]\s|[;|\n]|\.\s|\s-\s|،\s(?:نيويورك|جنيف|فيينا)"
    r"|,\s(?:on|at|during|before|in|new york|geneva|vienna|le|à|lors|en|au|ante|durante|el)\b"
    r"|\s(?:at(?!\slarge)|during|before|lors|durante)\s|\son\s(?:the|an?|behalf)\b|\s\d{1,2}\s[^\W\d_]",
    re.I,
)
SENTENCE_END = re.compile(r"(?<=\w{4})[.。]$")
OUR = re.compile(r"^(?:our|its|notre|nuestr[oa])\s", re.I)
COMMA = re.compile(r"\s?[,،]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name as written, with its honorifics; the role, where the page gives one; and the line that says so."""

    name: str
    role: str | None
    line: str


def made(line: str, name: Name, following: list[str]) -> Person:
    words = " ".join(re.sub(r"[/:]", " ", line[name.start : name.end]).split())
    return Person(name=words, role=role_of(line, name, following), line=line)


def role_of(line: str, name: Name, following: list[str]) -> str | None:
    """The post behind the name, else the one before it, else on the next line."""
    rest = line[name.end :].lstrip()
    behind = rest.lstrip(" ,،;:(/–—-")
    if behind == rest and not begins_with_post(rest) and not rest.startswith("of "):
        behind = ""
    end = ROLE_ENDS.search(behind)
    under = [text for text in following[:1] if begins_with_post(text)]
    for text in (behind[: end.start()] if end else behind, line[: name.start].strip(" ,،:/–—-"), *under):
        role = _balanced(_trimmed(OUR.sub("", text.strip(" ,،;:()–—-"))), text)
        if role and len(role) <= 200 and _is_role(role):
            return SENTENCE_END.sub("", role)
    return None


def _trimmed(text: str) -> str:
    """A post up to the last part that names one, or a state or ministry: what follows is the occasion."""
    parts = COMMA.split(text)
    script = script_of(text)
    kept = 1
    for at, part in enumerate(parts):
        words = set(re.findall(r"[\w'’]+", flat(part)))
        if (
            words & wordlist(script, "posts")
            or phrases(script, "mission").search(flat(part))
            or find_states(part, "en")
        ):
            kept = at + 1 if at == kept or at == 0 else kept
    return ", ".join(parts[:kept]) if kept < len(parts) else text


def _balanced(role: str, text: str) -> str:
    """A post with the bracket closed that trimming took off its end, or without one left open."""
    if role.count("(") <= role.count(")"):
        return role
    return f"{role})" if f"{role})" in text else role[: role.rfind("(")].rstrip(" ,")


def begins_with_post(text: str) -> bool:
    """Whether a text begins with a word of a post: `Minister-Counsellor at …`."""
    script = script_of(text)
    first = next(iter(re.findall(r"[\w'’]+", flat(text))), "")
    return first in wordlist(script, "posts") or first in wordlist(script, "roles")


def for_the_press(person: Person) -> bool:
    """Whether a person looks after the page rather than speaks: a press officer, an editor."""
    role = person.role or ""
    return bool(phrases(script_of(role), "press").search(flat(role)))


def _is_role(text: str) -> bool:
    """Whether a text is a post: it names one within its first words."""
    script = script_of(text)
    words = re.findall(r"[\w'’]+", flat(text))[:6]
    return any(word in wordlist(script, "posts") for word in words)
