"""What can be taken over from an earlier application: which answer fits which question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinolab.foundation.questions.domain.answers import Kind, is_empty

# A consent is given anew each time, and a strand is this call's own.
NEVER = frozenset({Kind.CONSENT})
STRAND = "application.strand"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as taking over needs to know it. `own` when it is asked of a person alone."""

    number: int
    key: str
    kind: Kind
    fact: str = ""
    own: bool = False
    choices: frozenset[str] = frozenset()


def fitting(now: Iterable[Asked], before: Mapping[Asked, object]) -> dict[int, object]:
    """Return by number of the present question the answers that fit: the same key, else the same fact; the same kind.

    Choices that are no longer offered are left out.
    """
    given = {asked: value for asked, value in before.items() if not is_empty(value)}
    found: dict[int, object] = {}
    for one in now:
        if one.kind in NEVER or one.fact == STRAND:
            continue
        same = [asked for asked in given if asked.kind is one.kind and asked.own == one.own]
        by_key = next((asked for asked in same if asked.key == one.key), None)
        match = by_key or next((asked for asked in same if one.fact and asked.fact == one.fact), None)
        value = _offered(one, given[match]) if match else None
        if not is_empty(value):
            found[one.number] = value
    return found


def _offered(asked: Asked, value: object) -> object:
    if not asked.choices:
        return value
    if isinstance(value, list):
        return [one for one in value if not isinstance(one, str) or one in asked.choices]
    return value if not isinstance(value, str) or value in asked.choices else None
