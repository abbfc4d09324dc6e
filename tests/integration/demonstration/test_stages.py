"""Each stage of the demonstration: consistent, the same on both databases, and every page of it answers everybody."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from kinolab.applications.models import Application, Candidacy, Finding, TeamMember
from kinolab.config import start
from kinolab.demonstration import people
from kinolab.demonstration.dates import Until
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people import queries as people_queries
from kinolab.foundation.people.models import Person
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import plan as plans
from kinolab.labs.models import Edition
from kinolab.production.models import Agreement, Cut, Omnibus
from kinolab.production.queries import agreements as queries
from kinolab.reviews.models import Conflict, Proposal, Reading
from kinolab.selection.models import Announcement, Decision, Quota, ResultLetter
from tests import checking
from tests.house.doors import DOORS, WHO, YES
from tests.integration.demonstration import agreeing
from tests.integration.demonstration import world as demonstration
from tests.kit import at, client_of, shut

pytestmark = pytest.mark.slow
ON_POSTGRESQL = os.environ.get(checking.ON_POSTGRESQL, "")
PAGES = [door for door in DOORS if door.method == "get"]
# Pages of these tell the same at every stage, and road maps begin with the last: they are opened there.
STILL = {"catalogue", "news", "production", "people", "ui", "impact"}


def _everybody_opens_their_pages(until: Until) -> Counter:
    """Open every page as everybody whose it is; one that breaks raises. Returns how often each status came back."""
    world, seen = demonstration.world(), Counter()
    pages = [one for one in PAGES if until is Until.IMPACT or one.name.partition(":")[0] not in STILL]
    for who in WHO:
        client = client_of(world.people[who])
        for door in (one for one in pages if one.answers[who] == YES):
            response: Any = client.get(reverse(door.name, kwargs=door.address(world)))
            seen[response.status_code] += 1
            shut(response)
    return seen


def _states(model: Any, field: str = "state") -> set[str]:
    return set(model.objects.values_list(field, flat=True))


WHOLE = pytest.param(Until.IMPACT, marks=pytest.mark.django_db(transaction=True, reset_sequences=True))


@pytest.mark.only_sqlite
@pytest.mark.parametrize("until", [*list(Until)[:-1], WHOLE])
def test_stage_when_built_is_consistent_and_every_page_answers(until: Until, settings: Any) -> None:
    settings.KINOLAB_DEMO_ENTRY = True
    with at(demonstration.NOW):
        demonstration.build(until, number=20 if until is Until.READING else 12)
        if until is Until.IMPACT and ON_POSTGRESQL:
            assert demonstration.digest() == json.loads(Path(ON_POSTGRESQL, checking.DEMONSTRATION).read_text())
        seen = _everybody_opens_their_pages(until)
        if until is Until.IMPACT:
            _look_at_ways_out()

    assert max(seen) < 500
    assert seen[200] > 100
    _look_at_entrances(until)
    _look_at_reading(until)
    _look_at_selection(until)
    _look_at_film()


def _look_at_ways_out() -> None:
    """Whatever leaves the road map of the cast's film says the same figures, to the lab, to partners and to everybody."""
    road_map = RoadMap.objects.get(application__lead__email=people.DIRECTOR.email)
    owner = client_of(Person.objects.get(email=people.ORGANISER.email))
    for eyes in Eyes:
        figures = agreeing.wanted(plans.outward_of(road_map, eyes).plan)
        assert sum(1 for value in figures.values() if value is not None) > 2
        for way, said in agreeing.said(road_map, eyes, owner).items():
            assert said == figures, (eyes, way)
    visitor, programme = client_of(None), road_map.edition.programme.slug
    page = visitor.get(reverse("impact:shown", args=[road_map.code]))
    report = visitor.get(reverse("impact:public_report", args=[programme]))
    assert (page.status_code, len(page.content) < 100_000) == (200, True)  # light enough for a village
    assert (report.context["report"].values, len(report.context["unwanted"])) == (4, 1)


OF_LAB = {
    "application__call__edition__programme__slug": "otkol-impact-lab"
}  # the contest of the film was decided long ago


