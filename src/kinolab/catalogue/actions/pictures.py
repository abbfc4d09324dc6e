"""Covers and stills, and where the trailer is."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import move, touch
from kinolab.catalogue.models import Film, Still
from kinolab.foundation.files import actions as files
from kinolab.foundation.files.showing import why_not_public
from kinolab.foundation.refusals import Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def add_still(*, film: Film, upload: UploadedFile, by: "Person", at: datetime) -> Still:
    """Bring a picture; nobody sees it before it is described. The first of a film is its cover.

    Refused: not_your_catalogue, and what `files.keep_picture` refuses.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    picture = files.keep_picture(upload=upload, by=by, at=at)  # seconds, so outside of the transaction
    with transaction.atomic():
        film = Film.objects.select_for_update().get(pk=film.pk)
        last = film.stills.aggregate(last=Max("order"))["last"]
        still = Still.objects.create(
            film=film, picture=picture, cover=last is None, order=0 if last is None else last + 1
        )
        touch("added", still, film, by, at, after={"file": picture.file.name})
    return still


@transaction.atomic
def describe_still(
    *,
    still: Still,
    alt: Mapping[str, str],
    credit: str,
    focus: tuple[int, int],
    shown: bool,
    by: "Person",
    at: datetime,
) -> Still:
    """Say what a picture shows and whose it is, and whether visitors see it.

    Refused: not_your_catalogue, picture_undescribed {in_languages} (of those in which the film has a title).
    """
    still = _lock(still, by)
    picture = files.describe_picture(picture=still.picture, alt=alt, credit=credit, focus=focus)
    stop_if(why_not_public(picture, still.film.title) if shown else None)
    still.shown = shown
    still.save(update_fields=["shown"])
    after: dict[str, Any] = {"alt": dict(alt), "credit": credit, "focus": list(focus), "shown": shown}
    touch("changed", still, still.film, by, at, after=after)
    return still


@transaction.atomic
def make_cover(*, still: Still, by: "Person", at: datetime) -> Still:
    """Let this picture be the cover; the one before is a still. Refused: not_your_catalogue."""
    still = _lock(still, by)
    Still.objects.filter(film=still.film, cover=True).update(cover=False)
    still.cover = True
    still.save(update_fields=["cover"])
    touch("changed", still, still.film, by, at, after={"cover": True})
    return still


@transaction.atomic
def move_still(*, still: Still, by_places: int, past: int | None = None, by: "Person", at: datetime) -> None:
    """Move a still up (negative) or down among those that are not the cover, which stands first. Refused: not_your_catalogue."""
    still = _lock(still, by)
    rows = list(Still.objects.filter(film=still.film, cover=False))
    if not still.cover and move(rows, still, by_places, past):
        touch("changed", still, still.film, by, at, after={"moved": by_places})


@transaction.atomic
def remove_still(*, still: Still, by: "Person", at: datetime) -> None:
    """Take a picture away, its file too. Refused: not_your_catalogue."""
    still = _lock(still, by)
    touch("deleted", still, still.film, by, at, after={"file": still.picture.file.name})
    still.delete()
    files.forget_picture(picture=still.picture)


@transaction.atomic
def set_trailer(*, film: Film, address: str, by: "Person", at: datetime) -> Film:
    """Say where the trailer is; "" takes it away. Refused: not_your_catalogue, trailer_address."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(Refusal("trailer_address") if address and not address.startswith("https://") else None)
    film = Film.objects.select_for_update().get(pk=film.pk)
    if film.trailer != address:
        film.trailer, film.changed_at = address, at
        film.save(update_fields=["trailer", "changed_at"])
        touch("changed", film, film, by, at, after={"trailer": address})
    return film


def _lock(still: Still, by: "Person") -> Still:
    stop_if(access.why_not_edit(by, still.film.organisation_id))
    Film.objects.select_for_update().get(pk=still.film_id)
    return Still.objects.select_related("film", "picture__file").get(pk=still.pk)
