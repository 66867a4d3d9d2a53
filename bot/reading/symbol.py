"""The document's own United Nations symbol, never one it only mentions."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

# Documents of the organs: A/AC.290/2021/INF/1, A/C.1/78/L.60, S/2024/527, A/78/265, A/RES/79/243, CTOC/COP/…
DOCUMENT = r"(?:A|S|E|CTOC|CD|UNODC|HRC)/(?:[A-Z0-9][A-Za-z0-9.\-()]{0,14}/){0,5}[A-Z0-9][A-Za-z0-9.\-()]{0,14}"
# Press releases: SC/15999, GA/DIS/3725, SG/SM/22265, DC/3890.
PRESS = r"(?:SC|DC|SG/SM|SG/A|GA|GA/DIS|GA/SHC|DSG/SM|L|PAL|SOC/CP)/\d{3,6}"
SYMBOL = re.compile(rf"(?<![\w/])(?:{PRESS}|{DOCUMENT})(?![\w/])")
LABELLED = re.compile(rf"^(?:symbol|document symbol|document|doc\.?)\s{{0,3}}[:：]?\s{{0,3}}({SYMBOL.pattern})", re.I)
LISTED = re.compile(r"\s{2,}|\s[|·•–—-]\s|\.\s|;\s")
# Records of meetings are shared by all who spoke in them.
RECORD = re.compile(r"/(?:PV|SR)\.\d")
PRESS_PAGE = re.compile(
    r"/(?:en|fr|es|ru|zh|ar)/(?:\d{4}|blog)/((?:sc|dc|ga|gadis|gashc|sgsm|dsgsm|l)\d{3,6})(?:\.doc)?(?:\.htm)?/?$"
)
SERIES = {"gadis": "GA/DIS", "gashc": "GA/SHC", "sgsm": "SG/SM", "dsgsm": "DSG/SM"}


def find_symbol(*, url: str | None = None, title: str = "", header: str = "", site: str = "") -> str | None:
    """The symbol the address or a line of the head gives the document as its own; None if there is none."""
    return _of_address(url or "") or _of_lines(f"{site[-600:]}\n{title}\n{header}")


def _of_address(url: str) -> str | None:
    try:
        parts = urlsplit(unquote(url))
        host, path = parts.hostname or "", parts.path
    except ValueError:
        return None
    if press := PRESS_PAGE.search(path.lower()):
        series = press[1].rstrip("0123456789")
        number = press[1].removeprefix(series)
        return f"{SERIES.get(series, series.upper())}/{number}"
    if host.endswith(("undocs.org", "docs.un.org", "documents.un.org")) or "/symbol/" in path:
        found = SYMBOL.search(path.split("/symbol/")[-1].removeprefix("/en").strip("/"))
        return _own(found[0]) if found else None
    return None


def _of_lines(lines: str) -> str | None:
    """A symbol that is a line by itself, or one item of a line of short items."""
    for line in lines.splitlines():
        if len(line) > 160:
            continue
        labelled = LABELLED.match(line.strip())
        if labelled and (own := _own(labelled[1])):
            return own
        for item in LISTED.split(line.strip()):
            if SYMBOL.fullmatch(item.strip(" .()[]*")) and (own := _own(item.strip(" .()[]*"))):
                return own
    return None


def _own(symbol: str) -> str | None:
    return None if RECORD.search(symbol) or not re.search(r"\d", symbol) else symbol.rstrip(".-")
