"""A road map's way from template to closed: every step by its people, every refusal, every letter."""

from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.impact import access
from kinolab.impact.actions import making, remarks, steps
from kinolab.impact.domain.lifecycle import RoadMapStep
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import RoadMap, Version
from kinolab.impact.queries import listing, names
from kinolab.labs.domain.roles import Role
from kinolab.selection.domain.lifecycle import Outcome
from tests.factories import road_maps as make
from tests.factories import selection

pytestmark = pytest.mark.django_db


def refused(act: Any, **call: Any) -> str:
    with pytest.raises(Denied) as denied:
        act(at=make.NOW, **call)
    return denied.value.refusal.code


def take(of: RoadMap, step: RoadMapStep, by: Person) -> RoadMap:
    return steps.take(road_map=of, step=step, by=by, at=make.NOW)


@pytest.fixture
def owner(road_map: RoadMap) -> Person:
    return selection.owner(road_map.application.call)


def whole(of: RoadMap) -> None:
    """Everything that presenting asks for."""
    issue, vision = (make.TABLES[part].objects.get(road_map=of) for part in (Part.ISSUE, Part.VISION))
    issue.statement, vision.statement, vision.horizon = "Water", "Everybody sees", make.date(2028, 1, 1)
    issue.save()
    vision.save()
    goal = make.row(of, Part.GOAL, is_primary=True)
    make.row(of, Part.AUDIENCE)
    make.row(of, Part.ACTIVITY, goal=goal)
    result = make.row(of, Part.RESULT, goal=goal)
    make.row(of, Part.INDICATOR, result=result, accumulation="cumulative", no_baseline_reason="Nobody counted.")


def test_road_map_when_its_way_is_gone_ends_closed_with_versions_and_letters(road_map: RoadMap, owner: Person) -> None:
    team, tutor = road_map.application.lead, make.tutor(road_map)
    whole(road_map)
    take(road_map, RoadMapStep.HAND_IN, team)
    remark = remarks.remark(
        road_map=road_map, path_step=Step.GOALS, text=" Why? ", asks=True, by=tutor, at=make.NOW
    )  # fmt: skip
    take(road_map, RoadMapStep.ASK_REVISION, tutor)
    remarks.settle(road_map=road_map, number=remark.pk, by=team, at=make.NOW)
    for step, by in (
        (RoadMapStep.HAND_IN, team), (RoadMapStep.PRESENT, tutor), (RoadMapStep.ADOPT, owner), (RoadMapStep.START, team),
        (RoadMapStep.REPORT, team), (RoadMapStep.GO_ON, owner), (RoadMapStep.CLOSE, owner),
    ):  # fmt: skip
        done = take(road_map, step, by)

    assert (done.state, done.version, done.adopted_at) == ("closed", 5, make.NOW)
    assert list(Version.objects.values_list("step", flat=True)) == ["hand_in", "hand_in", "adopt", "report", "close"]
    assert Version.objects.first().content["goal"][0]["goal"] == "Neighbours know their turn"
    told = {one.key.split(":")[2]: one.to_email for one in Letter.objects.filter(kind="road_map").order_by("pk")}
    assert told == {
        "hand_in": tutor.email, "ask_revision": team.email, "present": team.email, "adopt": team.email,
    }  # fmt: skip


def test_step_when_it_is_not_ones_own_or_not_next_is_refused(road_map: RoadMap, owner: Person) -> None:
    tutor, team = make.tutor(road_map), road_map.application.lead
    coordinator = selection.staff(road_map.application.call, "Bakyt", Role.COORDINATOR)

    assert refused(steps.take, road_map=road_map, step=RoadMapStep.HAND_IN, by=tutor) == "not_your_step"
    assert refused(steps.take, road_map=road_map, step=RoadMapStep.ADOPT, by=coordinator) == "not_your_step"
    assert refused(steps.take, road_map=road_map, step=RoadMapStep.ADOPT, by=owner) == "road_map_step_not_possible"
    take(road_map, RoadMapStep.HAND_IN, team)
    assert refused(steps.take, road_map=road_map, step=RoadMapStep.PRESENT, by=tutor) == "road_map_blocked"
    assert refused(steps.take, road_map=road_map, step=RoadMapStep.ASK_REVISION, by=tutor) == "revision_needs_a_remark"


