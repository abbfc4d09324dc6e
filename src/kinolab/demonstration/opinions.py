"""What invented readers think: marks around a film's quality, each reader kind or severe in their own way."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kinolab.reviews.domain.lifecycle import Recommendation

READINGS = Path(__file__).parent / "readings"
MIDDLE, HIGHEST = 2.8, 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """One reader's marks by criterion, in the order of the rubric, advice and notes."""

    marks: Sequence[int]
    advice: Recommendation
    private: str
    shareable: str


class Taste:
    """A reader's own way: how kind, how steady, and in which language they write."""

    def __init__(self, dice: random.Random, language: str) -> None:
        self.dice, self.language = dice, language
        self.kindness = dice.gauss(0, 0.45)
        self.unsteadiness = dice.uniform(0.35, 0.75)

    def opinion(self, quality: float, criteria: int) -> Opinion:
        """Judge a film of this quality (0 is the middle) by so many criteria."""
        felt = MIDDLE + quality + self.kindness
        marks = [self._mark(felt) for _ in range(criteria)]
        mean = sum(marks) / criteria
        return Opinion(marks, self._advice(mean), self._private(), self._shareable(mean))

    def reason(self, why: str) -> str:
        """What they write when they abstain for this reason."""
        return str(words(self.language)["abstain"].get(why, ""))

    def _mark(self, felt: float) -> int:
        return max(0, min(HIGHEST, round(self.dice.gauss(felt, self.unsteadiness))))

    def _advice(self, mean: float) -> Recommendation:
        shifted = mean + self.dice.gauss(0, 0.3)
        if shifted >= 4:
            return Recommendation.YES
        if shifted >= 3.2:
            return Recommendation.YES_IF
        return Recommendation.DISCUSS if shifted >= 2.5 else Recommendation.NO

    def _private(self) -> str:
        return str(self.dice.choice(words(self.language)["private"])) if self.dice.random() < 0.3 else ""

    def _shareable(self, mean: float) -> str:
        if self.dice.random() < 0.15:
            return ""
        liked = "strong" if mean >= 3.6 else "fair" if mean >= 2.4 else "weak"
        return " ".join(self.dice.sample(words(self.language)[liked], self.dice.randint(1, 2)))


@cache
def words(language: str) -> Mapping[str, Any]:
    """Sentences of readers who write in the language."""
    known: Mapping[str, Any] = yaml.safe_load((READINGS / f"{language}.yaml").read_text(encoding="utf-8"))
    return known
