"""Appeals: against what, until when, by whom; and who may not decide them.

An answer to a finding (an *objection*) is the quick word while applications are checked. An *appeal* is the formal one:
against what was decided, with a deadline of its own, before people who did not decide it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kinolab.foundation.questions.domain.counting import Unit, count
from kinolab.foundation.refusals import Refusal

LONGEST_STATEMENT = 3_000  # characters
LONGEST_REASON = 4_000
RESULTS = frozenset({"selected", "waitlist"})  # what an upheld appeal against a result may give


class Against(StrEnum):
    """What an appeal is against."""

    CHECK = "check"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """Until when appeals are taken (None: not at all), what stands to be appealed against, what was appealed before."""

    until: datetime | None
    against: Against | None
    before: Collection[Against] = ()


def why_not_lodge(facts: AppealFacts, at: datetime) -> Refusal | None:
    """Say why no appeal can be lodged now; the closing instant itself is still in time."""
    if facts.until is None:
        return Refusal("no_appeals")
    if facts.against is None:
        return Refusal("nothing_to_appeal")
    if facts.against in facts.before:
        return Refusal("already_appealed")
    return Refusal("appeals_closed", {"until": facts.until}) if at > facts.until else None


def statement_problem(statement: str) -> Refusal | None:
    """Say what is wrong with the statement."""
    length = count(statement, Unit.CHARS)
    if not statement.strip():
        return Refusal("statement_empty")
    if length > LONGEST_STATEMENT:
        return Refusal("statement_too_long", {"count": length, "limit": LONGEST_STATEMENT})
    return None


def why_not_sit(person: int, deciders: Collection[int], team: Collection[int]) -> Refusal | None:
    """Say why this member of the panel may not decide: nobody judges their own decision or their own project."""
    if person in team:
        return Refusal("own_application")
    return Refusal("decided_it_yourself") if person in deciders else None


def verdict_problem(
    against: Against, *, upheld: bool, reason: str, result: str, strands: Collection[str] = (), of: Collection[str] = ()
) -> Refusal | None:
    """Say what a decision of the panel lacks; `of` are the strands in which the application got less than it wished."""
    if not reason.strip():
        return Refusal("appeal_reason_needed")
    if len(reason) > LONGEST_REASON:
        return Refusal("appeal_unreadable")
    if upheld and against is Against.RESULT and result not in RESULTS:
        return Refusal("appeal_result_needed")
    if upheld and against is Against.RESULT and len(of) > 1 and not set(strands) & set(of):
        return Refusal("appeal_strand_needed")
    return None
