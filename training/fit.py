"""Fits the weights to marked pages: two logistic regressions drawn towards zero, over evidence and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.briefing.weights import Weights
from bot.domain.taxonomy import Stance
from training.evidence import Example, Page

# How far a vital and an okay position, and a sentence without one, are positions.
WORTH = {"vital": 1.0, "okay": 0.5, None: 0.0}
# Words are drawn to zero harder than evidence: as if each were seen half.
WORD = 0.5
STRENGTH = 1.0
STANCE_STRENGTH = 0.4
# A smaller weight than this moves nothing.
LEAST = 0.05
# Told only where it is likelier than all others together.
LEAST_TOLD = 0.5

Counts = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights of all languages: what `positions.toml` and each language's `terms.toml` hold."""

    position: Mapping[str, float]
    words: Mapping[str, Mapping[str, float]]
    stances: Mapping[str, Sequence[float]]
    stance_words: Mapping[str, Mapping[str, Sequence[float]]]

    def of(self, language: str) -> Weights:
        """The weights of one language, as the briefing reads them."""
        return Weights(
            evidence=self.position,
            terms=self.words.get(language, {}),
            order=tuple(Stance),
            stances=self.stances,
            stance_terms=self.stance_words.get(language, {}),
            least=LEAST_TOLD,
        )


def fit(pages: Iterable[Page]) -> Fitted:
    """The weights that marked pages ask for."""
    known = list(pages)
    position, words = _positions(known)
    stances, stance_words = _stances(known)
    return Fitted(position=position, words=words, stances=stances, stance_words=stance_words)


def importance(page: Page, example: Example) -> str | None:
    """The most important position a sentence carries, None if it carries none."""
    carried = {page.nuggets[number]["importance"] for number in example.marks}
    return "vital" if "vital" in carried else "okay" if carried else None


def stances_of(page: Page) -> list[tuple[Example, Stance]]:
    """The sentences of a page whose stance is known."""
    return [
        (example, Stance(page.nuggets[number]["stance"]))
        for example in page.examples
        for number in example.marks[:1]
        if page.nuggets[number].get("stance")
    ]


def _positions(pages: Sequence[Page]) -> tuple[Mapping[str, float], Mapping[str, Mapping[str, float]]]:
    rows: list[Counts] = []
    labels: list[bool] = []
    amounts: list[float] = []
    for page in pages:
        for example in page.examples:
            if example.readable:
                share, counts = WORTH[importance(page, example)], _counts(page, example, example.position)
                for label, amount in ((True, share), (False, 1 - share)):
                    if amount:
                        rows.append(counts)
                        labels.append(label)
                        amounts.append(amount)
    names = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=4000)
    model.fit(names.fit_transform(rows), labels, sample_weight=amounts)
    found = {name: float(weight) for name, weight in zip(names.get_feature_names_out(), model.coef_[0], strict=True)}
    shared = {name: round(weight, 2) for name, weight in found.items() if "\t" not in name}
    bias = round(float(model.intercept_[0]), 2)
    return {"bias": bias, **_weighty(shared)}, _by_language(found)


def _stances(
    pages: Sequence[Page],
) -> tuple[Mapping[str, Sequence[float]], Mapping[str, Mapping[str, Sequence[float]]]]:
    taken = [(page, example, stance) for page in pages for example, stance in stances_of(page)]
    names = DictVectorizer()
    table = names.fit_transform([_counts(page, example, example.stance) for page, example, _ in taken])
    model = LogisticRegression(C=STANCE_STRENGTH, max_iter=4000, fit_intercept=False)
    amounts = [page.weight for page, _, _ in taken]
    model.fit(table, [stance.value for _, _, stance in taken], sample_weight=amounts)
    columns = [list(model.classes_).index(stance.value) for stance in Stance]
    shared: dict[str, Sequence[float]] = {}
    words: dict[str, dict[str, Sequence[float]]] = defaultdict(dict)
    for name, weights in zip(names.get_feature_names_out(), model.coef_.T, strict=True):
        language, parted, word = name.partition("\t")
        scale = WORD if parted else 1.0
        row = [round(float(weights[column]) * scale, 2) for column in columns]
        if max(map(abs, row)) >= LEAST:
            if parted:
                words[language][word] = row
            else:
                shared[name] = row
    return shared, words


def _counts(page: Page, example: Example, evidence: Mapping[str, float]) -> Counts:
    """Evidence by name, and words by language and word; no evidence has a tab in its name."""
    return {**evidence, **{f"{page.cues.language}\t{word}": WORD for word in example.words}}


def _by_language(found: Mapping[str, float]) -> Mapping[str, Mapping[str, float]]:
    words: dict[str, dict[str, float]] = defaultdict(dict)
    for name, weight in found.items():
        language, parted, word = name.partition("\t")
        if parted:
            words[language][word] = round(weight * WORD, 2)
    return {language: _weighty(own) for language, own in words.items()}


def _weighty(weights: Mapping[str, float]) -> Mapping[str, float]:
    return {name: weight for name, weight in weights.items() if abs(weight) >= LEAST}
