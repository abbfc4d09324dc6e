"""Who sees an answer: what is for named people changes no byte for anybody else, and every look of theirs is noted."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.applications.actions import books, files, submission
from kinolab.applications.models import Application, Book, Snapshot
from kinolab.applications.queries import book as book_queries
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.queries.snapshot import digest
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of

CHANGING = re.compile(rb'name="(csrfmiddlewaretoken|kino-now)" (value|content)="[^"]*"')
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRET, OTHER = "Needs a ramp at the door", "Needs a quiet room"


@pytest.fixture
def call() -> Call:
    made = office.call()
    for key in ("logline", "script"):
        Question.objects.filter(section__form=made.form, key=key).update(seen_by="named", pii_level=3)
    return made


def named(call: Call, who: Any) -> Any:
    for key in ("logline", "script"):
        make.question(call, key).named.add(who)
    return who


@pytest.fixture
def sent(call: Call) -> Application:
    application = make.complete(call, logline=SECRET)
    upload = SimpleUploadedFile("passport.pdf", PDF, "application/pdf")
    files.attach(
        application=application, question=make.question(call, "script"), upload=upload, by=application.lead, at=make.NOW
    )
    application.refresh_from_db()
    submission.submit(application=application, by=application.lead, at=make.NOW)
    return application


def addresses(sent: Application) -> list[str]:
    """Everything of the office that tells of the application."""
    return [
        office.address(sent.call, "detail", sent.code),
        office.address(sent.call, "office_pdf", sent.code, 1),
        office.address(sent.call, "table"),
        office.address(sent.call, "export_csv"),
        *(office.address(sent.call, "table") + f"?q={word}" for word in ("ramp", "quiet", "passport")),
    ]


def world(who: Any, sent: Application) -> list[bytes]:
    client = client_of(who)
    return [CHANGING.sub(b"", b"".join(client.get(one))) for one in addresses(sent)]


def other_world(sent: Application) -> None:
    """The same application with another answer for the named people."""
    one = Snapshot.objects.get(application=sent)
    for section in one.content["sections"]:
        for question in section["questions"]:
            if question["key"] == "logline":
                question["value"], question["counts"] = OTHER, {"words": 4}
            for file in question.get("files", ()):
                file["name"] = "birth.pdf"
    Snapshot.objects.filter(pk=one.pk).update(content=one.content)
    assert digest(one.content) != one.sha256


@pytest.mark.slow
@pytest.mark.parametrize("role", [office.owner, office.coordinator, office.juror])
def test_answer_for_named_people_changes_no_byte_for_others(call: Call, sent: Application, role: Any) -> None:
    who = role(call)
    world(who, sent)  # the first look at contacts is on the record, and the record is on the page
    before = world(who, sent)
    other_world(sent)

    after = world(who, sent)
    assert [one == two for one, two in zip(before, after, strict=True)] == [True] * len(before)
    assert not any(SECRET.encode() in one or b"passport.pdf" in one for one in before)
    file = sent.attachments.get().file
    assert client_of(who).get(office.address(call, "office_file", sent.code, file.code)).status_code == 404
    assert not Entry.objects.filter(verb="looked_closely").exists()


def test_named_person_sees_it_without_other_rights_and_every_look_is_noted(call: Call, sent: Application) -> None:
    saule = named(call, office.juror(call))  # sees no contacts
    client = client_of(saule)

    for _ in range(2):
        assert SECRET in client.get(office.address(call, "detail", sent.code)).content.decode()
    client.get(office.address(call, "office_pdf", sent.code, 1))
    file = sent.attachments.get().file
    assert b"".join(client.get(office.address(call, "office_file", sent.code, file.code))) == PDF

    looks = list(Entry.objects.filter(verb="looked_closely").order_by("pk").values_list("actor__name", "after"))
    both = {"questions": ["logline", "script"]}
    assert looks == [("Saule", both), ("Saule", both), ("Saule", both), ("Saule", {"questions": ["script"]})]


def test_team_sees_its_own_answer_in_what_it_sent(call: Call, sent: Application) -> None:
    page = client_of(sent.lead).get(reverse("applications:snapshot", args=[sent.code, 1])).content.decode()

    assert SECRET in page
    assert "passport.pdf" in page


def test_what_readers_do_not_see_the_office_and_the_jury_do(call: Call) -> None:
    Question.objects.filter(section__form=call.form, key="title").update(seen_by="deciders")
    application = make.submitted_application(call, title="Суу бөлгүч")

    for who in (office.owner(call), office.juror(call)):
        assert "Суу бөлгүч" in client_of(who).get(office.address(call, "detail", application.code)).content.decode()


def test_question_that_is_hidden_is_neither_missing_nor_sent_nor_a_fact_and_keeps_its_answer(call: Call) -> None:
    Question.objects.filter(section__form=call.form, key="runtime").update(
        shown_if={"question": "stage", "is": ["edit"]}, required=True
    )
    application = make.complete(call, stage="edit", runtime="72")
    application.call = call
    assert dossier(application).missing == []
    assert facts.facts(dossier(application)).values["project.runtime"] == 72.0

    make.answer(application, "stage", "development")
    hidden = dossier(application)
    assert [hidden.missing, "project.runtime" in facts.facts(hidden).values] == [[], False]
    assert hidden.value(make.question(call, "runtime")) == "72"
    submission.submit(application=application, by=application.lead, at=make.NOW)
    sent_keys = {one["key"] for part in application.snapshots.get().content["sections"] for one in part["questions"]}
    assert "runtime" not in sent_keys


def test_question_appears_on_the_page_after_saving_where_there_are_no_scripts(call: Call) -> None:
    Question.objects.filter(section__form=call.form, key="country").update(
        shown_if={"question": "title", "answered": True}
    )
    application = make.application(call)
    client = client_of(application.lead)
    where = reverse("applications:section", args=[application.code, "project"])
    title = make.question(call, "title")
    country = f"q{make.question(call, 'country').pk}"

    page = client.get(where).content.decode()
    assert f'id="{country}"' in page
    assert "hidden" in page.split(f'for="{country}"')[0].rsplit("<div", 1)[1]
    sent = {f"q{title.pk}": "Суу", f"q{title.pk}-version": "0", f"q{title.pk}-shown": "1"}
    answer = client.post(where, sent)
    assert answer["Location"].endswith(f"/project/#{country}")
    page = client.get(where).content.decode()
    assert "hidden" not in page.split(f'for="{country}"')[0].rsplit("<div", 1)[1]


def test_named_persons_own_export_and_book_hold_it_where_they_ask_and_nobody_elses_do(
    call: Call, sent: Application
) -> None:
    bakyt, aigul = named(call, office.coordinator(call)), office.owner(call)
    table = office.address(call, "export_csv")

    def export(who: Any, query: str = "") -> bytes:
        return b"".join(client_of(who).get(f"{table}{query}").streaming_content)

    assert [SECRET.encode() in export(who, query) for who in (bakyt, aigul) for query in ("", "?named=yes")] == [
        False, True, False, False,
    ]  # fmt: skip
    looks = Entry.objects.filter(verb="looked_closely").values_list("actor__name", "label", "after")
    keys = [f"{one.section.key}.{one.key}" for one in (make.question(call, "logline"), make.question(call, "script"))]
    assert list(looks) == [(bakyt.name, str(sent), {"questions": keys, "taken_away": True})]

    def book(who: Any, *, asks: bool) -> Book:
        return books.ask(
            call=call, eyes="office", more=True, applications=[sent.pk], language="en", by=who, at=make.NOW, named=asks
        )

    def held(made: Book) -> bool:
        return SECRET in str([book_queries.chapter(made, one) for one in book_queries.snapshots([sent.pk])])

    assert [held(book(who, asks=asks)) for who in (bakyt, aigul) for asks in (False, True)] == [
        False, True, False, False,
    ]  # fmt: skip
    made = book(bakyt, asks=True)
    Book.objects.filter(pk=made.pk).update(file="books/x.pdf")
    made.refresh_from_db()
    books.take(book=made, by=bakyt, at=make.NOW)
    assert Entry.objects.filter(verb="looked_closely", actor=bakyt).count() == 2
    Question.objects.get(pk=make.question(call, "logline").pk).named.clear()
    Question.objects.get(pk=make.question(call, "script").pk).named.clear()
    with pytest.raises(Denied):  # no longer named: what was made for them is not given out
        books.take(book=made, by=bakyt, at=make.NOW)
