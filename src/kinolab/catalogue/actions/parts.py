"""Films standing in another."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.films import make_film
from kinolab.catalogue.actions.record import Texts, move, put_in_place, touch
from kinolab.catalogue.domain import parts
from kinolab.catalogue.domain.works import Kind, PartKind, PartState
from kinolab.catalogue.models import Film, Part
from kinolab.catalogue.queries import facts
from kinolab.foundation.refusals import Refusal, stop_if

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
    stop_if(_why_not_place(whole, film, state))
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


@transaction.atomic
def add_part(*, whole: Film, film: Film | Texts, kind: PartKind, by: "Person", at: datetime) -> Part:
    """Let a film stand in another behind all its parts; a new one is begun where a title (or none) is given.

    Refused: as `place_part`.
    """
    stop_if(access.why_not_edit(by, whole.organisation_id))
    if not isinstance(film, Film):
        film = make_film(organisation=whole.organisation, kind=Kind.SEGMENT, facts={"title": dict(film)}, by=by, at=at)
    position = max(1, facts.next_order(Part, "position", whole=whole))
    return place_part(whole=whole, film=film, position=position, kind=kind, by=by, at=at)


@transaction.atomic
def put_back(*, part: Part, by: "Person", at: datetime) -> Part:
    """Let a part that was dropped stand in the film again, behind all others. Refused: as `place_part`."""
    position = max(1, facts.next_order(Part, "position", whole=part.whole))
    return place_part(whole=part.whole, film=part.film, position=position, kind=PartKind(part.kind), by=by, at=at)


@transaction.atomic
def change_part(*, part: Part, kind: PartKind, place: int | None = None, by: "Person", at: datetime) -> Part:
    """Say what a part is for, and where it stands among those in the film. Refused: as `place_part`."""
    stop_if(access.why_not_edit(by, part.whole.organisation_id))
    stop_if(access.why_not_show(part.whole) if part.whole.published_at else None)
    changed = part.kind != kind
    part.kind = kind.value
    part.save(update_fields=["kind"])
    if place is not None and part.state == PartState.IN_FILM:
        rows = list(Part.objects.filter(whole=part.whole, state=PartState.IN_FILM))
        changed = put_in_place(rows, part, place, column="position", first=1) or changed
    if changed:
        touch("changed", part, part.whole, by, at, after={"kind": part.kind, "place": place})
    return part


@transaction.atomic
def move_part(*, part: Part, by_places: int, past: int | None = None, by: "Person", at: datetime) -> None:
    """Move a part up (negative) or down among those in the film. Refused: as `place_part`."""
    stop_if(access.why_not_edit(by, part.whole.organisation_id))
    stop_if(access.why_not_show(part.whole) if part.whole.published_at else None)
    rows = list(Part.objects.filter(whole=part.whole, state=PartState.IN_FILM))
    if part.state != PartState.IN_FILM:
        return
    if move(rows, part, by_places, past, column="position", first=1):
        touch("changed", part, part.whole, by, at, after={"moved": by_places})


def _why_not_place(whole: Film, film: Film, state: PartState) -> Refusal | None:
    refusal = parts.why_not_place(parts.Standing(whole.pk, film.pk, state), facts.standings(whole.pk, film.pk))
    if refusal and "film" in refusal.facts:  # the rule knows films by their numbers, people by their titles
        return Refusal("segment_elsewhere", {"film": str(Film.objects.get(pk=refusal.facts["film"]))})
    return refusal
