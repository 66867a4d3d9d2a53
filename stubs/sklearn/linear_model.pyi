from collections.abc import Sequence
from typing import Any

class LogisticRegression:
    coef_: Any
    intercept_: Any
    classes_: Sequence[Any]
    def __init__(self, *, C: float = ..., max_iter: int = ..., fit_intercept: bool = ...) -> None: ...
    def fit(self, X: Any, y: Sequence[Any], sample_weight: Sequence[float] | None = ...) -> LogisticRegression: ...
