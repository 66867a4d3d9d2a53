"""The same words find the same statements on both databases, in six languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.domain.identity import identify
from bot.domain.subscription import Filter
from bot.infra.store import Store, open_store
from tests.conftest import DATABASES
from tests.samples import NOW, another

LIBRARY = {
    "en": "We condemned attacks on hospitals and undersea cables. Policies alone will not mend them (A/RES/78/16).",
    "fr": "L’État condamne les cyberattaques contre les réseaux nationaux et l’usage d'une norme ambiguë.",
    "es": "Las naciones proponen un mecanismo cibernético permanente; la prevención de amenazas exige cooperación.",
    "ru": "Россия выступает за международную информационную безопасность и против угроз от вредоносных сетей.",
    "zh": "中国主张在联合国框架下制定网络安全国际规则，反对网络霸权。",
    "ar": "تؤكد مصر أنّ القانونَ الدوليَّ ينطبق على الفضاء السيبراني، وتدعو إلى بناء القدرات لمواجهة التهديدات.",
    "th": "ความมั่นคงปลอดภัยไซเบอร์เป็นเรื่องของทุกประเทศ",
    "ko": "대한민국은 사이버 안보를 위한 국제 협력을 지지합니다.",
}
QUESTIONS = [
    ("attack HOSPITAL", {"en"}),
    ("cable", {"en"}),
    ("policy", {"en"}),
    ("A/RES/78/16", {"en"}),
    ("cyberattaque", {"fr"}),
    ("reseau national", {"fr"}),
    ("NORMES ambigues", {"fr"}),
    ("norma", {"fr"}),
    ("état", {"fr"}),
    ("nación mecanismos ciberneticos", {"es"}),
    ("PREVENCION amenaza", {"es"}),
    ("международная безопасность", {"ru"}),
    ("УГРОЗЫ сеть", {"ru"}),
    ("网络安全", {"zh"}),
    ("安全规则", set()),
    ("网", {"zh"}),
    ("网络 联合国", {"zh"}),
    ("القانون الدولي", {"ar"}),
    ("قانون السيبرانية", {"ar"}),
    ("تهديد", {"ar"}),
    ("ไซเบอร์", {"th"}),
    ("사이버", {"ko"}),
    ("statement", set(LIBRARY)),
    ("cyber", set()),
    ("hospital cable volcano", set()),
    ("’", set()),
]


@pytest.fixture(params=DATABASES)
def library(request: pytest.FixtureRequest, fresh_url: Callable[..., str]) -> Iterator[Store]:
    opened = open_store(fresh_url(request.param))
    for number, (language, body) in enumerate(LIBRARY.items()):
        sample = another(number, body=body, language=language)
        opened.statements.keep(sample, identify(sample.statement), source="s", now=NOW)
    yield opened
    opened.close()


def test_every_database_gives_these_answers(library: Store) -> None:
    answers = {
        words: {b.statement.language for b in library.statements.search(words, Filter(), limit=20).briefs}
        for words, _ in QUESTIONS
    }
    assert answers == dict(QUESTIONS)


def test_many_hits_are_searched_another_way_with_the_same_answers(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.infra.store.search.MANY_HITS", 0)
    test_every_database_gives_these_answers(library)
    only = library.statements.search("statement", Filter(languages=frozenset({"fr", "ru"})), limit=1)
    assert (only.total, [b.statement.language for b in only.briefs]) == (2, ["ru"])


def test_a_report_of_any_length_is_found(library: Store) -> None:
    long = another(99, body=" ".join(f"paragraph{number}" for number in range(60_000)))
    library.statements.keep(long, identify(long.statement), source="s", now=NOW)
    assert library.statements.search("paragraph7 paragraph9999", Filter(), limit=1).total == 1
