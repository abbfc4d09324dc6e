"""What a call asks of teams: the page, what it refuses, and the programme file that carries it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from kinolab.calls.actions import teams as actions
from kinolab.calls.models import Call
from kinolab.calls.queries.programme_file import as_mapping
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Role
from tests.factories import calls as make
from tests.factories import labs

pytestmark = pytest.mark.django_db

WHOLE = {
    "signatures": "before", "locks_day": "2026-09-20", "locks_hour": "18:00", "strands_max": "2",
    "least-director": "1", "most-director": "2", "least-producer": "0", "sends-producer": "on",
}  # fmt: skip


def page(call: Call) -> str:
    return reverse("calls:team", args=(call.edition.programme.slug, call.edition.slug))


def owner(call: Call):
    return labs.membership(labs.person(), Role.OWNER, of=call.edition).person


def test_page_keeps_what_is_asked_of_teams(client_as):
    call = make.open_call()

    visitor = client_as(owner(call))

    answer = visitor.post(page(call), WHOLE)

    call.refresh_from_db()
    assert answer.status_code == 302
    assert (call.role_needs, call.senders, call.signatures, call.strands_max, call.join_after_close) == (
        {"director": {"min": 1, "max": 2}}, ["producer"], "before", 2, False,
    )  # fmt: skip
    assert call.team_locks_at == datetime(2026, 9, 20, 12, 0, tzinfo=UTC)  # 18:00 in Bishkek
    shown = visitor.get(page(call)).content.decode()
    assert ('value="2026-09-20"' in shown, 'value="18:00"' in shown) == (True, True)


def test_needs_that_no_team_can_fulfil_are_refused_and_stay_typed(client_as):
    call = make.open_call(team_max=2)

    answer = client_as(owner(call)).post(page(call), WHOLE | {"least-producer": "2"})

    assert answer.status_code == 422
    assert "The roles need more people than a team may have. Needed: 3. Allowed: 2." in answer.content.decode()


def test_role_of_no_call_is_refused():
    call = make.open_call()
    changes = {"role_needs": {"gaffer": {"min": 1, "max": None}}, "team_locks_at": None}

    with pytest.raises(Denied) as denied:
        actions.change_team(call=call, changes=changes, by=owner(call), at=labs.NOW)

    assert denied.value.refusal == Refusal("need_of_unknown_role", {"role": "gaffer"})


def test_programme_file_carries_what_is_asked_of_teams_and_of_each_person():
    call = make.open_call(
        role_needs={"director": {"min": 1, "max": None}}, senders=["producer"], signatures="later",
        team_locks_at=datetime(2026, 9, 20, 12, 0, tzinfo=UTC), join_after_close=False, strands_max=1,
    )  # fmt: skip
    call.strands.create(
        order=1, slug="writing", name=labs.text("Writing"), roles=["writer"], without_project=True, seats=3
    )
    call.form.sections.update(of_project=True)
    question = call.form.sections.get().questions.get()
    question.asked_of = "director"
    question.save()

    written = as_mapping(call.edition)

    assert written["call"]["team"] == {
        "min": 1, "max": 4, "numbers": {"director": {"min": 1}}, "senders": ["producer"], "strands": 1,
        "signatures": "later", "locks": "2026-09-20 18:00", "join_after_close": False,
    }  # fmt: skip
    assert written["strands"] == [
        {"slug": "writing", "name": labs.text("Writing"), "roles": ["writer"], "without_project": True, "seats": 3}
    ]
    section = written["form"]["sections"][0]
    assert (section["of_project"], section["questions"][0]["asked_of"]) == (True, "director")
