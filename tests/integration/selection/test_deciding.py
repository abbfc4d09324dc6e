import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinolab.applications.actions import hiding, submission
from kinolab.applications.models import Application
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Permission, Role
from kinolab.selection.actions import deciding
from kinolab.selection.actions.deciding import Change
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Announcement, Decision
from tests.factories import selection as make


def refused(**asked):
    with pytest.raises(Denied) as denied:
        deciding.decide(at=make.NOW, **asked)
    return denied.value.refusal


def ranks(call):
    rows = Decision.objects.filter(application__call=call, outcome=Outcome.WAITLIST).order_by("rank")
    return [(one.application.title, one.rank) for one in rows]


# --- One -------------------------------------------------------------------------------------------------------------
def test_decide_when_a_juror_decides_keeps_it_pending_and_on_the_record(call):
    application, juror = make.sent(call), make.staff(call)
    made = deciding.decide(
        candidacy=make.standing(application),
        outcome=Outcome.SELECTED,
        rationale=" Strong. ",
        feedback=True,
        by=juror,
        at=make.NOW,
    )
    assert (made.outcome, made.rationale, made.feedback, made.version) == ("selected", "Strong.", True, 1)
    assert (made.decided_by, made.decided_at, made.announced_at) == (juror, make.NOW, None)
    entry = Entry.objects.get(verb="decided")
    assert (entry.actor, entry.scope, entry.before) == (juror, call.edition.scope, None)
    assert entry.after == {
        "strand": "all",
        "outcome": "selected",
        "rank": None,
        "rationale": "Strong.",
        "feedback": True,
    }


def test_decide_when_changed_says_before_and_after(call):
    application = make.sent(call)
    make.decided(application, Outcome.SELECTED)
    changed = make.decided(application, Outcome.HOLD)
    entry = Entry.objects.filter(verb="decided").order_by("pk").last()
    assert changed.version == 2
    assert (entry.before["outcome"], entry.after["outcome"]) == ("selected", "hold")


def test_decide_when_nothing_changes_leaves_no_trace(call):
    application = make.sent(call)
    make.decided(application)
    assert make.decided(application).version == 1
    assert Entry.objects.filter(verb="decided").count() == 1


def test_decide_when_only_the_outcome_is_given_keeps_the_reason(call):
    application = make.sent(call)
    deciding.decide(
        candidacy=make.standing(application),
        outcome=Outcome.HOLD,
        rationale="Ask the producer",
        by=make.owner(call),
        at=make.NOW,
    )
    assert make.decided(application, Outcome.SELECTED).rationale == "Ask the producer"


def test_decide_when_somebody_was_faster_is_refused(call):
    application = make.sent(call)
    make.decided(application, Outcome.REJECTED)
    asked = {"candidacy": make.standing(application), "outcome": Outcome.SELECTED, "by": make.owner(call)}
    assert refused(**asked, seen=0) == Refusal("decision_changed")
    assert Decision.objects.get().outcome == Outcome.REJECTED


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SCREENER, Role.OBSERVER])
def test_decide_when_the_role_does_not_decide_is_refused(call, role):
    by = make.staff(call, "Bakyt", role)
    asked = {"candidacy": make.standing(make.sent(call)), "outcome": Outcome.SELECTED, "by": by}
    assert refused(**asked) == Refusal("not_permitted", {"permission": Permission.DECIDE})


def test_decide_when_the_application_was_withdrawn_is_refused(call):
    application, owner = make.sent(call), make.owner(call)
    submission.withdraw(application=application, reason="", by=application.lead, at=make.NOW)
    assert refused(candidacy=make.standing(application), outcome=Outcome.SELECTED, by=owner) == Refusal("not_in_force")


def test_decide_when_results_are_announced_is_refused(call):
    application, owner = make.sent(call), make.owner(call)
    Announcement.objects.create(edition=call.edition, announced_at=make.NOW, announced_by=owner)
    assert refused(candidacy=make.standing(application), outcome=Outcome.SELECTED, by=owner) == Refusal(
        "already_announced"
    )


def test_decide_when_the_decider_has_a_conflict_is_refused(call):
    application, juror = make.sent(call), make.staff(call)
    hiding.hide(application=application, person=juror, reason="declared", at=make.NOW)
    assert refused(candidacy=make.standing(application), outcome=Outcome.SELECTED, by=juror) == Refusal(
        "conflict_of_interest"
    )


# --- The waiting list ------------------------------------------------------------------------------------------------
def test_waiting_list_when_somebody_joins_it_puts_them_last(call):
    for who in ("Meerim", "Azamat", "Gulnara"):
        make.decided(make.sent(call, who), Outcome.WAITLIST)
    assert ranks(call) == [("Meerim’s film", 1), ("Azamat’s film", 2), ("Gulnara’s film", 3)]


