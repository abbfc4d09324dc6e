"""When films were shown."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, touch
from kinolab.catalogue.domain.works import ReleaseKind, Season
from kinolab.catalogue.models import Film, Release
from kinolab.foundation.refusals import stop_if
from kinolab.labs.domain.calendar import FuzzyDate

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def add_release(
    *, film: Film, kind: ReleaseKind, on: FuzzyDate | None = None, season: Season | None = None,
    event: Texts | None = None, country: str = "", by: "Person", at: datetime,
) -> Release:  # fmt: skip
    """Say when, where and how exactly the film was shown or will be."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    when: dict[str, date | str] = {"on": on.date, "precision": on.precision.value} if on else {}
    made = Release.objects.create(
        film=film, kind=kind.value, season=season.value if season else "", event=event or {}, country=country, **when
    )
    touch("added", made, film, by, at, after={"kind": kind.value})
    return made
