"""Beginning a draft and writing answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language

from kinolab.applications import access
from kinolab.applications.actions import merging
from kinolab.applications.actions.merging import Typed
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, AnswerAside, Application, Candidacy, TeamMember
from kinolab.applications.queries.dossier import Dossier, column_of, dossier, spec_of
from kinolab.applications.queries.standing import with_demands
from kinolab.calls.models import Call, LateCode
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.merging import UNKNOWN
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import add_row, change_row, prepared
from kinolab.foundation.questions.domain import answers, consents
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.foundation.search import folding

DRAFTS_EACH = 10  # unfinished drafts of one person in one call
# An autosave every few seconds is not a line of the record each: one keeps the text as it was before a sitting.
SITTING = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the answer as it stands now, the application with everything in it, and what had been sent."""

    answer: Answer | None
    dossier: Dossier
    sent: object

    @property
    def version(self) -> int:
        """The answer's version now; 0 while there is none."""
        return self.answer.version if self.answer else 0

    @property
    def merged(self) -> bool:
        """Whether the answer says something else than what had been sent."""
        return self.answer is not None and consents.as_typed(self.answer.value) != self.sent


def begin(
    *, call: Call, key: str, by: Person, at: datetime, language: str, code: LateCode | None = None
) -> Application:
    """Begin a draft, or bring the one that was begun from the same page: a second click makes no second draft.

    After the close only with a `code` that gives time; `late.begin` has looked at it.
    """
    found = Application.objects.filter(lead=by, start_key=key, call=call).first()
    if found is not None:
        return found
    stop_if(access.why_not_start(by, call, at, code))
    if Application.objects.filter(lead=by, call=call, stage="draft").count() >= DRAFTS_EACH:
        raise Denied(Refusal("too_many_drafts", {"limit": DRAFTS_EACH}))
    try:
        with transaction.atomic():
            return make(call, key, by, at, language, code)
    except IntegrityError:  # the same page sent twice at once: the other request has begun it
        return Application.objects.get(lead=by, start_key=key, call=call)


def make(
    call: Call,
    key: str,
    by: Person,
    at: datetime,
    language: str,
    code: LateCode | None = None,
    entered_by: Person | None = None,
) -> Application:
    """The rows of a draft that `by` leads, once it is allowed; `entered_by` types it for them."""
    allowed = call.answer_languages or call.languages or [language]
    application = Application(
        call=call,
        lead=by,
        start_key=key,
        late_code=code if code and code.until else None,
        invitation=code if code and code.invites else None,
        entered_by=entered_by,
        language=language if language in allowed else allowed[0],
        created_at=at,
        changed_at=at,
        people=by.name,
        search_text=folding.search_text(by.name),
    )
    add_row(application)
    lead = TeamMember(
        application=application,
        person=by,
        email=by.email,
        name=by.name,
        role=call.roles[0] if len(call.roles) == 1 else "",
        state=MemberState.JOINED.value,
        is_lead=True,
        may_submit=True,
        invited_at=at,
        invited_by=entered_by or by,
        answered_at=at,
    )
    add_row(lead)
    application.team_list = [lead]
    strands = list(call.strands.all()[:2])
    if len(strands) == 1:
        add_row(Candidacy(application=application, strand=strands[0]))
    if entered_by is None:
        audit.record(by=by, at=at, verb="began", thing=application, scope=call.edition.scope)
    return application


