"""The document's own UN symbol, never one it only mentions."""

from __future__ import annotations

import pytest

from bot.reading.symbol import find_symbol


@pytest.mark.parametrize(
    ("url", "symbol"),
    [
        ("https://press.un.org/en/2026/sc16444.doc.htm", "SC/16444"),
        ("https://press.un.org/en/blog/sc16444", "SC/16444"),
        ("https://press.un.org/fr/2023/gadis3721.doc.htm", "GA/DIS/3721"),
        ("https://press.un.org/en/2024/sgsm22265.doc.htm", "SG/SM/22265"),
        ("https://docs.un.org/en/A/AC.292/2024/4", "A/AC.292/2024/4"),
        ("https://undocs.org/A/78/265", "A/78/265"),
        ("https://undocs.org/en/S/PV.9662", None),
        ("https://mission.example/statements/2024", None),
        ("http://[broken", None),
    ],
)
def test_the_address_of_a_un_document_is_its_symbol(url: str, symbol: str | None) -> None:
    assert find_symbol(url=url) == symbol


@pytest.mark.parametrize(
    ("header", "symbol"),
    [
        ("A/AC.290/2021/INF/1\n12 March 2021", "A/AC.290/2021/INF/1"),
        ("SECURITY COUNCIL. SC/15999. 9699th Meeting (AM & PM)", "SC/15999"),
        ("Symbol: A/C.1/78/L.60", "A/C.1/78/L.60"),
        ("S/PV.9662", None),
        ("A/C.1/78/PV.29", None),
        ("Explanation of vote on draft resolution A/C.1/78/L.60/Rev.1", None),
        ("We thank you for document A/AC.291/16", None),
        ("A/C", None),
    ],
)
def test_a_line_of_the_head_is_its_symbol_only_if_it_says_nothing_else(header: str, symbol: str | None) -> None:
    assert find_symbol(header=header) == symbol
