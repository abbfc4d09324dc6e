"""The credits of a whole film, gathered from itself and from its parts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kinolab.catalogue.domain.works import PartState, Role


@dataclass(frozen=True, slots=True)
class Line:
    """One credit as it stands in the record: of the whole (`part` is None) or of a part (its place in the film)."""

    agent: int
    role: Role
    name: object
    character: object = ""
    order: int = 0
    part: int | None = None
    state: PartState = PartState.IN_FILM


@dataclass(slots=True)
class Named:
    """Somebody in a role, once, with the parts it is said of; without parts it is said of the whole."""

    agent: int
    name: object
    characters: list[object] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)


def gathered(lines: Iterable[Line]) -> dict[Role, list[Named]]:
    """Everybody by role, in the order of the vocabulary: first of the whole, then part by part. What was dropped is out."""
    places = {role: number for number, role in enumerate(Role)}
    shown = (line for line in lines if line.part is None or line.state is PartState.IN_FILM)
    ordered = sorted(shown, key=lambda line: (places[line.role], -1 if line.part is None else line.part, line.order))
    roles: dict[Role, dict[int, Named]] = {}
    for line in ordered:
        named = roles.setdefault(line.role, {}).setdefault(line.agent, Named(line.agent, line.name))
        if line.character and line.character not in named.characters:
            named.characters.append(line.character)
        if line.part is not None and line.part not in named.parts:
            named.parts.append(line.part)
    return {role: list(people.values()) for role, people in roles.items()}
