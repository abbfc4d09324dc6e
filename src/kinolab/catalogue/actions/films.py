"""Films: begun, described, published, withdrawn, deleted while nobody has seen them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access, words
from kinolab.catalogue.actions.record import found_by, record
from kinolab.catalogue.domain.merging import merged
from kinolab.catalogue.domain.works import Kind
from kinolab.catalogue.models import Country, Film
from kinolab.catalogue.queries import facts as known
from kinolab.foundation.files import actions as files
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Organisation

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

FACTS = frozenset(
    {"kind", "title", "original_title", "original_language", "working_titles", "year_production", "year_festival",
     "year_release", "running_time", "parts_announced", "languages", "subtitle_languages", "genres", "synopsis",
     "soundtrack_complete", "dye", "picture"}
)  # fmt: skip


@transaction.atomic
def make_film(
    *, organisation: Organisation, kind: Kind, facts: Mapping[str, Any], slug: str = "", countries: Iterable[str] = (),
    by: "Person", at: datetime,
) -> Film:  # fmt: skip
    """Begin a film with what is known of it; a draft until published. Without a `slug` its address is made of the title.

    Refused: not_your_catalogue, film_address_taken, unknown_genre.
    """
    stop_if(access.why_not_edit(by, organisation.pk))
    stop_if(_why_not_address(slug))
    stop_if(_why_not_facts(facts))
    slug = slug or known.free_address(facts.get("title", {}))
    film = Film(organisation=organisation, slug=slug, changed_at=at, **facts | {"kind": kind.value})
    film.search_text = found_by(film)
    film.save(force_insert=True)
    _set_countries(film, countries)
    record("added", film, film, by, at, after={"slug": slug, "kind": kind.value})
    return film


@transaction.atomic
def describe_film(
    *, film: Film, facts: Mapping[str, Any], countries: Sequence[str] | None = None,
    seen: Mapping[str, Any] | None = None, by: "Person", at: datetime,
) -> Film:  # fmt: skip
    """Change what is known of a film. `seen` is what stood there when the page was opened, countries among it.

    Refused: not_your_catalogue, unknown_genre, film_untitled, part_published_alone, catalogue_changed_meanwhile (both have
    changed the same fact; nothing is written).
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(_why_not_facts(facts))
    film = Film.objects.select_for_update().get(pk=film.pk)
    typed = dict(facts) | ({} if countries is None else {"countries": list(countries)})
    now = known.said_of(film, typed)
    meeting = merged(now if seen is None else seen, now, typed)
    stop_if(Refusal("catalogue_changed_meanwhile", {"clashes": meeting.clashes}) if meeting.clashes else None)
    new = {name: value for name, value in meeting.values.items() if value != now[name]}
    if not new:
        return film
    if "countries" in new:
        _set_countries(film, new.pop("countries"))
    for name, value in new.items():
        setattr(film, name, value)
    stop_if(access.why_not_publish(film) if film.published_at else None)
    film.changed_at, film.search_text = at, found_by(film)
    film.save(update_fields=[*new, "changed_at", "search_text"])
    record("changed", film, film, by, at, after={"facts": sorted(new)})
    return film


@transaction.atomic
def move_film(*, film: Film, slug: str, by: "Person", at: datetime) -> Film:
    """Give a film another address, as long as nobody has seen it under the old one.

    Refused: not_your_catalogue, film_address_public, film_address_taken.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    film = Film.objects.select_for_update().get(pk=film.pk)
    if slug == film.slug:
        return film
    stop_if(Refusal("film_address_public") if film.published_at else None)
    stop_if(_why_not_address(slug))
    before, film.slug, film.changed_at = film.slug, slug, at
    film.save(update_fields=["slug", "changed_at"])
    record("changed", film, film, by, at, after={"slug": slug, "before": before})
    return film


@transaction.atomic
def save_facts(
    *, film: Film, slug: str, facts: Mapping[str, Any], countries: Sequence[str], seen: Mapping[str, Any] | None,
    by: "Person", at: datetime,
) -> Film:  # fmt: skip
    """Change address, facts and countries together, or none of them. Refused: as move_film and describe_film."""
    move_film(film=film, slug=slug, by=by, at=at)
    return describe_film(film=film, facts=facts, countries=countries, seen=seen, by=by, at=at)


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


@transaction.atomic
def delete_film(*, film: Film, by: "Person", at: datetime) -> None:
    """Delete a draft with everything that was said of it, pictures and subtitles too.

    Refused: not_your_catalogue, film_published, film_stands_elsewhere (it is a part of another film, or was one), film_held.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    film = Film.objects.select_for_update().get(pk=film.pk)
    stop_if(Refusal("film_published") if film.published_at else None)
    stop_if(known.why_not_delete(film))
    record("deleted", film, film, by, at, after={"slug": film.slug, "title": dict(film.title)})
    pictures = [one.picture for one in film.stills.select_related("picture__file")]
    texts = [one.file for one in film.subtitles.select_related("file")]
    film.delete()
    for picture in pictures:
        files.forget_picture(picture=picture)
    for text in texts:
        files.forget(stored=text)


def _set_countries(film: Film, codes: Iterable[str]) -> None:
    Country.objects.filter(film=film).delete()
    Country.objects.bulk_create(Country(film=film, order=number, code=code) for number, code in enumerate(codes))


def _why_not_address(slug: str) -> Refusal | None:
    return Refusal("film_address_taken", {"slug": slug}) if known.address_taken(slug) else None


def _why_not_facts(facts: Mapping[str, Any]) -> Refusal | None:
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"not a fact of a film: {sorted(unknown)}")
    genre = next((one for one in facts.get("genres", ()) if one not in words.GENRES), None)
    return Refusal("unknown_genre", {"genre": genre}) if genre else None
