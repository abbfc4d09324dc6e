"""Beginning to make a film, and its way."""

import pytest

from kinolab.catalogue.models import Film
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import starting
from kinolab.production.domain.lifecycle import FilmStep
from kinolab.production.models import Omnibus
from tests.factories import films, labs
from tests.factories import production as make
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db


def _denied(action: object, **given: object) -> str:
    with pytest.raises(Denied) as denied:
        action(**given, at=make.NOW)  # type: ignore[operator]
    return denied.value.refusal.code


def test_film_when_begun_is_a_draft_of_the_catalogue_with_what_is_known_of_it() -> None:
    owner = make.maker()

    made = starting.begin(organisation=labs.organisation(), title={"ru": "Город у гор"}, by=owner, at=make.NOW)

    assert (made.film.slug, made.film.kind, made.film.published_at, made.state) == (
        "gorod-u-gor",
        "omnibus",
        None,
        "concept",
    )
    assert Entry.objects.filter(verb="began_film", kind="production.omnibus", key=str(made.pk)).exists()


def test_film_when_it_may_not_be_begun_is_refused() -> None:
    owner, house = make.maker(), labs.organisation()
    coordinator = make.maker("Bakyt", Role.COORDINATOR, of=labs.edition())
    whole, short = films.film("whole", house), films.film("short", house, kind="short")
    starting.start_omnibus(film=whole, by=owner, at=make.NOW)

    assert _denied(starting.begin, organisation=house, title={"en": "City"}, by=coordinator) == "not_your_film"
    assert _denied(starting.start_omnibus, film=whole, by=coordinator) == "not_your_film"
    assert _denied(starting.start_omnibus, film=short, by=owner) == "no_omnibus"
    assert _denied(starting.start_omnibus, film=whole, by=owner) == "film_made_already"
    assert (Omnibus.objects.count(), Film.objects.count()) == (1, 2)


def test_step_when_taken_moves_the_film_or_says_what_is_missing() -> None:
    owner, film = make.maker(), make.omnibus()

    assert _denied(starting.take, omnibus=film, step=FilmStep.OPEN_CALL, by=owner) == "film_without_concept"
    assert _denied(starting.take, omnibus=film, step=FilmStep.PRODUCE, by=owner) == "film_without_segments"
    assert _denied(starting.take, omnibus=film, step=FilmStep.BACK, by=labs.person("Farrukh")) == "not_your_film"
    make.segment(film)
    moved = starting.take(omnibus=film, step=FilmStep.PRODUCE, by=owner, at=make.NOW)
    assert moved.state == "production"


def test_pages_when_a_maker_walks_them_lead_from_nothing_to_a_film() -> None:
    client = client_of(make.maker())
    assert "No film is in the making" in client.get("/en/production/").content.decode()

    client.post("/en/production/begin/", {"title": "City at the Mountains"})
    page = client.get("/en/production/films/city-at-the-mountains/").content.decode()

    assert "The concept of the film is not written yet." in page
    assert client.post("/en/production/begin/", {"title": ""}).status_code == 422


def test_lists_when_they_grow_cost_the_same() -> None:
    client, film = client_of(make.maker()), make.omnibus()
    make.segment(film)

    def more() -> None:
        make.segment(make.omnibus(f"other-{Omnibus.objects.count()}"))
        make.segment(film)

    same_cost(lambda: client.get("/en/production/"), more)
    same_cost(lambda: client.get("/en/production/films/city/"), more)
