"""What to write when two people had the same page open: each keeps what the other has not touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kinolab.foundation import merging

PROSE = frozenset({"synopsis"})  # long texts, in which two may change different sentences


@dataclass(frozen=True, slots=True)
class Merged:
    """What to write, and the names on which the two do not agree; of a text per language, "title.ky"."""

    values: dict[str, Any]
    clashes: list[str] = field(default_factory=list)


def merged(seen: Mapping[str, Any], now: Mapping[str, Any], typed: Mapping[str, Any]) -> Merged:
    """Bring together what somebody typed over what they had seen, and what stands there now.

    A name that was not touched keeps what stands there now; one that only this person touched takes what was typed. What
    both touched is put together where that can be done (lists row by row, long texts word by word), else it is a clash. Two orders
    of one list are such a clash.
    What `seen` does not know counts as not changed since.
    """
    values: dict[str, Any] = {}
    clashes: list[str] = []
    for name, mine in typed.items():
        theirs = now.get(name)
        before = seen.get(name, theirs)
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping) and isinstance(before, Mapping):
            values[name], inner = _texts(before, theirs, mine, prose=name in PROSE)
            clashes += [f"{name}.{tag}" for tag in inner]
        else:
            met = (
                _listed(before, mine, theirs)
                if isinstance(mine, list)
                else merging.values(before, mine, theirs, prose=False)
            )
            values[name] = mine if met is None else met.value
            clashes += [name] if met is None else []
    return Merged(values, clashes)


def _listed(before: object, mine: Sequence[str], theirs: object) -> merging.Merged | None:
    """A list with what both have put in and taken out, in the order of whoever has changed the order."""
    there, began = (list(one) if isinstance(one, list) else [] for one in (theirs, before))
    rows = merging.values([[one] for one in began], [[one] for one in mine], [[one] for one in there], prose=False)
    kept = merging.values(began, list(mine), there, prose=False)
    said = kept.value if kept and isinstance(kept.value, list) else []
    in_rows = [one for row in rows.value for one in row] if rows and isinstance(rows.value, list) else []
    if sorted(in_rows) == sorted(said):
        return merging.Merged(in_rows)
    stay = [one for one in began if one in mine and one in there]
    ours, others = ([one for one in order if one in stay] for order in (mine, there))
    if stay not in (ours, others) and ours != others:
        return None
    first = there if ours == stay else mine
    return merging.Merged([one for one in first if one in said] + [one for one in said if one not in first])


def _texts(
    before: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any], *, prose: bool
) -> tuple[dict[str, Any], list[str]]:
    kept: dict[str, Any] = {}
    clashes: list[str] = []
    for tag in dict.fromkeys([*theirs, *mine]):
        here = mine.get(tag, "")
        met = merging.values(before.get(tag, ""), here, theirs.get(tag, ""), prose=prose)
        if met is None:
            clashes.append(tag)
        if text := here if met is None else met.value:
            kept[tag] = text
    return kept, clashes
