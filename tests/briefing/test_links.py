"""Links that open a page at a sentence."""

from __future__ import annotations

from urllib.parse import unquote

from bot.briefing.links import link

URL = "https://mission.example/7"


def to(body: str, quoted: str, *, after: int = 0, url: str | None = URL) -> str | None:
    start = body.index(quoted, after)
    return link(url, body, start, start + len(quoted))


def test_a_short_quote_is_given_whole_with_its_syntax_encoded() -> None:
    assert to("We do. Well-being, law & order.", "Well-being, law & order.") == (
        f"{URL}#:~:text=Well%2Dbeing%2C%20law%20%26%20order."
    )


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    quoted = "Freedonia supports a mechanism that is open to every State " + "and every voice " * 6 + "in this room."
    assert (
        to(quoted, quoted)
        == f"{URL}#:~:text=Freedonia%20supports%20a%20mechanism%20that,every%20voice%20in%20this%20room."
    )


def test_words_that_stand_earlier_too_are_told_apart_by_what_precedes() -> None:
    body = "Some say yes. We agree.\n\nOthers say no, Chair. We agree."
    found = to(body, "We agree.", after=body.index("Others"))
    assert found == f"{URL}#:~:text=Others%20say%20no%2C%20Chair.-,We%20agree."


def test_chinese_and_arabic_are_encoded_as_they_stand() -> None:
    chinese = "我们支持在联合国框架内建立常设机制。" * 6
    assert unquote(to(chinese, chinese) or "").endswith(f":~:text={chinese[:14]},{chinese[-14:]}")
    assert unquote(to("نرفض ذلك.", "نرفض ذلك.") or "") == f"{URL}#:~:text=نرفض ذلك."


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert to("We agree.", "We agree.", url=f"{URL}#top") == f"{URL}#top:~:text=We%20agree."


def test_without_an_address_there_is_no_link() -> None:
    assert to("We agree.", "We agree.", url=None) is None
