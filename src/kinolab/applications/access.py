"""Who may do what with an application, and the only ways for a view to get one.

Whoever is not a joined member of the team (or of the lab's staff, on the staff's pages) gets 404: they need not know
that the application exists.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kinolab.applications.domain import appeals
from kinolab.applications.domain.lifecycle import (
    EDITABLE,
    IN_FORCE,
    AppealState,
    AppealStep,
    MemberState,
    Stage,
    appeal_step,
)
from kinolab.applications.domain.parts import is_asked
from kinolab.applications.models import (
    AnswerAside,
    AnswerPast,
    Appeal,
    Application,
    Attachment,
    Correction,
    Finding,
    Import,
    Snapshot,
    TeamMember,
)
from kinolab.applications.queries import appeals as appeals_queries
from kinolab.applications.queries import corrections, snapshot
from kinolab.applications.queries.dossier import team_of
from kinolab.applications.queries.office import eyes_of, last_sent
from kinolab.applications.queries.until import draft_window
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.domain import window
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.domain.teams import Signatures
from kinolab.calls.models import Call, LateCode
from kinolab.calls.queries import closes
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.seeing import SENSITIVE
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

INVITATIONS_A_DAY = 20  # letters one person may cause in 24 hours
INVITATIONS_EACH = 30  # letters one application may cause in all
INVITATIONS_A_MEMBER = 4  # letters to one address


# --- Getting ---------------------------------------------------------------------------------------------------------
def get_call(programme: str, edition: str) -> Call:
    """The published call of an edition; 404 for everything else."""
    found = (
        Call.objects.select_related("edition__programme__organisation", "form")
        .filter(
            edition__programme__slug=programme,
            edition__slug=edition,
            published_at__isnull=False,
            opens_at__isnull=False,
            closes_at__isnull=False,
        )
        .first()
    )
    if found is None or found.edition.cancelled_at is not None:
        raise Http404
    return found


def get_application(person: "Person", code: str) -> Application:
    """The application with its call, for joined members of its team; 404 for everybody else. One query."""
    for found in _of_member(code, person.pk):
        return found
    raise Http404


@prepared
def _of_member(code: str, person: int) -> QuerySet[Application]:
    of_them = Application.objects.filter(members__person=person, members__state=MemberState.JOINED.value)
    return of_them.select_related("call__edition__programme__organisation", "call__form").filter(code=code)


def get_to_fill(person: "Person", code: str) -> Application:
    """As `get_application`; and one that the lab's staff is entering for somebody, for whoever of them may."""
    found = (
        Application.objects.select_related("call__edition__programme__organisation", "call__form")
        .filter(code=code)
        .first()
    )
    if found is None or (member(person, found) is None and not _enters(person, found)):
        raise Http404
    return found


def _enters(person: "Person", application: Application) -> bool:
    if application.entered_by_id is None or why_not_type_for(person, application, timezone.now()) is not None:
        return False
    return visible_to(person, Application.objects.filter(pk=application.pk)).exists()


def was_removed(person: "Person", code: str) -> bool:
    """Whether the person once had a part in this application and has not any more."""
    parts = list(TeamMember.objects.filter(application__code=code, person=person).values_list("state", flat=True))
    return bool(parts) and MemberState.JOINED.value not in parts


def get_member(application: Application, number: int) -> TeamMember:
    """Somebody of the application's team by number; 404 if there is none."""
    for one in team_of(application):
        if one.pk == number:
            return one
    raise Http404


def get_invitation(token: str) -> TeamMember:
    """The invitation with this secret; 404 for one that was taken back."""
    found = (
        TeamMember.objects.select_related(
            "application__call__edition__programme__organisation", "application__call__form", "invited_by", "person"
        )
        .filter(token=token)
        .exclude(state=MemberState.REMOVED)
        .first()
    )
    if found is None or found.is_lead:
        raise Http404
    return found


def get_attachment(application: Application, code: str) -> Attachment:
    """A file of the application, one removed since included if a snapshot may show it; 404 otherwise."""
    found = application.attachments.select_related("file", "question").filter(file__code=code).first()
    if found is None or (found.removed_at and not application.submitted_at):
        raise Http404
    return found


