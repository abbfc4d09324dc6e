"""Films: begun, described, published, withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access, words
from kinolab.catalogue.actions.record import record
from kinolab.catalogue.domain.works import Kind
from kinolab.catalogue.models import Country, Film
from kinolab.catalogue.queries import facts as known
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Organisation

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

FACTS = frozenset(
    {"title", "original_title", "original_language", "working_titles", "year_production", "year_festival",
     "year_release", "running_time", "parts_announced", "languages", "subtitle_languages", "genres", "synopsis",
     "soundtrack_complete", "dye", "picture"}
)  # fmt: skip


@transaction.atomic
def make_film(
    *, organisation: Organisation, slug: str, kind: Kind, facts: Mapping[str, Any], countries: Iterable[str] = (),
    by: "Person", at: datetime,
) -> Film:  # fmt: skip
    """Begin a film with what is known of it; a draft until published.

    Refused: not_your_catalogue, film_address_taken, unknown_genre.
    """
    stop_if(access.why_not_edit(by, organisation.pk))
    stop_if(Refusal("film_address_taken", {"slug": slug}) if known.address_taken(slug) else None)
    stop_if(_why_not_facts(facts))
    film = Film.objects.create(organisation=organisation, slug=slug, kind=kind.value, changed_at=at, **facts)
    Country.objects.bulk_create(Country(film=film, order=number, code=code) for number, code in enumerate(countries))
    record("added", film, film, by, at, after={"slug": slug, "kind": kind.value})
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
    record("changed", film, film, by, at, after={"facts": sorted(facts)})
    return film


@transaction.atomic
def publish_film(*, film: Film, by: "Person", at: datetime) -> Film:
    """Show the film to everybody.

    Refused: not_your_catalogue, film_untitled, part_published_alone, and what later rooms answer to `FilmPublishing`.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    film = Film.objects.select_for_update().get(pk=film.pk)
    stop_if(access.why_not_publish(film))
    if film.published_at:
        return film
    stop_if(access.why_not_show(film))
    film.published_at = film.changed_at = at
    film.save(update_fields=["published_at", "changed_at"])
    record("published", film, film, by, at)
    return film


@transaction.atomic
def withdraw_film(*, film: Film, by: "Person", at: datetime) -> Film:
    """Take the film off the site; it is a draft again."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    film = Film.objects.select_for_update().get(pk=film.pk)
    if film.published_at:
        film.published_at, film.changed_at = None, at
        film.save(update_fields=["published_at", "changed_at"])
        record("unpublished", film, film, by, at)
    return film


def _why_not_facts(facts: Mapping[str, Any]) -> Refusal | None:
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"not a fact of a film: {sorted(unknown)}")
    genre = next((one for one in facts.get("genres", ()) if one not in words.GENRES), None)
    return Refusal("unknown_genre", {"genre": genre}) if genre else None
