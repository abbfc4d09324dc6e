"""Making road maps for chosen projects, and saying who accompanies them."""

from datetime import datetime

from django.db import transaction

from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people import actions as people
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.actions import copying
from kinolab.impact.domain.lifecycle import RoadMapState
from kinolab.impact.domain.parts import SINGLE, Part
from kinolab.impact.models import TABLES, Report, RoadMap, Tutoring
from kinolab.impact.queries import letters
from kinolab.labs.models import Edition


@transaction.atomic
def make(
    *, edition: Edition, application: Application, by: Person, at: datetime, template: RoadMap | None = None
) -> RoadMap:
    """Make the road map of an application, empty or with the rows of a template; its team begins it.

    A second click makes no second one.

    Refused: by access; `not_of_this_edition`.
    """
    stop_if(access.why_not_make(by, edition))
    if application.call.edition_id != edition.pk:
        raise Denied(Refusal("not_of_this_edition"))
    made, is_new = RoadMap.objects.get_or_create(
        application=application,
        defaults={
            "edition": edition, "title": application.title or application.code, "language": application.language,
            "made_at": at, "made_by": by, "changed_at": at,
        },
    )  # fmt: skip
    if is_new:
        if template is None:
            _single_rows(made, by, at)
        else:
            copying.copy_rows(template, made, by=by, at=at)
        audit.record(by=by, at=at, verb="made_road_map", thing=made, scope=edition.scope)
        letters_to(made, "begun", at, key="made")
    return made


@transaction.atomic
def make_template(*, edition: Edition, title: str, language: str, by: Person, at: datetime) -> RoadMap:
    """Make a template: written like a road map, by whoever guides them, and never handed in. Refused: by access."""
    stop_if(access.why_not_make(by, edition))
    made = RoadMap.everything.create(
        edition=edition, title=title, language=language, state=RoadMapState.DRAFTING.value, made_at=at, made_by=by,
        changed_at=at,
    )  # fmt: skip
    _single_rows(made, by, at)
    audit.record(by=by, at=at, verb="made_template", thing=made, scope=edition.scope)
    return made


@transaction.atomic
def remove_template(*, road_map: RoadMap, by: Person, at: datetime) -> None:
    """Take a template away; road maps that began from it stay. Refused: by access; `no_template`."""
    stop_if(access.why_not_make(by, road_map.edition))
    stop_if(None if road_map.is_template else Refusal("no_template"))
    audit.record(by=by, at=at, verb="deleted", thing=road_map, scope=road_map.edition.scope)
    for part in reversed(Part):
        TABLES[part].objects.filter(road_map=road_map).delete()
    road_map.delete()


def _single_rows(road_map: RoadMap, by: Person, at: datetime) -> None:
    for part in sorted(SINGLE):
        TABLES[part].objects.create(road_map=road_map, changed_at=at, changed_by=by)


@transaction.atomic
def add_tutor(
    *, road_map: RoadMap, email: str, name: str = "", language: str = "", by: Person, at: datetime
) -> Tutoring:
    """Let somebody accompany a road map: they read everything and make remarks. A letter tells them.

    Refused: by access; `tutors_already`, `of_the_team`.
    """
    stop_if(access.why_not_make(by, road_map.edition))
    person = people.ensure_person(email=email, name=name, language=language, at=at)
    stop_if(Refusal("road_map_is_template") if road_map.is_template else None)
    stop_if(Refusal("of_the_team") if access.in_team(person, road_map.application_id) else None)
    made, is_new = Tutoring.objects.get_or_create(
        road_map=road_map, person=person, defaults={"added_at": at, "added_by": by}
    )
    stop_if(None if is_new else Refusal("tutors_already"))
    _record("added_tutor", road_map, person, by, at)
    mail.write(
        key=f"road-map-tutor:{made.pk}", to=person, kind="road_map", template="impact/mail/news.txt",
        context=letters.context(road_map, "tutor"), at=at, scope=road_map.edition.scope,
    )  # fmt: skip
    return made


@transaction.atomic
def remove_tutor(*, road_map: RoadMap, number: int, by: Person, at: datetime) -> None:
    """Let somebody accompany a road map no more. Refused: by access."""
    stop_if(access.why_not_make(by, road_map.edition))
    found = Tutoring.objects.filter(road_map=road_map, pk=number).select_related("person").first()
    if found is not None:
        _record("removed_tutor", road_map, found.person, by, at)
        found.delete()


def letters_to(
    road_map: RoadMap, about: str, at: datetime, *, key: str, tutors: bool = False, report: Report | None = None
) -> None:
    """A letter to the team, or to whoever looks at what it hands in (`tutors`).

    It names the project and leads to the page, and says nothing of the plan.
    """
    for person in letters.lookers(road_map) if tutors else letters.team(road_map):
        mail.write(
            key=f"road-map:{road_map.pk}:{key}:{person.pk}",
            to=person,
            kind="road_map",
            template="impact/mail/report.txt" if report or about == "corrected" else "impact/mail/news.txt",
            context=letters.context(road_map, about, report),
            at=at,
            scope=road_map.edition.scope,
        )


def _record(verb: str, road_map: RoadMap, person: Person, by: Person, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        thing=road_map,
        scope=road_map.edition.scope,
        after={"person": person.name or person.email},
    )
