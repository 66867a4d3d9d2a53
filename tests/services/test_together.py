"""Writing together: each is told of its own, whatever became of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.services.together import GIVEN_UP_AFTER, Together


class Book:
    """Writes numbers down, but for those it cannot."""

    def __init__(self, *unwritable: int) -> None:
        self.unwritable, self.written, self.calls = set(unwritable), list[int](), 0

    async def write(self, numbers: Sequence[int]) -> None:
        self.calls += 1
        await asyncio.sleep(0)
        if bad := self.unwritable & set(numbers):
            raise ValueError(f"{min(bad)} cannot be written")
        self.written += numbers


async def outcomes(book: Book, numbers: range) -> list[BaseException | None]:
    together = Together(book.write)
    return await asyncio.gather(*(together(number) for number in numbers), return_exceptions=True)


async def test_what_comes_at_once_is_written_at_once() -> None:
    book = Book()
    assert await outcomes(book, range(100)) == [None] * 100
    assert book.written == list(range(100))
    assert book.calls == 1


async def test_one_that_cannot_be_written_costs_no_other() -> None:
    book = Book(3)
    found = await outcomes(book, range(10))
    assert [number for number, error in enumerate(found) if error] == [3]
    assert set(book.written) == set(range(10)) - {3}


async def test_where_nothing_can_be_written_everybody_is_told_soon() -> None:
    book = Book(*range(100))
    found = await outcomes(book, range(100))
    assert all(isinstance(error, ValueError) for error in found)
    assert book.calls == 1 + GIVEN_UP_AFTER


async def test_who_waits_no_longer_has_its_item_written_and_holds_up_nobody() -> None:
    book = Book()
    together = Together(book.write)
    gone = asyncio.create_task(together(1))
    await asyncio.sleep(0)
    gone.cancel()
    await together(2)
    assert book.written == [1, 2]
    with pytest.raises(asyncio.CancelledError):
        await gone
