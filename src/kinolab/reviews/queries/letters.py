"""What letters to readers say, before they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

from kinolab.foundation.i18n.mixture import Piece
from kinolab.foundation.mail.queries import absolute_url, preview
from kinolab.reviews.models import Reader, ReviewPhase

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

REMINDER = "reviews/mail/reminder.txt"


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter as its reader will get it."""

    reader: Reader
    language: str
    subject: str
    body: str
    pieces: list[Piece]


def home(person: "Person") -> str:
    """The address of the reader's home in the reader's language."""
    with translation.override(person.language or translation.get_language()):
        return absolute_url(reverse("reviews:mine"))


def reminder(phase: ReviewPhase, reader: Reader) -> dict[str, Any]:
    """What the reminder's template needs."""
    return {"edition": phase.edition, "phase": phase, "link": home(reader.person)}


def reminders(phase: ReviewPhase, readers: Sequence[Reader]) -> list[ShownLetter]:
    """The reminder to each of these readers, word by word."""
    return [
        ShownLetter(one, *preview(template=REMINDER, context=reminder(phase, one), to=one.person)) for one in readers
    ]
