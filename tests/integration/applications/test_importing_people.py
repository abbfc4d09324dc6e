"""A table with people of the team, texts in several languages, and files by their addresses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, BinaryIO

import pytest

from kinolab.applications import jobs
from kinolab.applications.actions import draft, fetching, importing
from kinolab.applications.models import Answer, Application, Attachment, Import, ImportedFile, TeamMember
from kinolab.applications.queries import importing as queries
from kinolab.calls.models import Call
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.outside import Forbidden, Page, Silent, TooLarge
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question, Section
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from tests.factories import applications as make
from tests.factories.applications import NOW

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
HEAD = (
    "Email,Name,Title,Logline,Country of origin,Stage,Agreed,Role,Why you,About (ky),About (русский),Script,"
    "Member 2 email,Member 2: Name,Member 2: Role,Участник 2: почта,Member 2: Why you,Member 2: Letter\n"
)
ROW = (
    "meerim@example.org,Meerim,Суу,Кыз суу бөлөт.,KG,Монтаж,yes,director,Мен,Кыргызча,По-русски,"
    "https://films.example.kg/script.pdf,azamat@example.org,Azamat,producer,,Я,https://films.example.kg/cv\n"
)


@pytest.fixture
def call() -> Call:
    """A call that asks for a text in two languages, and each person for a word and a letter of their own."""
    made = make.call(team_max=3)
    team = Section.objects.create(form=made.form, order=8, key="texts", title={"en": "Texts"})
    Question.objects.create(
        section=team, order=1, key="about", kind="long_text", label={"en": "About"}, required=False,
        details={"languages": ["ky", "ru"]},
    )  # fmt: skip
    own = Section.objects.create(form=made.form, order=9, key="people", title={"en": "People"})
    for order, (key, label, kind) in enumerate((("word", "Why you", "text"), ("letter", "Letter", "file"))):
        Question.objects.create(
            section=own, order=order, key=key, kind=kind, label={"en": label}, asked_of="each", required=False
        )
    return made


@pytest.fixture
def aigul(call: Call) -> Person:
    owner = make.person("Aigul")
    organisation = call.edition.programme.organisation
    Membership.objects.create(person=owner, organisation=organisation, role=Role.OWNER, added_at=NOW)
    return owner


@pytest.fixture
def bring(call: Call, aigul: Person) -> Callable[..., Import]:
    def brought(row: str = ROW, *, send: bool = False, runs: bool = False) -> Import:
        content = (HEAD + row).encode()
        made = importing.bring(call=call, content=content, name="t.csv", language="ky", by=aigul, at=NOW)
        made.call = call
        importing.choose(import_=made, mapping=made.mapping, send=send, doubles=False, by=aigul, at=NOW)
        if runs:
            made.refresh_from_db()
            made.call = call
            importing.begin(import_=made, by=aigul, at=NOW)
            importing.go_on(at=NOW)
        made.refresh_from_db()
        made.call = call
        return made

    return brought


def answers(body: bytes = PDF, **headers: str) -> fetching.Fetch:
    def fetch(url: str, into: BinaryIO, most: int) -> Page:
        into.write(body)
        return Page(url, 200, {"content-type": "application/pdf"} | headers, b"")

    return fetch


def fails(error: Exception | Page) -> fetching.Fetch:
    def fetch(url: str, into: BinaryIO, most: int) -> Page:
        if isinstance(error, Page):
            return error
        raise error

    return fetch


def test_row_with_people_languages_and_files_is_read_before_anything_happens(bring: Callable[..., Import]) -> None:
    made = bring()

    (row,) = queries.trial(made, queries.form_of(made.call)).rows
    assert (row.faults, row.own, len(row.files)) == ([], {"role": "director"}, 2)
    about = Question.objects.get(key="about").pk
    assert row.values[about] == {"ky": "Кыргызча", "ru": "По-русски"}
    assert {number: (one.said, list(one.values.values())) for number, one in row.people.items()} == {
        1: ({}, ["Мен"]), 2: ({"email": "azamat@example.org", "name": "Azamat", "role": "producer"}, ["Я"]),
    }  # fmt: skip
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("azamat@example.org", "", ("Member 2 email", "member_email_missing")),
        ("azamat@example.org", "meerim@example.org", ("Member 2 email", "member_twice")),
        ("azamat@example.org", "azamat", ("Member 2 email", "cell_not_an_email")),
        ("producer", "gaffer", ("Member 2: Role", "cell_not_a_choice")),
        ("https://films.example.kg/cv", "see attachment", ("Member 2: Letter", "cell_not_a_link")),
        ("https://films.example.kg/script.pdf", " ".join(f"https://a.kg/{n}" for n in range(6)), ("Script", "too_many_files")),
    ],
)  # fmt: skip
def test_fault_of_a_person_or_a_file_names_its_column(
    bring: Callable[..., Import], before: str, after: str, fault: tuple[str, str]
) -> None:
    made = bring(ROW.replace(before, after))

    (row,) = queries.trial(made, queries.form_of(made.call)).rows
    assert [(one.column, one.refusal.code) for one in row.faults] == [fault]


def test_people_come_into_the_team_with_their_own_parts_and_everything_can_be_taken_back(
    bring: Callable[..., Import], aigul: Person
) -> None:
    made = bring(runs=True)

    own = Answer.objects.filter(question__key="word").order_by("pk")
    assert [(one.member.email, one.value) for one in own] == [
        ("meerim@example.org", "Мен"),
        ("azamat@example.org", "Я"),
    ]
    azamat = TeamMember.objects.get(email="azamat@example.org")
    assert (azamat.state, azamat.role, azamat.typed_by, azamat.confirmed_at) == ("invited", "producer", aigul, None)
    assert fetching.fetch_due(at=NOW + timedelta(minutes=5), fetch=answers()) == 2
    files = Attachment.objects.order_by("pk")
    assert [(one.question.key, one.member, one.file.name) for one in files] == [
        ("script", None, "script.pdf"), ("letter", azamat, "cv.pdf"),
    ]  # fmt: skip
    importing.take_back(import_=made, by=aigul, at=NOW)
    assert (Application.objects.count(), StoredFile.objects.count(), ImportedFile.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("fetch", "code"),
    [
        (fails(Forbidden("x")), "link_forbidden"),
        (fails(TooLarge()), "file_too_large"),
        (fails(Page("https://a.kg/x", 404, {}, b"")), "link_status"),
        (fails(Page("https://a.kg/x", 200, {"content-type": "text/html"}, b"<html>")), "link_gives_page"),
        (answers(b"MZ not a paper"), "file_disguised"),
    ],
)
def test_file_that_is_not_fetched_says_why_and_the_row_stays(
    bring: Callable[..., Import], fetch: fetching.Fetch, code: str
) -> None:
    bring(runs=True)

    fetching.fetch_due(at=NOW, fetch=fetch)

    assert {(one.phase, one.refusal["code"]) for one in ImportedFile.objects.all()} == {("refused", code)}
    assert (Attachment.objects.count(), Application.objects.count()) == (0, 1)


def test_address_where_nobody_answers_is_asked_three_times_an_hour_apart(bring: Callable[..., Import]) -> None:
    bring(runs=True)

    tried = [fetching.fetch_due(at=NOW + timedelta(minutes=m), fetch=fails(Silent("x"))) for m in (0, 5, 61, 122)]

    assert tried == [2, 0, 2, 2]
    assert {one.refusal["code"] for one in ImportedFile.objects.all()} == {"link_silent"}


def test_what_is_to_be_sent_waits_for_its_last_file_and_changes_of_the_person_are_kept(
    bring: Callable[..., Import], aigul: Person
) -> None:
    made = bring(send=True, runs=True)
    one = Application.objects.get()
    assert (made.phase, one.stage) == ("done", "draft")

    fetching.fetch_due(at=NOW, fetch=answers())

    one.refresh_from_db()
    assert (one.stage, one.snapshots.count()) == ("submitted", 1)
    late = bring(ROW.replace("meerim@example.org", "sezim@example.org"), runs=True)
    taken = Application.objects.exclude(pk=one.pk).get()
    draft.save_answer(
        application=taken, question=make.question(late.call, "title"), value="Башка", version=1, by=taken.lead,
        at=NOW + timedelta(minutes=1),
    )  # fmt: skip
    fetching.fetch_due(at=NOW + timedelta(minutes=2), fetch=answers())
    assert importing.take_back(import_=late, by=aigul, at=NOW + timedelta(minutes=3)) == (0, 1)


def test_clock_fetches(bring: Callable[..., Import]) -> None:
    """The demonstration's names mean nobody: they are not even looked up."""
    bring(ROW.replace("films.example.kg", "films.example.org"), runs=True)

    assert jobs.fetch_imported.call() == 2
    assert {one.refusal["code"] for one in ImportedFile.objects.all()} == {"link_forbidden"}


def test_page_tells_of_each_file(bring: Callable[..., Import], aigul: Person, client: Any) -> None:
    made = bring(runs=True)
    fetching.fetch_due(at=NOW, fetch=fails(Page("https://a.kg/x", 404, {}, b"")))
    client.force_login(aigul)

    page = client.get(f"/en/desk/impact-lab/{made.call.edition.slug}/applications/import/{made.pk}/").content.decode()

    assert ("Fetched: 0 of 2." in page, page.count("Answer: 404")) == (True, 2)
