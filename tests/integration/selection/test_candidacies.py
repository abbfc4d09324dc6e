"""One application in two strands: two decisions, one letter, one page that tells both."""

from datetime import timedelta

import pytest

from kinolab.applications.actions import submission
from kinolab.applications.events import AppealUpheld, StrandsChosen
from kinolab.applications.queries.later import announced_in_strands
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews.actions.readings import on_strands_chosen
from kinolab.selection.actions import announcing, letters
from kinolab.selection.actions.appeals import on_appeal_upheld
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision, Quota
from kinolab.selection.queries import facts
from kinolab.selection.queries import letters as queries
from tests.factories import selection as make
from tests.integration.selection.test_pages import text_of, url
from tests.kit import client_of, same_cost

BOTH = ("producers", "writers")


@pytest.fixture
def call(db):
    return make.two_strands()


@pytest.fixture
def owner(call):
    return make.owner(call)


@pytest.fixture
def film(call):
    """In both strands, by a director and a producer who reads Russian."""
    return make.sent(call, "Meerim", make.azamat(), strands=BOTH)


def outcomes(film):
    return dict(Decision.objects.filter(application=film).values_list("candidacy__strand__slug", "outcome"))


def announce(call, owner, count):
    made = announcing.announce(edition=call.edition, letters=count, by=owner, at=make.NOW)
    announcing.write_letters(announcement=made, at=make.NOW)


# --- Deciding --------------------------------------------------------------------------------------------------------
def test_decide_in_one_strand_leaves_the_other_open_and_names_the_strand_on_the_record(call, film, owner):
    make.decided(film, Outcome.SELECTED, strand="writers")
    assert outcomes(film) == {"writers": "selected"}
    assert Entry.objects.get(verb="decided").after["strand"] == "writers"
    found = facts.announce_facts(call.edition, make.NOW)
    assert (found.decided, found.undecided) == (1, 1)


def test_each_strand_has_a_waiting_list_of_its_own(call, film):
    other = make.sent(call, "Gulnara", strands=["writers"])
    make.decided(film, Outcome.WAITLIST, strand="producers")
    for each in (other, film):
        make.decided(each, Outcome.WAITLIST, strand="writers")
    rows = Decision.objects.order_by("candidacy__strand__order", "rank")
    assert list(rows.values_list("candidacy__strand__slug", "application__title", "rank")) == [
        ("producers", "Meerim’s film", 1), ("writers", "Gulnara’s film", 1), ("writers", "Meerim’s film", 2),
    ]  # fmt: skip


# --- The board -------------------------------------------------------------------------------------------------------
def test_board_has_a_row_for_each_candidacy_and_a_slate_for_each_strand(call, film, owner):
    other = make.sent(call, "Gulnara", strands=["writers"])
    for strand in BOTH:
        make.decided(film, Outcome.SELECTED, strand=strand)
    Quota.objects.create(edition=call.edition, dimension="country", value="KG", maximum=1)
    Quota.objects.create(edition=call.edition, dimension="strand", value="writers", minimum=1)
    client = client_of(owner)
    page = client.get(url("board", call)).context["page"]
    assert sorted(str(row.candidacy) for row in page.rows) == [
        "Gulnara’s film · Writers", "Meerim’s film · Producers", "Meerim’s film · Writers",
    ]  # fmt: skip
    assert [(slate.strand.slug, len(slate.selected)) for slate in page.slates] == [("producers", 1), ("writers", 1)]
    assert (page.total, page.taken, [one.meter.count for one in page.meters]) == (
        2,
        1,
        [1, 1],
    )  # one team, counted once
    call.strands.filter(slug="writers").update(seats=1)
    assert "The seats end here: 1." in text_of(client.get(url("board", call), {"strand": "writers"}))
    shown = client.get(url("board", call), {"strand": "writers", "tab": "undecided"})
    assert [row.application for row in shown.context["page"].rows] == [other]
    key = make.standing(film, "writers").key
    assert "Writers: Selected" in text_of(client.get(url("board", call), {"strand": "producers"}))
    tried = client.get(url("board", call), {"remove": key, "add": make.standing(other).key}).context["page"].what_if
    assert ([str(one) for one in tried.removed], tried.seats) == (["Meerim’s film · Writers"], 2)


def test_board_with_strands_costs_the_same_however_many_stand_on_it(call, owner):
    people = iter(("Meerim", "Gulnara", "Erlan"))

    def grow():
        film = make.sent(call, next(people), strands=BOTH)
        make.decided(film, Outcome.SELECTED, strand="producers")
        make.decided(film, Outcome.WAITLIST, strand="writers")

    grow()
    client = client_of(owner)
    assert same_cost(lambda: client.get(url("board", call)), grow) <= 21


