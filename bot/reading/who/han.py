"""A person's name in Chinese, where it stands glued to post and state: 新加坡常驻联合国副代表陈慧芩."""

from __future__ import annotations

import re

from bot.reading.states import find_states
from bot.reading.who.vocabulary import common, wordlist

COMMON = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚庞樊兰殷施陶洪翟颜倪严牛温芦季俞章鲁耿戴"
)
SURNAMES = COMMON | frozenset(
    "常乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
    "季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈"
    "鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木"
    "穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧"
    "桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮俸元平禹狄贝臧危麻强储乌弓牧隗山后红游竺权逯盍益桓公朴承夙双"
    "尚瞿茹宦慎戈庾暨衡寇阙殳蔚夔隆厍晁勾訾阚毋乜巢蒯逄佘闫笪"
)
COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "东方",
    "独孤",
    "南宫",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "慕容",
    "端木",
)
FOREIGN = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・‧．][\u3400-\u9fffA-Za-z]{1,10}){1,4}")
DATE = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[，,]?\s?")
LATIN = re.compile(r"[（(][A-Za-z\u00c0-\u024f][^（）()]{0,60}[）)]")
GIVEN = re.compile(r"由([^，。；：由]{2,40}?)(?:宣读|代读|代为宣读|作发言|代表宣读)")
WHO = re.compile(r"(?:发言|宣读|讲话|致辞)(?:人|者|代表)?的?(?:是|为)([^，。；：]{2,40})")
# How posts and offices end: what stands in brackets or behind a comma after a name, or before it and a space.
POST_ENDS = tuple("官长员师任使赞书办表席监理授问")
OFFICE_ENDS = (*"司局厅署院处部委会庭所队室办", "中心", "大学")
HAN = re.compile(r"[\u3400-\u9fff·•・‧．]+")


def name_in(part: str, *, certain: bool = False) -> tuple[str, str | None] | None:
    """The name a part of a line ends with, and the post around it; None if it does not end with one for certain.

    `part` is what stands before 在, or all of a line: state and posts, the name, perhaps another post. `certain` says
    that a name must stand there, so that one with a rare surname needs no post.
    """
    part = DATE.sub("", LATIN.sub("", part).strip(" 　:：,，、()（）"))
    lead, core, tail = _without_posts(part)
    core = _without_states(core).strip(" 　:：,，、")
    post = (tail or lead).strip(" 　:：,，、")
    office, _, last = core.replace("　", " ").rpartition(" ")
    if office.endswith(OFFICE_ENDS) and is_name(last) and not _of_words(last):
        return last, tail or f"{lead}{office.strip()}"
    if not is_name(core) or not (post or certain or core[0] in COMMON or FOREIGN.fullmatch(core)):
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
    inner = [*posts, *wordlist("han", "posts")]
    cut = max((part.rfind(post) + len(post) for post in inner if post in part), default=0)
    return part[:cut], part[cut:], tail


def _without_states(core: str) -> str:
    named = find_states(core, "zh")
    return core[named[-1].end :] if named and named[0].start == 0 else core


def is_name(text: str) -> bool:
    """Whether a text is a Chinese name (a known surname and one or two signs) or one transcribed with a middle dot."""
    if FOREIGN.fullmatch(text):
        return True
    if not HAN.fullmatch(text) or any(word in text for word in wordlist("han", "not_names")):
        return False
    if text.startswith(COMPOUND):
        return 3 <= len(text) <= 4
    return text[0] in SURNAMES and 2 <= len(text) <= 3
