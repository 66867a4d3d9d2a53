"""Every regular expression of the program, seen while it is compiled in a process that imports all of it.

`python -m tests.hostile.regexes` prints them as JSON. Many are built from data (languages, states, cues) when they are
first needed, so a sample of every language is read and briefed too. A call that compiles one and was not reached is
named: what was not seen cannot be tried.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "adapters")
VERBS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
LANGUAGES = 6
# Alembic runs it itself, with a connection.
NOT_IMPORTED = "bot.infra.store.migrations.env"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regex:
    """An expression with its flags, where it is compiled (`path:line`), and the verbs it was seen to be used with."""

    pattern: str
    flags: int
    binary: bool
    places: list[str]
    verbs: list[str]

    def compiled(self) -> re.Pattern[Any]:
        """The expression as the program has it."""
        if self.binary:
            return re.compile(self.pattern.encode("latin-1"), self.flags)
        return re.compile(self.pattern, self.flags & ~re.UNICODE)


def collected() -> tuple[list[Regex], list[str]]:
    """All expressions, and the places that compile one and were not reached; found in a process of their own."""
    command = [sys.executable, "-m", __name__]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120).stdout)
    return [Regex(**one) for one in found["regexes"]], found["unseen"]


class Watched:
    """A compiled expression that notes which verbs it is used with."""

    def __init__(self, real: re.Pattern[Any], verbs: set[str]) -> None:
        self.real, self.verbs = real, verbs

    def __getattr__(self, name: str) -> Any:
        if name in VERBS:
            self.verbs.add(name)
        return getattr(self.real, name)


class Watch:
    """Stands before `re`'s own compiler, for calls from our packages."""

    def __init__(self) -> None:
        self.compile: Any = vars(re)["_compile"]
        self.verbs: dict[tuple[Any, int], set[str]] = {}
        self.places: dict[tuple[Any, int], set[str]] = {}

    def __call__(self, pattern: Any, flags: int) -> Any:
        frame = sys._getframe(1)
        while frame.f_back and Path(frame.f_code.co_filename).parent.name == "re":
            frame = frame.f_back
        real = self.compile(pattern.real if isinstance(pattern, Watched) else pattern, flags)
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] not in PACKAGES:
            return real
        return self.note(real, f"{path.relative_to(ROOT)}:{frame.f_lineno}")

    def note(self, real: re.Pattern[Any], place: str) -> Watched:
        """Remember an expression and its place."""
        key = (real.pattern, real.flags)
        self.places.setdefault(key, set()).add(place)
        return Watched(real, self.verbs.setdefault(key, set()))

    def regexes(self) -> Iterator[Regex]:
        """What was seen."""
        for (pattern, flags), places in self.places.items():
            binary = isinstance(pattern, bytes)
            text = pattern.decode("latin-1") if binary else pattern
            verbs = sorted(self.verbs[pattern, flags])
            yield Regex(pattern=text, flags=flags, binary=binary, places=sorted(places), verbs=verbs)


def _import_all() -> None:
    for package in map(import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if module.name != NOT_IMPORTED and not module.name.endswith("__main__"):
                import_module(module.name)


def _use() -> None:
    """Have what is built on demand built: the words of each language, and expressions made of what somebody says."""
    from bot.briefing import make_brief
    from bot.briefing.vocabulary import vocabulary
    from bot.domain.dates import parse_moment
    from bot.domain.statement import Record
    from bot.reading.document import to_record
    from bot.reading.reader import read

    seen = set()
    for line in (ROOT / "tests/corpus/samples.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["language"] not in seen and row["is_cyber_statement"]:
            seen.add(row["language"])
            make_brief(read(Record(id=row["id"], url=row["url"], html=row["html"])))
            make_brief(read(to_record(row["text"].encode(), id="x", url=None, media_type="text/plain", charset=None)))
    read(
        Record(
            id="y", text="Statement\n\nMr. Chair, I speak for the Baltic States and my own country, Estonia, on cyber."
        )
    )
    for language in seen:
        vocabulary(language)
    parse_moment("Thu, 27 Aug 26 10:15:00 MSK")
    assert len(seen) == LANGUAGES


def _written(watch: Watch) -> Iterator[str]:
    """Note the expressions that stand where they are used; give the places that compile one and were not reached."""
    reached = {place for places in watch.places.values() for place in places}
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        name = path.relative_to(ROOT)
        module = ".".join(name.with_suffix("").parts).removesuffix(".__init__")
        for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            lines = range(call.lineno, (call.end_lineno or call.lineno) + 1)
            if not reached & {f"{name}:{line}" for line in lines} and not _noted(
                watch, call, module, f"{name}:{call.lineno}"
            ):
                yield f"{name}:{call.lineno}"


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Each call of a function of `re` that takes an expression."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=verb)) if verb in (*VERBS, "compile"):
                yield node


def _noted(watch: Watch, call: ast.Call, module: str, place: str) -> bool:
    """Note an expression made of constants alone, if this is one."""
    flags = next((word.value for word in call.keywords if word.arg == "flags"), None)
    try:
        parts = [eval(ast.unparse(part), vars(sys.modules[module])) for part in (call.args[0], flags) if part]
        real = watch.compile(parts[0], parts[1] if len(parts) > 1 else 0)
    except (NameError, KeyError):
        return False
    assert isinstance(call.func, ast.Attribute)
    watched = watch.note(real, place)
    if call.func.attr in VERBS:
        watched.verbs.add(call.func.attr)
    return True


def main() -> None:
    """Print what is found."""
    watch = vars(re)["_compile"] = Watch()
    _import_all()
    _use()
    unseen = list(_written(watch))
    print(json.dumps({"regexes": [asdict(one) for one in watch.regexes()], "unseen": unseen}))


if __name__ == "__main__":
    main()