def save_answer(
    *,
    application: Application,
    question: Question,
    value: object,
    version: int,
    by: Person,
    at: datetime,
    run: str = "",
    base: object = UNKNOWN,
    settles: int = 0,
) -> Saved:
    """Write one answer, too long or incomplete as it may be; over a later version, merged with it.

    `run` names the run of typing, `base` is the text it began from, `settles` a text set aside that this one decides about.
    Refused: by access; a value of the wrong shape; `beginning_unknown` where the version seen is no longer kept; and
    `changed_meanwhile` {value, version, by, at, aside} where no merge is possible: then both texts are kept.
    """
    typed = Typed(value, version, run, base, settles)
    with transaction.atomic():
        application = lock(application)
        stop_if(access.why_not_answer(by, application, question, at))
        whole = dossier(application)
        written = _write(whole, question, typed, by, at)
        if not isinstance(written, Refusal):
            _keep_whole_in_step(whole, at)
    if isinstance(written, Refusal):  # raised only now: the text set aside is to stay
        raise Denied(written)
    return Saved(written, whole, merging.stored(question, typed.value))


def save_page(
    *, application: Application, values: Mapping[int, Typed], by: Person, at: datetime
) -> tuple[Dossier, dict[int, Refusal]]:
    """Write a page of answers at once, by question number; of the team's questions, or of one's own.

    What can be written is; the rest comes back as refusals by question number, as `save_answer` gives them.
    """
    with transaction.atomic():
        application = lock(application)
        whole = dossier(application)
        asked = [one for one in whole.asked_of(access.member(by, application)) if one.pk in values]
        open_ = [one for one in asked if access.why_not_answer(by, application, one, at) is None]
        if not open_:
            stop_if(access.why_not_answer(by, application, asked[0] if asked else None, at))
        return whole, write_page(whole, open_, values, by, at)


def write_page(
    whole: Dossier,
    asked: Sequence[Question],
    values: Mapping[int, Typed],
    by: Person,
    at: datetime,
    whose: TeamMember | None = None,
) -> dict[int, Refusal]:
    """The writing of answers into an application that is held, once it is allowed; what could not be written, and why.

    `whose` own part it is, where `by` types it for them.
    """
    refused: dict[int, Refusal] = {}
    for question in asked:
        if question.pk in values:
            try:
                written = _write(whole, question, values[question.pk], by, at, whose)
            except Denied as denied:
                written = denied.refusal
            if isinstance(written, Refusal):
                refused[question.pk] = written
    _keep_whole_in_step(whole, at)
    return refused


def lock(application: Application) -> Application:
    """The application's row, held until the transaction ends, with the call that is known already. One query."""
    (locked,) = _held(application.pk)
    locked.call = application.call
    return locked


@prepared
def _held(application: int) -> QuerySet[Application]:
    return with_demands(Application.objects.select_for_update(no_key=True, of=("self",)).filter(pk=application))


def _write(
    whole: Dossier, question: Question, typed: Typed, by: Person, at: datetime, whose: TeamMember | None = None
) -> Answer | Refusal | None:
    if question.kind == Kind.FILE:
        raise Denied(Refusal("wrong_shape", {"kind": question.kind}))
    stop_if(answers.shape_problem(spec_of(question), typed.value))
    kept, member = place_of(whole, question, by, whose)
    before = kept.get(question.pk)
    if question.kind == Kind.CONSENT:
        agreed = _consent(question, typed.value, before.value if before else None, by, at)
        typed = replace(typed, value=agreed)
    if before is None:
        return None if typed.value is None else _write_first(whole, question, typed, by, at, (kept, member))
    before.question = question
    typed = replace(typed, value=merging.stored(question, typed.value))
    if typed.settles:
        merging.settle(before, by, at, pk=typed.settles)
    if before.value == typed.value:
        return before
    merged = merging.meet(before, typed)
    if merged is None or answers.shape_problem(spec_of(question), merged.value):
        return _meanwhile(before, merging.set_aside(before, typed, by, at))
    if typed.run and before.version != typed.version:
        merging.settle(before, by, at, run=typed.run)
    if merged.value != before.value:
        _write_over(whole, before, merged.value, typed, by, at)
    return before


