"""What must be handed over: listed, handed over with a file or a link, accepted or sent back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files import actions as files
from kinolab.foundation.files import contents
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.production import access, words
from kinolab.production.domain import handover as rules
from kinolab.production.domain.handover import Usual
from kinolab.production.models import Deliverable, Omnibus
from kinolab.production.queries import handover as queries

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

KINDS = frozenset(contents.ACCEPTED)


@transaction.atomic
def add(
    *, omnibus: Omnibus, name: str, specification: str, due: date | None, by: "Person", at: datetime
) -> Deliverable:
    """List something that must be handed over. Refused: not_your_film."""
    stop_if(access.why_not_make(by, omnibus))
    last = omnibus.deliverables.order_by("-order").values_list("order", flat=True).first() or 0
    made = Deliverable.objects.create(
        omnibus=omnibus, order=last + 1, name=name.strip(), specification=specification.strip(), due=due
    )
    _record("added", made, omnibus, by, at, {"name": made.name})
    return made


@transaction.atomic
def add_usual(*, omnibus: Omnibus, by: "Person", at: datetime) -> int:
    """List what nearly everybody asks for, in the words of `by`'s language; once. Refused: not_your_film, list_begun."""
    stop_if(access.why_not_make(by, omnibus))
    stop_if(Refusal("list_begun") if omnibus.deliverables.exists() else None)
    for one in Usual:
        add(
            omnibus=omnibus, name=str(words.USUAL[one]), specification=str(words.USUAL_SAYS[one]), due=None, by=by, at=at
        )  # fmt: skip
    return len(Usual)


@transaction.atomic
def change(
    *, deliverable: Deliverable, name: str, specification: str, due: date | None, by: "Person", at: datetime
) -> Deliverable:
    """Say it otherwise. Refused: not_your_film, deliverable_accepted."""
    held = _locked(deliverable, by)
    stop_if(rules.why_not_remove(queries.stands(held)))
    before = {"name": held.name, "due": held.due.isoformat() if held.due else None}
    held.name, held.specification, held.due = name.strip(), specification.strip(), due
    held.save(update_fields=["name", "specification", "due"])
    after = {"name": held.name, "due": due.isoformat() if due else None}
    audit.record(by=by, at=at, verb="changed", thing=held, scope=held.omnibus.scope, before=before, after=after)
    return held


@transaction.atomic
def remove(*, deliverable: Deliverable, by: "Person", at: datetime) -> None:
    """Strike it from the list, with its file. Refused: not_your_film, deliverable_accepted."""
    held = _locked(deliverable, by)
    stop_if(rules.why_not_remove(queries.stands(held)))
    _record("deleted", held, held.omnibus, by, at, {"name": held.name})
    stored = held.file
    held.delete()
    if stored is not None:
        files.forget(stored=stored)


@transaction.atomic
def hand_over(*, deliverable: Deliverable, link: str, by: "Person", at: datetime) -> Deliverable:
    """Say that it is there: as the file, or behind a link. Refused: not_your_film, deliverable_accepted, nothing_to_hand_over."""
    held = _locked(deliverable, by)
    stop_if(rules.why_not_hand_over(queries.stands(held), has_something=bool(link or held.file_id)))
    held.link, held.handed_at, held.returned_at = link, at, None
    held.save(update_fields=["link", "handed_at", "returned_at"])
    _record("handed_over", held, held.omnibus, by, at, {"name": held.name})
    return held


@transaction.atomic
def accept(*, deliverable: Deliverable, by: "Person", at: datetime) -> Deliverable:
    """Accept it. Refused: not_your_film, not_handed_over."""
    held = _locked(deliverable, by)
    stop_if(rules.why_not_judge(queries.stands(held)))
    held.accepted_at, held.accepted_by, held.note = at, by, ""
    held.save(update_fields=["accepted_at", "accepted_by", "note"])
    _record("accepted_delivery", held, held.omnibus, by, at, {"name": held.name})
    return held


