"""What every action of the room does last: the page has changed, and it stands on the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from kinolab.catalogue.models import Film
from kinolab.foundation.audit import actions as audit

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

Texts = Mapping[str, str]


def touch(verb: str, thing: models.Model, film: Film, by: "Person", at: datetime, after: Mapping[str, Any]) -> None:
    """The page of the film has changed with the thing."""
    Film.objects.filter(pk=film.pk).update(changed_at=at)
    record(verb, thing, film, by, at, after)


def record(
    verb: str, thing: models.Model, film: Film, by: "Person", at: datetime, after: Mapping[str, Any] | None = None
) -> None:
    """Put the change of a thing of the film on the record."""
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=f"organisation:{film.organisation_id}", after=after)
