"""Each strand read on its own: readers for strands, a reading a candidacy, scores that stay apart."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation

from kinolab.applications.models import Application, Candidacy
from kinolab.applications.queries.later import bound_among
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews.actions import assignment, readers, readings
from kinolab.reviews.models import Reading
from kinolab.reviews.queries import board, told
from tests.factories import applications
from tests.factories import reviews as make
from tests.kit import client_of, same_cost

NOW = make.NOW


@pytest.fixture
def call(db):
    found = make.call()
    found.strands.update(slug="producers", name={"en": "Producers"})
    found.strands.create(order=2, slug="writers", name={"en": "Writers"})
    return found


@pytest.fixture
def phase(call):
    return make.phase(call, each_strand=True, readings_each=1)


@pytest.fixture
def owner(call):
    return make.aigul(call.edition)


def sent(call, who="Meerim", *strands):
    made = applications.complete(call, applications.person(who), title=f"{who}’s film")
    for slug in strands or ("producers", "writers"):
        made.candidacies.get_or_create(strand=call.strands.get(slug=slug))
    if strands:
        made.candidacies.exclude(strand__slug__in=strands).delete()
    applications.submission.submit(application=made, by=made.lead, at=NOW)
    made.refresh_from_db()
    return made


def reader(call, who, *strands):
    made = make.reader(call.edition, who)
    made.strands.set(call.strands.filter(slug__in=strands))
    return made


def given():
    rows = Reading.objects.order_by("application__number", "candidacy__strand__order", "reader__person__name")
    return list(rows.values_list("reader__person__name", "application__title", "candidacy__strand__slug"))


def refusal_of(work):
    with pytest.raises(Denied) as denied:
        work()
    return denied.value.refusal


def page(name, call, **more):
    slugs = {"programme": call.edition.programme.slug, "edition": call.edition.slug}
    with translation.override("en"):
        return reverse(f"reviews:{name}", kwargs=slugs | more)


# --- Giving ----------------------------------------------------------------------------------------------------------
def test_a_proposal_gives_each_candidacy_to_readers_of_its_strand(call, phase, owner):
    reader(call, "Nodira", "producers")
    reader(call, "Timur", "writers")
    sent(call)
    proposal = assignment.propose(phase=phase, by=owner, at=NOW, seed=1)
    assert assignment.accept(proposal=proposal, by=owner, at=NOW) == 2
    assert given() == [("Nodira", "Meerim’s film", "producers"), ("Timur", "Meerim’s film", "writers")]


def test_a_proposal_says_which_strand_has_too_few_readers(call, phase, owner):
    reader(call, "Nodira", "producers")
    sent(call)
    assignment.propose(phase=phase, by=owner, at=NOW, seed=1)
    shown = client_of(owner).get(page("proposal", call)).content.decode()
    assert "Writers" in shown and "too few readers read for its strand" in shown
    shown = client_of(owner).get(page("board", call)).content.decode()
    assert "2 applications, counted in each strand, lack readers." in shown


def test_by_hand_a_reader_gets_what_stands_in_their_strands_and_nothing_else(call, phase, owner):
    nodira, timur = reader(call, "Nodira", "writers"), reader(call, "Timur")
    both, other = sent(call), sent(call, "Gulnara", "producers")
    give = {"phase": phase, "by": owner, "at": NOW}
    assert assignment.assign(reader=nodira, applications=[both], **give) == 1
    assert assignment.assign(reader=timur, applications=[both], **give) == 2
    title = "Gulnara’s film · Producers"
    assert refusal_of(lambda: assignment.assign(reader=nodira, applications=[other], **give)) == Refusal(
        "reader_strand", {"name": "Nodira", "title": title}
    )
    producers = Reading.objects.get(reader=timur, candidacy__strand__slug="producers")
    moved = refusal_of(lambda: assignment.reassign(reading=producers, reader=nodira, by=owner, at=NOW))
    assert moved == Refusal("reader_strand", {"name": "Nodira", "title": "Meerim’s film · Producers"})


def test_a_file_may_name_the_strand_and_the_export_does(call, phase, owner):
    reader(call, "Nodira")
    film = sent(call)
    give = {"phase": phase, "by": owner, "at": NOW, "dry_run": False}
    source = f"{film.number},nodira@example.org,assigned,writers\n"
    assert assignment.assign_from_file(source=source, **give) == (1, [])
    assert list(board.assignment_rows(owner, phase)) == [(1, "nodira@example.org", "assigned", "writers")]
    assert assignment.assign_from_file(source=f"{film.number},nodira@example.org\n", **give) == (1, [])
    assert [slug for _, _, slug in given()] == ["producers", "writers"]


def test_the_switch_is_closed_once_readings_are_given(call, phase, owner):
    reading = make.reading(phase, make.reader(call.edition), sent(call))
    change = {"edition": call.edition, "changes": {"each_strand": False}, "by": owner, "at": NOW}
    assert refusal_of(lambda: readers.set_phase(**change)) == Refusal("strands_read_already")
    assignment.release(reading=reading, by=owner, at=NOW)
    assert readers.set_phase(**change).each_strand is False


# --- Reading ---------------------------------------------------------------------------------------------------------
def test_scores_of_strands_stay_apart_and_a_reading_of_the_whole_counts_in_both(call, phase):
    film = sent(call)
    producers, writers = film.candidacies.select_related("strand").order_by("strand__order")
    nodira, timur = make.reader(call.edition), make.reader(call.edition, "Timur")
    make.hand_in(make.reading(phase, nodira, film, candidacy=producers), story=5, film=5, shareable_note="A producer.")
    make.hand_in(make.reading(phase, timur, film, candidacy=writers), story=1, film=1)
    make.hand_in(make.reading(phase, timur, film), story=3, film=3)
    rows = Candidacy.objects.filter(application=film).order_by("strand__order")
    assert [(float(one.score), one.readings_done) for one in rows] == [(4.0, 2), (2.0, 2)]
    assert float(Application.objects.get(pk=film.pk).score) == 3.0
    said = told.submitted_of([producers, writers])
    assert [[one.score for one in said[each.pk]] for each in (producers, writers)] == [[3.0, 5.0], [3.0, 1.0]]
    assert told.feedback_of([writers]) == {} and told.feedback_of([producers]) == {film.pk: ["A producer."]}
    assert bound_among([producers.pk, writers.pk]) == {producers.pk, writers.pk}


def test_the_room_names_the_strand_and_shows_what_others_wrote_about_it_alone(call, phase):
    film = sent(call)
    producers, writers = film.candidacies.order_by("strand__order")
    nodira, timur = make.reader(call.edition), make.reader(call.edition, "Timur")
    mine = make.hand_in(make.reading(phase, nodira, film, candidacy=writers))
    make.hand_in(make.reading(phase, timur, film, candidacy=producers), shareable_note="Of producers")
    make.hand_in(make.reading(phase, timur, film, candidacy=writers), shareable_note="Of writers")
    with translation.override("en"):
        shown = client_of(nodira.person).get(reverse("reviews:read", args=[mine.pk])).content.decode()
        home = client_of(nodira.person).get(reverse("reviews:mine")).content.decode()
    assert "Of writers" in shown and "Of producers" not in shown
    assert "Writers" in shown and "Writers" in home


def test_a_conflict_takes_every_strand_of_the_application_away(call, phase, owner):
    nodira, film = make.reader(call.edition), sent(call)
    assignment.assign(phase=phase, reader=nodira, applications=[film], by=owner, at=NOW)
    make.conflict(nodira, film, owner)
    assert set(Reading.objects.values_list("state", flat=True)) == {"abstained"}


def test_the_board_of_reading_lists_what_lacks_by_strand_and_costs_the_same(call, phase, owner):
    people = iter(("Meerim", "Gulnara", "Erlan"))

    def grow():
        sent(call, next(people))

    grow()
    client = client_of(owner)
    same_cost(lambda: client.get(page("board", call)), grow)
    lacking = client.get(page("board", call)).context["page"].lacking
    assert [(one.application.number, one.strand.slug) for one in lacking[:3]] == [
        (1, "producers"), (1, "writers"), (2, "producers"),
    ]  # fmt: skip


def test_a_reader_is_asked_for_strands_where_each_is_read_on_its_own(call, phase, owner):
    one = make.reader(call.edition)
    form = {"email": one.person.email, "languages": ["en"], "capacity": "9", "strands": ["writers"]}
    assert client_of(owner).post(page("reader", call, number=one.pk), form).status_code == 302
    assert list(one.strands.values_list("slug", flat=True)) == ["writers"]
    phase.each_strand = False
    phase.save()
    assert "strands" not in client_of(owner).get(page("reader", call, number=one.pk)).context["form"].fields


def test_reopening_takes_the_score_of_that_strand_back(call, phase):
    film = sent(call)
    writers = film.candidacies.get(strand__slug="writers")
    reading = make.hand_in(make.reading(phase, make.reader(call.edition), film, candidacy=writers))
    readings.reopen(reading=reading, by=reading.reader.person, at=NOW)
    assert list(film.candidacies.values_list("score", "readings_done")) == [(None, 0), (None, 0)]


def test_the_selection_board_orders_each_strand_by_its_own_readings(call, phase, owner):
    first, second = sent(call), sent(call, "Gulnara")
    nodira = make.reader(call.edition)
    for film, marks in ((first, (5, 1)), (second, (2, 4))):
        for candidacy, mark in zip(film.candidacies.order_by("strand__order"), marks, strict=True):
            make.hand_in(make.reading(phase, nodira, film, candidacy=candidacy), story=mark, film=mark)
    for slug, titles in (("producers", ["Meerim", "Gulnara"]), ("writers", ["Gulnara", "Meerim"])):
        with translation.override("en"):
            address = reverse("selection:board", args=[call.edition.programme.slug, call.edition.slug])
        shown = client_of(owner).get(address, {"strand": slug}).context["page"].rows
        assert [row.application.title for row in shown] == [f"{one}’s film" for one in titles]


def test_the_export_has_columns_for_each_strand_and_the_desk_counts_what_lacks_in_any(call, phase, owner):
    film, other = sent(call), sent(call, "Gulnara", "writers")
    producers = film.candidacies.get(strand__slug="producers")
    make.hand_in(make.reading(phase, make.reader(call.edition), film, candidacy=producers), story=5, film=5)
    slugs = [call.edition.programme.slug, call.edition.slug]
    with translation.override("en"):
        table = reverse("applications:export_csv", args=slugs)
        desk = reverse("desk:edition", args=slugs)
    client = client_of(owner)
    body = b"".join(client.get(table).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    names = ("readings_done.producers", "score.producers", "readings_done.writers", "score.writers")
    assert [[row[name] for name in names] for row in sorted(rows, key=lambda row: row["number"])] == [
        ["1", "5.000", "0", ""], ["", "", "0", ""],
    ]  # fmt: skip
    assert client.get(desk).context["page"].counts.thin == 2
    assert other.number == 2
