"""Reads: a person's editions, and where an edition stands on its rail."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.labs import words
from kinolab.labs.domain import calendar
from kinolab.labs.domain.calendar import EditionFacts, Stage, StageState
from kinolab.labs.models import Edition, Membership

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

Milestones = Callable[[Edition], Mapping[str, datetime | None]]
_milestones: list[Milestones] = []


@dataclass(frozen=True, slots=True)
class RailStage:
    """One stage of the rail; `url_name` is empty while its room is not built."""

    number: int
    stage: Stage
    name: Promise
    state: StageState
    url_name: str


def register_milestones(milestones: Milestones) -> None:
    """Let a later room say when its stage ends, as fields of `EditionFacts`. Called once, from its `ready`."""
    if milestones not in _milestones:
        _milestones.append(milestones)


def edition_facts(edition: Edition) -> EditionFacts:
    """The known instants of an edition, gathered from the rooms that own them: one small query each."""
    known: dict[str, datetime | None] = {}
    for milestones in _milestones:
        known.update(milestones(edition))
    return EditionFacts(**known)


def rail(edition: Edition, at: datetime) -> list[RailStage]:
    """The ten stages with their state at this instant.

    They lead to the pages that are open to the person for whom the edition was got, and to those that are closed to them
    for a while, which say why.
    """
    states = calendar.stage_states(edition_facts(edition), at)
    pages = {stage: page for stage, page, permission in settings.KINOLAB_RAIL if _is_led(edition, permission)}
    return [
        RailStage(
            number,
            stage,
            words.STAGES[stage],
            states[stage],
            _if_built(pages.get(stage.value), edition),
        )
        for number, stage in enumerate(Stage, start=1)
    ]


def _is_led(edition: Edition, permission: str | None) -> bool:
    granted = getattr(edition, "granted", None)
    return granted is None or permission in granted or permission in edition.withheld


def _if_built(url_name: str | None, edition: Edition) -> str:
    """The name of the stage's page, or nothing while there is no such page."""
    try:
        reverse(url_name, args=[edition.programme.slug, edition.slug])
    except NoReverseMatch:
        return ""
    return url_name or ""


def editions_of(person: "Person") -> QuerySet[Edition]:
    """Editions in which the person has a role, the newest first."""
    held = Membership.objects.filter(
        Q(edition=OuterRef("pk")) | Q(edition=None),
        organisation=OuterRef("programme__organisation"),
        person=person,
    )
    return Edition.objects.filter(Exists(held)).select_related("programme__organisation").order_by("-starts_on", "-pk")


def team(edition: Edition) -> list[Membership]:
    """Who works on the edition: its own members and the organisation's, by role and name."""
    of_both = Q(edition=edition) | Q(edition=None)
    found = Membership.objects.filter(of_both, organisation=edition.programme.organisation_id).select_related("person")
    return sorted(found, key=lambda one: (one.role, formats.sort_key(str(one.person)), one.pk))


@dataclass(frozen=True, slots=True)
class Story:
    """Something told about an edition: `title` and `lead` are texts of several languages, `url` its page."""

    title: Text
    lead: Text
    at: datetime
    url: str


Stories = Callable[[Edition, datetime], Iterable[Story]]
_stories: list[Stories] = []


def register_stories(stories: Stories) -> None:
    """Let a later room tell what happened in an edition, for its page. Called once, from its `ready`."""
    if stories not in _stories:
        _stories.append(stories)


def stories(edition: Edition, at: datetime) -> list[Story]:
    """What is told about the edition at this instant, the newest first."""
    told = [story for tell in _stories for story in tell(edition, at)]
    return sorted(told, key=lambda story: story.at, reverse=True)
