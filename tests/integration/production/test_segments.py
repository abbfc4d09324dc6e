"""Slots filled by what the board chose, segments of one's own, their pages and cuts."""

from typing import Any

import pytest

from kinolab.applications.models import Application
from kinolab.catalogue.models import Agent, Credit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import rules
from kinolab.production.actions import segments as actions
from kinolab.production.domain.lifecycle import SegmentStep
from kinolab.production.domain.terms import SegmentKind
from kinolab.production.models import Omnibus, Segment, Slot
from kinolab.production.queries import slots as queries
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision
from tests.factories import applications, selection
from tests.factories import production as make
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
NOW = selection.NOW


def _denied(action: Any, **given: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**given, at=NOW)
    return denied.value.refusal.code


def _film(slots: int = 2) -> tuple[Omnibus, Person, list[Slot]]:
    """A film with a closed script call, its owner, free slots."""
    call = selection.closed_call()
    owner = selection.owner(call)
    make.maker("Aigul", organisation=call.edition.programme.organisation)
    film = make.omnibus(edition=call.edition, shortest=300, longest=720)
    film.edition.call = call
    return film, owner, [film.slots.create(order=number) for number in range(1, slots + 1)]


def _chosen(film: Omnibus, who: str = "Meerim", outcome: Outcome = Outcome.SELECTED) -> Any:
    sent = selection.sent(film.edition.call, who)
    selection.decided(sent, outcome)
    return sent


def _announced(application: Any) -> None:
    Decision.objects.filter(application=application).update(announced_at=NOW)


def test_slot_when_filled_makes_a_draft_with_its_director_and_never_shows_it() -> None:
    film, owner, (slot, _other) = _film()
    sent = _chosen(film)

    made = actions.fill_slot(omnibus=film, slot=slot, application=sent, by=owner, at=NOW)

    part = made.film
    assert (part.kind, dict(part.title), part.published_at, part.standings.count()) == (
        "segment",
        {"en": "Meerim’s film"},
        None,
        0,
    )
    assert [(str(one.agent), one.role) for one in Credit.objects.filter(film=part)] == [("Meerim", "director")]
    assert (made.state, made.slot) == ("selected", slot)


def test_script_when_its_form_asked_for_a_segment_fits_slots_by_what_it_says() -> None:
    call = applications.call(opens_at=NOW.replace(year=2030), closes_at=NOW.replace(year=2031))
    call.form.frozen_at = None
    call.form.save()
    owner = selection.owner(call)
    make.maker("Aigul", organisation=call.edition.programme.organisation)
    film = make.omnibus(edition=call.edition, shortest=300, longest=720)
    bazaar, station = (
        film.boroughs.create(name={"en": name}, column=number, row=1)
        for number, name in enumerate(("Bazaar", "Station"), 1)
    )
    slots = [film.slots.create(order=1, borough=station, genre="comedy"), film.slots.create(order=2, borough=bazaar)]
    rules.ask_for_segments(omnibus=film, by=owner, at=NOW)
    call.opens_at, call.closes_at = applications.OPENS, applications.CLOSES
    call.save()
    said = {
        "segment_borough": f"b{bazaar.pk}",
        "segment_genre": "drama",
        "segment_language": "ky",
        "segment_length": "13,5",
    }
    draft = applications.application(call, applications.person(), **applications.GOOD, **said)
    Application.objects.filter(pk=draft.pk).update(
        stage="submitted", number=1, submitted_at=NOW, submitted_by=draft.lead
    )
    draft.refresh_from_db()
    Decision.objects.create(
        candidacy=draft.candidacies.create(), application=draft, outcome="selected", decided_at=NOW, decided_by=owner
    )

    (candidate,) = queries.slots_page(owner, film).chosen
    made = actions.fill_slot(omnibus=film, slot=slots[1], application=draft, by=owner, at=NOW)

    assert [(one.number, one.misfits) for one in candidate.fits] == [(2, ()), (1, ("borough", "genre"))]
    assert candidate.length == Refusal("too_long_for_film", {"seconds": 90})
    assert (made.borough, made.genre, made.language, made.planned) == (bazaar, "drama", "ky", 810)
    assert (made.film.genres, made.film.languages) == (["drama"], ["ky"])
    assert queries.read({"segment_length": "long", "segment_borough": "b0", "segment_genre": 7}, []) == queries.Told()


