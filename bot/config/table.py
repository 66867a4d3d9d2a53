"""One table of settings that knows where each of its values came from."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.secret import Secret
from bot.errors import SettingsError

Value = TypeVar("Value")
Default = TypeVar("Default")
SECRET_ENDINGS = ("token", "secret", "api_key", "password")


class Places:
    """Where settings came from: variables by key, else the file and the line that names the key."""

    def __init__(self, path: str, text: str, variables: Mapping[str, str]) -> None:
        self._path, self._lines, self._variables = path, text.splitlines(), variables

    def of(self, key: str) -> str:
        """The place of a dotted key such as `channels[1].schedule`: `attache.toml:12` or `$ATTACHE_TIME_ZONE`."""
        if variable := self._variables.get(key):
            return f"${variable}"
        line = self._line(key)
        return f"{self._path}:{line}" if line else self._path

    def _line(self, key: str) -> int | None:
        section, _, name = key.rpartition(".")
        current, counts, header = "", dict[str, int](), None
        for number, line in enumerate(self._lines, 1):
            words = line.strip()
            if words.startswith("[["):
                title = words.strip("[] ")
                counts[title] = counts.get(title, 0) + 1
                current = f"{title}[{counts[title]}]"
            elif words.startswith("["):
                current = words.strip("[] ")
            elif current == section and words.partition("=")[0].strip().strip("\"'") == name:
                return number
            if current in {key, section, f"{key}[1]"} and current and header is None:
                header = number
        return header


class Table:
    """A table being read: every key taken is ticked off, and `finish` names those nobody knows."""

    def __init__(self, raw: Mapping[str, Any], places: Places, name: str = "") -> None:
        self._raw, self._places, self._name = dict(raw), places, name
        self._known: list[str] = []

    def take(self, key: str, read: Callable[[Any], Value], default: Default) -> Value | Default:
        """A value, or its default where it is not set. Raises SettingsError if it is wrong."""
        self._known.append(key)
        if key not in self._raw:
            return default
        try:
            return read(self._raw.pop(key))
        except ValueError as error:
            raise self.error(key, str(error)) from None

    def need(self, key: str, read: Callable[[Any], Value]) -> Value:
        """A value that must be there."""
        if key not in self._raw:
            raise self.error(key, "is missing")
        value = self.take(key, read, None)
        assert value is not None  # noqa: S101 - for the type checker: the key is there
        return value

    def tables(self, key: str) -> Iterator[Table]:
        """An array of tables, `[[key]]`."""
        for number, raw in enumerate(self.take(key, _list_of_tables(key), ()), 1):
            yield Table(raw, self._places, f"{self._path(key)}[{number}]")

    def sections(self, key: str) -> Iterator[tuple[str, Table]]:
        """The sub-tables `[key.<name>]`."""
        for name, raw in self.take(key, _table_of_tables(key), {}).items():
            yield name, Table(raw, self._places, f"{self._path(key)}.{name}")

    def section(self, key: str) -> Table | None:
        """The sub-table `[key]`, None where there is none."""
        raw = self.take(key, _table(key), None)
        return None if raw is None else Table(raw, self._places, self._path(key))

    def take_secret(self, key: str) -> Secret | None:
        """A secret given as `key`, or in a file named by `<key>_file`."""
        plain = self.take(key, lambda value: Secret(str(value)), None)
        path = self.take(f"{key}_file", str, None)
        return plain if path is None else self._secret_file(f"{key}_file", path)

    def rest_with_secrets(self) -> Mapping[str, Any]:
        """All that is left, as it is; what is secret by its name wrapped, and read from `<key>_file` where given."""
        found: dict[str, Any] = {}
        for key, value in self._raw.items():
            if key.endswith(tuple(f"{ending}_file" for ending in SECRET_ENDINGS)):
                found[key.removesuffix("_file")] = self._secret_file(key, value)
            else:
                found[key] = Secret(str(value)) if key.endswith(SECRET_ENDINGS) else value
        self._raw.clear()
        return found

    def _secret_file(self, key: str, path: Any) -> Secret:
        try:
            return Secret(Path(str(path)).read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not text"
            raise self.error(
                key, f"{path} cannot be read ({reason}); name a file that holds the secret alone"
            ) from None

    def finish(self) -> None:
        """Raise SettingsError for a key nobody took, with the one it was probably meant to be."""
        for key in self._raw:
            near = difflib.get_close_matches(key, self._known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(sorted(self._known))}"
            raise self.error(key, f"is not a setting; {hint}")

    def error(self, key: str, problem: str) -> SettingsError:
        """The error for one of this table's keys."""
        path = self._path(key)
        return SettingsError(path, self._places.of(path), problem)

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key


def _list_of_tables(key: str) -> Callable[[Any], list[dict[str, Any]]]:
    def read(value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise ValueError(f"should be written as [[{key}]] tables")
        return value

    return read


def _table(key: str) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError(f"should be written as a [{key}] table")
        return value

    return read


def _table_of_tables(key: str) -> Callable[[Any], dict[str, dict[str, Any]]]:
    def read(value: Any) -> dict[str, dict[str, Any]]:
        if not isinstance(value, dict) or not all(isinstance(part, dict) for part in value.values()):
            raise ValueError(f"should be written as [{key}.<name>] tables")
        return value

    return read
