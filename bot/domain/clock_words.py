"""Times of day and time zones as feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

# Minutes east of UTC. Names several zones share stand for the one feeds mostly mean: IST India (not Israel, Ireland),
# CST, EST, AST North America (not China, Australia, Arabia), BST Britain (not Bangladesh), GST the Gulf, SST Samoa.
_ZONES = {
    name: minutes
    for minutes, names in {
        0: "z ut utc gmt wet",
        60: "cet bst wat met mez west",
        120: "cest eet sast cat mest mesz",
        180: "msk eest eat trt idt",
        210: "irst",
        240: "msd gst azt samt",
        270: "aft",
        300: "pkt uzt yekt tmt tjt",
        330: "ist slst",
        345: "npt",
        360: "bdt omst btt almt kgt",
        390: "mmt",
        420: "ict wib krat novt",
        480: "sgt hkt pht awst myt wita irkt bnt ulat",
        540: "jst kst wit yakt",
        570: "acst",
        600: "aest vlat pgt chst",
        630: "acdt",
        660: "aedt magt sbt",
        720: "nzst fjt pett",
        780: "nzdt tot phot",
        -60: "cvt azot",
        -180: "brt art adt uyt clst gft",
        -150: "ndt",
        -210: "nst",
        -240: "ast edt bot clt gyt vet pyt",
        -300: "est cdt pet cot ect",
        -360: "cst mdt",
        -420: "mst pdt",
        -480: "pst akdt",
        -540: "akst hdt",
        -600: "hst",
        -660: "sst",
    }.items()
    for name in names.split()
}
_ZONE = re.compile(
    r"\s{0,3}\(?(?:(?:utc|gmt|z)?\s?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d)|(?P<name>[a-z]{1,5})\b)"
)
_CLOCK = re.compile(
    r"(?:(?P<early>上午|早上|凌晨)|(?P<late>下午|晚上))?\s?(?<!\d)(?P<h>\d{1,2})\s?[:h时時点點]\s?(?P<m>\d{2})分?"
    r"(?:\s?:?(?P<s>\d{2})(?:[.,](?P<f>\d{1,12}))?秒?)?(?!\d)\s?(?:(?P<am>a\.?m\b\.?|ص(?!\w))|(?P<pm>p\.?m\b\.?|م(?!\w)))?"
)
_COMPACT = re.compile(r"(?P<h>\d\d)(?:(?P<m>\d\d)(?:(?P<s>\d\d)(?:[.,](?P<f>\d{1,12}))?)?)?(?!\d|:)")
_MICROSECONDS = 6


def moment_at(day: date, rest: str) -> datetime | None:
    """The moment on a day that a folded text names, at 00:00 UTC where it names none; None if it is impossible."""
    match = _COMPACT.match(rest) or _CLOCK.search(rest)
    if match is None:
        return datetime.combine(day, time(), UTC)
    zone = _zone(rest[match.end() :])
    clock = _clock(match)
    if zone is None or clock is None:
        return None
    try:
        return datetime.combine(day, time(), zone) + clock
    except OverflowError:
        return None


def _clock(match: re.Match[str]) -> timedelta | None:
    """How long after midnight; 24:00 is the day's end, a leap second the next second."""
    parts = match.groupdict()
    hour, minute, second = (int(parts[key] or 0) for key in "hms")
    afternoon = parts.get("pm") or parts.get("late")
    if (afternoon or parts.get("am") or parts.get("early")) and hour <= 12:
        hour = hour % 12 + (12 if afternoon else 0)
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and minute + second):
        return None
    fraction = int((parts["f"] or "0")[:_MICROSECONDS].ljust(_MICROSECONDS, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=fraction)


def _zone(rest: str) -> tzinfo | None:
    """The zone a text begins with, UTC where it names none or one unknown; None for an impossible offset."""
    match = _ZONE.match(rest)
    if match is None:
        return UTC
    if match["name"]:
        minutes = _ZONES.get(match["name"], 0)
        return timezone(timedelta(minutes=minutes)) if minutes else UTC
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return None
    total = (hours * 60 + minutes) * (-1 if match["sign"] == "-" else 1)
    return timezone(timedelta(minutes=total)) if total else UTC
