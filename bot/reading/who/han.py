"""A person's name in Chinese, where it stands glued to post and state: 新加坡常驻联合国副代表陈慧芩."""

from __future__ import annotations

import re
from functools import cache

from bot import data
from bot.reading.states import find_states
from bot.reading.who.groups import find_groups
from bot.reading.who.vocabulary import common, wordlist

SIGNS = r"[\u3400-\u9fff]{1,8}(?:-[\u3400-\u9fff]{1,6})?"
FOREIGN = re.compile(rf"{SIGNS}(?:[·•・‧．](?:{SIGNS}|[\u3400-\u9fffA-Za-z]{{1,10}})){{1,4}}")
DATE = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[，,]?\s?")
LATIN = re.compile(r"[（(][A-Za-z\u00c0-\u024f][^（）()]{0,60}[）)]")
GIVEN = re.compile(r"由([^，。；：由]{2,40}?)(?:宣读|代读|代为宣读|作发言|代表宣读|作出|所作|发表|致辞|作)")
WHO = re.compile(r"(?:发言|宣读|讲话|致辞)(?:人|者|代表)?的?(?:是|为)([^，。；：]{2,40})")
LABEL = re.compile(
    r"(?:代表[^：:，。]{1,12})?(?:发言|宣读|讲话|致辞|演讲|陈述|主讲)(?:人|者|代表|嘉宾)?(?:[（(][^（）()]{1,6}[）)])?(?=\s?[:：])"
)
# What leads to a name in a caption or a note: `图为…在发言`, `本文为…的发言稿`.
LED = re.compile(r"^(?:图为|图片为|以下[是为]|这是|此为|本文[系为是]|本发言由|本发言系|根据|现将|下面是|转发|刊发)")
# How posts and offices end: what stands in brackets or behind a comma after a name, or before it and a space.
POST_ENDS = tuple("官长员师任使赞书办表席监理授问")
OFFICE_ENDS = (*"司局厅署院处部委会庭所队室办", "中心", "大学")
# Whose member somebody is, right before the name: `中国代表团…参赞`.
HOUSES = ("代表团", "使团", "常驻团", "代表处")
# A name with a surname in no list has so many signs.
UNLISTED = range(2, 6)
# Signs that no name holds: small words, and what sessions, houses and numbers are called.
UNNAMED = re.compile(
    "[的了在是就和与及并关于作为对从由向到各该本此其这那们个届次第会议团组处局部司级国年月日某等后前中间时提请将被把让给谈一二三四五六七八九十]"
)
# Behind these stands whom or what somebody does something with or to.
WITH = re.compile("[在与同跟向]")
HAN = re.compile(r"[\u3400-\u9fff·•・‧．-]+")


@cache
def _surnames(*keys: str) -> frozenset[str]:
    return frozenset("".join(part for key in keys for part in data.table("names.toml")[key]))


@cache
def _compound() -> tuple[str, ...]:
    return tuple(data.table("names.toml")["chinese_compound"])


def is_common(sign: str) -> bool:
    """Whether a sign is a surname that anybody may bear, so that it tells a name by itself."""
    return sign in _surnames("chinese_surnames")


def name_in(part: str, *, certain: bool = False, bounded: bool = False) -> tuple[str, str | None] | None:
    """The name a part of a line ends with, and the post around it; None if it does not end with one for certain.

    `part` is what stands before 在, or all of a line: state and posts, the name, perhaps another post. `certain` says
    that a name must stand there, so that one with a rare surname needs no post; `bounded`, that it must if a post
    stands before it, as what follows is what somebody does.
    """
    part = DATE.sub("", LATIN.sub("", LED.sub("", part)).strip(" 　:：,，、()（）"))
    lead, core, tail = _without_posts(part)
    core = _without_states(core).strip(" 　:：,，、")
    post = (tail or ("" if lead.endswith(HOUSES) else lead)).strip(" 　:：,，、")
    office, _, last = core.replace("　", " ").rpartition(" ")
    if office.endswith(OFFICE_ENDS) and is_name(last) and not _of_words(last):
        return last, tail or f"{lead}{office.strip()}"
    first, _, behind = core.replace("　", " ").partition(" ")
    if is_name(first) and not _of_words(first) and (tail or behind.endswith(OFFICE_ENDS)):
        return first, f"{behind}{tail}".strip()
    courteous = part.endswith(tuple(wordlist("han", "honorifics")))
    sure = bool(lead) and not WITH.search(lead) and (bool(tail) or not lead.endswith(HOUSES))
    told = certain or courteous or (bounded and sure)
    known = bool(post) or told or (bool(core) and is_common(core[0]))
    if not is_name(core, certain=told) or not (known or FOREIGN.fullmatch(core)):
        return None
    return core, post or None


def _of_words(name: str) -> bool:
    """Whether what looks like a name holds a word of speeches and pages: `金融` behind an office is none."""
    return any(name[at : at + 2] in common("han") for at in range(len(name) - 1))


def _without_posts(part: str) -> tuple[str, str, str]:
    """The part as (posts before, what may be a name, posts and courtesies after)."""
    courtesies = wordlist("han", "honorifics")
    posts = sorted(wordlist("han", "roles") | courtesies, key=lambda word: -len(word))
    tail = ""
    ended = next((post for post in posts if part.endswith(post) and len(part) > len(post)), None)
    while ended:
        part, tail = part.removesuffix(ended), tail if ended in courtesies else ended + tail
        ended = next((post for post in posts if part.endswith(post) and len(part) > len(post)), None)
    inner = [*posts, *wordlist("han", "posts"), *HOUSES]
    cut = max((part.rfind(post) + len(post) for post in inner if post in part), default=0)
    return part[:cut], part[cut:], tail


def _without_states(core: str) -> str:
    named = find_states(core, "zh")
    return core[named[-1].end :] if named and named[0].start == 0 else core


def is_name(text: str, *, certain: bool = False) -> bool:
    """Whether a text is a Chinese name (a known surname and one or two signs) or one transcribed with a middle dot.

    `certain` says that a name must stand here: then one from abroad or with a surname in no list is one.
    """
    if FOREIGN.fullmatch(text):
        return True
    if not HAN.fullmatch(text) or any(word in text for word in wordlist("han", "not_names")):
        return False
    if text.startswith(_compound()) or text[1:2] == "氏":
        return 3 <= len(text) <= 5
    if text[0] in _surnames("chinese_surnames", "chinese_rarer") and 2 <= len(text) <= 3:
        return len(text) > 2 or not _speaks_for_itself(text)
    named = certain and len(text) in UNLISTED and not UNNAMED.search(text) and not _of_words(text)
    return named and not _speaks_for_itself(text)


def _speaks_for_itself(text: str) -> bool:
    """Whether what looks like a name is a state or a group."""
    return bool(find_states(text, "zh") or find_groups(text, "han"))
