"""Who reads what: by hand, from a file, proposed by the machine; moving and taking back; and every refusal."""

from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews.actions import assignment, readers, readings
from kinolab.reviews.domain.lifecycle import AbstainReason
from kinolab.reviews.models import Proposal, Reading
from tests.factories import applications as teams
from tests.factories import reviews as make
from tests.factories.reviews import NOW


def refused(action: Any, **arguments: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal


def assign(phase: Any, reader: Any, *applications: Any, by: Any) -> int:
    return assignment.assign(phase=phase, reader=reader, applications=applications, by=by, at=NOW)


def given() -> set[tuple[str, str, str]]:
    """Every reading: title, reader, state."""
    found = Reading.objects.select_related("application", "reader__person")
    return {(one.application.title, str(one.reader), one.state) for one in found}


def abstain(reading: Any) -> None:
    reader = reading.reader.person
    readings.abstain(reading=reading, reason=AbstainReason.OTHER, note="", by=reader, at=NOW)


# --- By hand ---------------------------------------------------------------------------------------------------------
def test_given_by_hand_makes_readings_a_record_of_each_and_one_letter(phase, nodira, aigul, call):
    well, salt = make.application(call), make.application(call, "The Salt")

    assert assign(phase, nodira, well, salt, by=aigul) == 2

    assert given() == {("The Well", "Nodira", "assigned"), ("The Salt", "Nodira", "assigned")}
    entries = Entry.objects.filter(verb="assigned").values_list("kind", "label", "actor__name")
    assert sorted(entries) == [
        ("reviews.reading", "The Salt · Nodira", "Aigul"),
        ("reviews.reading", "The Well · Nodira", "Aigul"),
    ]
    letter = Letter.objects.get(kind="readings_given")
    assert (letter.to_email, letter.subject) == ("nodira@example.org", "Impact Lab 2026: applications to read")
    assert "/en/reading/" in letter.body


def test_given_twice_a_reading_stays_as_it_is(reading, phase, nodira, aigul, application):
    make.hand_in(reading)

    assert assign(phase, nodira, application, by=aigul) == 0

    assert given() == {("The Well", "Nodira", "submitted")}
    assert Letter.objects.filter(kind="readings_given").count() == 0


def test_given_anew_after_an_abstention_it_begins_again(reading, phase, nodira, aigul, application):
    make.write(reading, private_note="Mine")
    abstain(reading)

    assert assign(phase, nodira, application, by=aigul) == 1

    reading.refresh_from_db()
    assert (reading.state, reading.abstain_reason, reading.private_note) == ("assigned", "", "Mine")


def test_nothing_is_given_when_one_of_them_cannot_be(phase, nodira, aigul, application, call):
    salt = make.application(call, "The Salt")
    make.conflict(nodira, salt, aigul)
    russian = make.reader(call.edition, "Timur", languages=["ru"])
    gone = make.reader(call.edition, "Inga", left_at=NOW)
    by_hand = {"phase": phase, "by": aigul, "at": NOW}

    assert refused(assignment.assign, **by_hand, reader=nodira, applications=[application, salt]) == Refusal(
        "reader_in_conflict", {"name": "Nodira", "title": "The Salt"}
    )
    assert refused(assignment.assign, **by_hand, reader=russian, applications=[application]) == Refusal(
        "reader_language", {"name": "Timur", "title": "The Well"}
    )
    assert refused(assignment.assign, **by_hand, reader=gone, applications=[application]) == Refusal(
        "reader_left", {"name": "Inga"}
    )
    saule = make.saule(call.edition)
    assert refused(assign, phase=phase, reader=nodira, by=saule).code == "not_permitted"
    assert given() == set()


def test_nobody_reads_their_own_application(phase, aigul, call):
    application = make.application(call, lead=teams.person("Timur"))
    timur = make.reader(call.edition, "Timur")

    refusal = refused(assignment.assign, phase=phase, reader=timur, applications=[application], by=aigul, at=NOW)

    assert refusal.code == "reader_in_conflict"


# --- Taking back and moving ------------------------------------------------------------------------------------------
def test_reading_not_begun_is_taken_back(reading, nodira, aigul):
    readings.open_reading(reading=reading, by=nodira.person, at=NOW)

    assignment.release(reading=reading, by=aigul, at=NOW)

    assert given() == {("The Well", "Nodira", "released")}
    assert Entry.objects.get(verb="released").label == "The Well · Nodira"


def test_what_is_begun_is_never_taken_away(reading, nodira, aigul):
    timur = make.reader(reading.phase.edition, "Timur")
    stays = Refusal("reading_begun", {"name": "Nodira", "title": "The Well"})
    make.write(reading, private_note="Begun")

    assert refused(assignment.release, reading=reading, by=aigul, at=NOW) == stays
    assert refused(assignment.reassign, reading=reading, reader=timur, by=aigul, at=NOW) == stays
    make.hand_in(reading)
    assert refused(assignment.release, reading=reading, by=aigul, at=NOW) == stays
    assert refused(assignment.reassign, reading=reading, reader=timur, by=aigul, at=NOW) == stays
    assert given() == {("The Well", "Nodira", "submitted")}


def test_what_was_begun_since_the_page_was_loaded_is_not_taken_away(reading, aigul):
    before = Reading.objects.get(pk=reading.pk)
    make.write(reading, private_note="Begun meanwhile")

    assert refused(assignment.release, reading=before, by=aigul, at=NOW).code == "reading_begun"


def test_moving_gives_it_to_the_other_and_takes_it_from_the_first(reading, aigul):
    timur = make.reader(reading.phase.edition, "Timur")

    assignment.reassign(reading=reading, reader=timur, by=aigul, at=NOW)

    assert given() == {("The Well", "Nodira", "released"), ("The Well", "Timur", "assigned")}
    assert [letter.to_email for letter in Letter.objects.filter(kind="readings_given")] == ["timur@example.org"]


def test_what_was_abstained_from_goes_to_another(reading, aigul):
    timur = make.reader(reading.phase.edition, "Timur")
    abstain(reading)

    assignment.reassign(reading=reading, reader=timur, by=aigul, at=NOW)

    assert given() == {("The Well", "Nodira", "abstained"), ("The Well", "Timur", "assigned")}


def test_moving_is_refused_where_giving_would_be(reading, phase, aigul, application):
    edition = phase.edition
    timur, inga = make.reader(edition, "Timur"), make.reader(edition, "Inga", languages=["ru"])
    lena = make.reader(edition, "Lena")
    make.reading(phase, timur, application)
    make.conflict(lena, application, aigul)
    move = {"reading": reading, "at": NOW}

    codes = {str(to): refused(assignment.reassign, **move, reader=to, by=aigul).code for to in (timur, inga, lena)}

    assert codes == {"Timur": "reads_it_already", "Inga": "reader_language", "Lena": "reader_in_conflict"}
    assert refused(assignment.reassign, **move, reader=timur, by=make.saule(edition)).code == "not_permitted"
    assert refused(assignment.release, **move, by=teams.person("Saule")).code == "not_permitted"
    assert ("The Well", "Nodira", "assigned") in given()


def test_moving_many_moves_what_can_be_moved_and_tells_the_rest(reading, phase, nodira, aigul, call):
    begun = make.reading(phase, nodira, make.application(call, "The Salt"))
    make.write(begun, private_note="Begun")

    report = assignment.move_many(readings=[reading, begun], to=None, by=aigul, at=NOW)

    assert (report.done, report.refused) == (1, [Refusal("reading_begun", {"name": "Nodira", "title": "The Salt"})])
    assert given() == {("The Well", "Nodira", "released"), ("The Salt", "Nodira", "draft")}


# --- From a file -----------------------------------------------------------------------------------------------------
def from_file(phase: Any, source: str, by: Any, *, dry_run: bool = False) -> tuple[int, list[Any]]:
    return assignment.assign_from_file(phase=phase, source=source, by=by, at=NOW, dry_run=dry_run)


def test_file_gives_what_it_says_with_or_without_a_head(phase, nodira, aigul, call):
    make.application(call), make.application(call, "The Salt")
    timur = make.reader(call.edition, "Timur")
    source = "\ufeffnumber,address\r\n1,NODIRA@example.org\r\n\r\n 2 , timur@example.org \r\n2,timur@example.org\r\n"

    assert from_file(phase, source, aigul, dry_run=True) == (3, [])
    assert given() == set()
    assert from_file(phase, source, aigul) == (2, [])
    assert given() == {("The Well", "Nodira", "assigned"), ("The Salt", "Timur", "assigned")}
    assert from_file(phase, f"1,{timur.person.email}", aigul) == (1, [])
    assert Entry.objects.filter(verb="assigned_from_file").count() == 2


def test_one_bad_row_and_nothing_is_given_every_bad_row_is_named(phase, nodira, aigul, call):
    well, salt = make.application(call), make.application(call, "The Salt")
    make.conflict(nodira, salt, aigul)
    make.reader(call.edition, "Timur", languages=["ru"])
    rows = ["1,nodira@example.org", "7,nodira@example.org", "x,nodira@example.org", "1,nobody@example.org", "1",
            "2,nodira@example.org", "1,timur@example.org", "9" * 5000]  # fmt: skip

    good, bad = from_file(phase, "\n".join(rows), aigul)

    assert good == 1
    assert [(one.row, one.refusal) for one in bad] == [
        (2, Refusal("no_such_number", {"seen": "7"})),
        (3, Refusal("no_such_number", {"seen": "x"})),
        (4, Refusal("no_such_reader", {"seen": "nobody@example.org"})),
        (5, Refusal("no_such_reader", {"seen": ""})),
        (6, Refusal("reader_in_conflict", {"name": "Nodira", "title": salt.title})),
        (7, Refusal("reader_language", {"name": "Timur", "title": well.title})),
        (8, Refusal("no_such_number", {"seen": "9" * 40})),
    ]
    assert given() == set()


def test_file_with_too_many_rows_says_so(phase, nodira, application, aigul, monkeypatch):
    monkeypatch.setattr(assignment, "MOST_ROWS", 2)

    _, bad = from_file(phase, "1,nodira@example.org\n" * 5, aigul)

    assert [(one.row, one.refusal) for one in bad] == [(3, Refusal("too_many_rows_in_file", {"limit": 2}))]


def test_file_leaves_what_is_begun_and_gives_anew_what_was_abstained_from(reading, phase, nodira, aigul, call):
    salt = make.reading(phase, nodira, make.application(call, "The Salt"))
    make.hand_in(reading)
    abstain(salt)

    assert from_file(phase, "1,nodira@example.org\n2,nodira@example.org", aigul) == (1, [])
    assert given() == {("The Well", "Nodira", "submitted"), ("The Salt", "Nodira", "assigned")}


def test_file_is_not_for_jurors(phase, call):
    assert refused(from_file, phase=phase, source="", by=make.saule(call.edition)).code == "not_permitted"


# --- Proposed by the machine -----------------------------------------------------------------------------------------
def propose(phase: Any, by: Any, seed: int = 7) -> Proposal:
    return assignment.propose(phase=phase, by=by, at=NOW, seed=seed)


@pytest.fixture
def two_readers(nodira: Any, call: Any) -> tuple[Any, Any]:
    return nodira, make.reader(call.edition, "Timur")


def test_proposal_is_kept_and_gives_nothing_until_it_is_accepted(phase, two_readers, aigul, application, call):
    salt = make.application(call, "The Salt")

    proposal = propose(phase, aigul)

    wanted = {(str(what.pk), str(who.pk)) for what in (application, salt) for who in two_readers}
    assert {tuple(pair) for pair in proposal.plan["added"]} == wanted
    assert given() == set()
    assert Entry.objects.get(verb="proposed_assignment").after == {"readings": 4, "unmet": 0, "seed": 7}
    assert assignment.accept(proposal=proposal, by=aigul, at=NOW) == 4
    assert given() == {(title, name, "assigned") for title in ("The Well", "The Salt") for name in ("Nodira", "Timur")}
    proposal.refresh_from_db()
    assert (proposal.accepted_at, proposal.accepted_by) == (NOW, aigul)
    letters = Letter.objects.filter(kind="readings_given").values_list("to_email", flat=True)
    assert sorted(letters) == ["nodira@example.org", "timur@example.org"]
    assert Entry.objects.filter(verb="accepted_assignment").count() == 1


def test_same_facts_and_seed_propose_the_same(phase, two_readers, aigul, call):
    for title in ("The Well", "The Salt", "The Bridge"):
        make.application(call, title)
    phase.readings_each = 1
    phase.save()

    first, again = propose(phase, aigul).plan, propose(phase, aigul).plan

    assert first == again
    assert Proposal.objects.count() == 1  # a new one takes the place of one that waits


def test_proposal_keeps_conflicts_and_languages_apart_and_says_what_it_lacks(phase, two_readers, aigul, call):
    nodira, timur = two_readers
    well, kyrgyz = make.application(call), make.application(call, "Кудук")
    make.conflict(timur, well, aigul)
    timur.languages = ["en"]
    timur.save()
    kyrgyz.language = "ky"
    kyrgyz.save()

    plan = propose(phase, aigul).plan

    assert sorted(tuple(pair) for pair in plan["added"]) == sorted(
        [(str(well.pk), str(nodira.pk)), (str(kyrgyz.pk), str(nodira.pk))]
    )
    assert {one["application"]: one["reasons"] for one in plan["unmet"]} == {
        str(well.pk): ["conflict"],
        str(kyrgyz.pk): ["language"],
    }


def test_what_a_reader_abstained_from_is_not_proposed_to_them_again(reading, phase, aigul):
    abstain(reading)

    assert propose(phase, aigul).plan["added"] == []


def test_proposal_leaves_what_exists(reading, phase, nodira, aigul, application):
    timur = make.reader(phase.edition, "Timur")
    make.write(reading, private_note="Begun")

    assignment.accept(proposal=propose(phase, aigul), by=aigul, at=NOW)

    assert given() == {("The Well", "Nodira", "draft"), ("The Well", str(timur), "assigned")}


def _conflict(phase: Any, readers_: Any, aigul: Any, application: Any) -> None:
    make.conflict(readers_[0], application, aigul)


def _new_application(phase: Any, readers_: Any, aigul: Any, application: Any) -> None:
    make.application(application.call, "The Salt")


def _left(phase: Any, readers_: Any, aigul: Any, application: Any) -> None:
    readers.remove_reader(reader=readers_[0], by=aigul, at=NOW)


def _languages(phase: Any, readers_: Any, aigul: Any, application: Any) -> None:
    readers.change_reader(reader=readers_[0], languages=["ru"], capacity=40, company="", by=aigul, at=NOW)


def _by_hand(phase: Any, readers_: Any, aigul: Any, application: Any) -> None:
    assign(phase, readers_[0], application, by=aigul)


def _more_each(phase: Any, readers_: Any, aigul: Any, application: Any) -> None:
    readers.set_phase(edition=phase.edition, changes={"readings_each": 3}, by=aigul, at=NOW)


@pytest.mark.parametrize("change", [_conflict, _new_application, _left, _languages, _by_hand, _more_each])
def test_proposal_is_not_accepted_once_its_facts_have_changed(phase, two_readers, aigul, application, change):
    proposal = propose(phase, aigul)
    change(phase, two_readers, aigul, application)
    before = given()
    phase.refresh_from_db()
    proposal.phase = phase

    assert refused(assignment.accept, proposal=proposal, by=aigul, at=NOW) == Refusal("facts_changed")
    assert given() == before


def test_proposal_is_accepted_once_and_not_discarded_then(phase, two_readers, aigul, application):
    proposal = propose(phase, aigul)
    assignment.accept(proposal=proposal, by=aigul, at=NOW)
    proposal.refresh_from_db()

    assert refused(assignment.accept, proposal=proposal, by=aigul, at=NOW) == Refusal("proposal_accepted")
    assert refused(assignment.discard, proposal=proposal, by=aigul, at=NOW) == Refusal("proposal_accepted")
    assert Reading.objects.count() == 2


def test_discarded_proposal_is_gone(phase, two_readers, aigul, application):
    assignment.discard(proposal=propose(phase, aigul), by=aigul, at=NOW)

    assert (Proposal.objects.count(), Reading.objects.count()) == (0, 0)


def test_proposals_need_readers_and_the_right(phase, aigul, call, application):
    saule = make.saule(call.edition)
    assert refused(propose, phase=phase, by=aigul) == Refusal("no_readers")
    make.reader(call.edition)
    proposal = propose(phase, aigul)

    assert refused(propose, phase=phase, by=saule).code == "not_permitted"
    assert refused(assignment.accept, proposal=proposal, by=saule, at=NOW).code == "not_permitted"
    assert refused(assignment.discard, proposal=proposal, by=saule, at=NOW).code == "not_permitted"
