"""From a reader's marks to a score, and from several readings to a summary."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: marks are whole numbers from 0 to `maximum`."""

    code: str
    weight: float
    maximum: int = 5
    required: bool = True
