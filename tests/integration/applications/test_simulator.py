"""Rules tried on applications that were sent before: who falls and why; nothing written; few statements."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.applications.models import Answer, Application, Finding, Hiding, TeamMember
from kinolab.applications.queries.simulator import simulate, sources
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.domain.examples import EXAMPLES
from kinolab.calls.models import Call, Rule
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of, same_cost

NO, UNKNOWN, YES = Outcome.NO, Outcome.UNKNOWN, Outcome.YES
LONG = {"code": "long", "scope": "project", "field": "runtime", "op": "gte", "value": 60, "severity": "block_review"}
FROM_HERE = {"code": "here", "scope": "project", "field": "country", "op": "in",
             "value": {"set": "central_asia_5", "version": "2024"}}  # fmt: skip
GONE = {"code": "gone", "scope": "project", "field": "budget_total", "op": "gte", "value": 1, "severity": "warn"}


@pytest.fixture
def last_year() -> Call:
    return office.call()


@pytest.fixture
def draft(last_year: Call) -> Call:
    """Next year's call: nobody has published it, its rules are being written."""
    return make.call(rules=[LONG, FROM_HERE, GONE], published_at=None)


@pytest.fixture
def aigul(last_year: Call, draft: Call) -> Person:
    office.owner(last_year)
    return office.owner(draft)


def sent(call: Call, name: str, **answers: Any) -> Application:
    return make.submitted_application(call, make.person(name), **answers)


@pytest.fixture
def three(last_year: Call) -> list[Application]:
    """One that meets the new rules, one that does not, one of which too little is known."""
    return [
        sent(last_year, "Meerim", runtime=90), sent(last_year, "Timur", country="DE", runtime=10),
        sent(last_year, "Dana"),
    ]  # fmt: skip


def said(whole: Any) -> dict[int, tuple[Outcome, list[tuple[str, Outcome]]]]:
    return {one.number: (one.outcome, [(code, found.outcome) for code, found in one.findings]) for one in whole.judged}


def test_rules_say_who_falls_who_is_not_known_yet_and_why(
    aigul: Person, draft: Call, last_year: Call, three: list[Application]
) -> None:
    good, bad, open_ = three

    whole = simulate(aigul, draft, last_year)

    assert said(whole) == {
        good.pk: (YES, [("gone", UNKNOWN)]),
        bad.pk: (NO, [("long", NO), ("here", NO), ("gone", UNKNOWN)]),
        open_.pk: (UNKNOWN, [("long", UNKNOWN), ("gone", UNKNOWN)]),
    }
    assert (whole.total, whole.counts) == (3, {YES: 1, NO: 1, UNKNOWN: 1})
    assert [(one.row.code, one.cells, one.deciding, one.untold) for one in whole.rules] == [
        ("long", [("no", 1), ("unknown", 1), ("yes", 1)], True, ()),
        ("here", [("no", 1), ("unknown", 0), ("yes", 2)], True, ()),
        ("gone", [("no", 0), ("unknown", 3), ("yes", 0)], False, ("project.budget_total",)),
    ]
    assert [one.number for one in whole.chosen("", "no")] == [bad.pk]
    assert [one.number for one in whole.chosen("long", "unknown")] == [open_.pk]
    assert [one.number for one in whole.chosen("here", "yes")] == [good.pk, open_.pk]


def test_trying_writes_nothing(aigul: Person, draft: Call, last_year: Call, three: list[Application]) -> None:
    before = (Finding.objects.count(), Entry.objects.count(), list(Application.objects.order_by("pk").values()))

    client_of(aigul).get(office.address(draft, "simulate"))

    assert (Finding.objects.count(), Entry.objects.count(), list(Application.objects.order_by("pk").values())) == before


def test_what_is_tried_is_what_was_sent_not_what_is_typed_since(aigul: Person, draft: Call, last_year: Call) -> None:
    one = sent(last_year, "Meerim", runtime=90)
    Answer.objects.filter(application=one, question__key="runtime").update(value=5)

    assert simulate(aigul, draft, last_year).counts == {YES: 1}


def test_drafts_and_withdrawn_applications_are_left_out(aigul: Person, draft: Call, last_year: Call) -> None:
    make.complete(last_year)

    assert simulate(aigul, draft, last_year).total == 0


