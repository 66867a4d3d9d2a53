"""A statement's page: the brief beside the words, what is new in it, and what was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.config.settings import Model
from bot.domain.brief import Brief
from bot.domain.rewriting import Accepted, Rewriting, key_of
from bot.domain.written import Written
from tests.samples import BODY, another, brief
from tests.web.conftest import Served, serve
from tests.web.reading import links, texts

LEAD = "Malawi cautions against attacks on hospitals."


def found(archive: Served, query: str) -> str:
    """The path of the newest statement that fits."""
    return links(archive.get(f"/search?{query}"), "article h2 a")[0]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_each_point_leads_to_its_words_and_back(archive: Served, language: str) -> None:
    page = archive.get(found(archive, f"language={language}"))
    numbers = range(1, len(texts(page, ".point")) + 1)
    assert links(page, ".point a.there") == [f"#sentence-{number}" for number in numbers]
    assert sorted(links(page, "mark a.ref")) == [f"#point-{number}" for number in numbers]
    for number in numbers:
        (quote,) = texts(page, f"#point-{number} blockquote")
        marked = " ".join(texts(page, f'mark[data-point~="{number}"]'))
        assert quote.rstrip("…")[:30].split()[-1] in marked


def test_the_source_is_opened_at_the_sentence(archive: Served) -> None:
    page = archive.get(found(archive, "country=KEN"))
    sources = links(page, '.point a[rel~="external"]')
    assert sources
    assert all(link.startswith("https://mission.example/pages/kenya") and "#:~:text=" in link for link in sources)


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("zh", "ltr"), ("ru", "ltr")])
def test_words_are_set_as_their_language_is_written(archive: Served, language: str, way: str) -> None:
    page = archive.get(found(archive, f"language={language}"))
    for selector in ("h1", ".body", ".point blockquote"):
        assert len(texts(page, f'{selector}[lang="{language}"][dir="{way}"]')) == len(texts(page, selector)) > 0


def test_new_and_repeated_points_are_told_apart(empty: Served) -> None:
    earlier = empty.keep(another(1, date=date(2026, 3, 2)))
    point = brief().points[0]
    old, new = replace(point, said_before=earlier), replace(point, new=True, said_before=None)
    id = empty.keep(replace(brief(), points=(old, new, replace(point, new=None, said_before=None))))
    page = empty.get(f"/statements/{id}")
    assert texts(page, "#point-1 .tag") == ["said before, 2 March 2026"]
    assert links(page, "#point-1 .tag a") == [f"/statements/{earlier}"]
    assert texts(page, "#point-2 .tag") == ["new"]
    assert texts(page, "#point-3 .tag") == []
    assert texts(page, ".omitted li") == ["gender"]


def test_a_statement_is_found_by_address_symbol_and_the_beginning_of_its_id(empty: Served) -> None:
    id = empty.keep(brief(symbol="A/AC.292/2026/7"))
    for name in (id[:6], "https://mission.example/statements/nets", "A/AC.292/2026/7"):
        answer = empty.get(f"/statements/{name}")
        assert (answer.status_code, answer.headers["location"]) == (307, f"/statements/{id}")
    assert empty.get("/statements/ffffffffffff").status_code == 404
    assert "ffffffffffff" in texts(empty.get("/statements/ffffffffffff"), "main p")[0]


def test_a_revision_is_told_word_by_word(empty: Served) -> None:
    first = brief()
    id = empty.keep(first)
    body = BODY.replace("nine districts", "eleven districts").replace(" or in war", " or in war or in between")
    start = body.index("eleven districts")
    point = replace(first.points[0], quote=body[start : start + 20], text=body[start : start + 20], start=start)
    empty.keep(replace(brief(body=body), points=(replace(point, end=start + 20),)))
    page = empty.get(f"/statements/{id}")
    assert links(page, ".stages a") == ["?revision=1", "?revision=2"]
    change = empty.get(f"/statements/{id}?revision=2")
    assert texts(change, ".body del") == ["nine"]
    assert texts(change, ".body ins") == ["eleven", "or in between"]
    assert texts(change, ".told figcaption") == ["It said cautions", "It says now cautions"]
    assert texts(empty.get(f"/statements/{id}?revision=1"), ".body del, .body ins") == []
    assert empty.get(f"/statements/{id}?revision=3").status_code == 404
    assert empty.get(f"/statements/{id}?revision=x").status_code == 400


def test_a_long_text_comes_in_parts_each_point_leading_to_its_own(empty: Served) -> None:
    body = "\n\n".join(f"Paragraph {number} & so on. " + "Слова и слова. " * 40 for number in range(400))
    start = body.index("& so on", body.index("Paragraph 390"))
    point = replace(brief().points[0], quote="& so on", text="& so on", start=start, end=start + 7)
    id = empty.keep(replace(brief(body=body, language="ru"), points=(point,)))
    page = empty.get(f"/statements/{id}")
    (there,) = links(page, "a.there")
    assert there.endswith("#sentence-1")
    assert texts(empty.get(f"/statements/{id}{there}"), "#sentence-1") == ["& so on1"]
    count = int(texts(page, "#text")[0].rpartition(" ")[2])
    sizes, shown = [], []
    for part in range(1, count + 1):
        one = empty.get(f"/statements/{id}?part={part}")
        sizes.append(len(one.content))
        shown += texts(one, ".body p")
    assert max(sizes) < 200_000
    assert [words.split(" ")[1] for words in shown] == [str(number) for number in range(400)]
    assert empty.get(f"/statements/{id}?part={count + 1}").status_code == 404


def retold(kept: Brief, language: str, words: str) -> Rewriting:
    written = Written(text=words, points=(1,), quotes=(kept.points[0].quote,), language=language, model="a-model")
    return Rewriting(
        key=key_of(kept, "a-model", language),
        statement_id=kept.statement.id,
        language=language,
        model="a-model",
        points=(Accepted(point=1, written=written),),
        lead=(written,),
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


def test_what_a_model_wrote_is_labelled_and_stands_beside_the_words(tmp_path: Any) -> None:
    with serve(tmp_path, model=Model(name="a-model")) as served:
        id = served.keep(brief())
        kept = served.house.store.statements.get(id)
        assert kept
        served.house.store.rewritings.keep([retold(kept, "en", LEAD), retold(kept, "ar", "تحذر ملاوي من الهجمات.")])
        page = served.get(f"/statements/{id}")
        assert texts(page, ".written p") == [LEAD, "machine-written by a-model"] * 2
        assert texts(page, "#point-1 blockquote") == [kept.points[0].text]
        arabic = served.get(f"/statements/{id}?retold=ar")
        assert texts(arabic, '.written [lang="ar"][dir="rtl"]')[-1] == "تحذر ملاوي من الهجمات."
        assert texts(served.get(f"/statements/{id}?retold=xx"), ".written p")[0] == LEAD
