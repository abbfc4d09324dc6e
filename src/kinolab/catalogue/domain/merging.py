"""What to write when two people had the same page open: each keeps what the other has not touched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What to write, and the names on which the two do not agree; of a text per language, "title.ky"."""

    values: dict[str, Any]
    clashes: list[str] = field(default_factory=list)


def merged(seen: Mapping[str, Any], now: Mapping[str, Any], typed: Mapping[str, Any]) -> Merged:
    """Bring together what somebody typed over what they had seen, and what stands there now.

    A name that was not touched keeps what stands there now; one that only this person touched takes what was typed. One
    that both touched is a clash, unless both wrote the same. What `seen` does not know counts as not changed since.
    """
    values: dict[str, Any] = {}
    clashes: list[str] = []
    for name, mine in typed.items():
        theirs = now.get(name)
        before = seen.get(name, theirs)
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping) and isinstance(before, Mapping):
            values[name], inner = _texts(before, theirs, mine)
            clashes += [f"{name}.{tag}" for tag in inner]
        elif mine in (before, theirs):
            values[name] = theirs
        else:
            values[name] = mine
            clashes += [name] if theirs != before else []
    return Merged(values, clashes)


def _texts(
    before: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    kept: dict[str, Any] = {}
    clashes: list[str] = []
    for tag in dict.fromkeys([*theirs, *mine]):
        was, there, here = before.get(tag, ""), theirs.get(tag, ""), mine.get(tag, "")
        text = there if here in (was, there) else here
        if here not in (was, there) and there != was:
            clashes.append(tag)
        if text:
            kept[tag] = text
    return kept, clashes
