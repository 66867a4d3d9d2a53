"""Weighing evidence: what speaks for and against, each in words and with its weight, summed to a probability."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(slots=True)
class Scale:
    """One question being weighed. Weights are in log-odds: +2 makes a yes seven times as likely, -2 a no."""

    question: str
    bias: float
    weight: float = 0.0
    reasons: list[tuple[float, str]] = field(default_factory=list)

    def add(self, weight: float, reason: str) -> None:
        """Lay one piece of evidence on the scale."""
        if weight:
            self.weight += weight
            self.reasons.append((weight, reason))

    @property
    def probability(self) -> float:
        """How likely the answer is yes, from 0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.bias + self.weight))))

    def told(self) -> tuple[str, ...]:
        """The answer and its evidence for a reader, the heaviest first."""
        yes = self.probability >= 0.5
        heavy = sorted(self.reasons, key=lambda reason: -abs(reason[0]))
        told = "; ".join(reason for weight, reason in heavy if (weight > 0) == yes)
        against = "; ".join(reason for weight, reason in heavy if (weight > 0) != yes)
        without = "nothing speaks against it" if yes else "no evidence for it"
        line = f"{'yes' if yes else 'no'}, {self.question}: {told or without}"
        return (f"{line} (against: {against})" if against and abs(self.bias + self.weight) < 3 else line,)
