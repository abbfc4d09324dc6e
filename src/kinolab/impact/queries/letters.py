"""Whom letters about a road map go to, and what they may say: the project's name and a link, nothing of the plan."""

from django.conf import settings
from django.urls import reverse

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.foundation.people.models import Person
from kinolab.impact.models import Report, RoadMap
from kinolab.impact.queries import names
from kinolab.labs.domain.roles import ROLES, Permission, Role
from kinolab.labs.queries import team as team_of


def team(road_map: RoadMap) -> list[Person]:
    """Those of the team who have joined."""
    joined = Person.objects.filter(
        team_memberships__application=road_map.application_id, team_memberships__state=MemberState.JOINED.value
    )
    return list(joined.order_by("pk"))


def tutors(road_map: RoadMap) -> list[Person]:
    """Those who accompany it."""
    return list(Person.objects.filter(tutorings__road_map=road_map).order_by("pk"))


def lookers(road_map: RoadMap) -> list[Person]:
    """Who looks at what the team hands in: its tutors; while it has none, those who guide the edition's road maps."""
    found = tutors(road_map)
    if found:
        return found
    guide = [one.person for one in team_of(road_map.edition) if Permission.GUIDE_ROAD_MAPS in ROLES[Role(one.role)]]
    return sorted(set(guide), key=lambda one: one.pk)


def context(road_map: RoadMap, about: str, report: Report | None = None) -> dict[str, object]:
    """What the letter's template names; a title in which a protected name stands is covered."""
    title = names.veils([road_map])[road_map.pk].covered(road_map.title)
    path = (
        reverse("impact:report", args=[road_map.code, report.pk])
        if report
        else reverse("impact:whole", args=[road_map.code])
    )
    said: dict[str, object] = {"about": about, "title": title, "edition": road_map.edition.name}
    if report:
        said |= {"starts": report.starts_on, "ends": report.ends_on, "due": report.due_on}
    return said | {"url": f"{settings.KINOLAB_URL}{path}"}
