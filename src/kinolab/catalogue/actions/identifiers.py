"""What films are called in registers."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import touch
from kinolab.catalogue.domain import identifiers
from kinolab.catalogue.models import Film, Identifier
from kinolab.catalogue.queries import facts
from kinolab.foundation.refusals import Denied, Refusal, stop_if

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
    made = Identifier.objects.filter(film=film, scheme=scheme.value, value=plain).first()
    if made:
        return made
    made, _new = Identifier.objects.update_or_create(film=film, scheme=scheme.value, defaults={"value": plain})
    touch("changed", made, film, by, at, after={"scheme": scheme.value, "value": plain})
    return made


@transaction.atomic
def forget_identifier(*, film: Film, scheme: identifiers.Scheme, by: "Person", at: datetime) -> None:
    """Say no more what the film is called in a register. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    found = Identifier.objects.filter(film=film, scheme=scheme.value).first()
    if found:
        touch("deleted", found, film, by, at, after={"scheme": scheme.value, "value": found.value})
        found.delete()


def identify_in_all(
    *, film: Film, values: Mapping[identifiers.Scheme, str], by: "Person", at: datetime
) -> dict[identifiers.Scheme, Refusal]:
    """Keep every value that is right, take out those left empty, and tell why not of the others."""
    refused = {}
    for scheme, value in values.items():
        try:
            if value.strip():
                identify(film=film, scheme=scheme, value=value, by=by, at=at)
            else:
                forget_identifier(film=film, scheme=scheme, by=by, at=at)
        except Denied as denied:
            refused[scheme] = denied.refusal
    return refused
