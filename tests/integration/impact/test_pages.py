"""Pages of road maps: who sees what, saving whole and while one types, the same cost for one and for three."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.models import Evidence, Goal, Remark, RoadMap, RowAside
from kinolab.impact.queries import names
from kinolab.labs.domain.roles import Role
from tests.factories import road_maps as make
from tests.factories import selection
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db


def url(name: str, of: RoadMap, **more: Any) -> str:
    return reverse(f"impact:{name}", kwargs={"code": of.code} | more)


@pytest.fixture
def team(road_map: RoadMap) -> Any:
    return client_of(road_map.application.lead)


@pytest.fixture
def goal(road_map: RoadMap) -> Goal:
    return make.row(road_map, Part.GOAL, success="Boards stand")


def test_row_when_sent_whole_is_added_and_changed(road_map: RoadMap, team: Any) -> None:
    added = team.post(url("new_row", road_map, part="goal"), {"goal": "Known", "dynamic": "minds"})
    goal = Goal.objects.get()
    prefix = f"goal-{goal.pk}"
    changed = team.post(
        url("row", road_map, part="goal", number=goal.pk),
        {f"{prefix}-goal": "Known to all", f"{prefix}-dynamic": "structures", "seen": 1},
    )

    assert (added.status_code, changed.status_code) == (302, 302)
    goal.refresh_from_db()
    assert (goal.goal, goal.dynamic, goal.version) == ("Known to all", "structures", 2)


@pytest.mark.parametrize(
    ("field", "value", "status", "answer"),
    [
        ("goal", "Known to all", 200, {"version": 2}),
        ("is_primary", "on", 200, {"version": 2}),
        ("goal", "", 422, None),
        ("dynamic", "nothing", 422, None),
    ],
)
def test_field_when_it_saves_itself_is_answered_as_the_script_asks(
    road_map: RoadMap, team: Any, goal: Goal, field: str, value: str, status: int, answer: dict[str, Any] | None
) -> None:
    name = f"goal-{goal.pk}-{field}"
    found = team.post(
        url("save_row", road_map, part="goal", number=goal.pk),
        {"field": name, "value": value, "version": 1, "run": "a"},
    )

    said = found.json()
    assert (found.status_code, said["field"]) == (status, name)
    assert {key: said[key] for key in answer or {}} == (answer or {})
    assert ("error" in said) == (status == 422)


def test_field_when_two_write_in_it_is_merged_or_both_are_kept(road_map: RoadMap, team: Any, goal: Goal) -> None:
    save = url("save_row", road_map, part="goal", number=goal.pk)
    name = f"goal-{goal.pk}-success"
    team.post(save, {"field": name, "value": "Forty boards stand", "version": 1, "run": "a"})

    merged = team.post(save, {"field": name, "value": "Boards stand here", "version": 1, "run": "b"}).json()
    quarrel = team.post(save, {"field": name, "value": "No boards", "version": 1, "run": "c"})

    assert (merged["value"], merged["version"]) == ("Forty boards stand here", 3)
    aside = RowAside.objects.get()
    assert (quarrel.status_code, quarrel.json()["value"]) == (409, "Forty boards stand here")
    assert (quarrel.json()["aside"], aside.values) == (aside.pk, {"success": "No boards"})
    page = team.get(url("row", road_map, part="goal", number=goal.pk)).content.decode()
    assert "No boards" in page


def test_row_when_somebody_saved_meanwhile_shows_both_texts(road_map: RoadMap, team: Any, goal: Goal) -> None:
    prefix = f"goal-{goal.pk}"
    row = url("row", road_map, part="goal", number=goal.pk)
    team.post(row, {f"{prefix}-goal": "One", f"{prefix}-dynamic": "minds", "seen": 1})

    page = team.post(row, {f"{prefix}-goal": "Two", f"{prefix}-dynamic": "minds", "seen": 1})

    text = page.content.decode()
    assert page.status_code == 422
    assert '<p class="pre">One</p>' in text
    assert ">Two</textarea>" in text or "Two" in text
    aside = RowAside.objects.get()
    assert f'name="settles" value="{aside.pk}"' in text


def test_value_when_it_is_text_is_refused_with_a_sentence(road_map: RoadMap, team: Any) -> None:
    indicator = make.row(road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT))
    period = make.row(road_map, Part.PERIOD, indicator=indicator)

    page = team.post(url("new_row", road_map, part="actual"), {"period": period.pk, "value": "N/A"})

    assert page.status_code == 422
    assert "“N/A” is not a number" in page.content.decode()
    assert (
        "data-kino-keep" in team.get(url("new_row", road_map, part="actual") + f"?period={period.pk}").content.decode()
    )


def test_risk_when_it_is_new_is_restricted(road_map: RoadMap, team: Any) -> None:
    page = team.get(url("new_row", road_map, part="risk")).content.decode()

    assert '<option value="restricted" selected>' in page


# --- Who sees what -----------------------------------------------------------------------------------------------------------
def test_name_and_risk_when_the_lab_looks_are_in_no_page(road_map: RoadMap) -> None:
    make.row(road_map, Part.RISK, title="Anger at home")
    make.row(road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    make.row(road_map, Part.EVIDENCE, title="Secret letters")
    make.row(road_map, Part.LEARNING, what_changed="Жаркынай сүйлөдү.")
    Remark.objects.create(road_map=road_map, path_step="safety", text="Hide her house", at=make.NOW)
    lab = client_of(selection.staff(road_map.application.call, "Bakyt", Role.COORDINATOR))
    inside = client_of(make.tutor(road_map))

    steps = [url("step", road_map, step=one) for one in Step if one is not Step.SAFETY]
    pages = [url("whole", road_map), *steps, reverse("impact:list", args=["impact-lab", road_map.edition.slug])]
    seen = "".join(lab.get(page).content.decode() for page in pages)
    known = "".join(inside.get(page).content.decode() for page in [*pages[:-1], url("step", road_map, step="safety")])

    planted = ("Anger at home", "Жаркынай", "Secret letters", "Hide her house")
    assert [one for one in planted if one in seen] == []
    assert [one for one in planted if one not in known] == []


def test_tutor_when_making_a_remark_stands_beside_the_step(road_map: RoadMap, team: Any) -> None:
    tutor = client_of(make.tutor(road_map))

    tutor.post(url("remark", road_map, step="goals"), {"text": "Whose turn?", "asks": "on"})
    page = team.get(url("step", road_map, step="goals")).content.decode()
    team.post(url("settle_remark", road_map, number=Remark.objects.get().pk))

    assert "Whose turn?" in page
    assert Remark.objects.get().settled_at == make.NOW


def test_lists_when_they_grow_cost_the_same(road_map: RoadMap) -> None:
    call = road_map.application.call
    owner = client_of(selection.owner(call))
    tutor = make.tutor(road_map)

    def grow() -> None:
        of = make.road_map(selection.sent(call, f"Azamat{RoadMap.objects.count()}"))
        make.tutor(of)
        make.row(road_map, Part.GOAL, goal=f"More {of.pk}")

    addresses = [
        (owner, reverse("impact:list", args=["impact-lab", call.edition.slug])),
        (client_of(tutor), reverse("impact:mine")),
        (client_of(tutor), url("whole", road_map)),
        (client_of(tutor), url("step", road_map, step="goals")),
    ]
    for client, address in addresses:
        same_cost(lambda client=client, address=address: client.get(address), grow, times=1)


def test_step_when_the_plan_is_adopted_says_once_why_and_shows_what_was_read(road_map: RoadMap, team: Any) -> None:
    make.row(road_map, Part.GOAL, is_primary=True)
    result = make.row(road_map, Part.RESULT)
    indicator = make.row(road_map, Part.INDICATOR, result=result, measure="unit")
    make.row(road_map, Part.ACTUAL, period=make.row(road_map, Part.PERIOD, indicator=indicator), value=41)
    RoadMap.objects.update(state="adopted")

    issue, results, goals = (
        team.get(url("step", road_map, step=one)).content.decode() for one in ("issue", "results", "goals")
    )

    assert issue.count("This part of the plan has been adopted.") == 1
    assert "<b>41</b>" in results
    assert ("<dd>yes</dd>" in goals, "✓" in goals) == (True, False)


def test_amount_when_it_is_text_asks_for_digits_alone(road_map: RoadMap, team: Any) -> None:
    page = team.post(url("new_row", road_map, part="line"), {"label": "Bus", "quantity": "two", "unit_cost": "1"})

    assert "“two” is not a number. Write it in digits: 1200 or 12,5." in page.content.decode()


def test_evidence_when_added_leads_to_the_place_for_its_file(road_map: RoadMap, team: Any) -> None:
    form = team.get(url("new_row", road_map, part="evidence")).content.decode()
    added = team.post(
        url("new_row", road_map, part="evidence"), {"title": "Scan", "kind": "report", "sensitivity": "restricted"}
    )

    assert "A file is put in on the next page, after adding." in form
    assert added.url == f"{url('row', road_map, part='evidence', number=Evidence.objects.get().pk)}#file-t"