def _look_at_reading(until: Until) -> None:
    coordinator = Person.objects.get(email=people.COORDINATOR.email)
    assert _states(Proposal, "accepted_by") == (set() if until is Until.OPEN else {coordinator.pk})
    declared = set(Conflict.objects.values_list("reader", "application"))
    kept = Reading.objects.exclude(state__in=["abstained", "released"])
    assert declared & set(kept.values_list("reader", "application")) == set()
    if until is Until.OPEN:
        assert Reading.objects.count() == 0
        return
    assert Application.objects.filter(checked="attention", stage="submitted").count() == 0
    assert all(one.decided_at for one in Finding.objects.exclude(outcome="yes").filter(application__stage="submitted"))
    languages = kept.values_list("application__language", "reader__languages")
    assert [language for language, reads in languages if language not in reads] == []
    if until is Until.READING:
        assert _states(Reading) == {"assigned", "opened", "draft", "submitted", "abstained", "released"}
    else:
        assert _states(Reading) == {"submitted", "abstained"}
        read = Application.objects.filter(checked="eligible", stage="submitted", call__edition__programme__kind="lab")
        assert read.filter(readings_done__lt=2).count() == 0


def _look_at_selection(until: Until) -> None:
    edition = Edition.objects.get(programme__slug="otkol-impact-lab")
    assert (Quota.objects.count(), ResultLetter.objects.filter(edition=edition).count()) == (7, 4)
    waiting = Candidacy.objects.filter(application__stage="submitted", decision=None).count()
    decisions = Decision.objects.filter(**OF_LAB)
    announced = Announcement.objects.filter(edition=edition)
    results = Letter.objects.filter(kind="result", scope=edition.scope)
    if until in (Until.OPEN, Until.READING):
        assert decisions.count() == 0
        return
    if until is Until.DECIDING:
        outcomes = set(decisions.values_list("outcome", flat=True))
        assert outcomes == {"selected", "waitlist", "hold", "rejected", "ineligible"}
        assert (waiting > 0, announced.count(), results.count()) == (True, 0, 0)
        return
    assert (waiting, announced.get().state) == (0, "done")
    assert decisions.get(application__lead__email=people.DIRECTOR.email).outcome == "selected"
    told = TeamMember.objects.filter(application__in=decisions.values("application"), state="joined")
    written = results.values_list("person", flat=True)
    assert sorted(written) == sorted(told.values_list("person", flat=True))


@pytest.mark.only_postgresql  # where the order of rows may differ from one time to the next
@pytest.mark.skipif(not ON_POSTGRESQL, reason="./test compares it with what SQLite keeps")
@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_demonstration_when_built_from_one_seed_is_noted_for_the_other_database() -> None:
    with at(demonstration.NOW):
        demonstration.build(Until.IMPACT)
        kept = demonstration.digest()

    assert all(
        int(of.split()[0]) for label, of in kept.items() if label in {"applications.Application", "impact.RoadMap"}
    )
    Path(ON_POSTGRESQL, checking.DEMONSTRATION).write_text(json.dumps(kept), encoding="utf-8")


def test_command_builds_in_an_empty_folder_and_names_whom_one_may_enter_as(settings: Any) -> None:
    settings.KINOLAB_DEMO_ENTRY = True
    with at(demonstration.NOW):
        call_command("demo", applications=1, verbosity=0)
    offered = [one.demo_role for one in people_queries.demo_people()]
    told = (settings.KINOLAB_DATA / "demonstration").read_text(encoding="utf-8").splitlines()

    assert sorted(offered) == ["coordinator", "director", "juror", "organiser", "producer"]
    assert sorted(line.split()[-2] for line in told) == sorted(offered)


def _look_at_entrances(until: Until) -> None:
    """Whom one may enter as: those who have something to do at the stage."""
    offered = people_queries.demo_people()
    roles = sorted(one.demo_role for one in offered)
    always = ["coordinator", "director", "juror", "organiser", "producer"]
    if until is Until.OPEN:
        assert roles == always
        return
    assert roles == sorted([*always, "reader", *(["tutor"] if until in (Until.ANNOUNCED, Until.IMPACT) else [])])
    reader = offered.get(demo_role="reader")
    assert reader.email == people.READER.email
    if until is Until.READING:
        assert Reading.objects.filter(reader__person=reader, state__in=["assigned", "opened", "draft"]).exists()


def _look_at_film() -> None:
    """The film in the making has something for each of its pages, and whoever fell out of it knows."""
    film = Omnibus.objects.get()
    assert (film.state, film.segments.exclude(position=None).count()) == ("assembly", 8)
    assert set(film.segments.values_list("state", flat=True)) == {"dropped", "selected", "rough", "locked"}
    cut = Cut.objects.get()
    assert (cut.reason, bool(cut.notice_at), len(cut.notice_to)) == ("length", True, 2)
    last = {one.segment_id: queries.standing(one) for one in Agreement.objects.order_by("version")}
    assert sorted(last.values()) == ["asked", "sent", "signed", "signed", "signed", "signed"]


def test_stages_when_offered_by_run_are_all_of_them() -> None:
    assert list(start.STAGES) == [until.value for until in Until]
