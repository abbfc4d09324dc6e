from datetime import UTC, datetime, timedelta

import pytest

from kinolab.applications.domain.appeals import (
    LONGEST_STATEMENT,
    Against,
    AppealFacts,
    statement_problem,
    verdict_problem,
    why_not_lodge,
    why_not_sit,
)
from kinolab.applications.domain.lifecycle import APPEAL_STEPS, AppealState, AppealStep, appeal_step
from kinolab.foundation.refusals import Refusal

UNTIL = datetime(2026, 10, 1, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("until", "against", "before", "at", "refusal"),
    [
        (UNTIL, Against.CHECK, (), UNTIL, None),
        (UNTIL, Against.CHECK, (), UNTIL - SECOND, None),
        (UNTIL, Against.CHECK, (), UNTIL + SECOND, Refusal("appeals_closed", {"until": UNTIL})),
        (UNTIL, Against.RESULT, (Against.CHECK,), UNTIL, None),
        (UNTIL, Against.RESULT, (Against.RESULT,), UNTIL, Refusal("already_appealed")),
        (UNTIL, None, (), UNTIL, Refusal("nothing_to_appeal")),
        (None, Against.CHECK, (), UNTIL, Refusal("no_appeals")),
    ],
)
def test_lodging_has_a_deadline_of_its_own_and_each_decision_is_appealed_once(
    until: datetime | None, against: Against | None, before: tuple[Against, ...], at: datetime, refusal: Refusal | None
) -> None:
    assert why_not_lodge(AppealFacts(until, against, before), at) == refusal


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("We are from Kyrgyzstan.", None),
        ("ү" * LONGEST_STATEMENT, None),
        ("ү" * (LONGEST_STATEMENT + 1), Refusal("statement_too_long", {"count": 3_001, "limit": 3_000})),
        ("a\r\n" * 1_500, None),  # a line break is one character, however it is sent
        (" \n ", Refusal("statement_empty")),
    ],
)
def test_statement_is_counted_in_characters(statement: str, refusal: Refusal | None) -> None:
    assert statement_problem(statement) == refusal


@pytest.mark.parametrize(
    ("person", "refusal"), [(1, None), (2, Refusal("decided_it_yourself")), (3, Refusal("own_application"))]
)
def test_nobody_sits_over_their_own_decision_or_project(person: int, refusal: Refusal | None) -> None:
    assert why_not_sit(person, {2}, {3}) == refusal


@pytest.mark.parametrize(
    ("against", "upheld", "reason", "result", "code"),
    [
        (Against.CHECK, True, "Mistaken", "", None),
        (Against.CHECK, False, "No", "", None),
        (Against.CHECK, True, " ", "", "appeal_reason_needed"),
        (Against.CHECK, True, "x" * 4_001, "", "appeal_unreadable"),
        (Against.RESULT, True, "Mistaken", "", "appeal_result_needed"),
        (Against.RESULT, True, "Mistaken", "rejected", "appeal_result_needed"),
        (Against.RESULT, True, "Mistaken", "waitlist", None),
        (Against.RESULT, False, "No", "", None),
    ],
)
def test_verdict_has_a_reason_and_says_what_the_project_gets(
    against: Against, upheld: bool, reason: str, result: str, code: str | None
) -> None:
    problem = verdict_problem(against, upheld=upheld, reason=reason, result=result)

    assert (problem.code if problem else None) == code


@pytest.mark.parametrize(
    ("upheld", "strands", "of", "refusal"),
    [
        (True, [], ["labs", "writing"], Refusal("appeal_strand_needed")),
        (True, ["shorts"], ["labs", "writing"], Refusal("appeal_strand_needed")),
        (True, ["labs"], ["labs", "writing"], None),
        (True, [], ["labs"], None),  # there is only one that it can mean
        (False, [], ["labs", "writing"], None),
    ],
)
def test_verdict_about_a_project_in_several_strands_names_one_of_them(
    upheld: bool, strands: list[str], of: list[str], refusal: Refusal | None
) -> None:
    said = verdict_problem(Against.RESULT, upheld=upheld, reason="Why", result="selected", strands=strands, of=of)

    assert said == refusal


def test_appeal_that_was_decided_or_taken_back_stays_so() -> None:
    moved = {(state, taken): appeal_step(state, taken) for state in AppealState for taken in AppealStep}

    assert {key: after for key, after in moved.items() if not isinstance(after, Refusal)} == APPEAL_STEPS
    assert {state for state, _ in APPEAL_STEPS} == {AppealState.LODGED}
