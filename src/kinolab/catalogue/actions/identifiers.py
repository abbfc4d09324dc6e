"""What films are called in registers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import touch
from kinolab.catalogue.domain import identifiers
from kinolab.catalogue.models import Film, Identifier
from kinolab.catalogue.queries import facts
from kinolab.foundation.refusals import Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def identify(*, film: Film, scheme: identifiers.Scheme, value: str, by: "Person", at: datetime) -> Identifier:
    """Say what the film is called in a register, in place of what was said before.

    Refused: not_your_catalogue, identifier_shape, identifier_check, identifier_taken.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(identifiers.why_not(scheme, value))
    plain = identifiers.written(scheme, value)
    other = facts.identified(scheme.value, plain)
    stop_if(Refusal("identifier_taken", {"value": plain}) if other and other.pk != film.pk else None)
    made, _new = Identifier.objects.update_or_create(film=film, scheme=scheme.value, defaults={"value": plain})
    touch("changed", made, film, by, at, after={"scheme": scheme.value, "value": plain})
    return made
