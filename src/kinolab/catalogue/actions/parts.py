"""Films standing in another."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import touch
from kinolab.catalogue.domain import parts
from kinolab.catalogue.domain.works import PartKind, PartState
from kinolab.catalogue.models import Film, Part
from kinolab.catalogue.queries import facts
from kinolab.foundation.refusals import stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def place_part(
    *, whole: Film, film: Film, position: int, kind: PartKind = PartKind.STORY, state: PartState = PartState.IN_FILM,
    by: "Person", at: datetime,
) -> Part:  # fmt: skip
    """Let a film stand in another at this place, or move it there.

    Refused: not_your_catalogue, other_catalogue, parts_in_a_circle, segment_elsewhere; of a public film also what later
    rooms answer to `FilmPublishing`.
    """
    stop_if(access.why_not_edit(by, whole.organisation_id))
    stop_if(access.why_not_join(whole, film))
    stop_if(access.why_not_show(whole) if whole.published_at else None)
    Film.objects.select_for_update().get(pk=film.pk)
    stop_if(parts.why_not_place(parts.Standing(whole.pk, film.pk, state), facts.standings(whole.pk, film.pk)))
    placed, _new = Part.objects.update_or_create(
        whole=whole, film=film, defaults={"position": position, "kind": kind.value, "state": state.value}
    )
    touch("changed", placed, whole, by, at, after={"position": position, "kind": kind.value, "state": state.value})
    return placed


@transaction.atomic
def drop_part(*, part: Part, by: "Person", at: datetime) -> Part:
    """Take a part out of the film; it stays in the record with its credits. Refused: as `place_part`."""
    stop_if(access.why_not_edit(by, part.whole.organisation_id))
    stop_if(access.why_not_show(part.whole) if part.whole.published_at else None)
    part.state = PartState.DROPPED.value
    part.save(update_fields=["state"])
    touch("changed", part, part.whole, by, at, after={"state": part.state})
    return part
