"""The only writes of the room. Each opens its transaction, asks whether it may, writes, and records it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from kinolab.catalogue import access, queries, words
from kinolab.catalogue.domain import identifiers, parts
from kinolab.catalogue.domain.works import AgentKind, EntryState, Kind, PartKind, PartState, ReleaseKind, Role, Season
from kinolab.catalogue.models import (
    Agent,
    Alias,
    Country,
    Credit,
    Entry,
    Film,
    Identifier,
    Part,
    Release,
    Series,
    Track,
)
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.domain.calendar import FuzzyDate
from kinolab.labs.models import Organisation

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

Texts = Mapping[str, str]
FACTS = frozenset(
    {"title", "original_title", "original_language", "working_titles", "year_production", "year_festival",
     "year_release", "running_time", "parts_announced", "languages", "subtitle_languages", "genres", "synopsis",
     "soundtrack_complete", "dye", "picture"}
)  # fmt: skip


# --- Films -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def make_film(
    *, organisation: Organisation, slug: str, kind: Kind, facts: Mapping[str, Any], countries: Iterable[str] = (),
    by: "Person", at: datetime,
) -> Film:  # fmt: skip
    """Begin a film with what is known of it; a draft until published.

    Refused: not_your_catalogue, film_address_taken, unknown_genre.
    """
    stop_if(access.why_not_edit(by, organisation.pk))
    stop_if(Refusal("film_address_taken", {"slug": slug}) if queries.address_taken(slug) else None)
    stop_if(_why_not_facts(facts))
    film = Film.objects.create(organisation=organisation, slug=slug, kind=kind.value, changed_at=at, **facts)
    Country.objects.bulk_create(Country(film=film, order=number, code=code) for number, code in enumerate(countries))
    _record("added", film, film, by, at, after={"slug": slug, "kind": kind.value})
    return film


@transaction.atomic
def describe_film(*, film: Film, facts: Mapping[str, Any], by: "Person", at: datetime) -> Film:
    """Change what is known of a film. Refused: not_your_catalogue, unknown_genre, film_untitled."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(_why_not_facts(facts))
    film = Film.objects.select_for_update().get(pk=film.pk)
    for name, value in facts.items():
        setattr(film, name, value)
    stop_if(access.why_not_publish(film) if film.published_at else None)
    film.changed_at = at
    film.save(update_fields=[*facts, "changed_at"])
    _record("changed", film, film, by, at, after={"facts": sorted(facts)})
    return film


@transaction.atomic
def publish_film(*, film: Film, by: "Person", at: datetime) -> Film:
    """Show the film to everybody. Refused: not_your_catalogue, film_untitled, part_published_alone."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    film = Film.objects.select_for_update().get(pk=film.pk)
    stop_if(access.why_not_publish(film))
    if film.published_at:
        return film
    film.published_at = film.changed_at = at
    film.save(update_fields=["published_at", "changed_at"])
    _record("published", film, film, by, at)
    return film


@transaction.atomic
def withdraw_film(*, film: Film, by: "Person", at: datetime) -> Film:
    """Take the film off the site; it is a draft again."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    film = Film.objects.select_for_update().get(pk=film.pk)
    if film.published_at:
        film.published_at, film.changed_at = None, at
        film.save(update_fields=["published_at", "changed_at"])
        _record("unpublished", film, film, by, at)
    return film


