"""The reader's pages: home and reading room, with what they show, to whom, and what they cost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.applications.actions import files, submission
from kinolab.applications.models import Attachment
from kinolab.foundation.questions.models import Question
from kinolab.labs.domain.roles import Role
from kinolab.reviews.actions import conflicts, readings
from kinolab.reviews.domain.lifecycle import AbstainReason
from kinolab.reviews.models import Reading, Score
from kinolab.reviews.queries import mine
from tests.factories import applications as teams
from tests.factories import reviews as make
from tests.factories.reviews import BEGINS, ENDS, NOW
from tests.integration.applications.test_files import PDF
from tests.kit import client_of, queries, same_cost, shut

HOME = "/en/reading/"


def url(verb: str, reading: Reading, *more: str) -> str:
    return reverse(f"reviews:{verb}", args=(reading.pk, *more))


def room(reading: Reading, person: Any = None) -> Any:
    return client_of(person or reading.reader.person).get(url("read", reading))


def text(response: Any) -> str:
    """What a person reads on the page, in one line."""
    bare = re.sub(r"<(script|template|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(bare.split())


def form(reading: Reading, **typed: str) -> dict[str, str]:
    """The whole form as a browser without scripts sends it; every field with the version it has seen."""
    return typed | {f"{name}-version": str(reading.versions.get(name, 0)) for name in typed}


# --- Home ------------------------------------------------------------------------------------------------------------
def test_home_shows_what_waits_first_and_what_is_done_last(phase, nodira, call):
    titles = ("Done", "Begun", "Waiting")
    done, begun, waiting = (make.reading(phase, nodira, make.application(call, title)) for title in titles)
    make.hand_in(done)
    make.write(begun, private_note="x")

    page = client_of(nodira.person).get(HOME)

    rows = re.findall(r'class="title" href="([^"]+)"[^>]*>([^<]+)<', page.content.decode())
    assert rows == [(url("read", begun), "Begun"), (url("read", waiting), "Waiting"), (url("read", done), "Done")]
    assert "2 applications wait for you." in text(page) and "Done : 1/3" in text(page).replace("Done: ", "Done : ")
    assert "Reading ends : 21 September 2026" in text(page).replace("ends: ", "ends : ")
    assert page.context["page"].next == begun
    assert mine.next_due(nodira.person) == begun.pk


def test_home_of_a_reader_without_readings_says_what_will_be_here(nodira):
    assert "No readings yet" in text(client_of(nodira.person).get(HOME))


def test_home_is_for_readers(nodira, application):
    assert client_of(application.lead).get(HOME).status_code == 403
    assert client_of().get(HOME).status_code == 302
    nodira.left_at = NOW
    nodira.save()
    assert client_of(nodira.person).get(HOME).status_code == 403


def test_home_shows_ones_own_readings_of_every_edition_and_nobody_elses(reading, call):
    other = make.call("teen-lab")
    timur = make.reader(other.edition, "Timur")
    theirs = make.reading(make.phase(other), timur, make.application(other, "Another lab"))
    mine_too = make.reading(theirs.phase, make.reader(other.edition), make.application(other, "Mine too"))

    page, elsewhere = client_of(reading.reader.person).get(HOME), client_of(timur.person).get(HOME)

    assert [[one.pk for one in pile.readings] for pile in page.context["page"].piles] == [[reading.pk], [mine_too.pk]]
    assert [[one.pk for one in pile.readings] for pile in elsewhere.context["page"].piles] == [[theirs.pk]]


def test_home_costs_four_statements_with_one_reading_and_with_three(reading, phase, nodira, call):
    client = client_of(nodira.person)
    numbers = iter("23456789")

    cost = same_cost(
        lambda: client.get(HOME), lambda: make.reading(phase, nodira, make.application(call, f"F{next(numbers)}"))
    )

    assert cost == 4  # session, person, phases, readings


# --- The room --------------------------------------------------------------------------------------------------------
def test_room_shows_materials_rubric_with_weights_and_anchors(reading):
    shown = text(room(reading))

    for words in ("Кыз түнкүсүн суу бөлөт.", "Kyrgyzstan", "Editing", "Story weight 67%", "Film weight 33%",
                  "0. Not there 3. Good 5. Outstanding", "Criteria marked : 0 /2"):  # fmt: skip
        assert words in shown.replace("marked: ", "marked : ")
    assert "Not answered: Runtime, Themes, Budget, Films, Script, Shooting, Language and Trailer" in shown


def test_room_shows_what_was_marked_and_written(reading):
    make.write(reading, story="3", recommendation="yes_if", private_note="Ask about <b>parents</b>")

    page = room(reading).content.decode()

    checked = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)
    assert checked == [(make.field(reading, "story"), "3"), ("recommendation", "yes_if")]
    assert "Ask about &lt;b&gt;parents&lt;/b&gt;" in page


def test_room_tells_ones_place_and_leads_to_the_neighbours_by_number(phase, nodira, call):
    first, second, third = (make.application(call, title) for title in ("First", "Second", "Third"))
    last = make.reading(phase, nodira, third)  # given first, read last
    middle, begin = make.reading(phase, nodira, second), make.reading(phase, nodira, first)

    page = room(middle)

    shown = page.context["page"]
    assert (shown.place, shown.total, shown.previous.pk, shown.next.pk) == (2, 3, begin.pk, last.pk)
    assert "2 of 3" in text(page) and "No. 1 , previous" in text(page).replace("1, ", "1 , ")


def test_opening_the_room_is_noted(reading):
    room(reading)

    reading.refresh_from_db()
    assert reading.state == "opened"


def test_room_is_the_readers_alone(reading, phase, aigul, application):
    timur = make.reader(phase.edition, "Timur").person
    elsewhere = make.reader(make.call("teen-lab").edition, "Inga").person

    for person in (timur, elsewhere, aigul, application.lead, make.saule(phase.edition)):
        assert room(reading, person).status_code == 404
        assert client_of(person).post(url("save", reading), {}).status_code == 404


@pytest.mark.parametrize("how", ["released", "abstained", "left", "withdrawn", "conflict"])
def test_reading_that_is_no_longer_ones_own_is_not_there(reading, nodira, application, aigul, how):
    reader = nodira.person
    if how == "released":
        Reading.objects.filter(pk=reading.pk).update(state="released")
    elif how == "abstained":
        readings.abstain(reading=reading, reason=AbstainReason.OTHER, note="", by=reader, at=NOW)
    elif how == "left":
        nodira.left_at = NOW
        nodira.save()
    elif how == "withdrawn":
        submission.withdraw(application=application, by=application.lead, reason="", at=NOW)
    else:
        conflicts.declare(reading=reading, note="", by=reader, at=NOW)
    client = client_of(reader)

    assert client.get(url("read", reading)).status_code == 404
    for verb in ("save", "submit", "reopen", "abstain"):
        assert client.post(url(verb, reading), {"reason": "other"}).status_code == 404
    home = client.get(HOME)
    assert home.status_code in (200, 403) and "The Well" not in home.content.decode()


def test_room_costs_the_same_with_one_reading_and_with_three(reading, phase, nodira, call, application):
    client = client_of(nodira.person)
    numbers = iter("23456789")

    def grow() -> None:
        make.reading(phase, nodira, make.application(call, f"F{next(numbers)}"))
        other = make.reader(call.edition, f"Reader{next(numbers)}")
        make.hand_in(make.reading(phase, other, application))

    make.hand_in(reading)
    cost = same_cost(lambda: client.get(url("read", reading)), grow)

    assert cost == 8  # session, person, reading, snapshot, neighbours, marks, criteria, others


def test_saving_a_mark_costs_few_statements(reading):
    client, story = client_of(reading.reader.person), make.field(reading, "story")
    client.post(url("save", reading), {"field": story, "value": "3", "version": "0"})

    with queries(8):
        client.post(url("save", reading), {"field": story, "value": "4", "version": "1"})


# --- Saving itself ---------------------------------------------------------------------------------------------------
def test_saved_field_answers_with_its_version_and_time(reading):
    answer = client_of(reading.reader.person).post(
        url("save", reading), {"field": "private_note", "value": "  Жакшы\n", "version": "0"}
    )

    assert (answer.status_code, answer.json()) == (
        200,
        {"field": "private_note", "version": 1, "saved_at": NOW.isoformat(), "saved_at_text": "12:00"},
    )
    reading.refresh_from_db()
    assert reading.private_note == "  Жакшы\n"


def test_second_window_is_told_what_the_first_one_wrote(reading):
    make.write(reading, private_note="From the first window")

    answer = client_of(reading.reader.person).post(
        url("save", reading), {"field": "private_note", "value": "From the second", "version": "0"}
    )

    assert (answer.status_code, answer.json()) == (
        409,
        {"field": "private_note", "version": 1, "value": "From the first window", "by": "Your other window"},
    )


def test_what_cannot_be_saved_is_answered_with_a_sentence(reading, now):
    client, story = client_of(reading.reader.person), make.field(reading, "story")

    def answer(**data: str) -> tuple[int, dict[str, str]]:
        response = client.post(url("save", reading), {"version": "0", "value": ""} | data)
        return response.status_code, response.json()

    assert answer(field=story, value="9") == (422, {"field": story, "error": "A mark is a whole number from 0 to 5."})
    assert answer(field="score", value="9")[0] == 422
    assert answer(field=story, value="1", version="x")[0] == 422
    now.move_to(ENDS + timedelta(minutes=1))
    status, body = answer(field=story, value="1")
    assert (status, list(body)) == (403, ["reason"])
    assert body["reason"].startswith("Reading has ended: 21 September 2026, 12:00")
    now.move_to(BEGINS - timedelta(minutes=1))
    assert answer(field=story, value="1")[1]["reason"].startswith("Reading begins later: 31 August 2026")
    assert Score.objects.count() == 0


# --- Handing in, without a script too --------------------------------------------------------------------------------
def complete(reading: Reading, **more: str) -> dict[str, str]:
    marks = {make.field(reading, "story"): "5", make.field(reading, "film"): "2"}
    return form(reading, **marks, recommendation="yes", **more)


def test_whole_form_is_kept_and_handed_in_and_the_next_one_opens(reading, phase, nodira, call):
    following = make.reading(phase, nodira, make.application(call, "The Salt"))

    answer = client_of(nodira.person).post(url("submit", reading), complete(reading, private_note="One\r\ntwo"))

    assert (answer.status_code, answer["Location"]) == (302, url("read", following))
    reading.refresh_from_db()
    assert (reading.state, str(reading.score), reading.private_note) == ("submitted", "4.000", "One\ntwo")


def test_after_the_last_one_comes_the_home(reading):
    answer = client_of(reading.reader.person).post(url("submit", reading), complete(reading), follow=True)

    assert "Everything is read. Thank you." in text(answer)


def test_what_lacks_is_said_and_what_was_typed_is_kept(reading):
    data = form(reading, **{make.field(reading, "story"): "5"}, shareable_note="Strong")

    answer = client_of(reading.reader.person).post(url("submit", reading), data)

    said = text(answer)
    assert (answer.status_code, said.startswith("Error:")) == (422, True)
    film = make.field(reading, "film")
    assert (
        f'<a href="#{film}">Film: no mark yet</a></li><li><a href="#recommendation">Your recommendation: not chosen yet</a>'
        in answer.content.decode()
    )
    assert "Criteria marked: 1 /2" in text(answer)
    reading.refresh_from_db()
    assert (reading.state, reading.shareable_note, Score.objects.get().value) == ("draft", "Strong", 5)


def test_saved_for_later_it_is_not_handed_in(reading):
    data = form(reading, private_note="Later") | {"later": "yes"}

    answer = client_of(reading.reader.person).post(url("submit", reading), data)

    reading.refresh_from_db()
    assert (answer.status_code, reading.state, reading.private_note) == (302, "draft", "Later")


def test_two_windows_keep_both_texts_and_the_reader_chooses(reading):
    seen = complete(reading, private_note="From the second")
    make.write(reading, private_note="From the first window")
    client = client_of(reading.reader.person)

    answer = client.post(url("submit", reading), seen)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert ">From the second</textarea>" in page and "From the first window" in page
    assert 'name="private_note-version" value="1"' in page  # sent again, it is taken
    reading.refresh_from_db()
    assert (reading.state, reading.private_note) == ("draft", "From the first window")
    reading.versions = {"private_note": 1} | {name.removesuffix("-version"): 1 for name in seen if "-version" in name}
    client.post(url("submit", reading), complete(reading, private_note="From the second"))
    reading.refresh_from_db()
    assert (reading.state, reading.private_note) == ("submitted", "From the second")


def test_refused_page_loaded_again_is_the_room(reading):
    answer = client_of(reading.reader.person).get(url("submit", reading))

    assert (answer.status_code, answer["Location"]) == (302, url("read", reading))


def test_handed_in_it_can_be_read_and_taken_up_again(reading):
    make.hand_in(reading, private_note="Mine", shareable_note="Theirs")
    client = client_of(reading.reader.person)

    shown = text(client.get(url("read", reading)))
    for words in ("You have handed this reading in.", "Score 3", "Mine", "Theirs", "Yes", "Open again"):
        assert words in shown
    client.post(url("reopen", reading))

    reading.refresh_from_db()
    assert reading.state == "draft"
    assert client.post(url("reopen", reading)).status_code == 422


# --- Abstaining and conflicts ----------------------------------------------------------------------------------------
def test_handed_in_it_says_after_the_end_that_it_stays(reading, now):
    make.hand_in(reading)
    now.move_to(ENDS + timedelta(minutes=1))

    shown = text(room(reading))

    assert ("Reading has ended" in shown, "Open it again" in shown) == (True, False)


def test_abstaining_needs_one_of_the_reasons(reading):
    client = client_of(reading.reader.person)

    assert client.post(url("abstain", reading), {"reason": "tired"}).status_code == 422
    assert client.post(url("abstain", reading), {"reason": "language", "note": "Tajik"}).status_code == 302
    reading.refresh_from_db()
    assert (reading.state, reading.abstain_reason, reading.abstain_note) == ("abstained", "language", "Tajik")


def test_declared_conflict_hides_the_application_everywhere(reading, phase, nodira, call):
    stays = make.reading(phase, nodira, make.application(call, "The Salt"))
    client = client_of(nodira.person)

    answer = client.post(url("abstain", reading), {"reason": "conflict", "note": "Cousins"}, follow=True)

    assert answer.redirect_chain == [(HOME, 302)]
    assert "The Well" not in answer.content.decode()
    page = client.get(url("read", stays)).context["page"]
    assert (page.place, page.total, page.previous, page.next) == (1, 1, None, None)


# --- Who sees names, and what others wrote ---------------------------------------------------------------------------
def test_names_show_only_where_the_phase_shows_them(reading, phase):
    assert "Names are hidden" in text(room(reading)) and "Meerim" not in room(reading).content.decode()
    phase.see_names = True
    phase.save()
    assert "Names are hidden" not in text(room(reading)) and "Meerim" in text(room(reading))


@pytest.mark.parametrize(
    "seeing, before, after", [("never", False, False), ("after_own", False, True), ("always", True, True)]
)
def test_others_readings_show_when_the_phase_says_and_never_whose_they_are(reading, phase, seeing, before, after):
    phase.see_others = seeing
    phase.save()
    timur = make.reader(phase.edition, "Timur")
    make.hand_in(
        make.reading(phase, timur, reading.application), private_note="Secret", shareable_note="Slow beginning"
    )

    seen_before = room(reading).content.decode()
    make.hand_in(reading)
    seen_after = room(reading).content.decode()

    assert ("Slow beginning" in seen_before, "Slow beginning" in seen_after) == (before, after)
    assert not any(word in page for page in (seen_before, seen_after) for word in ("Timur", "Secret"))


# --- Files -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def with_file(phase: Any, nodira: Any, call: Any) -> Reading:
    """A reading of an application with a file whose name tells the author's."""
    draft = teams.complete(call, title="The Well")
    upload = SimpleUploadedFile("Meerim Asanova CV.pdf", PDF)
    files.attach(application=draft, question=teams.question(call, "script"), upload=upload, by=draft.lead, at=NOW)
    submission.submit(application=draft, by=draft.lead, at=NOW)
    draft.refresh_from_db()
    return make.reading(phase, nodira, draft)


