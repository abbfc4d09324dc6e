"""Who may see a picture: the rooms that show it say so, for the foundation knows nothing of films and articles."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings

from kinolab.foundation.files.models import Picture
from kinolab.foundation.refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kinolab.foundation.people.models import Person


class Audience(StrEnum):
    """Who sees a picture."""

    EVERYBODY = "everybody"
    ASKER = "asker"  # whoever asks now, and nobody may keep it for another


Question = Callable[[Picture, "Person | AnonymousUser", datetime], Audience | None]
_questions: list[Question] = []


def register(question: Question) -> None:
    """Add a room's answer; the same one is not added twice."""
    if question not in _questions:
        _questions.append(question)


def audience(picture: Picture, person: "Person | AnonymousUser", at: datetime) -> Audience | None:
    """Everybody where one room shows it to everybody, else the asker where one room lets them; else nobody."""
    found = {question(picture, person, at) for question in _questions}
    return next((one for one in Audience if one in found), None)


def why_not_public(picture: Picture, languages: Iterable[str]) -> Refusal | None:
    """Say why the picture may not be shown: it is not described in a language in which its page is read."""
    missing = picture.alt.missing(list(languages) or [settings.LANGUAGE_CODE])
    return Refusal("picture_undescribed", {"in_languages": missing}) if missing else None
