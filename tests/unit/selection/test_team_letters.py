import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.selection.domain.letters import problems
from kinolab.selection.domain.lifecycle import TeamLetterState, TeamLetterStep, team_letter_step
from kinolab.selection.domain.team_letters import (
    PLACEHOLDERS,
    Somebody,
    Whom,
    is_meant,
    language_for,
    why_not_change,
    why_not_send,
    why_not_written_to,
)

DRAFT, SENT = TeamLetterState.DRAFT, TeamLetterState.SENT


def test_step_when_a_draft_is_sent_it_is_sent_and_never_again() -> None:
    assert team_letter_step(DRAFT, TeamLetterStep.SEND) is SENT
    assert team_letter_step(SENT, TeamLetterStep.SEND) == Refusal("team_letter_sent")


@pytest.mark.parametrize(
    ("one", "whom", "meant"),
    [
        (Somebody(joined=True), Whom.EVERYBODY, True),
        (Somebody(joined=True), Whom.LEAD, False),
        (Somebody(joined=True, leads=True), Whom.LEAD, True),
        (Somebody(joined=False), Whom.EVERYBODY, True),
    ],
)
def test_is_meant_when_asked_follows_whom(one: Somebody, whom: Whom, meant: bool) -> None:
    assert is_meant(one, whom) is meant


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (Somebody(joined=True), None),
        (Somebody(joined=False), Refusal("has_not_joined")),
        (Somebody(joined=False, gone=True), Refusal("has_left_team")),
        (Somebody(joined=True, reachable=False), Refusal("has_no_address")),
    ],
)
def test_why_not_written_to_when_asked_says_the_reason(one: Somebody, why: Refusal | None) -> None:
    assert why_not_written_to(one) == why


@pytest.mark.parametrize(
    ("reader", "understood", "written", "tag"),
    [
        ("ky", ["ru", "en"], ["ky", "ru", "en"], "ky"),
        ("kk", ["ru", "en"], ["ky", "en", "ru"], "ru"),
        ("kk", ["ru", "en"], ["ky", "en"], "en"),
        ("kk", ["ru", "en"], ["ky", "uz"], "ky"),
        ("de", [], ["ru"], "ru"),
    ],
)
def test_language_for_when_asked_is_own_then_understood_then_any(
    reader: str, understood: list[str], written: list[str], tag: str
) -> None:
    assert language_for([reader, *understood], written) == tag


@pytest.mark.parametrize(
    ("state", "seen", "why"),
    [(DRAFT, 3, None), (DRAFT, 2, Refusal("letter_changed")), (SENT, 3, Refusal("team_letter_sent"))],
)
def test_why_not_change_when_asked_says_the_reason(state: TeamLetterState, seen: int, why: Refusal | None) -> None:
    assert why_not_change(state, version=3, seen=seen) == why


@pytest.mark.parametrize(
    ("state", "written", "letters", "why"),
    [
        (DRAFT, True, 2, None),
        (DRAFT, True, 0, Refusal("nobody_to_write_to")),
        (DRAFT, False, 2, Refusal("team_letter_unwritten")),
        (SENT, True, 2, Refusal("team_letter_sent")),
    ],
)
def test_why_not_send_when_asked_says_the_reason(
    state: TeamLetterState, written: bool, letters: int, why: Refusal | None
) -> None:
    assert why_not_send(state, written=written, letters=letters) == why


def test_problems_when_a_letter_to_teams_is_looked_through_know_its_placeholders() -> None:
    assert problems(" ".join(f"{{{name}}}" for name in PLACEHOLDERS), PLACEHOLDERS) == ()
    assert problems("{feedback}", PLACEHOLDERS) == (Refusal("unknown_placeholder", {"placeholder": "{feedback}"}),)