def _write_over(whole: Dossier, before: Answer, value: object, typed: Typed, by: Person, at: datetime) -> None:
    if before.changed_by_id != by.pk or at - before.changed_at > SITTING:
        audit.record(
            by=by,
            at=at,
            verb="answered",
            thing=whole.application,
            scope=whole.application.call.edition.scope,
            before=None if before.question.asked_of else {before.question.key: before.value},
            after={"question": before.question.key} if before.question.asked_of else {before.question.key: value},
        )
    merging.remember(before, by, at)
    before.value, before.version = value, before.version + 1
    before.run, before.sent = typed.run, None if value == typed.value else typed.value
    before.changed_at, before.changed_by, before.carried = at, by, False
    change_row(before, "value", "version", "run", "sent", "carried", "changed_at", "changed_by")


def _consent(question: Question, value: object, before: object, by: Person, at: datetime) -> object:
    who = consents.Agreeing(by.pk, by.name or by.email, get_language() or "en", at)
    return consents.kept(value, before, spec_of(question).text_version, who)


Place = tuple[dict[int, Answer], TeamMember | None]  # where an answer is kept, and in whose part


def _write_first(whole: Dossier, question: Question, typed: Typed, by: Person, at: datetime, place: Place) -> Answer:
    kept, member = place
    first = Answer.objects.create(
        application=whole.application,
        question=question,
        member=member,
        value=typed.value,
        version=1,
        run=typed.run,
        changed_at=at,
        changed_by=by,
    )
    kept[question.pk] = first
    return first


def place_of(whole: Dossier, question: Question, by: Person, whose: TeamMember | None = None) -> Place:
    """Where an answer is kept: among the team's, or in the own part of the person (or of `whose`); and in whose."""
    if not question.asked_of:
        return whole.answers, None
    own = whose or access.member(by, whole.application)
    part = whole.part_of(own) if own else None
    if part is None or question.pk not in {one.pk for one in part.questions}:
        raise Denied(Refusal("not_asked_of_you"))
    return part.answers, own


def _meanwhile(answer: Answer, aside: AnswerAside) -> Refusal:
    name = answer.changed_by.name if answer.changed_by else ""
    facts = {"value": answer.value, "version": answer.version, "by": name, "at": answer.changed_at, "aside": aside.pk}
    return Refusal("changed_meanwhile", facts)


def keep_in_step(application: Application, at: datetime) -> None:
    """Repeat in the application's row what a table of thousands sorts and filters by; called after every change."""
    application.team_list = None
    _keep_whole_in_step(dossier(application), at)


def _keep_whole_in_step(whole: Dossier, at: datetime) -> None:
    application = whole.application
    whole.forget()
    for column, text in columns(whole).items():
        setattr(application, column, text)
    application.filled, application.asked = whole.progress
    application.changed_at = at
    change_row(application, *REPEATED, "changed_at")


COLUMN_LIMITS = {"title": 300, "country": 2, "kind": 40, "project_stage": 40}
REPEATED = (*COLUMN_LIMITS, "people", "search_text", "filled", "asked")


def columns(whole: Dossier) -> dict[str, str]:
    """The repeated columns as the answers and the team say them."""
    said = dict.fromkeys(COLUMN_LIMITS, "")
    for question in whole.shown:
        column = column_of(question)
        value = whole.value(question) if column else None
        if isinstance(value, str) and not said[column]:
            said[column] = " ".join(value.split())[: COLUMN_LIMITS[column]]
    team = [one for one in whole.team if one.state in (MemberState.JOINED, MemberState.INVITED)]
    lead = next((one for one in team if one.is_lead), None)
    if not said["title"] and whole.application.without_project and lead:
        said["title"] = lead.name  # somebody without a project stands under their own name
    if not said["country"]:
        said["country"] = next((one.residence for one in team if one.is_lead), "")
    # Names alone: an address is for those who may see contacts, and this is seen by all who may see the table.
    people = ", ".join(filter(None, (one.name or (one.person.name if one.person else "") for one in team)))[:600]
    number = str(whole.application.number or "")
    found_by = folding.search_text(said["title"], people, number, whole.application.code)
    return said | {"people": people, "search_text": found_by}
