"""Appeals: lodged by the team before their deadline, decided by people who did not decide before, told to everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kinolab.applications.actions import appeals, screening
from kinolab.applications.models import Appeal, Application, Hiding
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.selection.models import Announcement, Decision
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of, same_cost

UNTIL = make.CLOSES + timedelta(days=14)
LATER = make.CLOSES + timedelta(days=1)


@pytest.fixture
def call() -> Any:
    return office.call(appeals_until=UNTIL)


@pytest.fixture
def bakyt(call: Any) -> Person:
    return office.coordinator(call)


@pytest.fixture
def saltanat(call: Any) -> Person:
    """She sits in the panel."""
    return office.member(call, "Saltanat", Role.APPEALS)


@pytest.fixture
def refused(call: Any, bakyt: Person) -> Application:
    """An application that Bakyt found not eligible; its team of two was told."""
    made = office.sent_by_two(call, country="DE", runtime=90)
    screening.confirm(finding=office.finding(made), tell=True, by=bakyt, at=LATER)
    Letter.objects.all().delete()
    return again(made)


def again(application: Application) -> Application:
    return Application.objects.select_related("call__edition__programme__organisation").get(pk=application.pk)


def lodge(
    application: Application, *, by: Person | None = None, at: Any = LATER, text: str = "We live in Osh."
) -> Appeal:
    return appeals.lodge(application=again(application), statement=text, by=by or application.lead, at=at)


def decide(appeal: Appeal, by: Person, *, upheld: bool = True, reason: str = "You do.", result: str = "") -> None:
    appeals.decide(appeal=appeal, upheld=upheld, reason=reason, result=result, by=by, at=LATER)


def announced(application: Application, by: Person, outcome: str = "rejected") -> None:
    """The results are out."""
    edition = application.call.edition
    Announcement.objects.create(edition=edition, announced_at=LATER, announced_by=by)
    for candidacy in application.candidacies.all():
        Decision.objects.create(
            application=application, candidacy=candidacy, outcome=outcome, decided_at=LATER, decided_by=by,
            announced_at=LATER,
        )  # fmt: skip


def code_of(action: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(*arguments, **more)
    return denied.value.refusal.code


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("kind", "to_email").values_list("kind", "to_email"))


# --- Lodging ---------------------------------------------------------------------------------------------------------
def test_appeal_is_kept_told_to_team_and_panel_and_on_the_record(refused: Application, saltanat: Person) -> None:
    made = lodge(refused, text=" We live in Osh. ")

    assert (made.against, made.state, made.statement, made.lodged_by) == (
        "check",
        "lodged",
        "We live in Osh.",
        refused.lead,
    )
    assert letters() == [
        ("appeal", "azamat@example.org"), ("appeal", "meerim@example.org"), ("appeal_waits", "saltanat@example.org"),
    ]  # fmt: skip
    entry = Entry.objects.get(verb="appealed")
    assert (entry.actor, entry.kind, entry.after) == (
        refused.lead, "applications.application", {"against": "check", "statement": "We live in Osh."},
    )  # fmt: skip


def test_panel_hears_of_no_application_that_is_hidden_from_it_or_that_it_decided(
    call: Any, refused: Application, saltanat: Person, bakyt: Person
) -> None:
    office.member(call, "Bakyt", Role.APPEALS)  # he found the application not eligible
    Hiding.objects.create(application=refused, person=saltanat, reason="family", at=LATER)

    lodge(refused)

    assert [kind for kind, _ in letters()] == ["appeal", "appeal"]


@pytest.mark.parametrize(
    ("at", "code"), [(UNTIL - timedelta(seconds=1), ""), (UNTIL, ""), (UNTIL + timedelta(seconds=1), "appeals_closed")]
)
def test_appeal_has_a_deadline_of_its_own(refused: Application, at: Any, code: str) -> None:
    if code:
        assert code_of(lodge, refused, at=at) == code
    else:
        assert lodge(refused, at=at).state == "lodged"
    assert Appeal.objects.count() == (0 if code else 1)


def test_appeal_is_refused_to_strangers_twice_and_without_a_statement(refused: Application) -> None:
    assert code_of(lodge, refused, by=make.person("Farrukh")) == "not_in_team"
    assert code_of(lodge, refused, text=" \n") == "statement_empty"
    assert code_of(lodge, refused, text="x" * 3_001) == "statement_too_long"
    lodge(refused)
    assert code_of(lodge, refused) == "already_appealed"


def test_appeal_is_refused_while_nothing_was_decided_or_where_the_call_takes_none(call: Any, bakyt: Person) -> None:
    waiting = make.submitted_application(call, country="DE")
    assert code_of(lodge, waiting) == "nothing_to_appeal"
    screening.confirm(finding=office.finding(waiting), tell=False, by=bakyt, at=LATER)
    assert code_of(lodge, waiting) == "nothing_to_appeal"  # the team was not told

    call.appeals_until = None
    call.save()
    assert code_of(lodge, waiting) == "no_appeals"


def test_appeal_that_is_taken_back_makes_room_for_another(refused: Application, saltanat: Person) -> None:
    first = lodge(refused)
    assert code_of(appeals.take_back, appeal=first, by=make.person("Farrukh"), at=LATER) == "not_in_team"

    appeals.take_back(appeal=first, by=refused.lead, at=LATER)

    assert lodge(refused).pk != first.pk
    assert code_of(appeals.take_back, appeal=first, by=refused.lead, at=LATER) == "appeal_step_not_possible"
    assert code_of(decide, first, saltanat) == "appeal_step_not_possible"


# --- Deciding --------------------------------------------------------------------------------------------------------
def test_upheld_appeal_makes_the_application_eligible_again(refused: Application, saltanat: Person) -> None:
    made = lodge(refused)
    Letter.objects.all().delete()

    decide(made, saltanat, reason=" They do live here. ")

    made.refresh_from_db()
    finding = office.finding(refused)
    assert (made.state, made.decided_by, made.reason, made.result) == ("upheld", saltanat, "They do live here.", "")
    assert (again(refused).checked, finding.override, finding.decided_by, finding.decision_reason) == (
        "eligible", "yes", saltanat, "They do live here.",
    )  # fmt: skip
    assert letters() == [("appeal_decided", "azamat@example.org"), ("appeal_decided", "meerim@example.org")]
    assert "They do live here." in Letter.objects.first().body
    assert [one.verb for one in Entry.objects.order_by("-pk")[:2]] == ["overrode", "decided_appeal"]


def test_appeal_that_is_not_upheld_changes_nothing_but_is_answered(refused: Application, saltanat: Person) -> None:
    made = lodge(refused)
    Letter.objects.all().delete()

    decide(made, saltanat, upheld=False, reason="The project is German.")

    made.refresh_from_db()
    assert (made.state, again(refused).checked, office.finding(refused).override) == ("not_upheld", "ineligible", "")
    assert len(letters()) == 2
    assert code_of(lodge, refused) == "already_appealed"


def test_panel_is_distinct_from_those_who_decided(call: Any, refused: Application, bakyt: Person) -> None:
    made = lodge(refused)
    assert code_of(decide, made, bakyt) == "not_permitted"  # he screens
    assert code_of(decide, made, office.owner(call)) == "not_permitted"  # an owner may do everything but this
    office.member(call, "Bakyt", Role.APPEALS)
    assert code_of(decide, made, bakyt) == "decided_it_yourself"
    office.member(call, "Azamat", Role.APPEALS)
    assert code_of(decide, made, make.person("Azamat")) == "own_application"


def test_panel_gives_reasons(refused: Application, saltanat: Person) -> None:
    made = lodge(refused)

    assert code_of(decide, made, saltanat, reason=" ") == "appeal_reason_needed"
    made.refresh_from_db()
    assert made.state == "lodged"


@pytest.mark.parametrize("outcome", ["rejected", "ineligible"])
def test_appeal_against_a_result_gives_another_result(call: Any, saltanat: Person, outcome: str) -> None:
    owner = office.owner(call)
    application = make.submitted_application(call, runtime=90)
    announced(application, owner, outcome)
    made = lodge(application)
    assert made.against == "result"
    assert code_of(decide, made, saltanat) == "appeal_result_needed"

    decide(made, saltanat, result="waitlist")

    decision = Decision.objects.get()
    assert (decision.outcome, decision.rank is not None, decision.version) == ("waitlist", True, 2)
    assert (decision.decided_by, decision.announced_at) == (saltanat, LATER)
    assert Entry.objects.filter(verb="decided").get().after["outcome"] == "waitlist"
    assert "on the waiting list now" in Letter.objects.get(kind="appeal_decided").body


def test_appeal_of_a_team_in_two_strands_names_those_in_which_it_is_upheld(call: Any, saltanat: Person) -> None:
    call.strands.create(order=2, slug="writers", name={"en": "Writers"})
    call.strands.create(order=3, slug="producers", name={"en": "Producers"})
    application = make.complete(call, runtime=90)
    for slug in ("writers", "producers"):
        application.candidacies.create(strand=call.strands.get(slug=slug))
    make.submission.submit(application=application, by=application.lead, at=make.NOW)
    announced(application, office.owner(call))
    Decision.objects.filter(candidacy__strand__slug="all").update(outcome="selected")
    made = lodge(application)  # a place in one strand does not take the appeal against the others
    page = client_of(saltanat).get(reverse("applications:appeals", args=[call.edition.programme.slug, "2026"]))
    assert [one.slug for one in page.context["rows"][0][0].strands] == ["writers", "producers"]
    verdict = {"upheld": "yes", "reason": "You do.", "result": "waitlist"}
    address = reverse("applications:decide_appeal", args=[call.edition.programme.slug, "2026", made.pk])
    assert "Choose the strands" in client_of(saltanat).post(address, verdict).content.decode()

    client_of(saltanat).post(address, verdict | {"strands": ["writers"]})

    outcomes = dict(Decision.objects.values_list("candidacy__strand__slug", "outcome"))
    assert outcomes == {"all": "selected", "writers": "waitlist", "producers": "rejected"}
    assert "Writers" in Letter.objects.get(kind="appeal_decided").body


def test_a_place_won_by_appeal_stands_on_the_results_page(call: Any, saltanat: Person) -> None:
    application = make.submitted_application(call, runtime=90)
    announced(application, office.owner(call))

    decide(lodge(application), saltanat, result="selected")

    page = client_of(None).get(reverse("selection:results", args=[call.edition.programme.slug, call.edition.slug]))
    assert [one.pk for one in page.context["page"].selected] == [application.pk]


def test_juror_who_decided_does_not_judge_the_appeal(call: Any) -> None:
    juror = office.juror(call)
    office.member(call, "Saule", Role.APPEALS)
    application = make.submitted_application(call, runtime=90)
    announced(application, juror)

    assert code_of(decide, lodge(application), juror, result="selected") == "decided_it_yourself"


def test_selected_have_nothing_to_appeal_against(call: Any) -> None:
    application = make.submitted_application(call, runtime=90)
    announced(application, office.owner(call), "selected")

    assert code_of(lodge, application) == "nothing_to_appeal"


# --- Pages -----------------------------------------------------------------------------------------------------------
def edit(application: Application) -> str:
    return reverse("applications:edit", args=[application.code])


@pytest.fixture
def after_the_close(now: Any) -> None:
    now.move_to(LATER)


def test_team_sees_until_when_it_may_appeal_sends_one_and_reads_the_answer(
    refused: Application, saltanat: Person, after_the_close: Any
) -> None:
    team = client_of(refused.lead)
    assert team.get(edit(refused)).context["page"].appeal.why_not is None

    assert (
        team.post(reverse("applications:appeal", args=[refused.code]), {"statement": "We live in Osh."}).status_code
        == 302
    )
    decide(Appeal.objects.get(), saltanat, reason="Indeed you do.")

    body = team.get(edit(refused)).content.decode()
    assert "Your appeal was upheld." in body
    assert "Indeed you do." in body


def test_team_that_is_refused_keeps_what_it_typed(refused: Application, after_the_close: Any) -> None:
    answer = client_of(refused.lead).post(
        reverse("applications:appeal", args=[refused.code]), {"statement": "Ош. " * 1_000}
    )

    assert (answer.status_code, Appeal.objects.count()) == (422, 0)
    assert "Ош. Ош." in answer.content.decode()
    assert "Characters: 3,999. Allowed at most: 3,000." in answer.content.decode()


def test_team_takes_its_appeal_back_by_a_button(refused: Application, after_the_close: Any) -> None:
    made = lodge(refused)

    client_of(refused.lead).post(reverse("applications:take_appeal_back", args=[refused.code, made.pk]))

    made.refresh_from_db()
    assert made.state == "taken_back"


def test_panel_decides_on_its_page(call: Any, refused: Application, saltanat: Person) -> None:
    made = lodge(refused)
    client = client_of(saltanat)
    assert [why for _, why in client.get(office.address(call, "appeals")).context["rows"]] == [None]

    bad = client.post(office.address(call, "decide_appeal", made.pk), {"reason": "Because"})
    assert (bad.status_code, bad.context["refused"]["reason"]) == (422, "Because")
    sent = {"upheld": "no", "reason": "Because"}
    assert client.post(office.address(call, "decide_appeal", made.pk), sent).status_code == 302

    made.refresh_from_db()
    assert (made.state, made.reason) == ("not_upheld", "Because")


def test_page_of_appeals_hides_what_a_conflict_hides(call: Any, refused: Application, saltanat: Person) -> None:
    made = lodge(refused)
    Hiding.objects.create(application=refused, person=saltanat, reason="family", at=LATER)
    client = client_of(saltanat)

    assert client.get(office.address(call, "appeals")).context["rows"] == []
    assert (
        client.post(office.address(call, "decide_appeal", made.pk), {"upheld": "no", "reason": "x"}).status_code == 404
    )


def test_page_of_appeals_costs_the_same_for_one_and_for_three(call: Any, saltanat: Person, bakyt: Person) -> None:
    names = iter(["Timur", "Dana", "Erlan"])
    client = client_of(saltanat)

    def appeal() -> None:
        made = make.submitted_application(call, make.person(next(names)), country="DE")
        screening.confirm(finding=office.finding(made), tell=True, by=bakyt, at=LATER)
        lodge(made)

    appeal()

    assert same_cost(lambda: client.get(office.address(call, "appeals")), appeal) == 15


def test_deadline_of_appeals_is_set_by_those_who_configure_on_the_clock_of_the_call(call: Any, bakyt: Person) -> None:
    address = office.address(call, "appeals_until")
    assert client_of(bakyt).post(address, {"until": "2026-10-01T18:00"}).status_code == 403

    owner = client_of(office.owner(call))
    assert owner.post(address, {"until": "2026-10-01T18:00"}).status_code == 302
    call.refresh_from_db()
    assert call.appeals_until.isoformat() == "2026-10-01T12:00:00+00:00"
    assert owner.post(address, {"until": "tomorrow"}).status_code == 422
    assert owner.post(address, {"until": ""}).status_code == 302
    call.refresh_from_db()
    assert call.appeals_until is None


def test_dashboard_counts_the_appeals_that_wait(call: Any, refused: Application, saltanat: Person) -> None:
    lodge(refused)
    page = client_of(saltanat).get(reverse("desk:edition", args=[call.edition.programme.slug, call.edition.slug]))

    assert [(one.code, one.count) for one in page.context["page"].tasks if one.code == "appeals"] == [("appeals", 1)]