def test_slot_when_it_may_not_be_filled_is_refused() -> None:
    film, owner, (slot, other) = _film()
    sent, waiting, unknown = _chosen(film), _chosen(film, "Azamat", Outcome.WAITLIST), None
    given: dict[str, Any] = {"omnibus": film, "slot": slot, "by": owner}

    assert _denied(actions.fill_slot, application=waiting, **given) == "not_chosen_by_board"
    assert _denied(actions.fill_slot, application=unknown, **given) == "not_of_script_call"
    assert (
        _denied(actions.fill_slot, application=sent, **given | {"by": make.maker("Saule", Role.JUROR)})
        == "not_your_film"
    )
    actions.fill_slot(application=sent, at=NOW, **given)
    assert _denied(actions.fill_slot, application=_chosen(film, "Nodira"), **given) == "slot_is_filled"
    assert _denied(actions.fill_slot, application=sent, **given | {"slot": other}) == "has_a_slot_already"
    assert Segment.objects.count() == 1


def test_segment_when_its_slot_is_freed_can_get_another_and_stays_the_same_film() -> None:
    film, owner, (slot, other) = _film()
    sent = _chosen(film)
    made = actions.fill_slot(omnibus=film, slot=slot, application=sent, by=owner, at=NOW)

    freed = actions.free_slot(segment=made, by=owner, at=NOW)
    assert (freed.state, freed.slot) == ("submitted", None)
    again = actions.fill_slot(omnibus=film, slot=other, application=sent, by=owner, at=NOW)

    assert (again.pk, again.film_id, again.state, again.slot) == (made.pk, made.film_id, "selected", other)
    Segment.objects.update(state="contracted")
    assert _denied(actions.free_slot, segment=again, by=owner) == "segment_step_not_now"


def test_segment_without_a_slot_when_given_one_stands_there_or_says_why_not() -> None:
    film, owner, (slot, other) = _film()
    own, freed = make.segment(film, kind="transition"), make.segment(film, state="submitted")
    foreign = make.omnibus("foreign", of=film.film.organisation).slots.create(order=1)
    given: dict[str, Any] = {"segment": own, "slot": slot, "by": owner}

    assert _denied(actions.give_slot, **given | {"slot": foreign}) == "not_of_this_film"
    assert _denied(actions.give_slot, **given | {"segment": make.segment(film, state="dropped")}) == "segment_is_out"
    assert actions.give_slot(at=NOW, **given).state == "selected"
    assert actions.give_slot(at=NOW, **given | {"segment": freed, "slot": other}).state == "selected"
    assert _denied(actions.give_slot, **given | {"slot": other}) == "has_a_slot_already"
    assert _denied(actions.give_slot, **given | {"segment": make.segment(film)}) == "slot_is_filled"
    waiting = make.segment(film, state="submitted", application=_chosen(film, "Azamat", Outcome.WAITLIST))
    assert _denied(actions.give_slot, **given | {"segment": waiting}) == "not_chosen_by_board"


def test_director_of_two_segments_when_credited_is_one_person_of_the_catalogue() -> None:
    film, owner, (slot, other) = _film()
    coordinator = selection.staff(film.edition.call, "Bakyt", Role.COORDINATOR)  # of the edition alone
    first = actions.fill_slot(omnibus=film, slot=slot, application=_chosen(film), by=owner, at=NOW)
    second = _chosen(film, "Azamat")
    second.members.update(name="Meerim")

    made = actions.fill_slot(omnibus=film, slot=other, application=second, by=coordinator, at=NOW)

    assert {one.agent_id for one in Credit.objects.filter(film__in=[first.film, made.film])} == {Agent.objects.get().pk}
    slot = film.slots.create(order=3)
    actions.fill_slot(omnibus=film, slot=slot, application=_chosen(film, "Nodira"), by=coordinator, at=NOW)
    assert set(Agent.objects.values_list("slug", flat=True)) == {"meerim", "nodira"}


def test_segment_of_ones_own_when_added_needs_no_application() -> None:
    film, owner, (slot, _other) = _film()
    given: dict[str, Any] = {
        "omnibus": film,
        "kind": SegmentKind.TRANSITION,
        "language": "ky",
        "planned": 60,
        "by": owner,
    }

    made = actions.commission(title="Night tram", slot=slot, at=NOW, **given)

    assert (made.kind, made.state, str(made.film.title), made.application) == (
        "transition",
        "selected",
        "Night tram",
        None,
    )
    assert _denied(actions.commission, title="", slot=slot, **given) == "slot_is_filled"
    Omnibus.objects.update(state="locked")
    assert _denied(actions.commission, title="", **given) == "film_is_settled"


