"""One page that shows a reply as each platform would."""

from __future__ import annotations

from bot.domain.reply import Reply, Section
from bot.plugins import renderers
from bot.services.preview import preview_page

SECTIONS = tuple(Section(heading=f"Statement {number}", text="words " * 400) for number in range(12))


def test_what_goes_into_a_thread_is_shown_under_the_first_message() -> None:
    shown = [each for each in renderers().values() if each.style]
    page = preview_page(Reply(heading="A digest", sections=SECTIONS, thread=True), shown)
    assert page.count("In the thread under it") == len(shown) == 2
    first, _, rest = page.partition("In the thread under it")
    assert "Statement 0" in first
    assert "Statement 11" in rest
    alone = preview_page(Reply(heading="A digest", sections=SECTIONS[:1], thread=True), shown)
    assert "In the thread" not in alone