def test_waiting_list_when_somebody_leaves_it_takes_their_place_away(call):
    application = make.sent(call)
    make.decided(application, Outcome.WAITLIST)
    assert make.decided(application, Outcome.SELECTED).rank is None


def test_waiting_list_when_one_moves_up_changes_places_and_is_on_the_record(call):
    first, second = make.sent(call, "Meerim"), make.sent(call, "Azamat")
    make.decided(first, Outcome.WAITLIST)
    make.decided(second, Outcome.WAITLIST)
    deciding.move_on_waiting_list(candidacy=make.standing(second), up=True, by=make.staff(call), at=make.NOW)
    assert ranks(call) == [("Azamat’s film", 1), ("Meerim’s film", 2)]
    entry = Entry.objects.get(verb="moved_on_waiting_list")
    assert (entry.before, entry.after) == ({"rank": 2}, {"rank": 1})


def test_waiting_list_when_gaps_are_left_moving_closes_them(call):
    films = [make.sent(call, who) for who in ("Meerim", "Azamat", "Gulnara")]
    for film in films:
        make.decided(film, Outcome.WAITLIST)
    make.decided(films[1], Outcome.REJECTED)
    deciding.move_on_waiting_list(candidacy=make.standing(films[2]), up=True, by=make.owner(call), at=make.NOW)
    assert ranks(call) == [("Gulnara’s film", 1), ("Meerim’s film", 2)]


def test_waiting_list_when_an_application_does_not_wait_is_refused(call):
    application = make.sent(call)
    make.decided(application, Outcome.SELECTED)
    with pytest.raises(Denied) as denied:
        deciding.move_on_waiting_list(candidacy=make.standing(application), up=True, by=make.owner(call), at=make.NOW)
    assert denied.value.refusal == Refusal("not_on_waiting_list")


def test_waiting_list_when_a_coordinator_moves_it_is_refused(call):
    application, by = make.sent(call), make.staff(call, "Bakyt", Role.COORDINATOR)
    make.decided(application, Outcome.WAITLIST)
    with pytest.raises(Denied) as denied:
        deciding.move_on_waiting_list(candidacy=make.standing(application), up=True, by=by, at=make.NOW)
    assert denied.value.refusal == Refusal("not_permitted", {"permission": Permission.DECIDE})


# --- Many ------------------------------------------------------------------------------------------------------------
def test_decide_many_when_one_is_refused_does_the_others(call):
    first, second = make.sent(call, "Meerim"), make.sent(call, "Azamat")
    make.decided(first, Outcome.HOLD)
    changes = [Change(make.standing(first), Outcome.SELECTED, seen=0), Change(make.standing(second), Outcome.SELECTED)]
    report = deciding.decide_many(edition=call.edition, changes=changes, by=make.owner(call), at=make.NOW)
    assert (report.done, report.refused) == (1, {Refusal("decision_changed"): [make.standing(first)]})
    assert dict(Decision.objects.values_list("application", "outcome")) == {first.pk: "hold", second.pk: "selected"}


def test_decide_many_when_one_is_named_twice_decides_it_once(call):
    film = make.standing(make.sent(call))
    changes = [Change(film, Outcome.SELECTED), Change(film, Outcome.REJECTED)]
    report = deciding.decide_many(edition=call.edition, changes=changes, by=make.owner(call), at=make.NOW)
    assert (report.done, list(report.refused)) == (1, [Refusal("decision_changed")])
    assert Decision.objects.get().outcome == Outcome.SELECTED


def test_decide_many_when_there_are_more_costs_the_same(call):
    films = iter([make.sent(call, who) for who in ("Meerim", "Gulnara", "Erlan", "Sanjar", "Asel", "Dastan")])
    owner = make.owner(call)

    def decide(number):
        changes = [Change(make.standing(next(films)), Outcome.WAITLIST) for _ in range(number)]
        with CaptureQueriesContext(connection) as sent:
            deciding.decide_many(edition=call.edition, changes=changes, by=owner, at=make.NOW)
        return len(sent)

    assert decide(1) == decide(3)


def test_the_rest_when_asked_for_decides_what_the_check_says(call):
    selected, ineligible, other = make.sent(call, "Meerim"), make.sent(call, "Azamat"), make.sent(call, "Gulnara")
    make.decided(selected)
    Application.objects.filter(pk=ineligible.pk).update(checked="ineligible")
    rest = deciding.the_rest(make.owner(call), call.edition)
    assert [(one.candidacy.application, one.outcome) for one in rest] == [
        (ineligible, Outcome.INELIGIBLE),
        (other, Outcome.REJECTED),
    ]


def test_the_rest_when_an_application_is_hidden_leaves_it_to_others(call):
    application, owner = make.sent(call), make.owner(call)
    hiding.hide(application=application, person=owner, reason="declared", at=make.NOW)
    assert deciding.the_rest(owner, call.edition) == []
