from collections.abc import Callable, Sequence
from typing import Protocol

from sumy.models.dom import ObjectDocumentModel, Sentence

class SentenceInfo(Protocol):
    order: int

class AbstractSummarizer:
    stop_words: frozenset[str]
    def __init__(self, stemmer: Callable[[str], str] = ...) -> None: ...
    def __call__(
        self, document: ObjectDocumentModel, count: Callable[[Sequence[SentenceInfo]], Sequence[SentenceInfo]]
    ) -> tuple[Sentence, ...]: ...