@transaction.atomic
def identify(*, film: Film, scheme: identifiers.Scheme, value: str, by: "Person", at: datetime) -> Identifier:
    """Say what the film is called in a register, in place of what was said before.

    Refused: not_your_catalogue, identifier_shape, identifier_check, identifier_taken.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(identifiers.why_not(scheme, value))
    plain = identifiers.written(scheme, value)
    other = queries.identified(scheme.value, plain)
    stop_if(Refusal("identifier_taken", {"value": plain}) if other and other.pk != film.pk else None)
    made, _new = Identifier.objects.update_or_create(film=film, scheme=scheme.value, defaults={"value": plain})
    _touch("changed", made, film, by, at, after={"scheme": scheme.value, "value": plain})
    return made


# --- Parts -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def place_part(
    *, whole: Film, film: Film, position: int, kind: PartKind = PartKind.STORY, state: PartState = PartState.IN_FILM,
    by: "Person", at: datetime,
) -> Part:  # fmt: skip
    """Let a film stand in another at this place, or move it there.

    Refused: not_your_catalogue, other_catalogue, parts_in_a_circle, segment_elsewhere.
    """
    stop_if(access.why_not_edit(by, whole.organisation_id))
    stop_if(access.why_not_join(whole, film))
    Film.objects.select_for_update().get(pk=film.pk)
    stop_if(parts.why_not_place(parts.Standing(whole.pk, film.pk, state), queries.standings()))
    placed, _new = Part.objects.update_or_create(
        whole=whole, film=film, defaults={"position": position, "kind": kind.value, "state": state.value}
    )
    _touch("changed", placed, whole, by, at, after={"position": position, "kind": kind.value, "state": state.value})
    return placed


@transaction.atomic
def drop_part(*, part: Part, by: "Person", at: datetime) -> Part:
    """Take a part out of the film; it stays in the record with its credits."""
    stop_if(access.why_not_edit(by, part.whole.organisation_id))
    part.state = PartState.DROPPED.value
    part.save(update_fields=["state"])
    _touch("changed", part, part.whole, by, at, after={"state": part.state})
    return part


# --- Who made it -----------------------------------------------------------------------------------------------------
@transaction.atomic
def add_agent(
    *, organisation: Organisation, kind: AgentKind, name: Texts, aliases: Mapping[str, str] | None = None,
    by: "Person", at: datetime,
) -> Agent:  # fmt: skip
    """Add a person, a group or a company; `aliases` are other spellings with their language ("" when not known)."""
    stop_if(access.why_not_edit(by, organisation.pk))
    agent = Agent.objects.create(organisation=organisation, kind=kind.value, name=name)
    Alias.objects.bulk_create(Alias(agent=agent, name=one, language=tag) for one, tag in (aliases or {}).items())
    scope = f"organisation:{organisation.pk}"
    audit.record(by=by, at=at, verb="added", thing=agent, scope=scope, after={"name": dict(name)})
    return agent


@transaction.atomic
def credit(
    *, film: Film, agent: Agent, role: Role, credited_as: Texts | None = None, character: Texts | None = None,
    order: int = 0, note: Texts | None = None, by: "Person", at: datetime,
) -> Credit:  # fmt: skip
    """Say what somebody did for the film or the part. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(access.why_not_join(film, agent))
    made = Credit.objects.create(
        film=film, agent=agent, role=role.value, credited_as=credited_as or {}, character=character or {},
        order=order, note=note or {},
    )  # fmt: skip
    _touch("added", made, film, by, at, after={"role": role.value, "agent": agent.pk})
    return made


@transaction.atomic
def add_track(*, film: Film, artist: Agent, title: str = "", order: int, by: "Person", at: datetime) -> Track:
    """Add a piece of the soundtrack. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(access.why_not_join(film, artist))
    made = Track.objects.create(film=film, artist=artist, title=title, order=order)
    _touch("added", made, film, by, at, after={"title": title, "artist": artist.pk})
    return made


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
    _touch("added", made, film, by, at, after={"kind": kind.value})
    return made


# --- Series ----------------------------------------------------------------------------------------------------------
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
        circle = parts.in_a_circle(series.pk, within.pk, queries.series_above())
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


def _why_not_facts(facts: Mapping[str, Any]) -> Refusal | None:
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"not a fact of a film: {sorted(unknown)}")
    genre = next((one for one in facts.get("genres", ()) if one not in words.GENRES), None)
    return Refusal("unknown_genre", {"genre": genre}) if genre else None


def _touch(verb: str, thing: models.Model, film: Film, by: "Person", at: datetime, after: Mapping[str, Any]) -> None:
    """The page of the film has changed with the thing."""
    Film.objects.filter(pk=film.pk).update(changed_at=at)
    _record(verb, thing, film, by, at, after)


def _record(
    verb: str, thing: models.Model, film: Film, by: "Person", at: datetime, after: Mapping[str, Any] | None = None
) -> None:
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=f"organisation:{film.organisation_id}", after=after)