@transaction.atomic
def send_back(*, deliverable: Deliverable, note: str, by: "Person", at: datetime) -> Deliverable:
    """Send it back with what is to be mended. Refused: not_your_film, not_handed_over, why_is_missing."""
    held = _locked(deliverable, by)
    stop_if(rules.why_not_judge(queries.stands(held)))
    stop_if(None if note.strip() else Refusal("why_is_missing"))
    held.handed_at, held.returned_at, held.note = None, at, note.strip()
    held.save(update_fields=["handed_at", "returned_at", "note"])
    _record("sent_back_delivery", held, held.omnibus, by, at, {"name": held.name, "note": held.note})
    return held


# --- Its file --------------------------------------------------------------------------------------------------------
def attach(*, deliverable: Deliverable, upload: UploadedFile, by: "Person", at: datetime) -> Deliverable:
    """Keep a file as what is handed over. Refused: as `hand_over`; deliverable_has_file; by what `files.keep` refuses."""
    with transaction.atomic():
        held = _open(deliverable, by)
        stored = files.keep(upload=upload, by=by, at=at, kinds=KINDS, max_bytes=settings.KINOLAB_MAX_UPLOAD)
        return _keep(held, stored, by, at)


def begin_upload(*, deliverable: Deliverable, name: str, size: int, mark: str, by: "Person", at: datetime) -> Upload:
    """Begin the upload of a large file, or go on with it. Refused: as `attach`, and by what `files.begin` refuses."""
    with transaction.atomic():
        held = _open(deliverable, by)
        return files.begin(
            target=queries.target(held), name=name, size=size, mark=mark, most_bytes=settings.KINOLAB_FILE_MAX, by=by, at=at
        )  # fmt: skip


def take_upload(*, upload: Upload, at: datetime) -> Deliverable:
    """Take an upload that has come whole. Once is enough: whoever asks again gets the same.

    Refused: upload_busy and upload_not_whole, which pass; anything else is for good, and the file goes.
    """
    place = queries.place_of(upload)
    if upload.state == "taken" and place is not None:
        return place
    with files.taking(upload, otherwise="deliverable_gone"):
        if place is None:
            raise Denied(Refusal("deliverable_gone"))
        with files.arrived(upload=upload, kinds=KINDS) as whole, transaction.atomic():
            held = _open(place, upload.owner)
            return _keep(held, files.take(arrived=whole, at=at), upload.owner, at)


def take_arrived(*, at: datetime) -> int:
    """Take what has come whole and no page has taken. Returns how many."""
    return files.take_whole(queries.PREFIX, lambda upload: take_upload(upload=upload, at=at))


def detach(*, deliverable: Deliverable, by: "Person", at: datetime) -> None:
    """Take the file out again; it goes. Twice changes nothing. Refused: not_your_film, deliverable_accepted."""
    with transaction.atomic():
        held = _locked(deliverable, by)
        stop_if(rules.why_not_remove(queries.stands(held)))
        stored, held.file = held.file, None
        if stored is None:
            return
        held.save(update_fields=["file"])
        _record("detached", held, held.omnibus, by, at, {"name": held.name})
        files.forget(stored=stored)


def _locked(deliverable: Deliverable, by: "Person") -> Deliverable:
    stop_if(access.why_not_make(by, deliverable.omnibus))
    places = ("omnibus__film__organisation", "omnibus__edition", "file")
    found = (
        Deliverable.objects.select_for_update(of=("self",)).select_related(*places).filter(pk=deliverable.pk).first()
    )
    if found is None:
        raise Denied(Refusal("deliverable_gone"))
    return found


def _open(deliverable: Deliverable, by: "Person") -> Deliverable:
    held = _locked(deliverable, by)
    stop_if(rules.why_not_hand_over(queries.stands(held), has_something=True))
    stop_if(Refusal("deliverable_has_file") if held.file_id else None)
    return held


def _keep(held: Deliverable, stored: StoredFile, by: "Person", at: datetime) -> Deliverable:
    held.file = stored
    held.save(update_fields=["file"])
    _record("attached", held, held.omnibus, by, at, {"name": held.name})
    return held


def _record(
    verb: str, thing: Deliverable, omnibus: Omnibus, by: "Person", at: datetime, after: Mapping[str, object]
) -> None:
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=omnibus.scope, after=after)
