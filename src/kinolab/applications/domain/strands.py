"""In which strands an application may stand: how many, who has to be in the team, and whether a project is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinolab.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class StrandFacts:
    """A strand of the call; `roles` are those of which somebody in the team must hold one (empty: any)."""

    slug: str
    name: object
    roles: frozenset[str] = frozenset()
    without_project: bool = False


def why_not_choose(chosen: Sequence[StrandFacts], *, maximum: int | None, without_project: bool) -> Refusal | None:
    """Say why an application may not stand in these strands, whoever is in its team."""
    if not chosen:
        return Refusal("strand_needed")
    if maximum is not None and len(chosen) > maximum:
        return Refusal("too_many_strands", {"count": len(chosen), "maximum": maximum})
    if without_project:
        return why_not_without_project(chosen)
    return None


def why_not_without_project(chosen: Sequence[StrandFacts]) -> Refusal | None:
    """Say which of the chosen strands asks for a project."""
    needing = next((one for one in chosen if not one.without_project), None)
    return Refusal("strand_needs_project", {"strand": needing.name}) if needing else None


def lacking(
    known: Sequence[StrandFacts],
    chosen: Sequence[StrandFacts],
    *,
    roles: frozenset[str],
    maximum: int | None,
    without_project: bool,
) -> list[Refusal]:
    """Everything about its strands that an application lacks before it can be sent; a call without strands asks nothing."""
    if not known:
        return []
    refused = why_not_choose(chosen, maximum=maximum, without_project=without_project)
    found = [refused] if refused else []
    return found + [
        Refusal("strand_role_missing", {"strand": one.name, "roles": tuple(sorted(one.roles))})
        for one in chosen
        if one.roles and not one.roles & roles
    ]
