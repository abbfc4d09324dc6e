"""The order of a film: moved, put in, seen by two at once."""

import pytest

from kinolab.catalogue.models import Agent, Credit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import assembling
from kinolab.production.models import Omnibus, Segment
from kinolab.production.queries import assembly as queries
from tests.factories import labs
from tests.factories import production as make
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
PAGE = "/en/production/films/city/assembly/"


@pytest.fixture
def film() -> Omnibus:
    found = make.omnibus(state="assembly", aim=1200, tolerance=60)
    for place, title in enumerate(("Well", "Bridge", "Bazaar"), 1):
        make.piece(found, title, place, length=None if title == "Bazaar" else 540)
    return found


def order(film: Omnibus) -> list[str]:
    return [str(one.film.title) for one in queries.order_of(film)]


def seen(film: Omnibus) -> str:
    return queries.mark(one.pk for one in queries.order_of(film))


def called(film: Omnibus, title: str) -> Segment:
    return film.segments.get(film__title__en=title)


def denied(action: object, **given: object) -> str:
    with pytest.raises(Denied) as refused:
        action(at=make.NOW, **given)  # type: ignore[operator]
    return refused.value.refusal.code


def test_segments_are_moved_taken_out_and_placed_again_on_the_record(film: Omnibus) -> None:
    owner, now = make.maker(), tuple(one.pk for one in queries.order_of(film))
    as_who = {"by": owner, "at": make.NOW}

    went = assembling.place(segment=called(film, "Bazaar"), place=1, seen=now, **as_who)
    assert (order(film), went.place, went.of) == (["Bazaar", "Well", "Bridge"], 1, 3)

    now = tuple(one.pk for one in queries.order_of(film))
    assembling.take_out(segment=called(film, "Well"), seen=now, **as_who)
    assert [(one.position, str(one.film.title)) for one in film.segments.all()] == [
        (1, "Bazaar"), (2, "Bridge"), (None, "Well"),
    ]  # fmt: skip

    assembling.place(
        segment=called(film, "Well"), place=9, seen=tuple(one.pk for one in queries.order_of(film)), **as_who
    )
    assert order(film) == ["Bazaar", "Bridge", "Well"]
    assert Entry.objects.filter(verb="moved_segment").count() == 3


def test_piece_of_the_makers_is_put_between_two_with_credits_of_its_own(film: Omnibus) -> None:
    client = client_of(make.maker())
    known = Agent.objects.get(name__en="Director of Well")
    typed = {"seen": seen(film), "kind": "transition", "title": "Tram", "place": "2", "length": "0:45",
             "director": "Director of Well", "writer": "Айзат"}  # fmt: skip

    assert client.post(PAGE + "insert/", typed | {"length": "soon", "seen": ""}).status_code == 422
    assert client.post(PAGE + "insert/", typed | {"seen": "1.2"}).status_code == 422
    assert client.post(PAGE + "insert/", typed).status_code == 302

    tram = called(film, "Tram")
    assert order(film) == ["Well", "Tram", "Bridge", "Bazaar"]
    assert (tram.kind, tram.state, tram.length) == ("transition", "rough", 45)
    assert {(one.role, one.agent) for one in Credit.objects.filter(film=tram.film)} == {
        ("director", known), ("writer", Agent.objects.get(name__en="Айзат")),
    }  # fmt: skip


def test_newcomers_of_such_a_piece_have_addresses_of_their_own(film: Omnibus) -> None:
    typed = {"seen": seen(film), "kind": "bridge", "place": "2", "director": "Айзат", "writer": "Бек"}

    client_of(make.maker()).post(PAGE + "insert/", typed)

    assert Agent.objects.filter(name__en__in=["Айзат", "Бек"]).values_list("slug", flat=True).distinct().count() == 2


def test_order_is_refused_to_strangers_and_in_a_locked_film(film: Omnibus) -> None:
    well, now = called(film, "Well"), tuple(one.pk for one in queries.order_of(film))
    juror = labs.person("Jibek")
    labs.membership(juror, Role.JUROR)
    made = {"omnibus": film, "place": 1, "kind": "transition", "title": {}, "length": None, "named": [], "seen": now}

    assert denied(assembling.place, segment=well, place=1, seen=now, by=juror) == "not_your_film"
    assert denied(assembling.insert, by=juror, **made) == "not_your_film"
    away = make.segment(film, "Roof", state="dropped")
    assert denied(assembling.place, segment=away, place=1, seen=now, by=make.maker()) == "not_in_assembly"
    assert denied(assembling.take_out, segment=away, seen=now, by=make.maker()) == "not_in_assembly"
    Omnibus.objects.update(state="locked")
    assert denied(assembling.take_out, segment=well, seen=now, by=make.maker()) == "film_is_locked"


def test_second_of_two_at_once_sees_the_newer_order_and_changes_nothing(film: Omnibus) -> None:
    first, second = client_of(make.maker()), client_of(make.maker("Bakyt", Role.COORDINATOR))
    before = seen(film)
    bazaar, well = called(film, "Bazaar").code, called(film, "Well").code

    assert first.post(PAGE + "place/", {"seen": before, "segment": bazaar, "place": "1"}).status_code == 302
    answer = second.post(PAGE + "place/", {"seen": before, "segment": well, "place": "3"})

    assert answer.status_code == 422
    assert "Somebody changed the order meanwhile." in answer.content.decode()
    assert order(film) == ["Bazaar", "Well", "Bridge"]
    assert f'name="seen" value="{seen(film)}"' in answer.content.decode()


def test_move_with_a_script_answers_with_the_middle_of_the_page_and_says_where_it_went(film: Omnibus) -> None:
    client = client_of(make.maker())
    typed = {"seen": seen(film), "segment": called(film, "Well").code, "place": "3"}

    swapped = client.post(PAGE + "place/", typed, headers={"HX-Request": "true"}).content.decode()

    assert '<p id="went" hx-swap-oob="innerHTML">Well: place 3 of 3.</p>' in swapped
    assert "<html" not in swapped
    assert client.post(PAGE + "place/", typed | {"place": "soon"}).status_code == 422
    assert client.post(PAGE + "place/", typed | {"segment": "nothing"}).status_code == 404


def test_page_says_what_is_known_and_what_is_not(film: Omnibus) -> None:
    make.segment(film, "Roof", state="rough", length=300)

    page = client_of(make.maker()).get(PAGE).content.decode()

    assert "How long the film is cannot be said: lengths are missing." in page
    assert "Dashed: the length is not known" in page
    assert page.count("Nobody has said how long it is.") == 1
    assert page.count("Its agreement is not signed.") == 3
    assert "It has no place in the film and is not dropped either." in page


def test_page_when_the_film_grows_costs_the_same(film: Omnibus) -> None:
    client = client_of(make.maker())

    def more() -> None:
        place = film.segments.count() + 1
        make.agreed(make.piece(film, f"More {place}", place))
        make.segment(film, f"Waiting {place}", state="rough")

    assert same_cost(lambda: client.get(PAGE), more) <= 12
