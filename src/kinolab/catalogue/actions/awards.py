"""What films were chosen for, and where they were shot."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, touch
from kinolab.catalogue.domain.works import AwardResult
from kinolab.catalogue.models import Agent, Award, Film, Place
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.domain.calendar import FuzzyDate, Precision

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def add_award(*, film: Film, by: "Person", at: datetime, **said: Any) -> Award:
    """Say what the film was chosen for: `said` as `_award` takes it.

    Refused: not_your_catalogue, award_of_nobody, other_catalogue, agent_joined.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    made = Award.objects.create(film=film, **_award(film, **said))
    touch("added", made, film, by, at, after=_told(made))
    return made


@transaction.atomic
def change_award(*, award: Award, by: "Person", at: datetime, **said: Any) -> Award:
    """Say it otherwise. Refused: as `add_award`."""
    stop_if(access.why_not_edit(by, award.film.organisation_id))
    columns = _award(award.film, **said)
    for name, value in columns.items():
        setattr(award, name, value)
    award.save(update_fields=list(columns))
    touch("changed", award, award.film, by, at, after=_told(award))
    return award


@transaction.atomic
def remove_award(*, award: Award, by: "Person", at: datetime) -> None:
    """Take an award out. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, award.film.organisation_id))
    touch("deleted", award, award.film, by, at, after=_told(award))
    award.delete()


def _award(
    film: Film, *, event: Texts, result: AwardResult, category: Texts | None = None, on: FuzzyDate | None = None,
    country: str = "", recipient: Agent | None = None,
) -> dict[str, Any]:  # fmt: skip
    stop_if(None if any(event.values()) else Refusal("award_of_nobody"))
    stop_if(access.why_not_join(film, recipient) if recipient else None)
    return {
        "event": event, "category": category or {}, "result": result.value, "country": country, "recipient": recipient,
        "on": on.date if on else None, "precision": (on.precision if on else Precision.DAY).value,
    }  # fmt: skip


def _told(award: Award) -> dict[str, Any]:
    return {"event": dict(award.event), "result": award.result, "recipient": award.recipient_id}


# --- Places ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_place(
    *, film: Film, name: Texts, country: str = "", at_place: tuple[Decimal, Decimal] | None = None, by: "Person",
    at: datetime,
) -> Place:  # fmt: skip
    """Say where the film was shot; `at_place` is latitude and longitude. Refused: not_your_catalogue, place_unnamed."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    last = film.places.aggregate(last=Max("order"))["last"]
    made = Place.objects.create(film=film, order=0 if last is None else last + 1, **_place(name, country, at_place))
    touch("added", made, film, by, at, after={"name": dict(made.name), "country": country})
    return made


@transaction.atomic
def change_place(
    *, place: Place, name: Texts, country: str = "", at_place: tuple[Decimal, Decimal] | None = None, by: "Person",
    at: datetime,
) -> Place:  # fmt: skip
    """Say it otherwise. Refused: as `add_place`."""
    stop_if(access.why_not_edit(by, place.film.organisation_id))
    columns = _place(name, country, at_place)
    for column, value in columns.items():
        setattr(place, column, value)
    place.save(update_fields=list(columns))
    touch("changed", place, place.film, by, at, after={"name": dict(place.name), "country": country})
    return place


@transaction.atomic
def remove_place(*, place: Place, by: "Person", at: datetime) -> None:
    """Take a place out. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, place.film.organisation_id))
    touch("deleted", place, place.film, by, at, after={"name": dict(place.name)})
    place.delete()


def _place(name: Texts, country: str, at_place: tuple[Decimal, Decimal] | None) -> dict[str, Any]:
    stop_if(None if any(name.values()) else Refusal("place_unnamed"))
    latitude, longitude = at_place or (None, None)
    return {"name": name, "country": country, "latitude": latitude, "longitude": longitude}
