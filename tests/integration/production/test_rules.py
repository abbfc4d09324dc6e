"""The rules of a film: kept, refused, asked in the form of its script call."""

from typing import Any

import pytest

from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import rules
from kinolab.production.models import Borough, Demand, Omnibus
from tests.factories import applications, labs
from tests.factories import production as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db
NUMBERS: dict[str, Any] = {"shortest": 300, "longest": 720, "aim": 3600, "tolerance": 60, "languages": ["ky"]}


def _denied(action: Any, **given: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**given, at=make.NOW)
    return denied.value.refusal.code


def _rows(film: Omnibus, by: Any, kind: str, *values: dict[str, Any]) -> list[Any]:
    return [rules.add_row(omnibus=film, kind=kind, values=one, by=by, at=make.NOW) for one in values]


def test_numbers_when_two_change_them_the_second_is_told() -> None:
    owner, film = make.maker(), make.omnibus()
    given = {"omnibus": film, "seen": 1, "by": owner}

    kept = rules.set_numbers(values=NUMBERS, at=make.NOW, **given)

    assert (kept.shortest, kept.longest, kept.aim, kept.version) == (300, 720, 3600, 2)
    assert _denied(rules.set_numbers, values=NUMBERS, **given) == "making_changed_meanwhile"
    assert _denied(rules.set_numbers, values=NUMBERS | {"longest": 200}, **given | {"seen": 2}) == "window_turned"


def test_rules_when_changed_by_others_or_once_the_film_is_locked_are_refused() -> None:
    owner, film, locked = make.maker(), make.omnibus(), make.omnibus("locked", state="locked")
    juror = make.maker("Saule", Role.JUROR)
    given: dict[str, Any] = {"language": "en", "texts": {"concept": "One night"}}

    assert _denied(rules.write_text, omnibus=film, by=juror, **given) == "not_your_film"
    assert _denied(rules.write_text, omnibus=locked, by=owner, **given) == "film_is_settled"
    assert rules.write_text(omnibus=film, by=owner, at=make.NOW, **given).concept == {"en": "One night"}


def test_rows_when_kept_have_an_order_and_squares_one_borough() -> None:
    owner, film = make.maker(), make.omnibus()
    first, second = _rows(film, owner, "demands", *({"kind": "must", "text": {"en": one}} for one in ("A", "B")))
    (bazaar,) = _rows(film, owner, "boroughs", {"name": {"en": "Bazaar"}, "column": 1, "row": 1})
    (slot,) = _rows(film, owner, "slots", {"borough": bazaar, "genre": "", "language": ""})
    make.segment(film, slot=slot)

    rules.move_row(omnibus=film, kind="demands", row=second, up=True, by=owner, at=make.NOW)
    rules.move_row(omnibus=film, kind="demands", row=second, up=True, by=owner, at=make.NOW)  # at the end: nothing

    assert list(Demand.objects.values_list("pk", flat=True)) == [second.pk, first.pk]
    same = {"name": {"en": "Station"}, "column": 1, "row": 1}
    assert _denied(rules.add_row, omnibus=film, kind="boroughs", values=same, by=owner) == "square_taken"
    assert _denied(rules.remove_row, omnibus=film, row=slot, by=owner) == "slot_is_filled"
    rules.remove_row(omnibus=film, row=first, by=owner, at=make.NOW)
    assert (Demand.objects.count(), Borough.objects.count()) == (1, 1)


def test_script_call_when_linked_is_of_the_house_and_of_one_film() -> None:
    call = applications.call()
    house = call.edition.programme.organisation
    owner = labs.person("Aigul")
    labs.membership(owner, organisation=house)
    film, other = make.omnibus(of=house), make.omnibus("other", of=house)
    stranger = labs.edition(programme=labs.programme("other"))

    assert _denied(rules.link_call, omnibus=film, edition=stranger, by=owner) == "call_of_another"
    rules.link_call(omnibus=film, edition=call.edition, by=owner, at=make.NOW)
    assert _denied(rules.link_call, omnibus=other, edition=call.edition, by=owner) == "call_of_another_film"
    make.segment(film, application=applications.application(call))
    assert _denied(rules.link_call, omnibus=film, edition=None, by=owner) == "call_in_use"


def test_form_when_asked_for_a_segment_asks_once_by_the_rules_of_the_film() -> None:
    call = applications.call(opens_at=make.NOW.replace(year=2030), closes_at=make.NOW.replace(year=2031))
    call.form.frozen_at = None
    call.form.save()
    owner = labs.person("Aigul")
    labs.membership(owner, organisation=call.edition.programme.organisation)
    film = make.omnibus(edition=call.edition, shortest=301, longest=720)
    _rows(film, owner, "boroughs", {"name": {"en": "Bazaar"}, "column": 1, "row": 1})
    _rows(film, owner, "demands", {"kind": "must", "text": dict.fromkeys(("ky", "ru", "en"), "Night")})

    section = rules.ask_for_segments(omnibus=film, by=owner, at=make.NOW)

    asked = {one.key: one for one in Question.objects.filter(section=section)}
    assert list(asked) == [
        "script_file", "segment_borough", "segment_genre", "segment_language", "segment_length", "segment_rules",
    ]  # fmt: skip  # title and logline are asked already
    assert asked["segment_length"].limits == [{"unit": "minutes", "minimum": 6, "maximum": 12}]
    assert asked["segment_rules"].help["en"] == "must: Night"
    assert set(asked["segment_genre"].label) == {"ky", "ru", "en"}
    assert _denied(rules.ask_for_segments, omnibus=film, by=owner) == "segments_asked_already"
    assert (
        _denied(rules.ask_for_segments, omnibus=make.omnibus("bare", of=film.film.organisation), by=owner)
        == "film_without_call"
    )


def test_page_when_a_maker_fills_it_in_shows_rules_map_and_slots() -> None:
    client, film = client_of(make.maker()), make.omnibus()
    there = "/en/production/films/city/rules/"

    client.post(there + "numbers/", {**NUMBERS, "shortest": "5:00", "longest": "12:00", "aim": "60", "tolerance": "1:00",
                                     "languages": ["ky"], "version": 1})  # fmt: skip
    client.post(there + "text/ky/", {"concept": "Бир түн", "crew": "", "delivery": ""})
    client.post(there + "boroughs/new/", {"column": 2, "row": 1, "name:en": "Station"})
    client.post(there + "slots/new/", {"borough": Borough.objects.get().pk, "genre": "drama", "language": "ky"})
    client.post(there + "figures/new/", {"name:en": "The postman"})
    page = client.get(there).content.decode()

    for said in ("Бир түн", "Station", "The postman", "drama", 'value="5:00"', 'value="1:00:00"'):
        assert said in page, said
    refused = client.post(there + "numbers/", {**NUMBERS, "shortest": "7,5", "tolerance": "1:00", "version": 2})
    assert (refused.status_code, "is no length" in refused.content.decode()) == (422, True)
    assert client.post(there + "demands/new/", {"kind": "must"}).status_code == 422
    assert film.boroughs.count() == 1
