"""Writing in a road map: every refusal, every merge, and that nothing is lost."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.impact.actions import rows
from kinolab.impact.domain.parts import Part
from kinolab.impact.models import Actual, Goal, Indicator, RoadMap, RowAside, RowPast
from kinolab.impact.queries import rows as queries
from tests.factories import road_maps as make

pytestmark = pytest.mark.django_db


def by(of: RoadMap) -> dict[str, Any]:
    return {"road_map": of, "by": of.application.lead, "at": make.NOW}


def refused(**call: Any) -> tuple[str, dict[str, Any]]:
    act = call.pop("act")
    with pytest.raises(Denied) as denied:
        act(**call)
    return denied.value.refusal.code, dict(denied.value.refusal.facts)


# --- Adding ----------------------------------------------------------------------------------------------------------------
def test_row_when_added_stands_last_with_its_links_and_tells_the_record_nothing_of_its_words(road_map: RoadMap) -> None:
    goal = make.row(road_map, Part.GOAL)
    partner = make.row(road_map, Part.PARTNER)

    made = rows.add_row(
        part=Part.ACTIVITY, values={"title": "Secret talk", "goal": goal.pk, "partners": [partner.pk]}, **by(road_map)
    )

    found = queries.values_of(Part.ACTIVITY, queries.find(road_map, Part.ACTIVITY, made.pk))
    assert (found["title"], found["goal"], found["partners"]) == ("Secret talk", goal.pk, [str(partner.pk)])
    entry = Entry.objects.get(verb="added", kind="impact.roadmap")
    assert (entry.label, entry.after) == (road_map.code, {"part": "activity", "row": made.pk})


@pytest.mark.parametrize(
    ("part", "values", "state", "code"),
    [
        (Part.VISION, {}, "drafting", "part_has_one_row"),
        (Part.GOAL, {"goal": "x"}, "template", "road_map_not_begun"),
        (Part.GOAL, {"goal": "x"}, "tutor_review", "road_map_under_review"),
        (Part.GOAL, {"goal": "x"}, "implementing", "plan_adopted"),
        (Part.RISK, {"title": "x"}, "closed", "road_map_closed"),
        (Part.SDG, {"code": "6.b"}, "drafting", "row_there_already"),
        (Part.ACTIVITY, {"title": "x", "goal": 99}, "drafting", "row_of_another_road_map"),
        (Part.ACTIVITY, {"title": "x", "depends_on": [99]}, "drafting", "row_of_another_road_map"),
        (Part.WINDOW, {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, "drafting", "ends_before_start"),
    ],
)
def test_row_when_it_may_not_be_added_is_refused(
    road_map: RoadMap, part: Part, values: dict[str, Any], state: str, code: str
) -> None:
    make.row(road_map, Part.SDG)
    RoadMap.objects.filter(pk=road_map.pk).update(state=state)

    assert refused(act=rows.add_row, part=part, values=values, **by(road_map))[0] == code


def test_row_when_somebody_else_adds_it_is_refused(road_map: RoadMap) -> None:
    tutor = make.tutor(road_map)

    assert refused(act=rows.add_row, road_map=road_map, part=Part.GOAL, values={"goal": "x"}, by=tutor, at=make.NOW) == (
        "only_the_team_writes", {},
    )  # fmt: skip


def test_rows_when_there_are_too_many_are_refused(road_map: RoadMap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST", 1)
    make.row(road_map, Part.CAUSE)

    assert refused(act=rows.add_row, part=Part.CAUSE, values={"text": "x"}, **by(road_map)) == (
        "too_many_rows", {"limit": 1},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "value", "code"),
    [("qualitative", "3", "value_in_words"), ("ordinal", "2.5", "value_not_a_whole_number")],
)
def test_value_when_its_indicator_has_no_such_number_is_refused(
    road_map: RoadMap, measure: str, value: str, code: str
) -> None:
    indicator = make.row(road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT), measure=measure)
    period = make.row(road_map, Part.PERIOD, indicator=indicator)

    values = {"period": period.pk, "value": Decimal(value)}
    assert refused(act=rows.add_row, part=Part.ACTUAL, values=values, **by(road_map))[0] == code


def test_names_when_given_are_kept_as_marks_alone(road_map: RoadMap) -> None:
    made = rows.add_row(part=Part.PROTECTED, values={"code": "P7"}, names="Айгүл Асанова", **by(road_map))
    rows.save_row(part=Part.PROTECTED, number=made.pk, values={}, names="Gulya", version=1, **by(road_map))

    made.refresh_from_db()
    assert len(made.marks) == 3
    everything = repr([*Entry.objects.values(), *RowPast.objects.values(), queries.values_of(Part.PROTECTED, made)])
    assert [name for name in ("Айгүл", "Асанова", "Gulya") if name in everything] == []


# --- Saving ----------------------------------------------------------------------------------------------------------------
@pytest.fixture
def goal(road_map: RoadMap) -> Goal:
    return make.row(road_map, Part.GOAL, goal="Neighbours know their turn", success="Boards stand", changed_by=None)


def save(row: Goal, of: RoadMap, version: int, /, **values: Any) -> Any:
    run = values.pop("run", "")
    at = make.NOW + timedelta(minutes=1)
    return rows.save_row(
        road_map=of,
        part=Part.GOAL,
        number=row.pk,
        values=values,
        version=version,
        run=run,
        by=of.application.lead,
        at=at,
    )


def test_row_when_saved_keeps_what_it_said_before(road_map: RoadMap, goal: Goal) -> None:
    saved = save(goal, road_map, 1, goal="Everybody knows", dynamic="behaviours")

    goal.refresh_from_db()
    assert (goal.goal, goal.dynamic, goal.version, saved.merged) == ("Everybody knows", "behaviours", 2, {})
    past = RowPast.objects.get(part="goal", number=goal.pk)
    assert (past.version, past.values["goal"]) == (1, "Neighbours know their turn")


def test_row_when_two_write_in_different_columns_and_words_has_both(road_map: RoadMap, goal: Goal) -> None:
    save(goal, road_map, 1, goal="All neighbours know their turn")

    saved = save(goal, road_map, 1, goal="Neighbours know their turn today", success="Forty boards stand")

    goal.refresh_from_db()
    assert (goal.goal, goal.success) == ("All neighbours know their turn today", "Forty boards stand")
    assert saved.merged == {"goal": "Neighbours know their turn today"}


def test_row_when_two_write_in_one_place_keeps_both_and_a_person_decides(road_map: RoadMap, goal: Goal) -> None:
    save(goal, road_map, 1, goal="One")

    code, facts = refused(act=lambda **_: save(goal, road_map, 1, goal="Two", success="Kept all the same"))

    goal.refresh_from_db()
    assert (code, facts["columns"], facts["version"]) == ("changed_meanwhile", {"goal": "One"}, 3)
    assert (goal.goal, goal.success) == ("One", "Kept all the same")
    aside = RowAside.objects.get()
    assert (aside.values, aside.settled_at) == ({"goal": "Two"}, None)

    rows.save_row(part=Part.GOAL, number=goal.pk, values={"goal": "Two"}, version=3, settles=aside.pk, **by(road_map))
    aside.refresh_from_db()
    goal.refresh_from_db()
    assert (goal.goal, aside.settled_at) == ("Two", make.NOW)


def test_row_when_an_answer_got_lost_goes_on_from_its_own_last_word(road_map: RoadMap, goal: Goal) -> None:
    save(goal, road_map, 1, goal="Every", run="a")
    save(goal, road_map, 1, goal="Everybody", run="a")
    save(goal, road_map, 3, success="Another’s", run="b")
    save(goal, road_map, 1, goal="Everybody knows", run="a")

    goal.refresh_from_db()
    assert (goal.goal, goal.success) == ("Everybody knows", "Another’s")


@pytest.mark.parametrize(("version", "code"), [(9, "beginning_unknown")])
def test_row_when_its_beginning_is_unknown_is_refused(road_map: RoadMap, goal: Goal, version: int, code: str) -> None:
    assert refused(act=lambda **_: save(goal, road_map, version, goal="x"))[0] == code


def test_row_when_it_is_another_road_maps_is_gone(road_map: RoadMap) -> None:
    other = make.road_map(make.make.sent(road_map.application.call, "Azamat"))
    theirs = make.row(other, Part.GOAL)

    call = {"part": Part.GOAL, "number": theirs.pk, **by(road_map)}
    assert refused(act=rows.save_row, values={"goal": "x"}, version=1, **call)[0] == "row_gone"
    assert refused(act=rows.remove_row, **call)[0] == "row_gone"
    assert refused(act=rows.retire_indicator, number=theirs.pk, retired=True, **by(road_map))[0] == "row_gone"
    assert refused(act=rows.settle, aside=99, **by(road_map))[0] == "row_gone"


def test_goal_when_it_becomes_primary_is_the_only_one(road_map: RoadMap, goal: Goal) -> None:
    first = make.row(road_map, Part.GOAL, is_primary=True)

    save(goal, road_map, 1, is_primary=True)

    first.refresh_from_db()
    goal.refresh_from_db()
    assert (first.is_primary, first.version, goal.is_primary) == (False, 2, True)


def test_value_when_approved_stands_until_it_is_corrected(road_map: RoadMap) -> None:
    indicator = make.row(road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT))
    period = make.row(road_map, Part.PERIOD, indicator=indicator)
    actual = make.row(road_map, Part.ACTUAL, period=period, value=Decimal(3), approved_at=make.NOW)
    proof = make.row(road_map, Part.EVIDENCE)
    call = {"part": Part.ACTUAL, "number": actual.pk, **by(road_map)}

    rows.save_row(values={"value": Decimal("3.00"), "evidence": [proof.pk]}, version=1, **call)
    assert Actual.objects.get().approved_at == make.NOW  # the same number; more behind it

    assert refused(act=rows.save_row, values={"value": Decimal(4)}, version=2, **call)[0] == "value_approved"
    assert refused(act=rows.remove_row, **call)[0] == "value_approved"
    rows.save_row(values={"value": Decimal(4)}, version=2, corrects=True, **call)
    assert (Actual.objects.get().value, Actual.objects.get().approved_at) == (Decimal(4), None)


def test_value_when_approved_is_so_by_a_tutor_and_never_by_the_team(road_map: RoadMap) -> None:
    indicator = make.row(road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT))
    actual = make.row(road_map, Part.ACTUAL, period=make.row(road_map, Part.PERIOD, indicator=indicator))
    tutor = make.tutor(road_map)

    assert refused(act=rows.approve, number=actual.pk, **by(road_map))[0] == "only_tutors_approve"
    assert refused(act=rows.approve, number=0, **by(road_map) | {"by": tutor})[0] == "row_gone"
    rows.approve(number=actual.pk, **by(road_map) | {"by": tutor})

    actual.refresh_from_db()
    assert (actual.approved, actual.approved_by) == (True, tutor)


# --- Taking out, bringing back ---------------------------------------------------------------------------------------------
def test_row_when_taken_out_can_be_brought_back(road_map: RoadMap, goal: Goal) -> None:
    rows.remove_row(part=Part.GOAL, number=goal.pk, **by(road_map))
    assert not Goal.objects.exists()

    back = rows.bring_back(part=Part.GOAL, number=goal.pk, version=1, **by(road_map))

    assert (back.goal, back.success) == ("Neighbours know their turn", "Boards stand")


def test_row_when_an_earlier_version_is_wanted_says_it_again(road_map: RoadMap, goal: Goal) -> None:
    save(goal, road_map, 1, goal="Other")

    assert (
        rows.bring_back(part=Part.GOAL, number=goal.pk, version=1, **by(road_map)).goal == "Neighbours know their turn"
    )
    call = {"part": Part.GOAL, "number": goal.pk, **by(road_map)}
    assert refused(act=rows.bring_back, version=77, **call)[0] == "version_unknown"


def test_what_values_stand_on_when_taken_out_stays(road_map: RoadMap) -> None:
    result = make.row(road_map, Part.RESULT)
    indicator = make.row(road_map, Part.INDICATOR, result=result)
    period = make.row(road_map, Part.PERIOD, indicator=indicator)
    evidence = make.row(road_map, Part.EVIDENCE)
    actual = make.row(road_map, Part.ACTUAL, period=period, value=Decimal(3), approved_at=make.NOW)
    actual.evidence.add(evidence)

    needed = {Part.RESULT: result, Part.INDICATOR: indicator, Part.PERIOD: period, Part.EVIDENCE: evidence}
    for part, row in needed.items():
        assert refused(act=rows.remove_row, part=part, number=row.pk, **by(road_map))[0] == "row_is_needed"
    assert refused(act=rows.remove_row, part=Part.VISION, number=1, **by(road_map))[0] == "part_has_one_row"
    rows.retire_indicator(number=indicator.pk, retired=True, **by(road_map))
    assert Indicator.objects.get().retired


def test_text_when_set_aside_may_be_settled_as_it_stands(road_map: RoadMap, goal: Goal) -> None:
    aside = RowAside.objects.create(
        road_map=road_map, part="goal", number=goal.pk, seen=1, values={"goal": "Two"}, kept_at=make.NOW
    )

    rows.settle(aside=aside.pk, **by(road_map))

    aside.refresh_from_db()
    assert aside.settled_by == Person.objects.get(pk=road_map.application.lead_id)
    assert queries.asides_of(Part.GOAL, goal.pk) == []
