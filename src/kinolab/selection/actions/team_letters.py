"""Letters to chosen teams: begun with the teams, written as a draft, sent once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.selection import access
from kinolab.selection.domain import letters, team_letters
from kinolab.selection.domain.lifecycle import TeamLetterState, TeamLetterStep, team_letter_step
from kinolab.selection.domain.team_letters import PLACEHOLDERS, Whom
from kinolab.selection.models import TeamLetter
from kinolab.selection.queries import team_letters as queries


@transaction.atomic
def begin(
    *, edition: Edition, applications: Sequence[Application], by: Person, at: datetime, like: TeamLetter | None = None
) -> TeamLetter:
    """Begin a letter to these teams, with the text of one `like` it or without. An empty draft of `by` is taken for it.

    Refused: `nobody_chosen_to_write_to`, and by access.
    """
    stop_if(access.why_not_write_to_teams(by, edition))
    if not applications:
        raise Denied(Refusal("nobody_chosen_to_write_to"))
    empty = TeamLetter.objects.filter(edition=edition, changed_by=by, state=TeamLetterState.DRAFT, subject={}, body={})
    letter = empty.first() or TeamLetter.objects.create(edition=edition, changed_at=at, changed_by=by)
    if like:
        letter.subject, letter.body, letter.whom = like.subject, like.body, like.whom
        letter.save()
    letter.applications.set(applications)
    audit.record(
        by=by, at=at, verb="began_team_letter", thing=letter, scope=edition.scope,
        after={"applications": len(applications)},
    )  # fmt: skip
    return letter


@transaction.atomic
def save(
    *,
    letter: TeamLetter,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    whom: Whom,
    seen: int,
    by: Person,
    at: datetime,
) -> None:
    """Keep the draft, a text per language, whole or not. `seen` is the version that was read before.

    Refused: `letter_changed`, `team_letter_sent`, `unknown_placeholder`, and by access.
    """
    held = _held(letter, by)
    stop_if(team_letters.why_not_change(TeamLetterState(held.state), version=held.version, seen=seen))
    said = [*subject.values(), *body.values()]
    stop_if(next((problem for text in said for problem in letters.problems(text, PLACEHOLDERS)), None))
    before = _said(held)
    held.subject = Text({tag: " ".join(text.split()) for tag, text in subject.items()})
    held.body = Text({tag: text.strip() for tag, text in body.items()})
    held.whom = whom.value
    if before != (after := _said(held)):
        _keep(held, by, at)
        audit.record(
            by=by, at=at, verb="wrote_team_letter", thing=held, scope=letter.edition.scope, before=before, after=after
        )


@transaction.atomic
def leave_out(*, letter: TeamLetter, application: Application, by: Person, at: datetime) -> None:
    """Do not write to this team. Refused: `team_letter_sent`, and by access."""
    held = _held(letter, by)
    stop_if(team_letters.why_not_change(TeamLetterState(held.state), version=held.version, seen=held.version))
    held.applications.remove(application)
    # Of the application, so that a conflict of interest hides it on the record too.
    audit.record(by=by, at=at, verb="left_team_out", thing=application, scope=letter.edition.scope)


@transaction.atomic
def discard(*, letter: TeamLetter, by: Person, at: datetime) -> None:
    """Throw the draft away. Refused: `team_letter_sent`, and by access."""
    held = _held(letter, by)
    stop_if(team_letters.why_not_change(TeamLetterState(held.state), version=held.version, seen=held.version))
    audit.record(by=by, at=at, verb="deleted", thing=held, scope=letter.edition.scope, before=_said(held))
    held.delete()


@transaction.atomic
def send(*, letter: TeamLetter, seen: str, by: Person, at: datetime, held_back: bool = False) -> int:
    """Put all letters into the outbox at once, or none; returns how many. `held_back` they wait there to be let go.

    `seen` is the digest (`Post.seen`) of what was looked through. A letter that was sent is refused, so that two who press
    at once, or one who presses twice, send nothing twice. Refused: `team_letter_sent`, `team_letter_unwritten`,
    `nobody_to_write_to`, `letters_changed_since` {count}, and by access.
    """
    held = _held(letter, by)
    post = queries.post(by, held)
    state, scope = TeamLetterState(held.state), letter.edition.scope
    written = bool(queries.written_in(held))
    stop_if(team_letters.why_not_send(state, written=written, letters=len(post.going)))
    if post.seen != seen:
        raise Denied(Refusal("letters_changed_since", {"count": len(post.going)}))
    mail.write_many([_ready(one, scope, at, held_back=held_back) for one in post.going])
    _move(held, TeamLetterStep.SEND)
    held.sent_at, held.letters = at, len(post.going)
    _keep(held, by, at)
    each = Counter(one.application for one in post.going)
    told = {"letters": len(post.going), "applications": len(each)}
    audit.record(by=by, at=at, verb="sent_team_letter", thing=held, scope=scope, after=told)
    things = [(application, None, {"letters": count}) for application, count in each.items()]
    audit.record_each(by=by, at=at, verb="wrote_to_team", things=things, scope=scope)
    return len(post.going)


@transaction.atomic
def let_go(*, letter: TeamLetter, by: Person, at: datetime) -> int:
    """Let every letter go that is held back in the outbox and that `by` may know of; returns how many."""
    stop_if(access.why_not_write_to_teams(by, letter.edition))
    count = 0
    for one in queries.in_outbox(by, letter).filter(state=LetterState.HELD.value):
        mail.release(letter=one, by=by, at=at)
        count += 1
    return count


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _held(letter: TeamLetter, by: Person) -> TeamLetter:
    """The letter as it stands, its row held; only for those who may write to teams. A draft thrown away is sent nowhere."""
    stop_if(access.why_not_write_to_teams(by, letter.edition))
    held = TeamLetter.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    if held is None:
        raise Denied(Refusal("team_letter_gone"))
    held.edition = letter.edition
    return held


def _keep(letter: TeamLetter, by: Person, at: datetime) -> None:
    letter.version, letter.changed_at, letter.changed_by = letter.version + 1, at, by
    letter.save()


def _ready(one: queries.Rendered, scope: str, at: datetime, *, held_back: bool) -> Letter:
    return mail.ready(
        key=one.key, to=one.member.person, kind=queries.KIND, subject=one.subject, body=one.body, at=at, scope=scope,
        language=one.language, pieces=one.pieces, held=held_back,
    )  # fmt: skip


def _move(letter: TeamLetter, taken: TeamLetterStep) -> None:
    """The only place that changes the letter's state; the caller saves."""
    after = team_letter_step(TeamLetterState(letter.state), taken)
    if isinstance(after, Refusal):
        raise Denied(after)
    letter.state = after.value


def _said(letter: TeamLetter) -> Mapping[str, object]:
    return {"subject": letter.subject.as_dict(), "body": letter.body.as_dict(), "whom": letter.whom}
