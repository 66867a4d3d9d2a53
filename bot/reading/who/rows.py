"""The lines above a speech as rows: a label that stands on a line of its own, with the post and the name it labels."""

from __future__ import annotations

from bot.reading.who import han
from bot.reading.who.line import Line
from bot.reading.who.names import find_name
from bot.reading.who.posts import begins_with_post
from bot.reading.who.vocabulary import flat, phrases, script_of, wordlist

LONGEST_POST = 120
LONGEST_NAME = 60
EDGES = " :：?？|/"


def rows(lines: list[str], *, posts: bool = True) -> list[str]:
    """`Speaker` / `Counsellor` / `Jane Roe` as one line; `Jane Roe` / `Title` / `Counsellor` as another.

    Without `posts` a name is left on its line where only a post, and no label, stands before it.
    """
    made: list[str] = []
    waiting = labelled = False
    for line in lines:
        if waiting:
            made[-1] = f"{made[-1].rstrip(EDGES)}: {line}"
            labelled = True
        elif made and (posts or labelled) and _posted(made[-1], line):
            made[-1] = f"{made[-1]} {line}" if script_of(line) == "han" else f"{made[-1]}, {line}"
        elif labelled and made and is_label(made[-1], "role_labels"):
            before = made[:-1]
            made = [*before[:-1], f"{before[-1]}, {line}"] if before and is_post(line) else [*made, line]
            labelled = False
        else:
            made.append(line)
        waiting = is_label(made[-1])
    return made


def is_label(line: str, *keys: str) -> bool:
    """Whether a line is nothing but a label: of who speaks, or of the lists named."""
    return bool(phrases(script_of(line), *(keys or ("labels", "asks"))).fullmatch(flat(line).strip(EDGES)))


def _posted(before: str, line: str) -> bool:
    """Whether a line is the name of the one whose post, or label and post, is all the line before says."""
    script = script_of(before)
    label = phrases(script, "labels", "asks").match(flat(before)) if ":" in before or "：" in before else None
    post = before[label.end() :].lstrip(EDGES) if label else before
    return is_post(post) and is_name(line)


def is_post(text: str) -> bool:
    """Whether a text is a post and names nobody."""
    if len(text) > LONGEST_POST or not text:
        return False
    if script_of(text) == "han":
        return text.endswith(tuple(wordlist("han", "roles"))) and han.name_in(text) is None
    return begins_with_post(text.removeprefix("Le ").removeprefix("La ").removeprefix("El ")) and (
        find_name(Line(text, script_of(text))) is None
    )


def is_name(text: str) -> bool:
    """Whether a line has the looks of a person's name and nothing else."""
    script = script_of(text)
    if (
        len(text) > LONGEST_NAME
        or is_label(text)
        or is_label(text, "role_labels", "not_speaker", "other_labels", "press")
    ):
        return False
    if script == "han":
        return han.is_name(text) or ((found := han.name_in(text)) is not None and text.startswith(found[0]))
    name = find_name(Line(text, script), certain=True)
    return name is not None and name.start == 0 and name.end >= len(text.rstrip(" .,"))