def test_simulation_says_the_same_as_the_check_does(aigul: Person, last_year: Call, three: list[Application]) -> None:
    whole = simulate(aigul, last_year, last_year)

    kept = {(one.application_id, one.rule.code): one.outcome for one in Finding.objects.select_related("rule")}
    tried = {(one.number, code): YES.value for one in whole.judged for code in ("country", "runtime")}
    tried |= {(one.number, code): found.outcome.value for one in whole.judged for code, found in one.findings}
    assert tried == kept


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.code)
def test_published_rule_is_tried_on_a_real_application_and_never_guesses(
    aigul: Person, draft: Call, last_year: Call, example: Any
) -> None:
    one = sent(last_year, "Meerim", runtime=90)
    TeamMember.objects.filter(application=one).update(residence="KG", citizenship="KG")
    draft.rules.all().delete()
    Rule.objects.create(call=draft, order=1, code=example.code, definition=example.definition, sentence={"en": "x"})

    (count,) = simulate(aigul, draft, last_year).rules

    assert dict(count.cells)[KNOWN.get(example.code, "unknown")] == 1


# What a sent application with a title, a country, a stage, ninety minutes and one director tells of the twenty rules.
KNOWN = {"two_people": "no", "an_hour": "yes", "no_former_participants": "yes", "alumni_take_their_own_way": "yes",
         "no_second_time_unless_invited": "yes",
         "one_lab_of_your_craft": "yes", "nonfiction_under_way": "no",
         "complete_and_in_english": "yes", "without_a_project": "yes"}  # fmt: skip


# --- Who may ----------------------------------------------------------------------------------------------------------
def test_only_calls_whose_applications_the_person_may_read_are_offered(
    aigul: Person, draft: Call, last_year: Call, three: list[Application]
) -> None:
    assert [one.pk for one in sources(aigul, draft.edition)] == [last_year.pk]
    observer = office.member(last_year, "Erlan", Role.OBSERVER)
    assert sources(observer, draft.edition) == []


def test_what_a_conflict_hides_is_hidden_here_too(
    aigul: Person, draft: Call, last_year: Call, three: list[Application]
) -> None:
    Hiding.objects.create(application=three[1], person=aigul, reason="family", at=make.NOW)

    assert simulate(aigul, draft, last_year).counts == {YES: 1, UNKNOWN: 1}


# --- The page --------------------------------------------------------------------------------------------------------
def test_page_leads_from_the_number_to_the_names(
    aigul: Person, draft: Call, last_year: Call, three: list[Application]
) -> None:
    client = client_of(aigul)

    page = client.get(office.address(draft, "simulate"), {"rule": "here", "says": "no"})

    assert [(row.application.pk, [(rule.code, how.value, seen) for rule, how, seen in row.reasons])
            for row in page.context["rows"]] == [
        (three[1].pk, [("long", "no", "10"), ("here", "no", "Germany"), ("gone", "unknown", "")]),
    ]  # fmt: skip
    assert (
        reverse("applications:detail", args=[last_year.edition.programme.slug, last_year.edition.slug, three[1].code])
        in page.content.decode()
    )


def test_page_without_applications_says_so(aigul: Person, draft: Call) -> None:
    assert client_of(aigul).get(office.address(draft, "simulate")).context["sources"] == []


@pytest.mark.parametrize("query", [{"of": "x"}, {"rule": "nobody"}, {"says": "perhaps"}, {"page": "-1"}])
def test_page_with_a_strange_address_shows_who_falls(
    aigul: Person, draft: Call, last_year: Call, three: list[Application], query: dict[str, str]
) -> None:
    page = client_of(aigul).get(office.address(draft, "simulate"), query)

    assert [row.application.pk for row in page.context["rows"]] == [three[1].pk]


def test_page_costs_the_same_for_one_application_and_for_three(aigul: Person, draft: Call, last_year: Call) -> None:
    history = {"code": "new", "scope": "history", "field": "participated", "op": "in", "value": [False]}
    others = {"code": "alone", "scope": "person", "field": "other_applications", "op": "max_per_person", "value": 1}
    whole = {"code": "whole", "scope": "application", "field": "complete", "op": "in", "value": [True]}
    strand = {"code": "strand", "scope": "application", "field": "strand", "op": "in", "value": ["all"]}
    for order, one in enumerate((history, others, whole, strand), start=9):
        Rule.objects.create(call=draft, order=order, code=one["code"], definition=one, sentence={"en": "x"})
    names = iter(["Timur", "Dana", "Erlan"])
    client = client_of(aigul)
    grow = lambda: sent(last_year, next(names), country="DE")  # noqa: E731
    grow()

    assert same_cost(lambda: client.get(office.address(draft, "simulate")), grow) == COST


COST = 26
