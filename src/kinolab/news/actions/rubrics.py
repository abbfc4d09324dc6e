"""An organisation's rubrics, and how its newsroom works."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Organisation
from kinolab.news import access
from kinolab.news.models import Practice, Rubric

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def add_rubric(*, organisation: Organisation, slug: str, name: Mapping[str, str], by: "Person", at: datetime) -> Rubric:
    """Add a rubric at the end. Refused: not_your_practice, rubric_taken."""
    stop_if(access.why_not_arrange(by, organisation.pk))
    there = Rubric.objects.select_for_update().filter(organisation=organisation)
    stop_if(Refusal("rubric_taken", {"slug": slug}) if there.filter(slug=slug).exists() else None)
    rubric = Rubric.objects.create(organisation=organisation, slug=slug, name=name, order=there.count() + 1)
    _note("added", rubric, organisation, by, at, after={"slug": slug, "name": dict(rubric.name)})
    return rubric


@transaction.atomic
def change_rubric(*, rubric: Rubric, name: Mapping[str, str], by: "Person", at: datetime) -> Rubric:
    """Change what it is called; its address stays."""
    stop_if(access.why_not_arrange(by, rubric.organisation_id))
    before = dict(rubric.name)
    rubric.name = name
    rubric.save(update_fields=["name"])
    _note("changed", rubric, rubric.organisation, by, at, {"name": before}, {"name": dict(rubric.name)})
    return rubric


@transaction.atomic
def delete_rubric(*, rubric: Rubric, by: "Person", at: datetime) -> None:
    """Take a rubric out. Refused: rubric_used."""
    stop_if(access.why_not_arrange(by, rubric.organisation_id))
    stop_if(Refusal("rubric_used") if rubric.articles.exists() else None)
    _note("deleted", rubric, rubric.organisation, by, at, before={"slug": rubric.slug, "name": dict(rubric.name)})
    rubric.delete()


@transaction.atomic
def set_practice(*, organisation: Organisation, second_eyes: bool, by: "Person", at: datetime) -> Practice:
    """Say whether an article goes out only once somebody else has read it."""
    stop_if(access.why_not_arrange(by, organisation.pk))
    practice, _new = Practice.objects.get_or_create(organisation=organisation)
    if practice.second_eyes == second_eyes:
        return practice
    practice.second_eyes = second_eyes
    practice.save(update_fields=["second_eyes"])
    said = ({"second_eyes": not second_eyes}, {"second_eyes": second_eyes})
    _note("changed", practice, organisation, by, at, *said)
    return practice


def _note(
    verb: str,
    thing: models.Model,
    organisation: Organisation,
    by: "Person",
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        by=by, at=at, verb=verb, thing=thing, scope=f"organisation:{organisation.pk}", before=before, after=after
    )
