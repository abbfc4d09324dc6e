"""Other people's tables becoming applications: first a proposal, then a job row by row, and the way back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kinolab.applications import access
from kinolab.applications.actions import draft, entering, files, submission, typing
from kinolab.applications.actions.merging import Typed
from kinolab.applications.models import Application, Attachment, Import, ImportedFile, TeamMember
from kinolab.applications.queries import importing as queries
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.queries.importing import Row
from kinolab.calls.models import Call
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files.reading import read_table
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if

AT_ONCE = 2  # imports of one call that run at a time


def bring(*, call: Call, content: bytes, name: str, language: str, by: Person, at: datetime) -> Import:
    """Keep a table as a proposal, its columns guessed. Refused: access; as `files.reading.read_table`."""
    stop_if(access.why_not_import(by, call, at))
    table = read_table(content, name)
    form = queries.form_of(call)
    return Import.objects.create(
        call=call, name=name[:200], head=table.head, rows=table.rows, formulas=sorted(table.formulas),
        mapping=queries.guessed(call, table, form), total=len(table.rows), brought_at=at, brought_by=by,
        language=language if language in call.answer_languages else (call.answer_languages or [language])[0],
    )  # fmt: skip


def choose(*, import_: Import, mapping: Sequence[str], send: bool, doubles: bool, by: Person, at: datetime) -> None:
    """Say which column is what. Unknown targets become none. Refused: access, import_not_now."""
    with transaction.atomic():
        held = _held(import_, "proposed")
        stop_if(access.why_not_import(by, held.call, at))
        known = queries.form_of(held.call).targets
        chosen = [key if key in known else "" for key in [*mapping, *[""] * len(held.head)][: len(held.head)]]
        held.mapping, held.send, held.doubles = chosen, send, doubles
        held.save(update_fields=["mapping", "send", "doubles"])


def begin(*, import_: Import, by: Person, at: datetime) -> None:
    """Let the job begin. Refused: access, import_not_now, import_of_nothing, too_many_imports, no_email_column, …"""
    with transaction.atomic():
        held = _held(import_, "proposed")
        stop_if(access.why_not_import(by, held.call, at))
        if Import.objects.filter(call=held.call, phase="running").count() >= AT_ONCE:
            raise Denied(Refusal("too_many_imports"))
        tried = queries.trial(held, queries.form_of(held.call))
        stop_if(next(iter(tried.wrong_columns), None))
        if not tried.wanted:
            raise Denied(Refusal("import_of_nothing"))
        held.phase = "running"
        held.save(update_fields=["phase"])
        audit.record(
            by=by, at=at, verb="began_import", thing=held, scope=held.call.edition.scope,
            after={"rows": held.total, "wanted": len(tried.wanted), "send": held.send},
        )  # fmt: skip


def go_on(*, at: datetime) -> int:
    """Work off every import that runs, each row in a transaction of its own; returns how many applications were made.

    Safe to run twice, and by two at once: a row's draft has a key that exists once.
    """
    made = 0
    for import_ in Import.objects.filter(phase="running").select_related("call__edition__programme", "call__form"):
        form = queries.form_of(import_.call)
        tried = queries.trial(import_, form)
        wanted = {one.number for one in tried.wanted}
        for row in tried.rows[import_.done :]:
            code = _why_left_out(row, row.number in wanted)
            made += _one(import_, row, code, at)
        _finish(import_, at)
    return made


def _why_left_out(row: Row, wanted: bool) -> str:
    if not row.good:
        return "row_has_faults"
    return row.double.code if row.double and not wanted else ""


def _one(import_: Import, row: Row, left_out: str, at: datetime) -> int:
    """One row: an application or a reason, and the count of rows done, together."""
    key = f"import-{import_.pk}-{row.number}"
    made = 0
    there = Application.objects.filter(imported_in=import_, start_key=key).exists()
    if there:  # a process made it and ended before it could count
        left_out, made = "", 1
    elif not left_out:
        try:
            with transaction.atomic():
                left_out = _make(import_, row, key, at)
            made = 1
        except IntegrityError:  # another process has made this row, and counts it
            return 0
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=import_.pk)
        if held.phase == "running" and held.done < row.number - 1:
            held.done, held.made = row.number - 1, held.made + made
            if left_out:
                held.report[str(row.number)] = left_out
            held.save(update_fields=["done", "made", "report"])
    return made


def _make(import_: Import, row: Row, key: str, at: datetime) -> str:
    """The application of a row; "" or the code that says why it was not sent."""
    by, call = import_.brought_by, import_.call
    application = entering.begin_for(call, key, row.email, row.name, row.language, by, at)
    application.imported_in = import_
    application.save(update_fields=["imported_in"])
    part = {"name": row.name or row.email.partition("@")[0]} | row.own
    TeamMember.objects.filter(application=application, is_lead=True).update(**part)
    application.team_list = None
    values = {pk: Typed(value, 0) for pk, value in row.values.items()}
    whole = dossier(application)
    draft.write_page(whole, whole.questions, values, by, at)
    entering.note(application, by, at, table=import_.name, row=row.number)
    people = _people(application, row, by, at)
    ImportedFile.objects.bulk_create(
        ImportedFile(
            imported_in=import_, row=row.number, application=application, question_id=one.question,
            member=people.get(one.member), address=one.address, due_at=at,
        )
        for one in row.files
    )  # fmt: skip
    if import_.send and row.files:
        return ""  # it is sent when the last of its files has come
    return send(application, by, at) if import_.send else _tell(application, at)


def _people(application: Application, row: Row, by: Person, at: datetime) -> dict[int, TeamMember]:
    """Put everybody of the row into the team, with their own parts as the table has them; by their numbers."""
    lead = application.members.get(is_lead=True)
    found = {queries.LEAD: lead}
    for number, one in sorted(row.people.items()):
        if number not in found:
            said = {name: one.said.get(name, "") for name in ("email", "name", "role")}
            application.team_list = None
            found[number] = typing.add_member(application=application, by=by, at=at, **said)
        part = found[number]
        part.application = application
        said_of = {"residence": one.said["country"]} if "country" in one.said else {}
        born = {"birth_date": date.fromisoformat(one.said["birth_date"])} if "birth_date" in one.said else {}
        values = {pk: Typed(value, 0) for pk, value in one.values.items()}
        if said_of or born or values:
            application.team_list = None
            typing.type_part(part=part, said=said_of | born, values=values, by=by, at=at)
    application.team_list = None
    return found


def send(application: Application, by: Person, at: datetime) -> str:
    """Send it if nothing is missing; "" or the code that says why not, and then the person gets the way to it."""
    try:
        submission.submit(application=application, by=by, at=at, typed_for=True)
    except Denied as denied:
        entering.tell(application, at)
        return denied.refusal.code
    return ""


def _tell(application: Application, at: datetime) -> str:
    entering.tell(application, at)
    return ""


def _finish(import_: Import, at: datetime) -> None:
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=import_.pk)
        if held.phase == "running" and held.done >= held.total:
            held.phase, held.finished_at, held.rows, held.formulas = "done", at, [], []
            held.save(update_fields=["phase", "finished_at", "rows", "formulas"])


def take_back(*, import_: Import, by: Person, at: datetime) -> tuple[int, int]:
    """Take away what it made and nobody has touched; returns how many went and how many stay.

    Refused: access, import_not_now.
    """
    with transaction.atomic():
        held = _held(import_, "done")
        stop_if(access.why_not_import(by, held.call, at))
        going = queries.untouched(held)
        stay = held.applications.count() - len(going)
        codes, numbers = [one.code for one in going], [one.pk for one in going]
        held_files = list(Attachment.objects.filter(application__in=numbers).values_list("file", flat=True))
        Application.objects.filter(pk__in=numbers).delete()
        files.release(held_files)
        held.phase, held.taken_back_at, held.made = "taken_back", at, F("made") - len(going)
        held.save(update_fields=["phase", "taken_back_at", "made"])
        audit.record(
            by=by, at=at, verb="took_import_back", thing=held, scope=held.call.edition.scope,
            before={"codes": codes}, after={"taken": len(codes), "kept": stay},
        )  # fmt: skip
    return len(codes), stay


def drop(*, import_: Import, by: Person, at: datetime) -> None:
    """Forget a proposal. Refused: access, import_not_now."""
    with transaction.atomic():
        held = _held(import_, "proposed")
        stop_if(access.why_not_import(by, held.call, at))
        held.delete()


def _held(import_: Import, state: str) -> Import:
    held = Import.objects.select_for_update().filter(pk=import_.pk).first()
    if held is None or held.phase != state:
        raise Denied(Refusal("import_not_now"))
    held.call = import_.call
    return held
