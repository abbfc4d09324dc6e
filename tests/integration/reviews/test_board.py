"""The office's pages of reading: the board, a reader, the proposal, files, reminders; who sees them and what they cost."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.roles import Role
from kinolab.reviews.actions import readings
from kinolab.reviews.domain.lifecycle import AbstainReason
from kinolab.reviews.models import Conflict, Proposal, Reader, Reading, ReviewPhase
from tests.factories import applications as teams
from tests.factories import reviews as make
from tests.factories.reviews import NOW
from tests.kit import client_of, same_cost


def url(page: str, of: Any, *more: int) -> str:
    return reverse(f"reviews:{page}", args=(of.edition.programme.slug, of.edition.slug, *more))


def text(response: Any) -> str:
    """What a person reads on the page, in one line."""
    bare = re.sub(r"<(script|template|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(bare.split())


def abstain(reading: Reading, note: str = "") -> None:
    reader = reading.reader.person
    readings.abstain(reading=reading, reason=AbstainReason.NOT_COMPETENT, note=note, by=reader, at=NOW)


PAGES = ["board", "from_file", "export"]


# --- Who ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_those_who_assign(call, phase, nodira, aigul, page):
    elsewhere = make.aigul(make.call("teen-lab").edition)
    other = teams.person("Bermet")
    make.staff(call.edition, "Observer", Role.OBSERVER)
    people = {
        aigul: 200, make.bakyt(call.edition): 200, make.saule(call.edition): 403, teams.person("Observer"): 403,
        nodira.person: 404, other: 404,
    }  # fmt: skip

    assert {person: client_of(person).get(url(page, call)).status_code for person in people} == people
    assert elsewhere == aigul  # the same lead, of both editions
    stranger_lead = make.staff(make.call("dev-lab").edition, "Lead", Role.LEAD)
    assert client_of(stranger_lead).get(url(page, call)).status_code == 404


def test_reader_of_another_edition_is_not_there(call, phase, aigul):
    other = make.reader(make.call("teen-lab").edition, "Timur")
    client = client_of(aigul)

    assert client.get(url("reader", call, other.pk)).status_code == 404
    for verb in ("remove_reader", "declare_conflict"):
        assert client.post(url(verb, call, other.pk), {"application": "1"}).status_code == 404


# --- The board -------------------------------------------------------------------------------------------------------
def test_board_tells_how_far_readers_are_and_what_lacks(phase, nodira, aigul, call):
    titles = ("The Well", "The Salt", "The Bridge")
    done, begun, waiting = (make.reading(phase, nodira, make.application(call, title)) for title in titles)
    make.hand_in(done)
    make.write(begun, private_note="x")
    make.reader(call.edition, "Timur", left_at=NOW)

    page = client_of(aigul).get(url("board", call))

    shown = page.context["page"]
    assert [(str(one), one.given, one.done, one.due, one.begun) for one in shown.readers] == [("Nodira", 3, 1, 2, 1)]
    assert [(one.application.title, one.finished, one.going) for one in shown.lacking] == [
        ("The Well", 1, 0), ("The Salt", 0, 1), ("The Bridge", 0, 1),
    ]  # fmt: skip
    assert "1 of 3 readings are done. 20 days are left." in text(page)
    assert "3 applications lack readers." in text(page)
    assert waiting.state == "assigned"


def test_board_shows_abstentions_and_conflicts_with_their_words(reading, phase, nodira, aigul, call):
    other = make.reading(phase, make.reader(call.edition, "Timur"), reading.application)
    abstain(other, "Not my field at all")
    make.conflict(nodira, reading.application, aigul)

    shown = text(client_of(aigul).get(url("board", call)))

    assert "Timur : The Well 1 Not my field" in shown.replace("Timur:", "Timur :") and "Not my field at all" in shown
    assert "Nodira : The Well 1" in shown.replace("Nodira:", "Nodira :") and "They teach together" in shown


def test_board_before_anything_is_set_says_what_to_do(call, aigul):
    shown = text(client_of(aigul).get(url("board", call)))

    assert "Nobody has anything to read yet." in shown and "Add the first one below." in shown
    assert "Set the dates and switches of reading first." in shown


def test_coordinator_sees_the_switches_and_does_not_set_them(call, phase):
    page = client_of(make.bakyt(call.edition)).get(url("board", call))

    assert url("set_phase", call) not in page.content.decode()
    assert "Readers see the names of the team No" in text(page)


def test_board_costs_the_same_with_one_of_each_and_with_three(reading, phase, nodira, aigul, call):
    make.conflict(make.reader(call.edition, "Timur"), reading.application, aigul)
    abstain(make.reading(phase, make.reader(call.edition, "Inga"), reading.application))
    client, numbers = client_of(aigul), iter("123456789")

    def grow() -> None:
        number = next(numbers)
        more = make.application(call, f"Film {number}")
        make.reading(phase, nodira, more)
        make.conflict(make.reader(call.edition, f"Teacher{number}"), more, aigul)
        abstain(make.reading(phase, make.reader(call.edition, f"Reader{number}"), more))

    assert same_cost(lambda: client.get(url("board", call)), grow) <= 16
    assert same_cost(lambda: client.get(url("reader", call, nodira.pk)), grow) <= 16
    assert same_cost(lambda: client.post(url("remind", call)), grow) <= 16
    assert same_cost(lambda: b"".join(client.get(url("export", call)).streaming_content), grow) <= 16


# --- Switches and readers --------------------------------------------------------------------------------------------
def test_switches_are_set_in_the_zone_of_the_edition(call, aigul):
    data = {"starts_at": "2026-09-05T09:00", "ends_at": "2026-09-20T18:00", "readings_each": "3", "see_names": "on",
            "see_others": "never"}  # fmt: skip

    answer = client_of(aigul).post(url("set_phase", call), data)

    assert answer.status_code == 302
    phase = ReviewPhase.objects.get()
    assert (phase.starts_at.isoformat(), phase.ends_at.isoformat()) == (
        "2026-09-05T03:00:00+00:00", "2026-09-20T12:00:00+00:00",
    )  # fmt: skip
    assert (phase.readings_each, phase.see_names, phase.see_others) == (3, True, "never")


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"ends_at": "2026-09-01T09:00"}, "Reading cannot end before it begins."),
        ({"starts_at": "tomorrow"}, "Write the date and time like 2026-08-05 18:00."),
        ({"readings_each": "0"}, "The smallest number possible: 1."),
    ],
)
def test_impossible_switches_are_refused_with_a_sentence(call, aigul, change, sentence):
    data = {"starts_at": "2026-09-05T09:00", "readings_each": "2", "see_others": "never"} | change

    answer = client_of(aigul).post(url("set_phase", call), data)

    assert (answer.status_code, ReviewPhase.objects.count()) == (422, 0)
    assert sentence in text(answer)


def test_reader_is_invited_and_what_is_wrong_is_said(call, aigul):
    client = client_of(aigul)
    data = {"email": "nodira@example.org", "name": "Nodira", "capacity": "12", "languages": ["ky", "en"]}

    assert client.post(url("add_reader", call), data).status_code == 302
    again = client.post(url("add_reader", call), data)
    without = client.post(url("add_reader", call), data | {"languages": []})

    assert (again.status_code, without.status_code) == (422, 422)
    assert "Nodira reads for this edition already." in text(again)
    assert "Choose at least one language that this person reads." in text(without)
    assert list(Reader.objects.values_list("person__email", "languages", "capacity")) == [
        ("nodira@example.org", ["ky", "en"], 12)
    ]


def test_reader_is_changed_and_let_go(reading, nodira, aigul, call):
    client = client_of(aigul)

    client.post(url("reader", call, nodira.pk), {"languages": ["ru"], "capacity": "3", "company": "Salt"})
    assert client.post(url("reader", call, nodira.pk), {"languages": [], "capacity": "3"}).status_code == 422
    nodira.refresh_from_db()
    assert (nodira.languages, nodira.capacity, nodira.company) == (["ru"], 3, "Salt")
    client.post(url("remove_reader", call, nodira.pk))
    nodira.refresh_from_db()
    assert nodira.left_at == NOW
    assert "No longer reads for this edition" in text(client.get(url("reader", call, nodira.pk)))


def test_reader_with_a_reading_begun_stays_and_the_page_says_why(reading, nodira, aigul, call):
    make.write(reading, private_note="Begun")

    answer = client_of(aigul).post(url("remove_reader", call, nodira.pk))

    assert answer.status_code == 422
    assert "Nodira has begun a reading. It has to be finished or abstained from first." in text(answer)


# --- Giving, moving, taking back -------------------------------------------------------------------------------------
def test_chosen_applications_are_given_to_a_reader(phase, nodira, aigul, application, call):
    client = client_of(aigul)
    assert "Chosen applications" in text(client.get(f"{url('board', call)}?code={application.code}"))

    answer = client.post(url("assign", call), {"code": application.code, "reader": str(nodira.pk)})

    assert answer.status_code == 302
    assert list(Reading.objects.values_list("application", "reader")) == [(application.pk, nodira.pk)]


def test_giving_says_why_not(phase, nodira, aigul, application, call):
    make.conflict(nodira, application, aigul)
    client = client_of(aigul)

    nothing = client.post(url("assign", call), {"reader": str(nodira.pk)})
    conflict = client.post(url("assign", call), {"code": application.code, "reader": str(nodira.pk)})

    assert (nothing.status_code, conflict.status_code) == (422, 422)
    assert "Choose a reader and at least one application." in text(nothing)
    assert "Nodira has a conflict of interest with “The Well”." in text(conflict)


def test_giving_before_the_phase_is_set_says_so(nodira, aigul, application, call):
    answer = client_of(aigul).post(url("assign", call), {"code": application.code, "reader": str(nodira.pk)})

    assert answer.status_code == 422
    assert "Set the dates of reading first." in text(answer)


def test_readings_are_moved_and_what_is_begun_stays(reading, phase, nodira, aigul, call):
    timur = make.reader(call.edition, "Timur")
    begun = make.reading(phase, nodira, make.application(call, "The Salt"))
    make.write(begun, private_note="x")
    data = {"reading": [reading.pk, begun.pk], "to": timur.pk}

    page = client_of(aigul).post(url("take_back", call), data, follow=True)

    assert "1 reading is moved." in text(page)
    assert "Nodira has begun reading “The Salt”." in text(page)
    assert sorted(Reading.objects.values_list("application__title", "reader__person__name", "state")) == [
        ("The Salt", "Nodira", "draft"), ("The Well", "Nodira", "released"), ("The Well", "Timur", "assigned"),
    ]  # fmt: skip


def test_readings_are_taken_back(reading, aigul, call):
    client = client_of(aigul)

    assert client.post(url("take_back", call), {"reading": reading.pk, "back": "yes"}).status_code == 302
    assert client.post(url("take_back", call), {}).status_code == 422
    reading.refresh_from_db()
    assert reading.state == "released"


def test_reading_of_another_edition_is_not_moved(reading, aigul):
    other = make.call("teen-lab")
    lead = make.staff(other.edition, "Lead", Role.LEAD)

    assert client_of(lead).post(url("take_back", other), {"reading": reading.pk, "back": "yes"}).status_code == 422
    reading.refresh_from_db()
    assert reading.state == "assigned"


# --- The proposal ----------------------------------------------------------------------------------------------------
def test_proposal_is_shown_accepted_and_gone(phase, nodira, aigul, application, call):
    client = client_of(aigul)

    client.post(url("propose", call))
    shown = text(client.get(url("proposal", call)))

    assert "1 new reading. Nothing is given out yet." in shown
    assert "Nodira 0 1" in shown and "These stay short of readings The Well −1" in shown
    assert Reading.objects.count() == 0
    assert client.post(url("proposal", call)).status_code == 302
    assert Reading.objects.count() == 1
    assert client.get(url("proposal", call)).status_code == 422


def test_proposal_whose_facts_changed_is_refused_with_a_sentence(phase, nodira, aigul, application, call):
    client = client_of(aigul)
    client.post(url("propose", call))
    make.application(call, "The Salt")

    answer = client.post(url("proposal", call))

    assert (answer.status_code, Reading.objects.count()) == (422, 0)
    assert "Something changed since this proposal was made" in text(answer)
    client.post(url("proposal", call), {"discard": "yes"})
    assert Proposal.objects.count() == 0


def test_proposal_without_readers_or_phase_says_so(call, aigul):
    client = client_of(aigul)

    assert "Set the dates of reading first." in text(client.post(url("propose", call)))
    make.phase(call)
    assert "Nobody reads for this edition yet." in text(client.post(url("propose", call)))


def test_proposal_costs_the_same_for_one_reader_and_for_three(phase, nodira, aigul, application, call):
    phase.readings_each = 9  # always some left short
    phase.save()
    client, numbers = client_of(aigul), iter("123456789")
    client.post(url("propose", call))

    def grow() -> None:
        make.reader(call.edition, f"R{next(numbers)}")
        make.application(call, f"F{next(numbers)}")
        client.post(url("propose", call))

    assert same_cost(lambda: client.get(url("proposal", call)), grow) <= 16


# --- Files -----------------------------------------------------------------------------------------------------------
def upload(client: Any, call: Any, source: str, **more: str) -> Any:
    return client.post(url("from_file", call), {"file": SimpleUploadedFile("a.csv", source.encode()), **more})


def test_file_is_tried_first_and_given_out_then(phase, nodira, aigul, application, call):
    client = client_of(aigul)

    tried = upload(client, call, "1,nodira@example.org")
    assert "1 row is good. Choose the file once more and give it out." in text(tried)
    assert Reading.objects.count() == 0
    assert upload(client, call, "1,nodira@example.org", sure="on").status_code == 302
    assert Reading.objects.count() == 1


def test_file_with_bad_rows_names_each(phase, nodira, aigul, application, call):
    shown = text(upload(client_of(aigul), call, "9,nodira@example.org\n1,<b>@example.org", sure="on"))

    assert "These rows cannot be used. Nothing was given out." in shown
    assert "Row 1 : There is no application to read with this number: 9." in shown
    assert "Row 2 : No reader of this edition has this address: &lt;b&gt;@example.org." in shown
    assert Reading.objects.count() == 0


def test_what_leaves_as_a_file_comes_back_as_the_same(phase, nodira, aigul, call):
    for title in ("The Well", "The Salt"):
        make.reading(phase, nodira, make.application(call, title))
    client = client_of(aigul)

    answer = client.get(url("export", call))
    source = b"".join(answer.streaming_content).decode()

    assert answer["Content-Disposition"] == 'attachment; filename="readings-impact-lab-2026.csv"'
    assert source == (
        "\ufeffnumber,address,state\r\n1,nodira@example.org,assigned\r\n2,nodira@example.org,assigned\r\n"
    )
    Reading.objects.all().delete()
    upload(client, call, source, sure="on")
    assert sorted(Reading.objects.values_list("application__number", "reader")) == [(1, nodira.pk), (2, nodira.pk)]


# --- Reminders -------------------------------------------------------------------------------------------------------
def test_reminders_are_shown_word_by_word_in_each_readers_language_before_they_leave(reading, aigul, call, phase):
    teams.person("Timur", language="ru")
    timur = make.reader(call.edition, "Timur")
    make.reading(phase, timur, reading.application)
    client = client_of(aigul)

    preview = client.post(url("remind", call))

    shown = text(preview)
    assert "2 letters, each in its reader" in shown
    assert "There are still applications that wait for your reading." in shown
    assert "Некоторые заявки ещё ждут вашего чтения." in shown
    assert not Letter.objects.filter(kind="reader_reminder").exists()
    sent = client.post(url("remind", call), {"sure": "yes", "reader": [timur.pk]}, follow=True)
    assert "1 letter is on its way." in text(sent)
    letter = Letter.objects.get(kind="reader_reminder")
    assert (letter.to_email, letter.language) == ("timur@example.org", "ru")
    assert " ".join(letter.body.split()) in shown


# --- Conflicts -------------------------------------------------------------------------------------------------------
def test_conflict_is_noted_by_number_and_taken_back_with_a_reason(nodira, application, phase, aigul, call):
    client = client_of(aigul)

    unknown = client.post(url("declare_conflict", call, nodira.pk), {"application": "77"})
    assert "There is no application to read with this number: 77." in text(unknown)
    client.post(url("declare_conflict", call, nodira.pk), {"application": "1", "note": "Cousins"})
    conflict = Conflict.objects.get()
    assert (conflict.application, conflict.note) == (application, "Cousins")
    assert client.post(url("take_back_conflict", call, conflict.pk)).status_code == 422
    assert client.post(url("take_back_conflict", call, conflict.pk), {"reason": "Another Nodira"}).status_code == 302
    assert Conflict.objects.count() == 0
