"""What an address says of who speaks: mission and government hosts name their state."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.reading.state_forms import fold
from bot.reading.states import codes, country_name

# Hosts whose country code is sold to all comers, or means something else.
OPEN_TLDS = frozenset("io ai co me tv fm ly to cc ws am ag sc st la sh bz mn nu tk gg vu is in im".split())
TLDS = {
    "uk": "GBR", "gov": "USA", "mil": "USA", "cn": "CHN", "ru": "RUS", "su": "RUS", "fr": "FRA", "de": "DEU", "ch": "CHE",
    "at": "AUT", "au": "AUS", "ca": "CAN", "jp": "JPN", "kr": "KOR", "kp": "PRK", "br": "BRA", "mx": "MEX", "ar": "ARG",
    "cl": "CHL", "pe": "PER", "es": "ESP", "pt": "PRT", "it": "ITA", "nl": "NLD", "be": "BEL", "lu": "LUX", "dk": "DNK",
    "se": "SWE", "no": "NOR", "fi": "FIN", "ee": "EST", "lv": "LVA", "lt": "LTU", "pl": "POL", "cz": "CZE", "sk": "SVK",
    "hu": "HUN", "ro": "ROU", "bg": "BGR", "gr": "GRC", "cy": "CYP", "tr": "TUR", "ua": "UKR", "by": "BLR", "kz": "KAZ",
    "kg": "KGZ", "uz": "UZB", "tj": "TJK", "ir": "IRN", "iq": "IRQ", "sa": "SAU", "ae": "ARE", "qa": "QAT", "kw": "KWT",
    "om": "OMN", "jo": "JOR", "lb": "LBN", "sy": "SYR", "eg": "EGY", "dz": "DZA", "ma": "MAR", "tn": "TUN", "za": "ZAF",
    "ke": "KEN", "gh": "GHA", "ng": "NGA", "sg": "SGP", "my": "MYS", "id": "IDN", "th": "THA", "vn": "VNM", "ph": "PHL",
    "nz": "NZL", "pk": "PAK", "bd": "BGD", "lk": "LKA", "np": "NPL", "il": "ISR", "ie": "IRL", "mt": "MLT", "si": "SVN",
    "hr": "HRV", "rs": "SRB", "ba": "BIH", "mk": "MKD", "al": "ALB", "cu": "CUB", "cr": "CRI", "ec": "ECU", "bo": "BOL",
    "ve": "VEN", "uy": "URY", "py": "PRY", "li": "LIE", "va": "VAT", "ps": "PSE", "az": "AZE", "ge": "GEO", "md": "MDA",
}  # fmt: skip
# Hosts of missions that do not carry their state's name or top-level domain.
HOSTS = {"usun": "USA", "usmission": "USA", "state.gov": "USA", "uaeun": "ARE", "delegfrance": "FRA", "franceonu": "FRA",
         "russiaun": "RUS", "mid.ru": "RUS", "china-mission": "CHN", "chinamission": "CHN", "fmprc": "CHN", "ukun": "GBR",
         "newyork-un.diplo.de": "DEU", "eda.admin.ch": "CHE", "dfae": "CHE", "cubadiplomatica": "CUB", "misiones.cubaminrex": "CUB",
         "mofa.go.kr": "KOR", "mfa.gov.sg": "SGP", "pminewyork": "IND"}  # fmt: skip


def state_of_address(url: str | None) -> str | None:
    """The state an address belongs to; None where it does not tell. Weak evidence: others are quoted everywhere."""
    host = (urlsplit(url).hostname or "") if url else ""
    if not host:
        return None
    known = next((code for part, code in HOSTS.items() if part in host), None)
    return known or _by_name(host) or _by_domain(host)


def _by_domain(host: str) -> str | None:
    last = host.rsplit(".", 1)[-1]
    return None if last in OPEN_TLDS else TLDS.get(last)


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
    rest = (
        word.removeprefix(name) if word.startswith(name) else word.removesuffix(name) if word.endswith(name) else None
    )
    return rest in {
        "un",
        "mission",
        "unmission",
        "embassy",
        "emb",
        "ny",
        "onu",
        "mfa",
        "pmun",
        "tothe",
        "atun",
        "missionun",
    }
