"""What an address says of who speaks: mission and government hosts name their state."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot import data
from bot.reading.state_forms import fold
from bot.reading.states import codes, country_name

AFFIXES = frozenset("un mission unmission embassy emb ny onu mfa pmun missionun".split())


def state_of_address(url: str | None) -> str | None:
    """The state an address belongs to; None where it does not tell. Weak evidence: others are quoted everywhere."""
    host = (urlsplit(url).hostname or "") if url else ""
    if not host:
        return None
    missions = data.table("hosts.toml")["missions"].items()
    known = next((str(code) for part, code in missions if re.search(rf"(?<![a-z]){re.escape(part)}", host)), None)
    return known or _by_name(host) or _by_domain(host)


def _by_domain(host: str) -> str | None:
    code: str | None = data.table("hosts.toml")["domains"].get(host.rsplit(".", 1)[-1])
    return code


def _by_name(host: str) -> str | None:
    """The one state whose name is a word of the host, or begins one: `palau-un-mission`, `kenyaun`."""
    words = re.findall(r"[a-z]+", host)
    found = set()
    for code in codes():
        name = fold(country_name(code)).replace(" ", "")
        if len(name) >= 4 and any(word == name or _extends(word, name) for word in words):
            found.add(code)
    return found.pop() if len(found) == 1 else None


def _extends(word: str, name: str) -> bool:
    """Whether a word of a host is a state's name with a mission's ending or beginning: `kenyaun`, `missionchad`."""
    rest = (
        word.removeprefix(name) if word.startswith(name) else word.removesuffix(name) if word.endswith(name) else None
    )
    return rest in AFFIXES
