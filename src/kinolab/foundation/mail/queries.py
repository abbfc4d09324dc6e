"""Reads of the outbox, and absolute addresses for letters."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Count, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from kinolab.foundation.i18n import mixture
from kinolab.foundation.mail import words
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def absolute_url(path: str) -> str:
    """The address of one of our own paths as somebody outside sees it."""
    return f"{settings.KINOLAB_URL}{path}"


def language_of(to: "Person | str") -> str:
    """The language in which somebody is written to."""
    return (not isinstance(to, str) and to.language) or translation.get_language() or settings.LANGUAGE_CODE


class Preview(NamedTuple):
    """What a letter says, in which language, and which pieces of it are in another (`i18n.mixture`)."""

    language: str
    subject: str
    body: str
    pieces: list[mixture.Piece]


def preview(*, template: str, context: Mapping[str, Any], to: "Person | str", language: str | None = None) -> Preview:
    """The letter that `actions.write` would write from the same template.

    Its language is that of our sentences: Russian, where they are not Kazakh yet, around what was given in Kazakh.
    """
    tag = language or language_of(to)
    with translation.override(tag), mixture.gathering():
        written = render_to_string(template, {**context, "to": to, "language": tag})
    frame = mixture.written_in(tag)
    text, pieces = mixture.taken_apart(written, frame)
    subject, _, body = text.strip().partition("\n")
    return Preview(frame, subject.strip(), body.strip(), pieces)


def fingerprint(letter: Letter) -> str:
    """A digest of what the letter says: whoever changes it tells by it what they have read."""
    return sha256(f"{letter.subject}\n{letter.body}".encode()).hexdigest()[:16]


def letters(*, scope: str, kind: str = "") -> QuerySet[Letter]:
    """Letters of one scope, the newest first."""
    found = Letter.objects.filter(scope=scope).order_by("-created_at", "-pk")
    return found.filter(kind=kind) if kind else found


def states(*, scope: str = "", kind: str = "") -> dict[str, int]:
    """How many letters stand in each state; of one scope, or of the whole installation."""
    counted = letters(scope=scope, kind=kind) if scope else Letter.objects.all()
    return dict(counted.order_by().values_list("state").annotate(number=Count("pk")))


def states_of(letters: QuerySet[Letter]) -> list[tuple[str, Promise, int]]:
    """Each state in which letters stand, its word and how many, in the order of a letter's way."""
    counted = dict(letters.order_by().values_list("state").annotate(number=Count("pk")))
    return [(one.value, word, counted[one.value]) for one, word in words.STATES.items() if one.value in counted]


def undelivered() -> QuerySet[Letter]:
    """Letters that were given up, the oldest first."""
    return Letter.objects.filter(state=LetterState.FAILED.value).order_by("due_at", "pk")


def in_trouble() -> QuerySet[Letter]:
    """Letters that were given up or are being tried again, the oldest first."""
    trouble = [LetterState.FAILED.value, LetterState.WAITING.value, LetterState.SENDING.value]
    return Letter.objects.filter(state__in=trouble, attempts__gt=0).order_by("due_at", "pk")
