"""What a call asks of teams: how many hold each role, and whether each person signs their own part."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation.refusals import Refusal

LARGEST = 20  # people in a team


class Signatures(StrEnum):
    """Whether each person of a team signs their own part, and until when."""

    NONE = "none"
    LATER = "later"  # also after the application was sent, and after the close
    BEFORE = "before"  # before it can be sent


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """How many people of a team hold a role."""

    role: str
    minimum: int = 0
    maximum: int | None = None


def role_needs(kept: Mapping[str, Mapping[str, int | None]]) -> tuple[RoleNeed, ...]:
    """Read what a call keeps of its roles: {"director": {"min": 1, "max": 2}}."""
    return tuple(RoleNeed(role, said.get("min") or 0, said.get("max")) for role, said in kept.items())


def problems(roles: tuple[str, ...], needs: tuple[RoleNeed, ...], minimum: int, maximum: int) -> tuple[Refusal, ...]:
    """Say what is impossible about these needs: no team could ever fulfil them."""
    found = [Refusal("need_of_unknown_role", {"role": need.role}) for need in needs if need.role not in roles]
    found += [
        Refusal("role_range", {"role": need.role, "minimum": need.minimum, "maximum": need.maximum})
        for need in needs
        if need.maximum is not None and need.maximum < max(need.minimum, 1)
    ]
    needed = sum(need.minimum for need in needs)
    if needed > maximum:
        found.append(Refusal("roles_beyond_team", {"needed": needed, "maximum": maximum}))
    most = [need.maximum for need in needs]
    if roles and len(needs) == len(roles) and None not in most and sum(one or 0 for one in most) < minimum:
        found.append(Refusal("team_beyond_roles", {"minimum": minimum, "maximum": sum(one or 0 for one in most)}))
    return tuple(found)
