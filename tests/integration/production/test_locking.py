"""The lock: what is missing, what the catalogue gets, what is kept, opening it again."""

from datetime import date
from typing import Any

import pytest

from kinolab.catalogue.models import Film, Part
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import cutting, locking, starting
from kinolab.production.domain.cutting import Said, Way
from kinolab.production.domain.lifecycle import FilmStep
from kinolab.production.domain.terms import CutReason
from kinolab.production.models import Omnibus
from kinolab.production.queries import assembly as queries
from tests.factories import films, labs
from tests.factories import production as make
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
PAGE = "/en/production/films/city/lock/"
SAID = Said("Aigul", "The council", CutReason.LENGTH, date(2026, 8, 30), "With thanks", True)


@pytest.fixture
def film() -> Omnibus:
    """Three locked stories and a transition; the third is dropped, and its director told."""
    found = make.omnibus(state="assembly")
    make.agreed(make.piece(found, "Well", 1))
    make.piece(found, "Tram", 2, kind="transition", length=40)
    make.agreed(make.piece(found, "Bridge", 3, length=600))
    third = make.agreed(make.piece(found, "Bazaar", 4))
    given = {"said": SAID, "wording": {"en": "With thanks"}, "standalone": False}
    cut = cutting.drop(segment=third, by=make.maker(), at=make.NOW, **given)
    for one in cut.notices.all():
        cutting.tell_by_hand(notice=one, way=Way.CALL, on=SAID.on, note="", by=make.maker(), at=make.NOW)
    return found


def seen(film: Omnibus) -> tuple[int, ...]:
    return tuple(one.pk for one in queries.order_of(film))


def denied(action: Any, **given: Any) -> str:
    with pytest.raises(Denied) as refused:
        action(**{"by": make.maker(), "at": make.NOW} | given)
    return refused.value.refusal.code


def test_lock_gives_the_catalogue_the_parts_and_keeps_how_it_was(film: Omnibus) -> None:
    made = locking.lock(omnibus=film, seen=seen(film), by=make.maker(), at=make.NOW)

    film.refresh_from_db()
    assert (film.state, {one.state for one in film.segments.exclude(position=None)}) == ("locked", {"in_film"})
    assert [(str(one.film.title), one.kind, one.state) for one in Part.objects.filter(whole=film.film)] == [
        ("Well", "story", "in_film"), ("Tram", "transition", "in_film"), ("Bridge", "story", "in_film"),
        ("Bazaar", "story", "dropped"),
    ]  # fmt: skip
    assert Film.objects.get(pk=film.film_id).running_time == made.length == 1180
    assert [one["length"] for one in made.content["order"]] == [540, 40, 600]
    assert [(one["reason"], one["notice_to"]) for one in made.content["cuts"]] == [("length", ["Director of Bazaar"])]
    assert denied(locking.lock, omnibus=film, seen=seen(film)) == "film_is_locked"


def test_lock_is_refused_while_anything_is_missing(film: Omnibus) -> None:
    juror = labs.person("Jibek")
    labs.membership(juror, Role.JUROR)
    assert denied(locking.lock, omnibus=film, seen=seen(film), by=juror) == "not_your_film"
    assert denied(locking.lock, omnibus=film, seen=(1, 2)) == "assembly_changed"
    late = make.piece(film, "Roof", 9, length=None, state="rough", director="")
    assert denied(locking.lock, omnibus=film, seen=seen(film)) == "lock_lacks"
    assert [one.code for one in queries.lacks(film) if one.facts.get("segment") == late.pk] == [
        "length_unknown", "picture_open", "agreement_unsigned", "director_missing",
    ]  # fmt: skip
    cutting.drop(segment=late, said=SAID, wording={"en": "-"}, standalone=False, by=make.maker(), at=make.NOW)
    assert denied(locking.lock, omnibus=film, seen=seen(film)) == "notices_not_sent"


def test_film_is_opened_with_a_reason_and_visitors_keep_what_was_locked(film: Omnibus) -> None:
    assert denied(locking.unlock, omnibus=film, why="More") == "film_step_not_now"
    locking.lock(omnibus=film, seen=seen(film), by=make.maker(), at=make.NOW)
    juror = labs.person("Jibek")
    assert denied(locking.unlock, omnibus=film, why="More", by=juror) == "not_your_film"
    assert denied(locking.unlock, omnibus=film, why=" ") == "why_is_missing"

    opened = locking.unlock(omnibus=film, why="A new ending", by=make.maker(), at=make.NOW)

    film.refresh_from_db()
    assert (film.state, opened.opened_why) == ("assembly", "A new ending")
    assert {one.state for one in film.segments.exclude(position=None)} == {"locked"}
    assert Part.objects.filter(whole=film.film, state="in_film").count() == 3
    again = locking.lock(omnibus=film, seen=seen(film), by=make.maker(), at=make.NOW)
    assert again.number == 2


def test_film_is_locked_by_who_makes_it_in_its_script_call_alone() -> None:
    edition = labs.edition()
    called = make.omnibus("called", edition=edition, state="assembly")
    make.agreed(make.piece(called, "Well", 1))
    coordinator = make.maker("Bakyt", Role.COORDINATOR, of=edition)

    locking.lock(omnibus=called, seen=seen(called), by=coordinator, at=make.NOW)

    assert called.film.parts.count() == 1


def test_film_is_locked_and_opened_on_its_page_alone(film: Omnibus) -> None:
    client, page = client_of(make.maker()), "/en/production/films/city/"
    for step in (FilmStep.LOCK, FilmStep.BACK):
        assert f'href="{PAGE}"' in client.get(page).content.decode()
        if step is FilmStep.BACK:
            locking.lock(omnibus=film, seen=seen(film), by=make.maker(), at=make.NOW)
        assert denied(starting.take, omnibus=film, step=step) == "lock_has_a_page"


def test_film_must_be_at_its_assembly(film: Omnibus) -> None:
    Omnibus.objects.update(state="production")

    assert denied(locking.lock, omnibus=film, seen=seen(film)) == "film_step_not_now"


def test_page_says_what_is_missing_locks_and_opens(film: Omnibus) -> None:
    client = client_of(make.maker())
    assert "Nothing is missing." in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"seen": "9"}).status_code == 422
    assert client.post(PAGE, {"seen": queries.mark(seen(film))}).status_code == 302
    assert "Every lock" in client.get(PAGE).content.decode()
    assert (
        "The film is locked. Open it again to change the order." in client.get(PAGE[:-5] + "assembly/").content.decode()
    )
    assert client.post(PAGE + "open/", {}).status_code == 422
    assert client.post(PAGE + "open/", {"why": "A new ending"}).status_code == 302
    assert client.post(PAGE + "open/", {"why": "Again"}).status_code == 422
    assert "A new ending" in client.get(PAGE).content.decode()


def test_page_when_the_film_grows_costs_the_same(film: Omnibus) -> None:
    client = client_of(make.maker())

    def more() -> None:
        place = film.segments.count() + 1
        films.credit(make.piece(film, f"More {place}", place).film, "Another")

    assert same_cost(lambda: client.get(PAGE), more) <= 13
