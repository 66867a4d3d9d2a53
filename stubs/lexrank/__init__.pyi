from collections.abc import Mapping, Sequence, Set

STOPWORDS: Mapping[str, Set[str]]

class LexRank:
    def __init__(self, documents: Sequence[Sequence[str]], stopwords: Set[str] | None = None) -> None: ...
    def rank_sentences(self, sentences: Sequence[str]) -> Sequence[float]: ...