def test_cut_when_added_says_the_length_and_moves_the_segment_on() -> None:
    film, owner, _slots = _film()
    made, stranger = make.segment(film, state="shooting"), make.maker("Saule", Role.JUROR)

    first = actions.add_version(segment=made, length=450, link="https://example.org/1", by=owner, at=NOW)
    second = actions.add_version(segment=made, length=431, by=owner, at=NOW)

    made.refresh_from_db()
    assert (first.number, second.number, made.length, made.state) == (1, 2, 431, "rough")
    assert _denied(actions.take, segment=made, step=SegmentStep.JOIN, by=owner) == "segment_step_not_now"
    actions.take(segment=made, step=SegmentStep.LOCK, by=owner, at=NOW)
    given: dict[str, Any] = {"segment": made, "length": 400}
    assert _denied(actions.add_version, by=owner, **given) == "cut_is_locked"
    assert _denied(actions.add_version, by=stranger, **given) == "not_of_segment"
    Segment.objects.update(state="dropped")
    assert _denied(actions.add_version, by=owner, **given) == "segment_is_out"


def test_description_when_changed_by_two_the_second_is_told() -> None:
    film, owner, _slots = _film()
    made, demand = make.segment(film), film.demands.create(order=1, kind="must", text={"en": "Night"})
    values = {"kind": "story", "borough": None, "genre": "drama", "language": "ky", "planned": 400, "note": "",
              "figures": [], "keeps": [demand]}  # fmt: skip

    actions.describe(segment=made, values=values, seen=1, by=owner, at=NOW)

    assert list(made.keeps.all()) == [demand]
    assert _denied(actions.describe, segment=made, values=values, seen=1, by=owner) == "making_changed_meanwhile"


def test_page_when_results_are_told_opens_for_its_team_alone() -> None:
    film, _owner, (slot, _other) = _film()
    sent = _chosen(film)
    mine, theirs = make.segment(film, application=sent, slot=slot, note="secret"), make.segment(film, "Theirs")
    team = client_of(sent.lead)
    there = f"/en/segments/{mine.code}/"

    assert team.get(there).status_code == 404  # nobody learns of a result from the page of a segment
    _announced(sent)
    page = team.get(there).content.decode()

    assert ("Add a cut" in page, "secret" in page, "Theirs" in page) == (True, False, False)
    assert "Well" in team.get("/en/my/segments/").content.decode()
    assert team.post(there + "cuts/", {"length": "7:10"}).status_code == 302
    assert [team.post(there + verb).status_code for verb in ("describe/", "step/", "free/")] == [403, 403, 403]
    assert [team.get(f"/en/segments/{theirs.code}/").status_code, team.get("/en/production/").status_code] == [404, 404]


def test_slots_when_a_maker_walks_them_are_filled_and_cost_the_same() -> None:
    film, owner, (slot, _other) = _film()
    sent = _chosen(film)
    _chosen(film, "Azamat", Outcome.WAITLIST)
    client, there = client_of(owner), f"/en/production/films/{film.film.slug}/slots/"
    page = client.get(there).content.decode()
    assert ("Meerim’s film" in page, "Azamat’s film" in page) == (True, True)

    client.post(f"{there}{slot.pk}/fill/", {"application": sent.code})
    client.post(there + "commission/", {"kind": "opening", "title": "", "language": "ky", "planned": "1:00"})
    assert [one.kind for one in Segment.objects.order_by("pk")] == ["story", "opening"]
    code = Segment.objects.get(kind="opening").code
    assert client.post(there + "commission/", {"kind": "opening", "planned": "x"}).status_code == 422
    assert "Opening" in client.get(f"/en/segments/{code}/").content.decode()

    def more() -> None:
        number = film.slots.count() + 1
        make.segment(film, f"S{number}", slot=film.slots.create(order=number))
        _chosen(film, f"Writer{number}")

    same_cost(lambda: client.get(there), more)


def test_pages_of_a_team_when_they_grow_cost_the_same() -> None:
    film, owner, _slots = _film()
    first, second, third = (_chosen(film, who) for who in ("Meerim", "Azamat", "Nodira"))
    mine = make.segment(film, application=first)
    _announced(first)
    client, later = client_of(first.lead), iter((second, third))
    actions.add_version(segment=mine, length=400, by=owner, at=NOW)

    def more() -> None:
        other = next(later)
        other.members.update(person=first.lead)
        make.segment(film, application=other)
        _announced(other)
        actions.add_version(segment=mine, length=400, by=owner, at=NOW)
        film.demands.create(order=1, kind="must", text={"en": "Night"})

    def visit() -> None:
        client.get("/en/my/segments/")
        client.get(f"/en/segments/{mine.code}/")

    film.demands.create(order=1, kind="must", text={"en": "Night"})
    same_cost(visit, more)
