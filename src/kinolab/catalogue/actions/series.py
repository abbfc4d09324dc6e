"""Films under one idea."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts
from kinolab.catalogue.domain import parts
from kinolab.catalogue.domain.works import EntryState
from kinolab.catalogue.models import Entry, Film, Series
from kinolab.catalogue.queries import facts
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Organisation

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def make_series(
    *, organisation: Organisation, title: Texts, about: Texts | None = None, by: "Person", at: datetime
) -> Series:
    """Begin a series."""
    stop_if(access.why_not_edit(by, organisation.pk))
    series = Series.objects.create(organisation=organisation, title=title, about=about or {})
    scope = f"organisation:{organisation.pk}"
    audit.record(by=by, at=at, verb="added", thing=series, scope=scope, after={"title": dict(title)})
    return series


@transaction.atomic
def put_within(*, series: Series, within: Series | None, by: "Person", at: datetime) -> Series:
    """Let a series stand within another. Refused: not_your_catalogue, other_catalogue, series_in_a_circle."""
    stop_if(access.why_not_edit(by, series.organisation_id))
    if within is not None:
        stop_if(Refusal("other_catalogue") if within.organisation_id != series.organisation_id else None)
        circle = parts.in_a_circle(series.pk, within.pk, facts.series_above())
        stop_if(Refusal("series_in_a_circle") if circle else None)
    series.within = within
    series.save(update_fields=["within"])
    after = {"within": within.pk if within else None}
    audit.record(
        by=by, at=at, verb="changed", thing=series, scope=f"organisation:{series.organisation_id}", after=after
    )
    return series


@transaction.atomic
def enter(
    *, series: Series, order: int, title: Texts, film: Film | None = None, year: int | None = None,
    working_title: Texts | None = None, state: EntryState = EntryState.MADE, note: Texts | None = None,
    by: "Person", at: datetime,
) -> Entry:  # fmt: skip
    """Add a film to a series, whether it is in this catalogue, elsewhere, or was never made.

    Refused: not_your_catalogue, other_catalogue.
    """
    stop_if(access.why_not_edit(by, series.organisation_id))
    stop_if(access.why_not_join(film, series) if film else None)
    made = Entry.objects.create(
        series=series, film=film, order=order, year=year, title=title, working_title=working_title or {},
        state=state.value, note=note or {},
    )  # fmt: skip
    scope = f"organisation:{series.organisation_id}"
    audit.record(by=by, at=at, verb="added", thing=made, scope=scope, after={"title": dict(title), "year": year})
    return made
