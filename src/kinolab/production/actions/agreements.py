"""What is agreed with the team of a segment: written by version, sent, confirmed by the team, or noted from a paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files import actions as files
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.production import access
from kinolab.production.actions import segments as moving
from kinolab.production.domain.lifecycle import OUT, SegmentState, SegmentStep
from kinolab.production.models import Agreement, Segment
from kinolab.production.queries import agreements as queries
from kinolab.production.queries import segments

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

KINDS = frozenset({"pdf", "document"})


def _held(segment: Segment) -> tuple[Segment, Agreement | None]:
    """The segment, held, with the last version of its agreement."""
    found = segments.segments().select_for_update(of=("self",)).get(pk=segment.pk)
    return found, found.agreements.first()


@transaction.atomic
def write(
    *, segment: Segment, terms: Mapping[str, Any], upload: UploadedFile | None = None, by: "Person", at: datetime
) -> Agreement:
    """Write the terms: into the version that nobody has seen yet, else as the next one. Its file stays until replaced.

    Refused: not_your_film, segment_is_out, and by what `files.keep` refuses.
    """
    segment, last = _held(segment)
    stop_if(access.why_not_make(by, segment.omnibus))
    stop_if(Refusal("segment_is_out") if segment.state in OUT else None)
    stored = (
        files.keep(upload=upload, by=by, at=at, kinds=KINDS, max_bytes=settings.KINOLAB_MAX_UPLOAD) if upload else None
    )
    if last is not None and queries.standing(last) == "draft":
        agreement, verb = last, "changed"
    else:
        number = last.version + 1 if last else 1
        agreement, verb = Agreement(segment=segment, version=number, file=last.file if last else None), "added"
    for name in queries.TERMS:
        setattr(agreement, name, terms[name])
    agreement.file = stored or agreement.file
    agreement.made_at, agreement.made_by = at, by
    agreement.save()
    _record(verb, agreement, by, at, {name: terms[name] for name in queries.TERMS})
    return agreement


@transaction.atomic
def send(*, segment: Segment, by: "Person", at: datetime) -> Agreement:
    """Send the last version to the team, each in their language.

    Refused: not_your_film, segment_is_out, nothing_to_send, agreement_sent_already, segment_without_team,
    results_not_told.
    """
    segment, last = _held(segment)
    stop_if(access.why_not_send(by, segment, last))
    assert last is not None
    last.sent_at = at
    last.save(update_fields=["sent_at"])
    _record("sent_agreement", last, by, at, {"version": last.version})
    for member in segments.team(segment):
        _write(segment, member.person, "sent", f"{last.version}:sent", at)
    return last


@transaction.atomic
def sign(*, segment: Segment, version: int, by: "Person", at: datetime) -> Agreement:
    """Confirm for the team the version that one has read; the segment moves on.

    Refused: not_of_segment, does_not_sign, agreement_not_sent, agreement_signed_already, agreement_changed.
    """
    segment, last = _held(segment)
    stop_if(access.why_not_sign(by, segment, last))
    assert last is not None
    stop_if(None if last.version == version else Refusal("agreement_changed"))
    _sign(segment, last, by, at, on_paper=False)
    if last.made_by is not None:
        _write(segment, last.made_by, "signed", f"{last.version}:signed", at)
    return last


@transaction.atomic
def note_paper(*, segment: Segment, by: "Person", at: datetime) -> Agreement:
    """Note that the last version was signed on paper. Refused: not_your_film, segment_is_out, nothing_to_send."""
    segment, last = _held(segment)
    stop_if(access.why_not_make(by, segment.omnibus))
    stop_if(Refusal("segment_is_out") if segment.state in OUT else None)
    stop_if(Refusal("nothing_to_send") if last is None or last.signed_at else None)
    assert last is not None
    _sign(segment, last, by, at, on_paper=True)
    return last


@transaction.atomic
def ask_for_change(*, segment: Segment, version: int, answer: str, by: "Person", at: datetime) -> Agreement:
    """Ask the makers for another version. Refused: as `sign`, and answer_is_empty."""
    segment, last = _held(segment)
    stop_if(access.why_not_sign(by, segment, last))
    assert last is not None
    stop_if(None if last.version == version else Refusal("agreement_changed"))
    stop_if(None if answer.strip() else Refusal("answer_is_empty"))
    last.answer, last.answered_at = answer.strip(), at
    last.save(update_fields=["answer", "answered_at"])
    _record("asked_for_change", last, by, at, {"answer": last.answer})
    if last.made_by is not None:
        _write(segment, last.made_by, "asked", f"{last.version}:asked:{at:%Y%m%d%H%M%S}", at)
    return last


def _sign(segment: Segment, agreement: Agreement, by: "Person", at: datetime, *, on_paper: bool) -> None:
    agreement.signed_at, agreement.signed_by, agreement.on_paper = at, by, on_paper
    agreement.save(update_fields=["signed_at", "signed_by", "on_paper"])
    _record("signed_agreement", agreement, by, at, {"version": agreement.version, "on_paper": on_paper})
    if segment.state == SegmentState.SELECTED:
        moving.go(segment, SegmentStep.CONTRACT, by=by, at=at)


def _write(segment: Segment, to: "Person", about: str, key: str, at: datetime) -> None:
    mail.write(
        key=f"segment:{segment.pk}:agreement:{key}:{to.pk}", to=to, kind="production",
        template="production/mail/agreement.txt", context=queries.letter(segment, about), at=at,
        scope=segment.omnibus.scope,
    )  # fmt: skip


def _record(verb: str, agreement: Agreement, by: "Person", at: datetime, after: Mapping[str, Any]) -> None:
    audit.record(by=by, at=at, verb=verb, thing=agreement, scope=agreement.segment.omnibus.scope, after=after)
