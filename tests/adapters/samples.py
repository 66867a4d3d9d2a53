"""Replies for the renderers' tests: an ordinary one, hostile ones, and any that hypothesis can think of."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.domain.reply import Action, Quotation, Reply, Section, Table
from bot.domain.taxonomy import Stance

HOSTILE = (
    "@everyone <!channel> <@U0123> <@&99> <#C1> <https://evil.example|press.un.org> **bold** "
    "[click](https://evil.example) `code` ||spoiler|| # head\u202e\u200b\x1b[31m &amp; > quote"
)
ORDINARY = Reply(
    heading="UN cyber statements: 2 new",
    intro="2 new, 4 sources checked, 1 failing",
    sections=(
        Section(
            heading="Statement by Chile at the Global Mechanism",
            url="https://chile.example/s/1",
            byline="Chile · Global Mechanism · 17 November 2026",
            points=(
                Quotation(
                    text="Chile proposes a register of contact points.",
                    stance=Stance.PROPOSES,
                    link="https://chile.example/s/1#:~:text=Chile%20proposes",
                    new=True,
                ),
                Quotation(text="We reject ransom payments.", stance=Stance.OPPOSES, new=False),
            ),
            language="en",
        ),
        Section(
            heading="بيان",
            byline="Egypt",
            points=(Quotation(text="تدعو مصر إلى التعاون.", stance=Stance.CALLS_FOR),),
            language="ar",
        ),
    ),
    footer="Every point is quoted word for word.",
    actions=(Action(label="Open", url="https://attache.example/digests/1"),),
)

RETOLD = Reply(
    heading="UN cyber statements: 1 new",
    sections=(
        Section(
            heading="Declaración de Chile",
            lead="Chile proposes a register. Chile rejects ransom payments.",
            points=(
                Quotation(
                    text="Proponemos un registro.",
                    stance=Stance.PROPOSES,
                    link="https://chile.example/s/2",
                    written="Chile proposes a register.",
                ),
                Quotation(text="Rechazamos los pagos.", stance=Stance.OPPOSES),
            ),
            language="es",
        ),
    ),
)

words = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=400),
    st.sampled_from(["word " * 900, "网络安全" * 700, "أمن " * 1200, HOSTILE, "x" * 5000, "😀" * 2500]),
)
links = st.none() | st.integers(1, 4000).map(lambda size: "https://un.example/#:~:text=" + "%D9" * (size // 3))
points = st.builds(
    Quotation,
    text=words,
    stance=st.none() | st.sampled_from(Stance),
    link=links,
    new=st.sampled_from([None, True, False]),
    written=st.just("") | words,
)
tables = st.none() | st.lists(st.tuples(words, words), max_size=5).map(
    lambda rows: Table(columns=("a", "b"), rows=tuple(rows))
)
sections = st.builds(
    Section,
    heading=words,
    url=links,
    byline=words,
    text=words,
    lead=st.just("") | words,
    points=st.lists(points, max_size=6).map(tuple),
    table=tables,
)
replies = st.builds(
    Reply,
    heading=words.map(lambda text: text or "x"),
    intro=words,
    sections=st.lists(sections, max_size=8).map(tuple),
    footer=words,
    actions=st.lists(
        st.builds(Action, label=words.map(lambda t: t or "x"), url=st.just("https://a.example")), max_size=30
    ).map(tuple),
)
