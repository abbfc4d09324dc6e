"""History across editions, from what was really sent and announced, and the rules that look at it."""

from datetime import timedelta
from typing import Any

import pytest

from kinolab.applications.actions import submission
from kinolab.applications.models import Application, Candidacy, Project
from kinolab.applications.queries import facts, history
from kinolab.applications.queries.dossier import dossier
from kinolab.calls.domain.eligibility import Outcome as Says
from kinolab.calls.models import Call, Strand
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision
from tests import kit
from tests.factories import applications as make
from tests.factories import selection

YEAR = timedelta(days=365)


def earlier_call(years: int = 1, slug: str = "impact-lab", **fields: Any) -> Call:
    """The same programme's call, so many years before: open at `sent_at`."""
    back = years * YEAR
    return make.call(slug, opens_at=make.OPENS - back, closes_at=make.CLOSES - back, **fields)


def sent(call: Call, who: str = "Meerim", *team: str, outcome: Outcome | None = None, **answers: object) -> Application:
    """Sent in time to that call; announced where an outcome is given."""
    at = call.opens_at + timedelta(days=1)
    made = make.complete(call, make.person(who), at=at, **answers)
    for one in team:
        make.member(made, make.person(one), at=at)
    submission.submit(application=made, by=made.lead, at=at)
    if outcome:
        selection.decided(made, outcome)
        Decision.objects.filter(application=made).update(announced_at=call.closes_at)
    return made


def told(application: Application, *wanted: str) -> dict[str, object]:
    """Facts of history by name."""
    found = facts.facts(dossier(Application.objects.get(pk=application.pk)), wanted=set(wanted or ("history.x",)))
    return {key.removeprefix("history."): value for key, value in found.values.items() if key.startswith("history.")}


NOTHING = {
    "attempts": 0, "project_attempts": 0, "decisions": [], "decisions_in_category": [], "participated": False,
}  # fmt: skip


def test_first_application_has_no_history():
    assert told(make.application()) == NOTHING


def test_attempts_and_decisions_of_the_lead_over_the_years():
    sent(earlier_call(2), outcome=Outcome.REJECTED)
    sent(earlier_call(1), outcome=Outcome.WAITLIST, title="Башка тасма")
    sent(earlier_call(1, "teen-lab"), outcome=Outcome.SELECTED)  # of another programme
    make.complete(earlier_call(3), at=make.OPENS - 3 * YEAR + timedelta(days=1))  # never sent

    assert told(make.application(make.call())) == NOTHING | {
        "attempts": 2, "decisions": ["waitlist", "rejected"], "decisions_in_category": ["waitlist", "rejected"],
    }  # fmt: skip


def test_decision_is_no_fact_before_it_is_announced():
    before = sent(earlier_call())
    selection.decided(before, Outcome.SELECTED)

    assert told(make.application(make.call())) == NOTHING | {"attempts": 1}


def test_what_comes_later_is_no_history():
    last_year = sent(earlier_call(1), outcome=Outcome.REJECTED)
    sent(earlier_call(2), outcome=Outcome.INELIGIBLE)
    make.submitted_application(make.call())

    assert told(last_year) == NOTHING | {
        "attempts": 1, "project_attempts": 1, "decisions": ["ineligible"], "decisions_in_category": ["ineligible"],
    }  # fmt: skip


def test_withdrawn_application_is_no_attempt():
    before = sent(earlier_call())
    submission.withdraw(application=before, reason="", by=before.lead, at=make.NOW)

    assert told(make.application(make.call())) == NOTHING


def test_project_is_the_same_when_it_was_carried_over_or_sent_again_under_its_title():
    project = Project.objects.create(begun_at=make.NOW)
    carried = sent(earlier_call(3), "Timur", title="Мурунку аты")
    Application.objects.filter(pk=carried.pk).update(project=project)
    sent(earlier_call(2), "Azamat", "Meerim", title="СУУ  БӨЛГҮЧ")
    sent(earlier_call(1), "Nurlan", title="Суу бөлгүч")  # of others, by chance
    application = make.application(make.call(), title="Суу бөлгүч")
    Application.objects.filter(pk=application.pk).update(project=project)

    assert told(application) == NOTHING | {"attempts": 2, "project_attempts": 2}


def test_category_is_the_strand_by_its_slug():
    call, before = make.call(), earlier_call()
    rejected = sent(before, outcome=Outcome.REJECTED)
    application = make.application(call)
    for one in (call, before):
        Strand.objects.create(call=one, order=2, slug="debut", name={"en": "First films"})
    Candidacy.objects.filter(application=rejected).update(strand=before.strands.get(slug="debut"))

    apart = told(application)
    Candidacy.objects.create(application=application, strand=call.strands.get(slug="debut"))

    assert (apart["decisions"], apart["decisions_in_category"]) == (["rejected"], [])
    assert told(application)["decisions_in_category"] == ["rejected"]


def test_who_took_part_before_is_known_by_person_too():
    sent(earlier_call(), "Timur", "Azamat", outcome=Outcome.SELECTED)
    application = make.application(make.call())
    azamat = make.member(application)

    found = facts.facts(dossier(Application.objects.get(pk=application.pk)), wanted={"person.participated"})

    assert found.values["history.participated"] is True
    assert {person.key: person.values["participated"] for person in found.people} == {
        str(application.members.get(is_lead=True).pk): False, str(azamat.pk): True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "rule, years, outcome, says",
    [
        ({"scope": "history", "field": "project_attempts", "op": "max_attempts", "value": 2}, 1, None, Says.YES),
        ({"scope": "history", "field": "project_attempts", "op": "max_attempts", "value": 2}, 2, None, Says.NO),
        ({"scope": "history", "field": "participated", "op": "not_in", "value": [True]}, 1, Outcome.WAITLIST, Says.YES),
        ({"scope": "history", "field": "participated", "op": "not_in", "value": [True]}, 1, Outcome.SELECTED, Says.NO),
        ({"scope": "history", "field": "decisions_in_category", "op": "previous_decision", "value": ["rejected"]},
         1, Outcome.REJECTED, Says.NO),
        ({"scope": "history", "field": "decisions_in_category", "op": "previous_decision", "value": ["rejected"]},
         1, Outcome.WAITLIST, Says.YES),
    ],
)  # fmt: skip
def test_never_a_third_time_and_no_second_place_are_rules_like_any_other(rule, years, outcome, says):
    for back in range(1, years + 1):
        sent(earlier_call(back), outcome=outcome)
    application = make.complete(make.call(rules=[{"code": "again"} | rule]))

    assert [finding.outcome for _, finding in facts.findings(dossier(application))] == [says]


def test_history_of_a_whole_table_is_asked_at_once():
    before, call = earlier_call(), make.call()
    for who in ("Meerim", "Azamat", "Timur"):
        sent(before, who, outcome=Outcome.REJECTED)
        make.complete(call, make.person(who))
    rows = list(Application.objects.filter(call=call).select_related("call__edition"))

    for number in (1, 3):
        with kit.queries(6):
            found = history.known(rows[:number])
        assert {one.decisions for one in found.values()} == {("rejected",)}
        assert len(found) == number
