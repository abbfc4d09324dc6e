"""What a row says after somebody has written in it: column by column, merged over the version that they began from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kinolab.foundation import merging

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Met:
    """What became of a text that met another: `values` are to be written; `apart` are columns for a person to decide."""

    values: dict[str, object] = field(default_factory=dict)
    apart: dict[str, object] = field(default_factory=dict)

    def merged(self, typed: Values) -> dict[str, object]:
        """What had been typed where something else is written: the other's change is in it."""
        return {name: typed[name] for name, value in self.values.items() if value != typed[name]}


def meet(typed: Values, base: Values, now: Values, prose: frozenset[str]) -> Met:
    """Let what was typed over `base` meet what the row says now. Texts of `prose` columns merge by words."""
    met = Met()
    for name, mine in typed.items():
        merged = merging.values(base.get(name), mine, now.get(name), prose=name in prose)
        if merged is None:
            met.apart[name] = mine
        else:
            met.values[name] = merged.value
    return met
