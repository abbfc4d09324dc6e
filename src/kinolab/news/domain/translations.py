"""How far each language of an article is, measured against the original that it was made from.

Each saved text of a language has a number, from 1. A translation remembers which number of the original it was made from;
once the original has a later one, the translation is outdated until somebody looks at it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation import merging
from kinolab.foundation.refusals import Refusal

FIELDS = ("title", "lead", "body")
Texts = Mapping[str, str]


class TranslationState(StrEnum):
    """How far a language is."""

    MISSING = "missing"
    DRAFT = "draft"
    DONE = "done"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of an article by language, their numbers, and from which number of the original each was made."""

    original: str
    titles: Texts
    leads: Texts
    bodies: Texts
    numbers: Mapping[str, int]
    made_from: Mapping[str, int]

    def state(self, language: str) -> TranslationState:
        """Return how far the language is."""
        title, body = (texts.get(language, "").strip() for texts in (self.titles, self.bodies))
        if not title and not body and not self.leads.get(language, "").strip():
            return TranslationState.MISSING
        if not title or not body:
            return TranslationState.DRAFT
        return TranslationState.OUTDATED if self.is_outdated(language) else TranslationState.DONE

    def is_outdated(self, language: str) -> bool:
        """Whether the original has changed since the translation was made from it."""
        if language == self.original or language not in self.made_from:
            return False
        return self.made_from[language] < self.numbers.get(self.original, 0)

    def states(self, languages: Sequence[str]) -> dict[str, TranslationState]:
        """Return how far each language is."""
        return {tag: self.state(tag) for tag in languages}


def still_right(made_from: Mapping[str, int], before: int, now: int) -> dict[str, int]:
    """Return the numbers after a slip of the pen in the original was mended: what was up to date stays so."""
    return {tag: now if number == before else number for tag, number in made_from.items()}


def together(base: Texts, mine: Texts, theirs: Texts) -> dict[str, str] | Refusal:
    """Return title, introduction and text with both people's changes in them; a Refusal names what a person must decide."""
    merged = {name: merging.texts(base.get(name, ""), mine.get(name, ""), theirs.get(name, "")) for name in FIELDS}
    apart = [name for name, text in merged.items() if text is None]
    if apart:
        return Refusal("article_changed_meanwhile", {"fields": apart})
    return {name: text for name, text in merged.items() if text is not None}