def test_decision_page_of_one_strand_leads_to_the_other_and_changes_its_own_alone(call, film, owner):
    make.decided(film, Outcome.REJECTED, strand="producers")
    client, writers = client_of(owner), make.standing(film, "writers")
    assert "Producers Not chosen" in text_of(client.get(url("decide", call, code=writers.key)))
    client.post(url("decide", call, code=writers.key), {"outcome": "selected", "seen": "0"})
    assert outcomes(film) == {"producers": "rejected", "writers": "selected"}
    # A code alone names nothing where there are two.
    client.post(url("decide_many", call), {"now": f"{film.code}:hold:1"})
    assert outcomes(film) == {"producers": "rejected", "writers": "selected"}
    assert client.get(url("decide", call, code=f"{film.code}-nothing")).status_code == 404


# --- One letter ------------------------------------------------------------------------------------------------------
def test_a_team_gets_one_letter_that_says_both(call, film, owner):
    make.decided(film, Outcome.REJECTED, strand="producers")
    make.decided(film, Outcome.SELECTED, strand="writers")
    make.written(call)
    announce(call, owner, 2)
    sent = {one.language: one for one in Letter.objects.filter(kind="result")}
    assert {tag: one.subject for tag, one in sent.items()} == {
        "en": "[en] Impact Lab 2026: selected", "ru": "[ru] Импакт-лаб 2026: selected",
    }  # fmt: skip
    assert sent["en"].body.endswith("\n\nYour result in each strand:\nProducers: Not chosen\nWriters: Selected\n")
    assert "Ваш результат в каждой секции:\nПродюсеры: Не отобран\nСценаристы: Отобран" in sent["ru"].body
    own = text_of(client_of(film.lead).get(url("own", code=film.code)))
    assert "Producers Not chosen Writers Selected" in own
    results = text_of(client_of().get(url("results", call)))
    assert "Applications decided upon: 1." in results
    assert "Producers" not in results and "Writers Meerim’s film" in results


def test_a_letter_by_hand_does_not_go_when_any_of_the_outcomes_changes(call, film, owner):
    make.decided(film, Outcome.SELECTED, strand="writers")
    make.decided(film, Outcome.REJECTED, strand="producers")
    make.written(call)
    member = facts.recipients([film.pk]).get(person=film.lead)
    letters.write_own(member=member, subject="Come", body="As a writer.", by=owner, at=make.NOW)

    def letter():
        found = queries.rendered(call.edition, list(queries.decisions(film)))
        return next(one for one in found if one.member == member)

    assert letter().subject == "Come"
    make.decided(film, Outcome.WAITLIST, strand="producers")
    assert (letter().subject, letter().outdated.subject) == ("[en] Impact Lab 2026: selected", "Come")


# --- Afterwards ------------------------------------------------------------------------------------------------------
def test_an_upheld_appeal_changes_what_is_worse_than_it_gives(call, film, owner):
    make.decided(film, Outcome.WAITLIST, strand="producers")
    make.decided(film, Outcome.REJECTED, strand="writers")
    make.written(call)
    announce(call, owner, 2)
    on_appeal_upheld(AppealUpheld(film.pk, "waitlist", owner, make.NOW + timedelta(days=3)))
    assert outcomes(film) == {"producers": "waitlist", "writers": "waitlist"}
    assert announced_in_strands([film.pk]) == {film.pk: {"producers": "waitlist", "writers": "waitlist"}}


# --- Where it stands -------------------------------------------------------------------------------------------------
def test_a_team_cannot_leave_a_strand_in_which_it_is_decided_upon_and_a_new_one_knows_the_readings(call, owner):
    film = make.sent(call, strands=["writers"])
    make.read(film, 4)
    make.decided(film, Outcome.HOLD)
    submission.reopen(application=film, by=film.lead, at=make.make.NOW)
    chosen = {"application": film, "by": film.lead, "at": make.make.NOW}
    with pytest.raises(Denied) as denied:
        submission.choose_strands(strands=["producers"], **chosen)
    assert denied.value.refusal == Refusal("strand_bound", {"strand": call.strands.get(slug="writers")})
    submission.choose_strands(strands=BOTH, **chosen)
    on_strands_chosen(StrandsChosen(film.pk))
    assert list(film.candidacies.order_by("pk").values_list("strand__slug", "readings_done")) == [
        ("writers", 1), ("producers", 1),
    ]  # fmt: skip


def test_an_application_without_strands_stands_in_the_call_and_later_in_its_first_strand(db):
    call = make.closed_call()
    call.strands.all().delete()
    film = make.sent(call)
    assert make.standing(film).key == film.code
    make.decided(film, Outcome.SELECTED)
    call.strands.create(order=1, slug="all", name={"en": "All"})
    submission.reopen(application=film, by=film.lead, at=make.make.NOW)
    submission.submit(application=film, by=film.lead, at=make.make.NOW)
    assert make.standing(film).key == f"{film.code}-all"
    assert Decision.objects.get().outcome == "selected"
