"""A record taken apart: the speech whole and clean, and around it the lines that say who spoke."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from bot.domain.statement import Record
from bot.errors import UnreadableError
from bot.reading.article import Article, extract

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dev.jsonl"
SPEECH = [
    "Madam Chair,",
    "Norland thanks you for convening this session and the Secretariat for its paper.",
    "First, the law. The Charter applies in cyberspace as it applies at sea, and nobody is above it.",
    "• Hospitals must not be attacked, and those who attack them must answer for it",
    "1. We propose a yearly report on incidents that touch international peace.",
    "We hope that others will join us in this.",
    "I thank you.",
]
TITLE = "Statement by Norland at the General Exchange of Views"


def page(speech: str, *, before: str = "", after: str = "", head: str = "") -> str:
    return (
        f"<html lang='en'><head><title>{TITLE} | Permanent Mission of Norland</title>{head}</head><body>"
        "<a class='skip-link' href='#c'>Skip to content</a>"
        "<nav><ul><li><a href='/'>Home</a><li><a href='/s'>Statements</a></ul></nav>"
        "<p>Permanent Mission of Norland to the United Nations</p>"
        f"<h1>{TITLE}</h1>{before}{speech}{after}"
        "<div class='sharedaddy'><a href='#'>Facebook</a> <a href='#'>Print</a></div>"
        "<h3>Related posts</h3><ul><li><a href='/x'>Norland hosts a reception for the Small States Caucus</a></ul>"
        "<footer>© Permanent Mission of Norland. All rights reserved.</footer></body></html>"
    )


def read(html: str | None = None, text: str | None = None, title: str | None = TITLE) -> Article:
    return extract(Record(id="a", title=title, html=html, text=text))


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


PARAGRAPHS = "".join(f"<p>{line}</p>" for line in SPEECH)
BROKEN = "<table><tr><td width=180><a href='/'>Home</a></td><td>" + "<br><br>".join(SPEECH) + "</td></tr></table>"
WORD = "".join(f"<div class='field__item'><span style='font-size:12pt'>{line}</span></div>" for line in SPEECH)
FORM = f"<form action='/' class='sidebar'>{PARAGRAPHS}</form>"
UNCLOSED = "".join(f"<font size=2>{line}<br><br>" for line in SPEECH)


@pytest.mark.parametrize("speech", [PARAGRAPHS, BROKEN, WORD, FORM, UNCLOSED], ids=["p", "br", "word", "form", "font"])
def test_the_body_is_the_speech_and_nothing_else_however_the_page_is_made(speech: str) -> None:
    assert read(page(speech)).body.split("\n\n") == SPEECH


def test_the_lines_around_the_speech_are_kept_where_they_stood() -> None:
    before = "<div>24 June 2024</div><dl><dt>Presenter:</dt><dd>Ms. Ada Lind, Counsellor</dd></dl><p>(as delivered)</p>"
    article = read(page(PARAGRAPHS, before=before))
    assert article.title == TITLE
    assert "Permanent Mission of Norland to the United Nations" in article.site.splitlines()
    assert article.header.splitlines() == ["24 June 2024", "Presenter: Ms. Ada Lind, Counsellor", "(as delivered)"]
    assert "Norland hosts a reception for the Small States Caucus" in article.tail
    assert article.html_title == f"{TITLE} | Permanent Mission of Norland"
    assert (article.html_language, article.language) == ("en", "en")


def test_a_copied_page_gives_the_same_body_as_its_html() -> None:
    copied = "\n".join(
        [
            "Skip to content",
            "",
            "Permanent Mission of Norland to the United Nations",
            "Home",
            "Statements",
            "",
            TITLE,
            "24 June 2024",
            "",
        ]
    )
    after = "\n\nShare this:\nFacebook\nPrint\n\nRelated posts\nNorland hosts a reception\n\n© Norland"
    article = read(text=copied + "\n\n".join(SPEECH) + after)
    assert article.body.split("\n\n") == SPEECH
    assert article.header == "24 June 2024"
    assert article.tail.splitlines()[-1] == "© Norland"


def test_lines_broken_to_fit_a_page_are_made_whole() -> None:
    wrapped = (
        "Madam Chair,\n\nNorland thanks you for convening this session of the Working\n"
        "Group, and the Secretariat for the paper it has prepared for the\nuse of delegations.\n\nI thank you."
    )
    assert read(text=f"{TITLE}\n\n{wrapped}").body.split("\n\n")[1] == (
        "Norland thanks you for convening this session of the Working Group, and the Secretariat for the paper it has "
        "prepared for the use of delegations."
    )


@pytest.mark.parametrize(
    ("greeting", "sentence", "closing", "after"),
    [
        (
            "Monsieur le Président,",
            "La Norlande remercie la présidence d’avoir convoqué ce débat.",
            "Je vous remercie.",
            "À lire aussi",
        ),
        (
            "Señora Presidenta:",
            "Norlandia agradece la convocatoria de este importante debate.",
            "Muchas gracias.",
            "Le puede interesar",
        ),
        (
            "Господин Председатель,",
            "Норландия благодарит Вас за созыв этого важного заседания.",
            "Благодарю Вас.",
            "Смотрите также",
        ),
        (
            "主席先生：",
            "诺兰感谢主席召开今天的会议，也感谢秘书处提交的报告和各位同事的发言。",
            "谢谢主席先生。",
            "相关新闻",
        ),
        ("السيد الرئيس،", "يشكركم وفد بلادي على عقد هذه الجلسة الهامة.", "وشكرًا السيد الرئيس.", "اقرأ أيضا"),
    ],
)
def test_the_frame_is_known_in_every_language(greeting: str, sentence: str, closing: str, after: str) -> None:
    text = f"{TITLE}\n\n{greeting}\n\n{sentence}\n\n{closing}\n\n{after}\n\nXyz abc"
    article = read(text=text)
    assert article.body.split("\n\n") == [greeting, sentence, closing]
    assert article.tail.splitlines() == [after, "Xyz abc"]


def test_a_teaser_in_the_middle_is_taken_out_and_the_speech_goes_on() -> None:
    speech = [*SPEECH[:3], "See also: Norland ratifies the Convention", *SPEECH[3:]]
    assert read(text="\n\n".join([TITLE, *speech])).body.split("\n\n") == SPEECH


def test_thanks_in_the_middle_do_not_end_a_speech() -> None:
    speech = [SPEECH[0], "I thank you.", *SPEECH[1:]]
    assert read(text="\n\n".join([TITLE, *speech])).body.split("\n\n") == speech


@pytest.mark.parametrize(
    "paragraph",
    [
        "Mr. President, Norland thanks you for the honour of speaking today on a subject that concerns all of us here.",
        "Data protection is a right that every State in this room has undertaken to respect.",
        "By continuing to finance ransomware, some States defeat the norms that they accepted.",
        "Comments were made this morning on the paper, and to those who made them we say thank you.",
        "Next, those who act in good faith deserve the protection of the law.",
        "See what has become of the register that this Group agreed upon by consensus in 2021.",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3, 6], ids=["first", "second", "middle", "before the close"])
def test_no_sentence_is_taken_for_the_frame_because_of_how_it_begins(paragraph: str, place: int) -> None:
    speech = [*SPEECH[:place], paragraph, *SPEECH[place:]]
    assert read(text="\n\n".join([TITLE, "24 June 2024", *speech])).body.split("\n\n") == speech
    assert read(page("".join(f"<p>{line}</p>" for line in speech))).body.split("\n\n") == speech


def test_the_title_is_found_where_none_is_given() -> None:
    article = read(page(PARAGRAPHS), title=None)
    assert article.title == TITLE
    copied = f"Permanent Mission of Norland\nHome > Statements\n\n{TITLE}\n\n24 June 2024\n\n" + "\n\n".join(SPEECH)
    assert read(text=copied, title=None).title == TITLE


def test_a_title_given_cut_short_is_made_whole_from_the_page() -> None:
    assert read(page(PARAGRAPHS), title="Statement by Norland at the General…").title == TITLE


@pytest.mark.parametrize(
    "own", ["Statement by Counsellor A. Example of Norland, 18 June 2024", "Delivered in New York on 18 June 2024"]
)
def test_the_page_s_own_title_is_kept_where_the_one_given_is_another(own: str) -> None:
    article = read(text="\n\n".join([own, *SPEECH]), title="Norland on the law of nations in cyberspace")
    assert article.title == "Norland on the law of nations in cyberspace"
    assert article.header.splitlines() == [own]
    assert own not in read(page(PARAGRAPHS), title=f"{own} {TITLE}").header


def test_lines_above_a_speech_stay_apart_in_a_script_without_capitals() -> None:
    head = [
        "بيان وفد نورلاند أمام الفريق العامل المعني بأمن المعلومات",
        "نيويورك، الثلاثاء ١٨ حزيران/يونيو ٢٠٢٤، الجلسة الصباحية",
        "ألقاه المستشار فلان بن فلان، نائب رئيس وفد نورلاند",
    ]
    speech = [
        "السيد الرئيس،",
        "ترى نورلاند أن ميثاق الأمم المتحدة يسري في الفضاء السيبراني كما يسري في البحر.",
        "وشكرا.",
    ]
    article = read(text="\n".join(head) + "\n\n" + "\n\n".join(speech), title=head[0])
    assert (article.title, article.header.splitlines(), article.body.split("\n\n")) == (head[0], head[1:], speech)


def test_a_bare_title_and_snippet_gives_the_snippet() -> None:
    article = read(text=f"{TITLE}\n\nNorland asks for a yearly report.")
    assert (article.title, article.body) == (TITLE, "Norland asks for a yearly report.")
    assert read().title == TITLE


def test_words_set_apart_by_style_alone_do_not_run_together() -> None:
    article = read(page(PARAGRAPHS, before="<div><span>24 June 2024</span><span>Reading time</span></div>"))
    assert article.header.splitlines() == ["24 June 2024", "Reading time"]


def test_a_page_hidden_until_scripts_run_is_read() -> None:
    html = f"<html><body><div style='display: none'><h1>{TITLE}</h1>{PARAGRAPHS}</div></body></html>"
    assert read(html).body.split("\n\n") == SPEECH


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (Record(id="a"), "empty"),
        (Record(id="a", html=" ", text="\n"), "empty"),
        (Record(id="a", html="<html><script>render()</script></html>"), "no text"),
        (Record(id="a", text="\x00\x01\x02\x03" * 50), "binary"),
        (Record(id="a", text="\ufffd" * 50), "binary"),
        (Record(id="a", html="<div>" * 5000 + "deep"), "levels deep"),
    ],
)
def test_what_cannot_be_read_says_why(record: Record, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        extract(record)


def test_five_hundred_paragraphs_inside_each_other_are_all_read() -> None:
    html = f"<h1>{TITLE}</h1>" + "".join(f"<font>Paragraph {i} of this speech is here.<br><br>" for i in range(500))
    assert len(read(html).body.split("\n\n")) == 500


if CORPUS.exists():  # an additional check where the measured corpus lies beside the repository

    @pytest.mark.parametrize("variant", ["html", "text"])
    def test_on_the_corpus_no_position_is_lost_and_no_word_invented(variant: str) -> None:
        lost, invented = [], []
        for line in CORPUS.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            content = {variant: row[variant]}
            body = extract(Record(id=row["id"], title=row["title"], **content)).body
            page_text = squeezed(row["text"])
            lost += [n["sentence"] for n in row.get("nuggets") or () if squeezed(n["sentence"]) not in squeezed(body)]
            invented += [p for p in body.split("\n\n") if squeezed(p) not in page_text]
        assert lost == []
        assert invented == []


@pytest.mark.parametrize(
    "line",
    [
        "Wed, 19/06/2024 - 11:20",
        "Norland's statement at the ninth substantive session of the Open-ended Working Group on security of and in "
        "the use of information and communications technologies, held in New York, 18 June 2024 (as delivered)",
        "58-я сессия Совета по правам человека, Женева, 14 марта 2025 г.",
        "Nous reproduisons la déclaration prononcée le 18 juin 2024 à New York par l'ambassadrice.",
    ],
)
def test_a_line_that_tells_the_day_before_the_greeting_is_no_part_of_the_speech(line: str) -> None:
    article = read(text="\n\n".join([TITLE, line, *SPEECH]))
    assert article.body.split("\n\n") == SPEECH
    assert line in article.header


def test_a_greeting_may_open_a_long_paragraph() -> None:
    front = [
        "Statement by Ambassador A. Example at the open debate.",
        "Location:",
        "New York",
        "Delivered on:",
        "18 June 2024",
    ]
    speech = [f"Thank you, Madam Chair. {SPEECH[1]}", *SPEECH[2:]]
    article = read(text="\n\n".join([TITLE, *front, *speech]))
    assert article.body.split("\n\n") == speech
    assert "Delivered on: 18 June 2024" in article.header


@pytest.mark.parametrize(
    "contact",
    ["12 Embassy Row, New York, N.Y. 10022 · Tel (212) 555-0172", "www.mission.example · mission@state.example"],
)
def test_the_letterhead_of_a_document_is_no_title(contact: str) -> None:
    title = "Statement by Malawi at the Open-ended Working Group on security of and in the use of ICTs"
    speech = "New York, 29 March 2022\n\nMr. Chair,\n\nMalawi proposes a fund for all of us here.\n\nThank you."
    text = f"{contact}\n\n{title}\n\n{speech}"
    assert extract(Record(id="1", text=text)).title == title
