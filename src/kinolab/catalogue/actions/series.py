"""Films under one idea."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, move, still_there, write
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
    slug = facts.free_slug(Series, title, "series")
    series = Series.objects.create(organisation=organisation, slug=slug, title=title, about=about or {})
    scope = f"organisation:{organisation.pk}"
    audit.record(by=by, at=at, verb="added", thing=series, scope=scope, after={"title": dict(title)})
    return series


@transaction.atomic
def change_series(
    *, series: Series, title: Texts, about: Texts, within: Series | None, seen: Mapping[str, Any] | None = None,
    by: "Person", at: datetime,
) -> Series:  # fmt: skip
    """Change what a series is called and within which it stands.

    Refused: not_your_catalogue, other_catalogue, series_in_a_circle, gone_from_catalogue, catalogue_changed_meanwhile.
    """
    stop_if(access.why_not_edit(by, series.organisation_id))
    found = still_there(series)
    stop_if(_why_not_within(found, within))
    if write(found, {"title": title, "about": about, "within": within}, seen):
        _changed(found, at)
        _note("changed", found, found, by, at, {"title": found.title.as_dict(), "within": found.within_id})
    return found


@transaction.atomic
def delete_series(*, series: Series, by: "Person", at: datetime) -> None:
    """Take a series out with its entries; the films stay. Refused: not_your_catalogue, series_in_use."""
    stop_if(access.why_not_edit(by, series.organisation_id))
    stop_if(Refusal("series_in_use") if series.inner.exists() else None)
    _changed(series, at)
    _note("deleted", series, series, by, at, {"title": series.title.as_dict()})
    series.delete()


@transaction.atomic
def enter(
    *, series: Series, title: Texts, order: int | None = None, film: Film | None = None, year: int | None = None,
    working_title: Texts | None = None, state: EntryState = EntryState.MADE, note: Texts | None = None,
    by: "Person", at: datetime,
) -> Entry:  # fmt: skip
    """Add a film to a series, whether it is in this catalogue, elsewhere, or was never made; last unless ordered.

    Refused: not_your_catalogue, other_catalogue, entry_twice.
    """
    stop_if(access.why_not_edit(by, series.organisation_id))
    stop_if(_why_not_enter(series, film))
    made = Entry.objects.create(
        series=series, film=film, order=facts.next_order(Entry, series=series) if order is None else order, year=year,
        title=title, working_title=working_title or {}, state=state.value, note=note or {},
    )  # fmt: skip
    _changed(series, at)
    _note("added", made, series, by, at, {"title": dict(title), "year": year})
    return made


@transaction.atomic
def change_entry(
    *, entry: Entry, title: Texts, film: Film | None, year: int | None, working_title: Texts, state: EntryState,
    note: Texts, seen: Mapping[str, Any] | None = None, by: "Person", at: datetime,
) -> Entry:  # fmt: skip
    """Say otherwise what a film of the series is.

    Refused: not_your_catalogue, other_catalogue, entry_twice, gone_from_catalogue, catalogue_changed_meanwhile.
    """
    stop_if(access.why_not_edit(by, entry.series.organisation_id))
    found = still_there(entry)
    stop_if(_why_not_enter(entry.series, film, found))
    before = Film.objects.filter(pk=found.film_id)
    typed = {
        "title": title,
        "film": film,
        "year": year,
        "working_title": working_title,
        "state": state.value,
        "note": note,
    }
    if write(found, typed, seen):
        before.update(changed_at=at)
        _changed(entry.series, at)
        _note("changed", found, entry.series, by, at, {"title": dict(title), "year": year, "state": found.state})
    return found


@transaction.atomic
def move_entry(*, entry: Entry, by_places: int, past: int | None = None, by: "Person", at: datetime) -> None:
    """Move a film up (negative) or down in the series. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, entry.series.organisation_id))
    rows = list(Entry.objects.filter(series=entry.series))
    if move(rows, entry, by_places, past):
        _changed(entry.series, at)
        _note("changed", entry, entry.series, by, at, {"moved": by_places})


@transaction.atomic
def leave_series(*, entry: Entry, by: "Person", at: datetime) -> None:
    """Take a film out of the series; the film itself stays. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, entry.series.organisation_id))
    _changed(entry.series, at)
    _note("deleted", entry, entry.series, by, at, {"title": entry.title.as_dict(), "year": entry.year})
    entry.delete()


def _why_not_within(series: Series, within: Series | None) -> Refusal | None:
    if within is None:
        return None
    if within.organisation_id != series.organisation_id:
        return Refusal("other_catalogue")
    circle = parts.in_a_circle(series.pk, within.pk, facts.series_above())
    return Refusal("series_in_a_circle") if circle else None


def _why_not_enter(series: Series, film: Film | None, entry: Entry | None = None) -> Refusal | None:
    if film is None:
        return None
    twice = series.entries.filter(film=film).exclude(pk=entry.pk if entry else None).exists()
    return access.why_not_join(film, series) or (Refusal("entry_twice") if twice else None)


def _changed(series: Series, at: datetime) -> None:
    """The pages of all films of the series have changed."""
    Film.objects.filter(entries__series=series).update(changed_at=at)


def _note(verb: str, thing: models.Model, series: Series, by: "Person", at: datetime, after: Mapping[str, Any]) -> None:
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=f"organisation:{series.organisation_id}", after=after)
