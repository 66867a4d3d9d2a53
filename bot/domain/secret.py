"""A value that must not be shown."""

from __future__ import annotations


class Secret:
    """Text that prints as `***`; `reveal()` is the only way to the words themselves."""

    __slots__ = ("_words",)

    def __init__(self, words: str) -> None:
        self._words = words

    def reveal(self) -> str:
        """The words, for the one call that needs them."""
        return self._words

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._words == self._words

    def __hash__(self) -> int:
        return hash(self._words)
