"""Beginning to make a film, and moving it on along its way."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from kinolab.catalogue.actions.films import make_film
from kinolab.catalogue.domain.works import Kind
from kinolab.catalogue.models import Film
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Organisation
from kinolab.news.domain.articles import slug_from
from kinolab.production import access
from kinolab.production.domain import lifecycle
from kinolab.production.domain.lifecycle import FilmState, FilmStep
from kinolab.production.models import Omnibus
from kinolab.production.queries import films

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def begin(*, organisation: Organisation, title: Mapping[str, str], by: "Person", at: datetime) -> Omnibus:
    """Begin a film that the catalogue does not have yet; there it is a draft.

    Refused: not_your_film, not_your_catalogue.
    """
    stop_if(access.why_not_begin(by, organisation.pk))
    slug = slug_from(next(iter(title.values()), ""), films.slugs())
    film = make_film(
        organisation=organisation, slug=slug, kind=Kind.OMNIBUS, facts={"title": dict(title)}, by=by, at=at
    )
    return start_omnibus(film=film, by=by, at=at)


@transaction.atomic
def start_omnibus(*, film: Film, by: "Person", at: datetime) -> Omnibus:
    """Begin to make an omnibus film of the catalogue here.

    Refused: not_your_film, no_omnibus, film_made_already.
    """
    stop_if(access.why_not_begin(by, film.organisation_id))
    stop_if(None if film.kind == Kind.OMNIBUS else Refusal("no_omnibus"))
    made, is_new = Omnibus.objects.get_or_create(
        film=film, defaults={"languages": film.languages, "made_at": at, "made_by": by, "changed_at": at}
    )
    stop_if(None if is_new else Refusal("film_made_already"))
    audit.record(by=by, at=at, verb="began_film", thing=made, scope=made.scope, after={"film": film.slug})
    return made


@transaction.atomic
def take(*, omnibus: Omnibus, step: FilmStep, by: "Person", at: datetime) -> Omnibus:
    """Move the film on, or one step back. Refused: not_your_film, lock_has_a_page, and by what stands in the way."""
    omnibus = films.omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    stop_if(access.why_not_make(by, omnibus))
    before = omnibus.state
    if films.of_the_lock(FilmState(before), step):
        there = reverse(films.PAGES[FilmState.LOCKED], args=[omnibus.film.slug])
        stop_if(Refusal("lock_has_a_page", {"href": there}))
    _move(omnibus, step, at)
    audit.record(
        by=by, at=at, verb="took_film_step", thing=omnibus, scope=omnibus.scope,
        before={"state": before}, after={"state": omnibus.state},
    )  # fmt: skip
    return omnibus


def _move(omnibus: Omnibus, step: FilmStep, at: datetime) -> None:
    after = lifecycle.film_step(FilmState(omnibus.state), step, films.film_facts(omnibus, at))
    if isinstance(after, Refusal):
        stop_if(after)
        return
    omnibus.state, omnibus.changed_at = after.value, at
    omnibus.save(update_fields=["state", "changed_at"])
