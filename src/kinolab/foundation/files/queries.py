"""How a kept file is given out, and how much there is of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from kinolab.foundation.files import coming, tickets
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.refusals import Refusal

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def coming_of(person: "Person") -> QuerySet[Upload]:
    """What the person has on its way."""
    return Upload.objects.filter(owner=person, state="coming")


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """An upload on a page. `address` only for whoever may go on with it."""

    upload: Upload
    arrived: int
    address: str
    refusal: Refusal | None

    @property
    def percent(self) -> int:
        """How much of it has come."""
        return self.arrived * 100 // self.upload.size


def on_its_way(place: Q, person: "Person", session: str) -> Iterator[OnItsWay]:
    """Uploads for this place (a condition on `target`) that are coming, and what of the person's own was refused."""
    begun = Upload.objects.filter(place, Q(state="coming") | Q(state="refused", owner=person))
    for one in begun.select_related("owner").order_by("pk"):
        own = one.owner_id == person.pk and one.state == "coming"
        address = tickets.address(one.code, one.size, session) if own else ""
        refusal = Refusal(one.refusal["code"], one.refusal["facts"]) if one.refusal else None
        yield OnItsWay(one, coming.arrived(one.code) or 0, address, refusal)


def whole(prefix: str) -> list[Upload]:
    """What has come whole and waits to be taken by the room that says this in front of its targets."""
    begun = Upload.objects.filter(state="coming", target__startswith=f"{prefix}:").select_related("owner")
    return [one for one in begun.order_by("pk") if coming.arrived(one.code) == one.size]


def bytes_of(person: "Person") -> int:
    """All that the person has here or has announced."""
    kept = StoredFile.objects.filter(owner=person).aggregate(sum=Sum("size"))["sum"] or 0
    return kept + (coming_of(person).aggregate(sum=Sum("size"))["sum"] or 0)


def bytes_awaited() -> int:
    """What the disk must still take of uploads that have begun."""
    begun = Upload.objects.filter(state="coming").values_list("code", "size")
    return sum(size - (coming.arrived(code) or 0) for code, size in begun)


def as_attachment(stored: StoredFile, name: str = "") -> HttpResponseBase:
    """A download, never shown inline, never kept by a cache; the caller has checked the pair person and file.

    `name` replaces the sender's file name where that must not be seen. What lies in the storage is passed on piece by
    piece, or, where browsers may fetch it there, by an address that is good for some minutes.
    """
    if stored.place == "far" and settings.KINOLAB_FILES_DIRECT:
        from kinolab.foundation.files import far  # noqa: PLC0415  (heavy; only where a storage is used)

        saved_as = content_disposition_header(True, name or stored.name) or "attachment"
        return _guarded(HttpResponseRedirect(far.address(stored, saved_as)))
    response: HttpResponseBase
    if stored.place == "far":
        from kinolab.foundation.files import far  # noqa: PLC0415

        response = StreamingHttpResponse(far.pieces(stored), content_type=stored.content_type)
        response["Content-Disposition"] = content_disposition_header(True, name or stored.name) or "attachment"
        response["Content-Length"] = str(stored.size)
    else:
        response = FileResponse(
            stored.blob.open("rb"), as_attachment=True, filename=name or stored.name, content_type=stored.content_type
        )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _guarded(response)


def pieces(stored: StoredFile) -> Iterator[bytes]:
    """The contents, wherever they lie, a piece at a time."""
    if stored.place == "far":
        from kinolab.foundation.files import far  # noqa: PLC0415

        yield from far.pieces(stored)
        return
    with stored.blob.open("rb") as file:
        yield from file.chunks(1 << 20)


def to_send(at: datetime) -> QuerySet[StoredFile]:
    """Whole files that the storage has not got yet, the oldest first."""
    return StoredFile.objects.filter(place="disk", created_at__lte=at).order_by("pk")


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