def get_question(person: "Person", application: Application, number: int) -> Question:
    """A question of the application's form that is answered in writing; 404 for any other, and for other people's."""
    asked = Question.objects.select_related("section").filter(section__form=application.call.form_id, pk=number)
    found, own = asked.exclude(kind=Kind.FILE).first(), member(person, application)
    if found is None or (found.asked_of and (own is None or not is_asked(found.asked_of, own.role))):
        raise Http404
    return found


def _readable(person: "Person", application: Application) -> Q:
    """The team's answers and the person's own: the past of other people's own answers is nobody's business."""
    own = member(person, application)
    return Q(answer__application=application) & (Q(answer__member=None) | Q(answer__member=own.pk if own else None))


def get_aside(person: "Person", application: Application, number: str) -> AnswerAside:
    """A text set aside from one of the application's answers; 404 for any other."""
    asides = AnswerAside.objects.select_related("answer__question__section").filter(_readable(person, application))
    found = asides.filter(pk=number).first() if number.isdecimal() else None
    if found is None:
        raise Http404
    return found


def get_earlier(person: "Person", application: Application, question: Question, name: str) -> AnswerPast | AnswerAside:
    """What the answer to a question has said, under the name that its page gives it; 404 for any other."""
    kind, _, number = name.partition("-")
    if kind == "aside":
        found: AnswerPast | AnswerAside | None = get_aside(person, application, number)
        if found.answer.question_id != question.pk:
            raise Http404
        return found
    past = AnswerPast.objects.select_related("answer__question__section").filter(
        _readable(person, application), answer__question=question
    )
    found = past.filter(version=number).first() if kind == "version" and number.isdecimal() else None
    if found is None:
        raise Http404
    return found


def get_team_attachment(person: "Person", application: Application, code: str) -> Attachment:
    """A file for one of the team; 404 for one that somebody else of it has put into their own part as personal."""
    found, own = get_attachment(application, code), member(person, application)
    if own is not None and found.member_id not in (None, own and own.pk) and found.question.pii_level >= SENSITIVE:
        raise Http404
    return found


def get_snapshot(application: Application, version: int) -> Snapshot:
    """What was sent, by version; 404 if there is no such version."""
    found = application.snapshots.filter(version=version).first()
    if found is None:
        raise Http404
    return found


def get_finding(application: Application, number: int) -> Finding:
    """A finding that the applicants have been told of; 404 otherwise."""
    found = application.findings.select_related("rule").filter(pk=number, told_at__isnull=False).first()
    if found is None:
        raise Http404
    return found


# --- May they --------------------------------------------------------------------------------------------------------
def member(person: "Person", application: Application) -> TeamMember | None:
    """The person's own part in the team, if they have joined."""
    for one in team_of(application):
        if one.person_id == person.pk and one.person_id and one.state == MemberState.JOINED:
            return one
    return None


def may_send(part: TeamMember, application: Application) -> bool:
    """Whether a member sends for the team: who leads it, whom they let, and who holds a role that the call names."""
    return part.is_lead or part.may_submit or part.role in application.call.senders


def why_not_take_role(part: TeamMember, application: Application, role: str) -> Refusal | None:
    """Whether a member may give themselves this role: one that lets them send has to be given to them."""
    if role == part.role or role not in application.call.senders or may_send(part, application):
        return None
    return Refusal("role_is_given", {"lead": lead_name(application)})


def why_not_start(person: "Person | None", call: Call, at: datetime, code: LateCode | None = None) -> Refusal | None:
    """Whether a draft may be begun now, with a code of the lab or without."""
    return window.why_not_start(window.own(closes.whole_window(call), [closes.of_code(code)]), at)


def why_not_begin_from(person: "Person", earlier: Application, call: Call) -> Refusal | None:
    """Whether the person may begin an application to `call` from this earlier one."""
    if member(person, earlier) is None:
        return Refusal("not_in_team")
    return Refusal("same_call") if earlier.call_id == call.pk else None


