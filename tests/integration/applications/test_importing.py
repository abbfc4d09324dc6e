"""Tables becoming applications: looked at first, made by a job, taken back while nobody has touched them."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kinolab.applications import jobs
from kinolab.applications.actions import draft, entering, importing
from kinolab.applications.models import Answer, Application, Import, TeamMember
from kinolab.applications.queries import importing as queries
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from tests.factories import applications as make
from tests.factories.applications import CLOSES, NOW
from tests.kit import same_cost

GOOGLE = (
    "Отметка времени,Адрес электронной почты,Имя и фамилия,Title,Logline,Country,Stage,Agreed\n"
    "01.09.2026 12:00:00,meerim@example.org,Мээрим Асанова,Суу бөлгүч,Кыз суу бөлөт.,Кыргызстан,Монтаж,Да\n"
    "01.09.2026 12:05:00,azamat@example.org,Азамат Т.,Тоо,Тоо жөнүндө.,Казахстан,Монтаж,Да\n"
)
FILMFREEWAY = (
    "Submission Date,Project Title,Synopsis,Duration,Country of Origin,First Name,Last Name,Email\n"
    '2026-09-01,Watershed,"A girl divides water, at night.",01:35:00,Kyrgyzstan,Meerim,Asanova,meerim@example.org\n'
)


@pytest.fixture
def call() -> Call:
    return make.call(roles=["director"])


@pytest.fixture
def aigul(call: Call) -> Person:
    owner = make.person("Aigul")
    Membership.objects.create(
        person=owner, organisation=call.edition.programme.organisation, role=Role.OWNER, added_at=NOW
    )
    return owner


@pytest.fixture
def bring(call: Call, aigul: Person) -> Callable[..., Import]:
    def brought(source: str | bytes = GOOGLE, **options: Any) -> Import:
        content = source.encode() if isinstance(source, str) else source
        made = importing.bring(call=call, content=content, name="table.csv", language="ky", by=aigul, at=NOW)
        made.call = call
        if options:
            mapping = options.pop("mapping", made.mapping)
            said = {"send": False, "doubles": False} | options
            importing.choose(import_=made, mapping=mapping, by=aigul, at=NOW, **said)
            made.refresh_from_db()
            made.call = call
        return made

    return brought


def trial(made: Import) -> queries.Trial:
    return queries.trial(made, queries.form_of(made.call))


def finished(made: Import, by: Person) -> Import:
    importing.begin(import_=made, by=by, at=NOW)
    importing.go_on(at=NOW)
    made = Import.objects.select_related("call__edition").get(pk=made.pk)
    assert made.phase == "done"
    return made


def refused(action: Any, **arguments: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**({"at": NOW} | arguments))
    return denied.value.refusal.code


def faults(made: Import) -> list[tuple[int, str, str]]:
    return [(row.number, fault.column, fault.refusal.code) for row in trial(made).rows for fault in row.faults]


# --- Looking at it ---------------------------------------------------------------------------------------------------
def test_table_of_google_forms_is_understood_and_makes_nothing_yet(bring: Callable[..., Import]) -> None:
    made = bring()

    rows = trial(made).wanted
    assert [(row.number, row.email, row.name, row.title, row.missing) for row in rows] == [
        (2, "meerim@example.org", "Мээрим Асанова", "Суу бөлгүч", 0),
        (3, "azamat@example.org", "Азамат Т.", "Тоо", 0),
    ]
    assert (Application.objects.count(), Letter.objects.count()) == (0, 0)


def test_table_of_filmfreeway_is_understood(bring: Callable[..., Import]) -> None:
    (row,) = trial(bring(FILMFREEWAY)).rows

    assert (row.name, row.title, row.faults) == ("Meerim Asanova", "Watershed", [])
    assert sorted(map(str, row.values.values())) == ["95", "KG", "Watershed"]


def test_each_cell_that_cannot_be_read_is_named_by_row_and_column(bring: Callable[..., Import]) -> None:
    made = bring(
        "Email,Title,Country,Stage,Runtime,Shooting,Trailer\n"
        "not an address,A,Atlantis,Sleeping,long,05/08/2026,no link\n"
        ",B,KG,Editing,95,2026-08-05,https://example.org\n"
    )

    assert faults(made) == [
        (2, "Country", "cell_not_a_country"),
        (2, "Stage", "cell_not_a_choice"),
        (2, "Runtime", "cell_not_a_number"),
        (2, "Shooting", "cell_day_two_ways"),
        (2, "Trailer", "not_a_link"),
        (2, "Email", "cell_not_an_email"),
        (3, "Email", "cell_email_missing"),
    ]
    assert trial(made).wanted == []


def test_formula_is_a_fault_and_never_worked_out(bring: Callable[..., Import]) -> None:
    book = openpyxl.Workbook()
    for row in (["Email", "Title"], ["meerim@example.org", '=HYPERLINK("http://evil.example","Title")']):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    assert faults(bring(out.getvalue())) == [(2, "Title", "row_formula")]


def test_texts_that_are_too_long_are_taken_for_the_team_to_mend(bring: Callable[..., Import], aigul: Person) -> None:
    made = bring(f"Email,Title\nmeerim@example.org,{'Суу' * 40}\n")

    finished(made, aigul)

    assert len(Answer.objects.get(question__key="title").value) == 120


def test_same_person_and_title_is_shown_as_there_or_as_twice_in_the_table(
    call: Call, bring: Callable[..., Import]
) -> None:
    make.application(call, make.person("Meerim"), title="СУУ бөлгүч")
    table = "Email,Title\nmeerim@example.org,Суу бөлгүч\nzere@example.org,Тоо\nZERE@example.org, тоо \n"

    made, all_of = bring(table), bring(table, doubles=True)

    assert [row.double and row.double.code for row in trial(made).rows] == ["row_double", None, "row_twice"]
    assert (len(trial(made).wanted), len(trial(all_of).wanted)) == (1, 3)


def test_columns_without_an_address_or_two_for_one_place_stop_everything(
    bring: Callable[..., Import], aigul: Person
) -> None:
    made = bring("Email,Title,Other\nmeerim@example.org,A,B\n")
    title = made.mapping[1]

    importing.choose(import_=made, mapping=["", title, title], send=False, doubles=False, by=aigul, at=NOW)
    made.refresh_from_db()

    assert [one.code for one in trial(made).wrong_columns] == ["no_email_column", "target_twice"]
    assert refused(importing.begin, import_=made, by=aigul) == "no_email_column"


def test_columns_that_were_chosen_are_remembered_for_the_call(bring: Callable[..., Import], aigul: Person) -> None:
    table = "Email,Code name\nmeerim@example.org,A\n"
    first = bring(table)
    title = bring("Email,Title\nx@example.org,A\n").mapping[1]
    importing.choose(import_=first, mapping=["lead.email", title], send=False, doubles=False, by=aigul, at=NOW)

    assert bring(table).mapping == ["lead.email", title]


def test_trial_costs_the_same_for_one_row_and_for_three(bring: Callable[..., Import]) -> None:
    made = bring("Email,Title\na@example.org,A\n")

    def more() -> None:
        made.rows = [*made.rows, [f"b{len(made.rows)}@example.org", "B"]]

    assert same_cost(lambda: trial(made), more) == 2


# --- Making it -------------------------------------------------------------------------------------------------------
def test_rows_become_drafts_of_their_people_who_are_told_and_the_record_says_who_typed(
    bring: Callable[..., Import], aigul: Person
) -> None:
    made = finished(bring(), aigul)

    first = Application.objects.get(lead__email="meerim@example.org")
    assert (made.done, made.made, made.rows, made.report) == (2, 2, [], {})
    assert (first.title, first.country, first.stage, first.entered_by) == ("Суу бөлгүч", "KG", "draft", aigul)
    assert (first.members.get().name, first.language) == ("Мээрим Асанова", "ky")
    assert sorted(Letter.objects.values_list("kind", "to_email")) == [
        ("entered", "azamat@example.org"), ("entered", "meerim@example.org"),
    ]  # fmt: skip
    entry = Entry.objects.get(verb="entered", label="Суу бөлгүч")
    assert (entry.actor, entry.after) == (aigul, {"for": "meerim@example.org", "table": "table.csv", "row": 2})


def test_rows_are_sent_where_whole_and_said_so_where_not(bring: Callable[..., Import], aigul: Person) -> None:
    lacking = GOOGLE + "x,zere@example.org,Зере,Жел,,Кыргызстан,Монтаж,Да\n"

    made = finished(bring(lacking, send=True), aigul)

    assert sorted(Application.objects.values_list("stage", "number")) == [
        ("draft", None),
        ("submitted", 1),
        ("submitted", 2),
    ]
    assert made.report == {"4": "incomplete"}
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["entered", "receipt", "receipt"]


def test_rows_with_faults_are_left_out_with_the_reason(bring: Callable[..., Import], aigul: Person) -> None:
    made = finished(bring("Email,Title\nnobody,A\nmeerim@example.org,B\nmeerim@example.org,B\n"), aigul)

    assert (made.made, made.report) == (1, {"2": "row_has_faults", "4": "row_twice"})


def test_job_that_runs_twice_or_ended_half_way_makes_each_row_once(
    bring: Callable[..., Import], aigul: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bring()
    importing.begin(import_=made, by=aigul, at=NOW)
    once = iter([True])

    def dies(application: Application, at: Any) -> None:
        if not next(once, False):
            raise RuntimeError("the machine is switched off")

    monkeypatch.setattr(entering, "tell", dies)
    with pytest.raises(RuntimeError):
        importing.go_on(at=NOW)
    monkeypatch.undo()
    half = Import.objects.get(pk=made.pk)
    assert (half.phase, half.done, half.made) == ("running", 1, 1)

    assert [jobs.go_on_importing.call(), jobs.go_on_importing.call()] == [1, 0]

    assert (Application.objects.count(), Import.objects.get(pk=made.pk).made) == (2, 2)


def test_import_is_refused_to_others_before_the_opening_and_twice(
    call: Call, bring: Callable[..., Import], aigul: Person
) -> None:
    bakyt = make.person("Bakyt")
    Membership.objects.create(
        person=bakyt, organisation=call.edition.programme.organisation, edition=call.edition, role=Role.COORDINATOR,
        added_at=NOW,
    )  # fmt: skip
    content = {"call": call, "content": GOOGLE.encode(), "name": "x", "language": "en"}
    made = bring()

    assert refused(importing.bring, by=bakyt, **content) == "not_permitted"
    assert refused(importing.bring, by=make.person("Stranger"), **content) == "not_permitted"
    assert refused(importing.bring, by=aigul, **(content | {"at": make.OPENS - timedelta(days=1)})) == "not_yet_open"
    assert refused(importing.begin, import_=made, by=bakyt) == "not_permitted"
    finished(made, aigul)
    assert refused(importing.begin, import_=made, by=aigul) == "import_not_now"
    assert refused(importing.drop, import_=made, by=aigul) == "import_not_now"
    nothing = bring("Email,Title\nnobody,A\n")
    assert refused(importing.begin, import_=nothing, by=aigul) == "import_of_nothing"
    importing.drop(import_=nothing, by=aigul, at=NOW)
    assert refused(importing.drop, import_=nothing, by=aigul) == "import_not_now"
    Import.objects.update(phase="running")
    importing.bring(by=aigul, at=NOW, **content)
    Import.objects.filter(phase="proposed").update(mapping=made.mapping)
    bring()
    Import.objects.filter(pk=made.pk).update(phase="running")
    Import.objects.filter(pk=bring().pk).update(phase="running")
    assert refused(importing.begin, import_=bring(), by=aigul) == "too_many_imports"


# --- Taking it back --------------------------------------------------------------------------------------------------
def test_what_nobody_has_touched_is_taken_back_and_the_rest_stays(bring: Callable[..., Import], aigul: Person) -> None:
    made = finished(bring(), aigul)
    touched = Application.objects.get(lead__email="meerim@example.org")
    draft.save_answer(
        application=touched, question=make.question(touched.call, "title"), value="Жаңы", version=1, by=touched.lead,
        at=NOW + timedelta(hours=1),
    )  # fmt: skip

    assert importing.take_back(import_=made, by=aigul, at=NOW + timedelta(days=1)) == (1, 1)

    assert list(Application.objects.values_list("title", flat=True)) == ["Жаңы"]
    assert Entry.objects.get(verb="took_import_back").after == {"taken": 1, "kept": 1}
    assert refused(importing.take_back, import_=made, by=aigul) == "import_not_now"


@pytest.mark.parametrize("touch", ["taken_over", "joined", "attached"])
def test_application_that_somebody_has_touched_is_not_taken_back(
    bring: Callable[..., Import], aigul: Person, touch: str
) -> None:
    made = finished(bring(), aigul)
    one = Application.objects.select_related("call").get(lead__email="meerim@example.org")
    if touch == "taken_over":
        entering.take_over(application=one, by=one.lead, at=NOW)
    elif touch == "joined":
        TeamMember.objects.create(application=one, email="x@example.org", role="director", invited_at=NOW)
    else:
        one.hidings.create(person=aigul, reason="conflict", at=NOW)

    assert [left.lead.email for left in queries.untouched(made)] == ["azamat@example.org"]


# --- Pages -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def office(client: Client, call: Call, aigul: Person) -> tuple[Client, str]:
    client.force_login(aigul)
    return client, f"/en/desk/impact-lab/{call.edition.slug}/applications/import/"


def test_table_is_brought_looked_at_imported_watched_and_taken_back_by_page(office: tuple[Client, str]) -> None:
    client, address = office
    table = SimpleUploadedFile("Ответы.csv", GOOGLE.encode())

    there = client.post(address, {"table": table}).headers["Location"]
    shown = client.get(there).content.decode()
    assert ("Would be imported: 2" in shown, "Мээрим Асанова" in shown) == (True, True)
    columns = {f"column-{place}": key for place, key in enumerate(Import.objects.get().mapping)}
    client.post(f"{there}columns/", columns | {"look": "yes", "send": "yes"})
    client.post(f"{there}columns/", columns | {"begin": "yes", "send": "yes"})
    assert "Applications made: 2" in client.get(f"{there}progress/").content.decode()
    assert "every 2s" not in client.get(f"{there}progress/").content.decode()
    assert "Take this import back" in client.get(there).content.decode()
    client.post(f"{there}take-back/")

    assert "2 applications taken back" in client.get(there).content.decode()
    assert "Ответы.csv" in client.get(address).content.decode()


def test_page_of_an_import_that_runs_asks_again_and_again(
    office: tuple[Client, str], bring: Callable[..., Import]
) -> None:
    client, address = office
    made = bring()
    Import.objects.update(phase="running", done=1)

    shown = client.get(f"{address}{made.pk}/").content.decode()
    asked = client.get(f"{address}{made.pk}/progress/").content.decode()

    assert ("Rows done: 1 of 2" in shown, 'hx-trigger="every 2s"' in asked) == (True, True)


def test_page_says_what_is_wrong_with_a_table_in_the_readers_language(office: tuple[Client, str]) -> None:
    client, address = office
    glued = SimpleUploadedFile("x.csv", "Имя\nМ\n".encode("cp1251") + "Тоо\n".encode())

    answer = client.post(address.replace("/en/", "/ru/"), {"table": glued})
    empty = client.post(address, {})

    assert (answer.status_code, "две кодировки" in answer.content.decode()) == (422, True)
    assert empty.status_code == 422


def test_page_shows_faults_and_forgets_a_table(office: tuple[Client, str]) -> None:
    client, address = office
    table = SimpleUploadedFile("x.csv", b"Email,Country\nnobody,Atlantis\n")
    there = client.post(address, {"table": table}).headers["Location"]

    page = client.get(there).content.decode()
    begun = client.post(f"{there}columns/", {"column-0": "lead.email", "begin": "yes"})
    client.post(f"{there}drop/")

    assert "No country has this name: Atlantis" in page
    assert (begun.status_code, Import.objects.count()) == (422, 0)
    assert client.get(there).status_code == 404


def test_list_of_imports_costs_the_same_for_one_and_three(
    office: tuple[Client, str], bring: Callable[..., Import]
) -> None:
    client, address = office
    bring()

    same_cost(lambda: client.get(address), bring)


# --- Entering for somebody -------------------------------------------------------------------------------------------
@pytest.fixture
def bakyt(call: Call) -> Person:
    somebody = make.person("Bakyt")
    Membership.objects.create(
        person=somebody, organisation=call.edition.programme.organisation, edition=call.edition, role=Role.COORDINATOR,
        added_at=NOW,
    )  # fmt: skip
    return somebody


def entered(call: Call, by: Person, **fields: Any) -> Application:
    said = {
        "email": "Sezim@example.org",
        "name": "Сезим",
        "language": "ky",
        "role": "director",
        "reason": "",
        "at": NOW,
    }
    return entering.enter(call=call, by=by, **(said | fields))


def test_application_is_entered_for_somebody_who_is_invited_to_take_it_over(call: Call, bakyt: Person) -> None:
    made = entered(call, bakyt)

    part = made.members.get()
    assert (made.entered_by, made.lead.email, part.name, part.role) == (bakyt, "sezim@example.org", "Сезим", "director")
    assert Letter.objects.get().to_email == "sezim@example.org"
    assert Entry.objects.get(verb="entered").actor == bakyt


def test_after_the_close_few_may_enter_and_say_why(call: Call, bakyt: Person, aigul: Person) -> None:
    late = CLOSES + timedelta(days=1)

    assert refused(entered, call=call, by=bakyt, at=late, reason="It came by post") == "not_permitted"
    assert refused(entered, call=call, by=aigul, at=late, reason=" ") == "why_late"
    assert refused(entered, call=call, by=aigul, at=make.OPENS - timedelta(days=1)) == "not_yet_open"
    entered(call, aigul, at=late, reason="It came by post")
    assert Entry.objects.get(verb="entered").after["reason"] == "It came by post"


def test_what_was_entered_is_typed_on_and_sent_until_its_lead_takes_it_over(
    client: Client, call: Call, bakyt: Person
) -> None:
    made = entered(call, bakyt)
    client.force_login(bakyt)
    address = f"/en/desk/impact-lab/{call.edition.slug}/applications/enter/{made.code}/"
    page = client.get(address).content.decode()
    fields: dict[str, Any] = {}
    for key, value in make.GOOD.items():
        name = f"q{make.question(call, key).pk}"
        assert f'name="{name}"' in page
        fields |= {name: "yes" if value is True else value, f"{name}-version": "0"}

    saved = client.post(address, fields)
    sent = client.post(address, {"send": "yes"})

    made.refresh_from_db()
    assert (saved.status_code, sent.status_code, made.stage, made.number) == (302, 302, "submitted", 1)
    assert made.snapshots.get().taken_by == bakyt
    assert Letter.objects.get(kind="receipt").to_email == "sezim@example.org"
    assert client.get(address).status_code == 302  # sent: there is nothing to type


def test_taken_over_application_is_closed_to_the_staff(client: Client, call: Call, bakyt: Person) -> None:
    made = entered(call, bakyt)
    client.force_login(made.lead)
    own = f"/en/my/applications/{made.code}/"
    assert "The lab has typed this application in for you" in client.get(own).content.decode()

    client.post(f"{own}take-over/")

    made.refresh_from_db()
    made.call = call
    assert made.taken_over_at == NOW
    assert refused(entering.type_in, application=made, values={}, by=bakyt) == "taken_over"
    assert refused(entering.send, application=made, by=bakyt) == "taken_over"
    assert client.post(f"{own}take-over/").status_code == 422
    plain = make.application(call)
    assert refused(entering.type_in, application=plain, values={}, by=bakyt) == "not_entered_by_us"
    assert refused(entering.take_over, application=plain, by=plain.lead) == "taken_over"
    assert refused(entering.take_over, application=plain, by=bakyt) == "not_in_team"


def test_page_for_entering_asks_why_after_the_close_and_keeps_what_was_typed(
    client: Client, call: Call, aigul: Person, now: time_machine.Traveller
) -> None:
    client.force_login(aigul)
    address = f"/en/desk/impact-lab/{call.edition.slug}/applications/enter/"
    assert 'name="reason"' not in client.get(address).content.decode()
    now.move_to(CLOSES + timedelta(days=1))
    said = {"name": "Сезим", "email": "sezim@example.org", "role": "director", "language": "ky"}

    lacking = client.post(address, said)
    made = client.post(address, said | {"reason": "It came by post"})

    assert (lacking.status_code, 'value="Сезим"' in lacking.content.decode()) == (422, True)
    assert made.headers["Location"].endswith(f"/enter/{Application.objects.get().code}/")


def test_page_of_a_sealed_call_lets_nobody_enter_or_import(client: Client, call: Call, aigul: Person) -> None:
    Call.objects.update(sealed=True, sealed_until=CLOSES)
    client.force_login(aigul)
    desk = f"/en/desk/impact-lab/{call.edition.slug}/applications/"

    assert client.get(f"{desk}enter/").status_code == 403
    assert "sealed" in client.get(f"{desk}import/").content.decode()


def test_office_page_says_who_typed(client: Client, call: Call, bakyt: Person) -> None:
    made = entered(call, bakyt)
    client.force_login(bakyt)

    page = client.get(f"/en/desk/impact-lab/{call.edition.slug}/applications/{made.code}/").content.decode()

    assert ("Entered by: Bakyt" in page, "Go on typing" in page) == (True, True)