def test_remark_when_it_may_not_be_made_is_refused(road_map: RoadMap) -> None:
    coordinator = selection.staff(road_map.application.call, "Bakyt", Role.COORDINATOR)
    said = {"road_map": road_map, "path_step": Step.GOALS, "asks": True}

    assert refused(remarks.remark, text="x", by=coordinator, **said) == "only_tutors_remark"
    assert refused(remarks.remark, text="  ", by=make.tutor(road_map), **said) == "remark_empty"
    assert not remarks.remark(text="Ours", by=road_map.application.lead, at=make.NOW, **said).asks  # tutors alone ask
    RoadMap.objects.update(state="closed")
    road_map.refresh_from_db()
    assert refused(remarks.remark, text="x", by=make.tutor(road_map), **said) == "road_map_closed"


# --- Making, tutors --------------------------------------------------------------------------------------------------------
def test_road_map_when_made_twice_is_one_with_its_single_parts(owner: Person, road_map: RoadMap) -> None:
    call = road_map.application.call
    chosen = selection.sent(call, "Azamat")
    for _ in range(2):
        made = making.make(edition=call.edition, application=chosen, by=owner, at=make.NOW)

    assert (RoadMap.objects.count(), made.state, made.title) == (2, "template", "Azamat’s film")
    assert [make.TABLES[part].objects.filter(road_map=made).count() for part in make.SINGLE] == [1, 1, 1, 1]
    assert Letter.objects.filter(key__startswith=f"road-map:{made.pk}:made").count() == 1
    other = selection.closed_call("other-lab")
    coordinator = selection.staff(call, "Bakyt", Role.COORDINATOR)
    assert refused(making.make, edition=call.edition, application=chosen, by=coordinator) == "not_permitted"
    theirs = selection.sent(other, "Dana")
    assert refused(making.make, edition=call.edition, application=theirs, by=owner) == "not_of_this_edition"


def test_projects_when_chosen_and_announced_wait_for_a_road_map(owner: Person, road_map: RoadMap) -> None:
    call = road_map.application.call
    chosen = selection.sent(call, "Azamat")
    decision = selection.decided(chosen, Outcome.SELECTED)
    assert list(listing.without(owner, call.edition)) == []

    type(decision).objects.update(announced_at=make.NOW)

    assert list(listing.without(owner, call.edition)) == [chosen]


def test_tutor_when_added_is_told_once_and_sees_everything(road_map: RoadMap, owner: Person) -> None:
    call = {"road_map": road_map, "email": "rustam@example.org", "by": owner}
    added = making.add_tutor(at=make.NOW, **call)

    assert access.who(added.person, road_map).inside
    assert Letter.objects.get(kind="road_map").to_email == "rustam@example.org"
    assert refused(making.add_tutor, **call) == "tutors_already"
    assert refused(making.add_tutor, **call | {"email": road_map.application.lead.email}) == "of_the_team"
    assert refused(making.add_tutor, **call | {"by": added.person}) == "not_permitted"
    assert refused(making.remove_tutor, road_map=road_map, number=added.pk, by=added.person) == "not_permitted"
    making.remove_tutor(road_map=road_map, number=added.pk, by=owner, at=make.NOW)
    assert not access.who(added.person, road_map).knows


# --- Showing -----------------------------------------------------------------------------------------------------------------
def test_road_map_when_a_name_stands_in_it_is_shown_to_nobody(road_map: RoadMap) -> None:
    team = road_map.application.lead
    make.row(road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    told = make.row(road_map, Part.LEARNING, what_changed="Жаркынайга жардам бердик.")

    assert refused(steps.show, road_map=road_map, level=Level.PUBLIC, by=team) == "not_safe_to_show"
    assert refused(steps.show, road_map=road_map, level=Level.PUBLIC, by=make.tutor(road_map)) == "only_the_team_writes"
    told.delete()
    assert steps.show(road_map=road_map, level=Level.PUBLIC, by=team, at=make.NOW).level == "public"


def test_letters_and_record_when_a_name_stands_in_the_title_say_it_nowhere(road_map: RoadMap, owner: Person) -> None:
    RoadMap.objects.update(title="Жаркынайдын үйү")
    road_map.refresh_from_db()
    make.row(road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    make.tutor(road_map)
    take(road_map, RoadMapStep.HAND_IN, road_map.application.lead)

    letters = [(one.subject, one.body) for one in Letter.objects.filter(kind="road_map")]
    entries = list(Entry.objects.filter(kind__startswith="impact.").values("label", "before", "after"))
    assert (len(letters), len(entries)) == (1, 1)
    assert "Жаркынай" not in repr([letters, entries])
