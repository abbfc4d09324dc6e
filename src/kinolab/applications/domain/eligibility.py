"""Moved to `kinolab.calls.domain.eligibility`: the public checker of a call asks the same rules."""

from kinolab.calls.domain.eligibility import (
    Asks,
    Facts,
    Finding,
    Outcome,
    Person,
    QuickQuestion,
    age_on,
    check,
    fact_keys,
    quick_questions,
    verdict,
)

__all__ = [
    "Asks",
    "Facts",
    "Finding",
    "Outcome",
    "Person",
    "QuickQuestion",
    "age_on",
    "check",
    "fact_keys",
    "quick_questions",
    "verdict",
]
