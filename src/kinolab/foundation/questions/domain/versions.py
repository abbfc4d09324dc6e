"""What one version of a form has become in the next, and what happens to the answers."""

from collections import Counter
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
    """Where each answer goes: numbers of the later version by numbers of the earlier, no two to the same.

    A question is found again by its code in its section, else by its code alone where that stands once in both versions.
    What is of another kind now, or asked of somebody else, takes no answers over.
    """
    return {
        was.number: one.number
        for one, was in _found_again(before, after)
        if was is not None and was.kind == one.kind and was.asked_of == one.asked_of
    }


def _found_again(before: Sequence[Asked], after: Sequence[Asked]) -> list[tuple[Asked, Asked | None]]:
    """Each question of the later version with what it was in the earlier."""
    exact = {(one.section, one.key): one for one in before}
    times = [Counter(one.key for one in version) for version in (before, after)]
    alone = {one.key: one for one in before if all(count[one.key] == 1 for count in times)}
    return [(one, exact.get((one.section, one.key)) or alone.get(one.key)) for one in after]


def changes(before: Sequence[Asked], after: Sequence[Asked]) -> list[Changed]:
    """The account of a correction, in the order of the later version, what is gone last."""
    found, left = [], {one.number: one for one in before}
    for one, was in _found_again(before, after):
        if was is None:
            found.append(Changed(one.key, Change.ADDED))
            continue
        del left[was.number]
        parts = tuple(name for name in one.said if one.said[name] != was.said.get(name))
        if was.kind != one.kind or was.asked_of != one.asked_of:
            found.append(Changed(one.key, Change.OTHER_KIND))
        elif parts:
            found.append(Changed(one.key, Change.CHANGED, parts))
        elif was.section != one.section:
            found.append(Changed(one.key, Change.MOVED))
    return found + [Changed(one.key, Change.REMOVED) for one in left.values()]
