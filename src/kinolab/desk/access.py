"""Who may change letters of an edition, and the only way for a view to get one."""

from typing import TYPE_CHECKING

from django.http import Http404

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.selection.queries.outbox import letters_of

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def get_letter(person: "Person", edition: Edition, number: int) -> Letter:
    """One letter of the edition; 404 for those that the person may not know of."""
    found = letters_of(person, edition).select_related("person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def why_not_change_letters(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not hold back, rewrite or discard letters of the edition."""
    return labs.why_not(person, edition, Permission.ANNOUNCE)
