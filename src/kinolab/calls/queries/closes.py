"""Until when: the call's own window, and the closes of its strands, roles and late codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kinolab.calls import words
from kinolab.calls.domain import window
from kinolab.calls.domain.window import Close, Window
from kinolab.calls.models import Call, LateCode, Strand
from kinolab.foundation.i18n.texts import Text


def call_window(call: Call) -> Window:
    """The window of a call whose opening and closing are set, its strands and roles left aside."""
    return Window(call.opens_at, call.closes_at, call.grace_minutes, call.extended_from)


def whole_window(call: Call) -> Window:
    """The same until its last strand or role has closed: so long somebody may begin an application."""
    return window.own(call_window(call), [Close(call.own_closes_at) if call.own_closes_at else None])


def of_strand(strand: Strand) -> Close | None:
    """When a strand closes, where it does not close with the call."""
    return Close(strand.closes_at, strand.extended_from) if strand.closes_at else None


def of_role(call: Call, role: str) -> Close | None:
    """When a role closes, where it does not close with the call."""
    kept = call.role_closes.get(role)
    if not kept:
        return None
    return Close(datetime.fromisoformat(kept["at"]), datetime.fromisoformat(kept["before"]) if kept["before"] else None)


def of_code(code: LateCode | None) -> Close | None:
    """Until when a late code gives time: not at all once it is revoked, or where it only invites."""
    return Close(code.until) if code is not None and code.until and code.revoked_at is None else None


def named(call: Call, parts: Sequence[str]) -> list[Close]:
    """The closes of the strands and roles with these names (`strand-<slug>`, `role-<name>`). One query at most."""
    strands = [part.removeprefix("strand-") for part in parts if part.startswith("strand-")]
    found = [of_strand(one) for one in call.strands.filter(slug__in=strands)] if strands else []
    found += [of_role(call, part.removeprefix("role-")) for part in parts if part.startswith("role-")]
    return [one for one in found if one]


def last_of(call: Call, strands: Iterable[Strand]) -> datetime | None:
    """The latest closing instant of strands and roles; None where all close with the call."""
    found = [of_strand(one) for one in strands] + [of_role(call, role) for role in call.role_closes]
    return max((one.at for one in found if one), default=None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A strand or a role that may have a close of its own, as pages list it. `field` names its control."""

    field: str
    name: Text | str
    close: Close | None

    @property
    def is_text(self) -> bool:
        """Whether the name is a text of the lab's, in a language that has to be told."""
        return isinstance(self.name, Text)


def listed(call: Call, strands: Sequence[Strand]) -> list[Listed]:
    """Every strand (where there are several) and every role of the call, with its close."""
    found = [Listed(f"strand-{one.slug}", one.name, of_strand(one)) for one in strands] if len(strands) > 1 else []
    return found + [Listed(f"role-{role}", str(words.role_name(role)), of_role(call, role)) for role in call.roles]


def is_sealed(call: Call | None, at: datetime) -> bool:
    """Whether nobody of the staff may read the call's applications now."""
    return call is not None and call.sealed_until is not None and at < call.sealed_until
