"""What a call lacks before it may be published."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinolab.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is there. `whole_languages` are those in which every public text exists."""

    has_zone: bool
    has_dates: bool
    questions: int
    has_privacy: bool
    criteria: int
    languages: Sequence[str]
    whole_languages: Sequence[str]
    unreadable_rules: Sequence[str] = ()


def missing(facts: CallFacts) -> list[Refusal]:
    """Everything that stands in the way, in the order of the pages; nothing when the call may be published."""
    wanted = (
        (facts.has_zone, Refusal("no_zone")),
        (facts.has_dates, Refusal("no_dates")),
        (facts.questions > 0, Refusal("no_form")),
        (facts.has_privacy, Refusal("no_privacy")),
        (bool(facts.languages), Refusal("no_languages")),
        (bool(facts.whole_languages) or not facts.languages, Refusal("no_whole_language")),
        (facts.criteria > 0, Refusal("no_criteria")),
        (not facts.unreadable_rules, Refusal("unreadable_rules", {"rules": tuple(facts.unreadable_rules)})),
    )
    return [refusal for there, refusal in wanted if not there]
