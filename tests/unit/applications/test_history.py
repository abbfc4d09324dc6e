"""What earlier calls make known: attempts, decisions, who took part."""

from typing import Any

import pytest

from kinolab.applications.domain.history import Earlier, Known, known

MEERIM, AZAMAT = 1, 2
TEAM = frozenset({MEERIM, AZAMAT})


def test_nothing_was_sent_before():
    assert known([], TEAM, frozenset()) == Known(0, 0, (), (), frozenset())


@pytest.mark.parametrize(
    "earlier, attempts, of_project",
    [
        ([Earlier(1, same_lead=True)], 1, 0),
        ([Earlier(1, same_project=True)], 1, 1),  # somebody else led it: the project was there all the same
        ([Earlier(1, same_lead=True, same_project=True), Earlier(2, same_project=True)], 2, 2),
        ([Earlier(1, same_lead=True), Earlier(1, same_project=True)], 1, 1),  # two in one call are one attempt
        ([Earlier(1, people=TEAM)], 0, 0),  # the present lead was in another's team: not their attempt
    ],
)
def test_attempts_are_calls_in_which_the_lead_or_the_project_was_sent(earlier, attempts, of_project):
    found = known(earlier, TEAM, frozenset())

    assert (found.attempts, found.project_attempts) == (attempts, of_project)


@pytest.mark.parametrize(
    "earlier, decisions",
    [
        ([{"decision": ""}], ()),  # not announced: nobody knows
        ([{"decision": "rejected"}, {"decision": "selected"}, {"decision": "rejected"}], ("selected", "rejected")),
        ([{"decision": "waitlist", "same_lead": False}], ()),  # of somebody else
        ([{"decision": "ineligible", "same_lead": False, "same_project": True}], ("ineligible",)),
    ],
)
def test_decisions_are_those_announced_about_the_lead_or_the_project(earlier: list[dict[str, Any]], decisions):
    rows = [Earlier(**({"call": 1, "same_lead": True} | one)) for one in earlier]

    assert known(rows, TEAM, frozenset()).decisions == decisions


@pytest.mark.parametrize(
    "here, before, decisions",
    [
        ({"fiction"}, {"fiction", "debut"}, ("rejected",)),
        ({"fiction"}, {"documentary"}, ()),
        ({"fiction"}, set(), ()),
        (set(), {"documentary"}, ("rejected",)),  # a call without strands is one category
    ],
)
def test_category_is_the_strand_by_its_name(here, before, decisions):
    row = Earlier(1, same_lead=True, strands=frozenset(before), decision="rejected")

    found = known([row], TEAM, frozenset(here))

    assert (found.decisions, found.decisions_in_category) == (("rejected",), decisions)


@pytest.mark.parametrize(
    "people, decision, participants",
    [
        ({AZAMAT, 7}, "selected", {AZAMAT}),
        ({AZAMAT}, "waitlist", set()),
        ({7}, "selected", set()),  # the lead's old project, without anybody of the present team
    ],
)
def test_who_was_in_the_team_of_something_selected_took_part(people, decision, participants):
    row = Earlier(1, same_project=True, people=frozenset(people), decision=decision)

    assert known([row], TEAM, frozenset()).participants == participants


def test_what_was_decided_in_several_strands_is_told_by_strand() -> None:
    made = {"labs": "selected", "writing": "rejected"}
    row = Earlier(1, same_lead=True, strands=frozenset(made), decision="selected", in_strands=made)

    found = known([row], TEAM, frozenset({"writing"}))

    assert (found.decisions, found.decisions_in_category) == (("selected", "rejected"), ("rejected",))