def why_not_edit(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may change answers, files and the team now."""
    if member(person, application) is None:
        return Refusal("not_in_team")
    return _why_not_editable(application, at)


def why_not_answer(
    person: "Person", application: Application, question: Question | None, at: datetime
) -> Refusal | None:
    """Whether the person may write the answer: the team's like everything of the team, their own part as that."""
    own = member(person, application)
    if question is not None and question.asked_of and own is not None and not is_asked(question.asked_of, own.role):
        return Refusal("not_asked_of_you")
    is_own = question is not None and bool(question.asked_of)
    refused = why_not_fill_own_part(person, application, at) if is_own else why_not_edit(person, application, at)
    if refused is None or question is None or own is None:
        return refused
    return _why_not_correct(application, question, at, refused)


def _why_not_correct(application: Application, question: Question, at: datetime, refused: Refusal) -> Refusal | None:
    """Why a question may not be corrected: nothing was asked of the team, or not this one; `refused` is why not otherwise."""
    asked = corrections.in_time(application, at) if application.stage == Stage.REOPENED else None
    if asked is None:
        return refused
    return None if corrections.name_of(question) in asked.questions else Refusal("not_to_correct")


def why_not_attach(
    person: "Person", application: Application, question: Question | None, at: datetime
) -> Refusal | None:
    """Whether the person may give a file as an answer: as the team, or as staff who enter the application for somebody."""
    if application.entered_by_id is not None and member(person, application) is None:
        return why_not_type_for(person, application, at)
    return why_not_answer(person, application, question, at)


def why_not_detach(person: "Person", application: Application, attachment: Attachment) -> Refusal | None:
    """Whether a file is of somebody else's own part; whoever enters for somebody was asked by `why_not_attach`."""
    own = member(person, application)
    return None if own is None or attachment.member_id in (None, own and own.pk) else Refusal("not_asked_of_you")


def _why_not_editable(application: Application, at: datetime) -> Refusal | None:
    if application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    past = window.why_not_submit(draft_window(application), at, application.created_at)
    if past is not None:
        return past
    return None if application.stage in EDITABLE else Refusal("already_sent")


def why_not_use_code(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether somebody of the team may put a late code into the application: also after the close."""
    if member(person, application) is None:
        return Refusal("not_in_team")
    if application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    call = application.call
    gives_time = call.codes_until is not None and at < call.codes_until
    if not gives_time and not call.invites:
        return Refusal("late_code_unknown")
    needs_time = gives_time and not _has_time(application, at)
    return None if needs_time or (call.invites and not is_invited(application)) else Refusal("has_late_code")


def why_not_hold_code(application: Application, code: LateCode, at: datetime) -> Refusal | None:
    """Whether this code gives the application something that it does not hold yet; an invitation alone gives no time."""
    if code.until is not None and not _has_time(application, at):
        return None
    if not code.invites or is_invited(application):
        return Refusal("has_late_code")
    return _why_not_editable(application, at) if code.until is None else None


def _has_time(application: Application, at: datetime) -> bool:
    """Whether it holds a late code in force."""
    held = closes.of_code(application.late_code) if application.late_code_id else None
    return held is not None and at < held.at


def is_invited(application: Application) -> bool:
    """Whether it holds an invitation code in force."""
    return application.invitation is not None and application.invitation.revoked_at is None


def why_not_submit(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may send the application now; what it lacks is asked apart."""
    part = member(person, application)
    if part is None:
        return Refusal("not_in_team")
    if not may_send(part, application):
        return Refusal("may_not_submit", {"lead": lead_name(application)})
    refused = _why_not_editable(application, at)
    if refused is not None and application.stage == Stage.REOPENED and corrections.in_time(application, at):
        return None
    return refused


def why_not_reopen(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may take the application up again before the close."""
    part = member(person, application)
    if part is None:
        return Refusal("not_in_team")
    if application.stage != Stage.SUBMITTED:
        return Refusal("not_sent_yet")
    if not may_send(part, application):
        return Refusal("may_not_submit", {"lead": lead_name(application)})
    return window.why_not_start(draft_window(application), at)


def why_not_withdraw(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may withdraw the application."""
    part = member(person, application)
    if part is None:
        return Refusal("not_in_team")
    if application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    return None if may_send(part, application) else Refusal("may_not_submit", {"lead": lead_name(application)})


def why_not_restore(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may make a withdrawn application a draft again."""
    part = member(person, application)
    if part is None:
        return Refusal("not_in_team")
    if application.stage != Stage.WITHDRAWN:
        return Refusal("not_withdrawn")
    if not may_send(part, application):
        return Refusal("may_not_submit", {"lead": lead_name(application)})
    return window.why_not_start(draft_window(application), at)


def why_not_change_team(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the list of the team may be changed: until an instant of its own, else as long as the texts."""
    if member(person, application) is None:
        return Refusal("not_in_team")
    return _why_not_team_open(application, at)


def _why_not_team_open(application: Application, at: datetime) -> Refusal | None:
    locks = application.call.team_locks_at
    if locks is None:
        return _why_not_editable(application, at)
    if application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    return Refusal("team_locked", {"at": locks}) if at >= locks else None


def why_not_invite(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may invite somebody now; the size of the team is asked apart, by address."""
    refused = why_not_change_team(person, application, at)
    if refused is not None:
        return refused
    present = [one for one in team_of(application) if one.state in (MemberState.JOINED, MemberState.INVITED)]
    if len(present) >= application.call.team_max:
        return Refusal("team_full", {"maximum": application.call.team_max})
    return None


def why_not_remove(person: "Person", part: TeamMember, at: datetime) -> Refusal | None:
    """Whether the person may take somebody out of the team, or leave it."""
    own = member(person, part.application)
    if own is None:
        return Refusal("not_in_team")
    if part.is_lead:
        return Refusal("lead_stays")
    if own.pk != part.pk and not own.is_lead:
        return Refusal("only_the_lead", {"lead": lead_name(part.application)})
    return None if own.pk == part.pk else _why_not_team_open(part.application, at)


def why_not_offer_lead(person: "Person", part: TeamMember, at: datetime) -> Refusal | None:
    """Whether the person may ask somebody to lead the application from now on: at any time while it stands."""
    own, application = member(person, part.application), part.application
    if own is None:
        return Refusal("not_in_team")
    if not own.is_lead:
        return Refusal("only_the_lead", {"lead": lead_name(application)})
    if application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    if part.state != MemberState.JOINED:
        return Refusal("members_not_joined")
    return Refusal("leads_already") if part.is_lead else None


def why_not_take_lead(person: "Person", application: Application) -> Refusal | None:
    """Whether the person has been asked to lead the application."""
    own = member(person, application)
    if own is None:
        return Refusal("not_in_team")
    return None if application.offered_to_id == own.pk else Refusal("lead_not_offered")


def why_not_let_submit(person: "Person", part: TeamMember, at: datetime) -> Refusal | None:
    """Whether the person may say who sends the application."""
    own = member(person, part.application)
    if own is None:
        return Refusal("not_in_team")
    if not own.is_lead:
        return Refusal("only_the_lead", {"lead": lead_name(part.application)})
    return _why_not_editable(part.application, at)


def why_not_answer_invitation(person: "Person", part: TeamMember, at: datetime) -> Refusal | None:
    """Whether the person may accept or decline: also after the close, and from another address than the letter's."""
    if part.state == MemberState.REMOVED:
        return Refusal("invitation_gone")
    if part.application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    if part.state == MemberState.JOINED and part.person_id != person.pk:
        return Refusal("invitation_used")
    if part.application.call.join_after_close:
        return None
    own = draft_window(part.application)
    closed = window.phase(own, at) is window.Phase.CLOSED
    return Refusal("joining_has_ended", {"closed": own.closes}) if closed else None


def why_not_fill_own_part(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether a member may write about themselves: while the answers are open, or, if they joined later, until they have."""
    own = member(person, application)
    if own is None:
        return Refusal("not_in_team")
    refused = _why_not_editable(application, at)
    return None if joined_late(own, application) else refused


def joined_late(own: TeamMember, application: Application) -> bool:
    """Whether somebody joined after the application was sent: their part comes to the lab by itself."""
    return application.stage in IN_FORCE and bool(
        own.answered_at and application.submitted_at and own.answered_at > application.submitted_at
    )


def why_not_sign(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may sign their own part: while it may be written; later too where the call takes it later."""
    own = member(person, application)
    if own is None:
        return Refusal("not_in_team")
    if application.call.signatures == Signatures.NONE:
        return Refusal("signing_not_asked")
    if application.stage in IN_FORCE and application.call.signatures == Signatures.LATER:
        return None
    return why_not_fill_own_part(person, application, at)


def why_not_hand_in(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether somebody who joined late may give the lab their own part; where people sign, signing does it."""
    own = member(person, application)
    if own is None:
        return Refusal("not_in_team")
    if application.call.signatures != Signatures.NONE or not joined_late(own, application):
        return Refusal("goes_with_the_application")
    return None


def why_not_object(person: "Person", finding: Finding, at: datetime) -> Refusal | None:
    """Whether the team may answer a rule that it has been told of; once."""
    if member(person, finding.application) is None:
        return Refusal("not_in_team")
    if finding.objected_at is not None:
        return Refusal("already_objected", {"at": finding.objected_at})
    said = finding.override or finding.outcome
    return None if said != Outcome.YES else Refusal("nothing_to_object")


def lead_name(application: Application) -> str:
    """The lead's name as printed, or their address while it is unknown."""
    for one in team_of(application):
        if one.is_lead:
            return one.name or (one.person.name if one.person else "") or one.email
    return ""


def get_appeal(application: Application, number: int) -> Appeal:
    """One of the application's appeals; 404 if there is none."""
    found = application.appeals.filter(pk=number).first()
    if found is None:
        raise Http404
    found.application = application
    return found


def why_not_appeal(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether somebody of the team may lodge an appeal now."""
    if member(person, application) is None:
        return Refusal("not_in_team")
    return appeals.why_not_lodge(appeals_queries.appeal_facts(application), at)


def why_not_take_appeal_back(person: "Person", appeal: Appeal) -> Refusal | None:
    """Whether somebody of the team may take an appeal back: until it is decided."""
    if member(person, appeal.application) is None:
        return Refusal("not_in_team")
    after = appeal_step(AppealState(appeal.state), AppealStep.TAKE_BACK)
    return after if isinstance(after, Refusal) else None


def get_appeal_for_panel(person: "Person", edition: Edition, number: int) -> Appeal:
    """An appeal of the edition; 404 for one whose application is hidden from the person."""
    may_see = visible_to(person, Application.objects.filter(call__edition=edition))
    found = Appeal.objects.select_related("application__call").filter(application__in=may_see, pk=number).first()
    if found is None:
        raise Http404
    found.application.call.edition = edition
    return found


def why_not_decide_appeal(person: "Person", appeal: Appeal) -> Refusal | None:
    """Whether somebody of the panel may decide this appeal: nobody who decided before, and nobody of the team."""
    application = appeal.application
    refused = labs.why_not(person, application.call.edition, Permission.DECIDE_APPEALS)
    if refused is not None:
        return refused
    deciders = appeals_queries.deciders_of([application.pk])[application.pk]
    refused = appeals.why_not_sit(person.pk, deciders, appeals_queries.team_numbers(application))
    if refused is not None:
        return refused
    after = appeal_step(AppealState(appeal.state), AppealStep.UPHOLD)
    return after if isinstance(after, Refusal) else None


# --- Corrections ------------------------------------------------------------------------------------------------------
def why_not_ask_correction(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the lab may open a sent application for correction: once the team cannot take it up by itself."""
    refused = labs.why_not(person, application.call.edition, Permission.SCREEN) or _why_not_in_force(application)
    if refused is not None:
        return refused
    if corrections.open_correction(application) is not None:
        return Refusal("correction_is_open")
    if window.phase(draft_window(application), at) is not window.Phase.CLOSED:
        return Refusal("team_may_reopen")
    return None if application.stage == Stage.SUBMITTED else Refusal("correction_is_open")


def why_not_take_correction_back(person: "Person", correction: Correction) -> Refusal | None:
    """Whether the lab may take its request back."""
    refused = labs.why_not(person, correction.application.call.edition, Permission.SCREEN)
    return refused or (Refusal("correction_over") if correction.ended_at is not None else None)


def get_correction(application: Application, number: int) -> Correction:
    """One of the application's corrections; 404 if there is none."""
    found = application.corrections.filter(pk=number).first()
    if found is None:
        raise Http404
    found.application = application
    return found


# --- The lab's staff -------------------------------------------------------------------------------------------------
def get_for_office(person: "Person", edition: Edition, code: str) -> Application:
    """An application of the edition by code, for its staff; 404 for one hidden from the person."""
    found = (
        visible_to(person, Application.objects.filter(call__edition=edition, code=code))
        .select_related("call__form", "lead")
        .first()
    )
    if found is None:
        raise Http404
    found.call.edition = edition
    return found


def get_office_file(edition: Edition, application: Application, code: str, person: "Person") -> Attachment:
    """A file of what was sent last, as far as the person may see it; 404 for any other, such as one of a draft."""
    sent = last_sent(application)
    eyes = eyes_of(person, edition.granted)
    shown = snapshot.for_eyes(sent.content, eyes)["sections"] if sent else ()
    if not any(file["code"] == code for part in shown for one in part["questions"] for file in one.get("files", ())):
        raise Http404
    return get_attachment(application, code)


def get_office_snapshot(application: Application, version: int) -> Snapshot:
    """What was sent, by version, while the application is in force; 404 otherwise."""
    if application.stage not in IN_FORCE:
        raise Http404
    return get_snapshot(application, version)


def get_office_finding(application: Application, number: int) -> Finding:
    """One of the application's findings; 404 if there is none."""
    found = application.findings.select_related("rule").filter(pk=number).first()
    if found is None:
        raise Http404
    found.application = application
    return found


def why_not_screen(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may confirm what a rule found."""
    refused = labs.why_not(person, application.call.edition, Permission.SCREEN)
    return refused or _why_not_in_force(application)


def why_not_override(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person may decide against what a rule found."""
    refused = labs.why_not(person, application.call.edition, Permission.OVERRIDE_RULE)
    return refused or _why_not_in_force(application)


# --- Entered for somebody, and other people's tables -----------------------------------------------------------------
def why_not_enter(person: "Person", call: Call, reason: str, at: datetime) -> Refusal | None:
    """Whether the person may type an application in for somebody: after the close only few may, and say why."""
    refused = _why_not_bring(person, call, at)
    if refused is not None or window.phase(closes.whole_window(call), at) is window.Phase.OPEN:
        return refused
    refused = labs.why_not(person, call.edition, Permission.CONFIGURE)
    return refused or (None if reason.strip() else Refusal("why_late"))


def why_not_import(person: "Person", call: Call, at: datetime) -> Refusal | None:
    """Whether the person may bring a table of applications: at any time once the call has opened."""
    return _why_not_bring(person, call, at) or labs.why_not(person, call.edition, Permission.CONFIGURE)


def _why_not_bring(person: "Person", call: Call, at: datetime) -> Refusal | None:
    refused = labs.why_not(person, call.edition, Permission.SEE_CONTACTS)
    if refused is not None:
        return refused
    if call.published_at is None or call.opens_at is None or call.closes_at is None or call.form_id is None:
        return Refusal("not_published")
    return Refusal("not_yet_open", {"opens": call.opens_at, "zone": call.timezone}) if at < call.opens_at else None


def why_not_type_for(person: "Person", application: Application, at: datetime) -> Refusal | None:
    """Whether the person of the staff may go on typing in this application."""
    refused = _why_not_bring(person, application.call, at)
    if refused is not None:
        return refused
    if application.entered_by_id is None:
        return Refusal("not_entered_by_us")
    if application.taken_over_at is not None:
        return Refusal("taken_over", {"lead": lead_name(application)})
    if application.stage == Stage.WITHDRAWN:
        return Refusal("is_withdrawn")
    return None if application.stage in EDITABLE else Refusal("already_sent")


def why_not_type_part(person: "Person", part: TeamMember, at: datetime) -> Refusal | None:
    """Whether the person of the staff may type somebody's own part, from what they said on paper or by mail."""
    refused = why_not_type_for(person, part.application, at)
    if refused is not None:
        return refused
    return None if part.state in (MemberState.JOINED, MemberState.INVITED) else Refusal("members_not_joined")


def why_not_confirm_part(person: "Person", application: Application) -> Refusal | None:
    """Whether there is something of the person's own, typed by the staff, that they have not confirmed yet."""
    own = member(person, application)
    if own is None:
        return Refusal("not_in_team")
    return None if own.typed_at is not None and own.confirmed_at is None else Refusal("nothing_typed")


def why_not_take_over(person: "Person", application: Application) -> Refusal | None:
    """Whether the person may take over what was typed in for them."""
    own = member(person, application)
    if own is None:
        return Refusal("not_in_team")
    if not own.is_lead:
        return Refusal("only_the_lead", {"lead": lead_name(application)})
    if application.entered_by_id is None or application.taken_over_at is not None:
        return Refusal("taken_over", {"lead": lead_name(application)})
    return None


def get_import(call: Call, number: int) -> Import:
    """An import of the call; 404 for those of others."""
    found = Import.objects.select_related("brought_by").filter(call=call, pk=number).first()
    if found is None:
        raise Http404
    found.call = call
    return found


def _why_not_in_force(application: Application) -> Refusal | None:
    return None if application.stage in IN_FORCE else Refusal("not_sent_yet")