def test_file_comes_under_a_name_that_tells_nothing(with_file):
    code, client = Attachment.objects.get().file.code, client_of(with_file.reader.person)

    answer = client.get(url("file", with_file, code))

    assert answer["Content-Disposition"] == 'attachment; filename="1-script.pdf"'
    assert b"".join(answer.streaming_content) == PDF
    shut(answer)
    assert "Meerim" not in client.get(url("read", with_file)).content.decode()


def test_file_that_readers_do_not_see_is_not_there(with_file, phase, aigul):
    code = Attachment.objects.get().file.code
    timur = make.reader(phase.edition, "Timur")
    theirs = make.reading(phase, timur, make.application(with_file.application.call, "The Salt"))

    assert client_of(timur.person).get(url("file", theirs, code)).status_code == 404  # of another application
    assert client_of(timur.person).get(url("file", with_file, code)).status_code == 404
    assert client_of(aigul).get(url("file", with_file, code)).status_code == 404
    Question.objects.filter(key="script").update(seen_by="deciders")
    assert client_of(with_file.reader.person).get(url("file", with_file, code)).status_code == 404


# --- The way to one's readings -----------------------------------------------------------------------------------------
def test_whoever_reads_finds_their_readings_from_their_other_desks(nodira, aigul, call):
    make.staff(call.edition, "Nodira", Role.JUROR)
    desks = [reverse("desk:organiser"), reverse("desk:mine")]
    link = f'href="{HOME}"'

    assert [link in client_of(nodira.person).get(desk).content.decode() for desk in desks] == [True, True]
    assert [link in client_of(aigul).get(desk).content.decode() for desk in desks] == [False, False]
