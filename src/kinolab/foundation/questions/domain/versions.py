"""What one version of a form has become in the next, and what happens to the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a question."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    OTHER_KIND = "other_kind"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one version: its number, section, code and kind, of whom it is asked, and everything else of it."""

    number: int
    section: str
    key: str
    kind: str
    asked_of: str
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the account: which question, what became of it, and which of its parts are others now."""

    key: str
    change: Change
    parts: tuple[str, ...] = ()


def pairs(before: Sequence[Asked], after: Sequence[Asked]) -> dict[int, int]:
    """Where each answer goes: numbers of the later version by numbers of the earlier.

    A question is found again by its code in its section, else by its code alone where that stands once. What is of
    another kind now, or asked of somebody else, takes no answers over.
    """
    found = {}
    for one in before:
        there = _again(one, after)
        if there is not None and there.kind == one.kind and there.asked_of == one.asked_of:
            found[one.number] = there.number
    return found


def _again(one: Asked, listed: Sequence[Asked]) -> Asked | None:
    same = [other for other in listed if other.key == one.key]
    exact = next((other for other in same if other.section == one.section), None)
    return exact or (same[0] if len(same) == 1 else None)


def changes(before: Sequence[Asked], after: Sequence[Asked]) -> list[Changed]:
    """The account of a correction, in the order of the later version, what is gone last."""
    found = []
    for one in after:
        was = _again(one, before)
        if was is None:
            found.append(Changed(one.key, Change.ADDED))
        elif was.kind != one.kind or was.asked_of != one.asked_of:
            found.append(Changed(one.key, Change.OTHER_KIND))
        else:
            parts = tuple(name for name in one.said if one.said[name] != was.said.get(name))
            if parts:
                found.append(Changed(one.key, Change.CHANGED, parts))
            elif was.section != one.section:
                found.append(Changed(one.key, Change.MOVED))
    return found + [Changed(one.key, Change.REMOVED) for one in before if _again(one, after) is None]
