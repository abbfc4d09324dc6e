"""Subtitles of a film: brought, read, shown, taken away."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import touch
from kinolab.catalogue.domain import subtitles as rules
from kinolab.catalogue.models import Film, Subtitles
from kinolab.foundation.files import actions as files
from kinolab.foundation.refusals import Denied, Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

CONTENT_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip"}


@transaction.atomic
def add_subtitles(
    *, film: Film, upload: UploadedFile, language: str, hearing: bool, by: "Person", at: datetime
) -> tuple[Subtitles, str]:
    """Bring subtitles; returns them and the encoding that was found. Nobody else sees them yet.

    Refused: not_your_catalogue, subtitles_language, subtitles_twice, what `rules.decoded` and `rules.read` refuse.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    tag = rules.tag(language)
    stop_if(None if tag else Refusal("subtitles_language", {"tag": language}))
    film = Film.objects.select_for_update().get(pk=film.pk)
    there = film.subtitles.filter(language=tag, hearing=hearing).exists()
    stop_if(Refusal("subtitles_twice") if there else None)
    content = upload.read(rules.MOST_BYTES + 1)
    found = rules.decoded(content)
    if isinstance(found, Refusal):
        raise Denied(found)
    text, encoding = found
    read = rules.read(text)
    stop_if(read.refusal)
    ending = "vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else "srt"
    stored = files.keep_text(
        content=ContentFile(content, name=upload.name), content_type=CONTENT_TYPES[ending], by=by, at=at
    )
    made = Subtitles.objects.create(
        film=film, file=stored, language=tag, hearing=hearing, text=rules.as_vtt(read.cues), number=len(read.cues)
    )
    touch("added", made, film, by, at, after={"language": tag, "hearing": hearing, "number": made.number})
    return made, encoding


@transaction.atomic
def show_subtitles(*, subtitles: Subtitles, shown: bool, by: "Person", at: datetime) -> Subtitles:
    """Let visitors have the subtitles, or no longer. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, subtitles.film.organisation_id))
    subtitles.shown = shown
    subtitles.save(update_fields=["shown"])
    touch("changed", subtitles, subtitles.film, by, at, after={"shown": shown})
    return subtitles


@transaction.atomic
def remove_subtitles(*, subtitles: Subtitles, by: "Person", at: datetime) -> None:
    """Take subtitles away, their file too. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, subtitles.film.organisation_id))
    touch("deleted", subtitles, subtitles.film, by, at, after={"language": subtitles.language})
    stored = subtitles.file
    subtitles.delete()
    files.forget(stored=stored)
