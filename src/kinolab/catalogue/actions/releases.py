"""When films were shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, still_there, touch, write
from kinolab.catalogue.domain.works import ReleaseKind, Season
from kinolab.catalogue.models import Film, Release
from kinolab.foundation.refusals import stop_if
from kinolab.labs.domain.calendar import FuzzyDate, Precision

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def add_release(
    *, film: Film, kind: ReleaseKind, on: FuzzyDate | None = None, season: Season | None = None,
    event: Texts | None = None, country: str = "", by: "Person", at: datetime,
) -> Release:  # fmt: skip
    """Say when, where and how exactly the film was shown or will be."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    made = Release.objects.create(film=film, **_columns(kind, on, season, event, country))
    touch("added", made, film, by, at, after={"kind": kind.value})
    return made


@transaction.atomic
def change_release(
    *, release: Release, kind: ReleaseKind, on: FuzzyDate | None = None, season: Season | None = None,
    event: Texts | None = None, country: str = "", seen: Mapping[str, Any] | None = None, by: "Person", at: datetime,
) -> Release:  # fmt: skip
    """Say it otherwise. Refused: not_your_catalogue, gone_from_catalogue, catalogue_changed_meanwhile."""
    stop_if(access.why_not_edit(by, release.film.organisation_id))
    found = still_there(release)
    if changed := write(found, _columns(kind, on, season, event, country), seen):
        touch("changed", found, release.film, by, at, after={"changed": sorted(changed)})
    return found


@transaction.atomic
def remove_release(*, release: Release, by: "Person", at: datetime) -> None:
    """Take a showing out. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, release.film.organisation_id))
    touch("deleted", release, release.film, by, at, after={"kind": release.kind, "event": release.event.as_dict()})
    release.delete()


def _columns(
    kind: ReleaseKind, on: FuzzyDate | None, season: Season | None, event: Texts | None, country: str
) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "on": on.date if on else None,
        "precision": (on.precision if on else Precision.DAY).value,
        "season": season.value if season else "",
        "event": event or {},
        "country": country,
    }
