"""What changed between two versions of what was sent, answer by answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinolab.foundation.comparing import Piece, compared


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is not the same in both versions."""

    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def pieces(self) -> tuple[tuple[Piece, str], ...]:
        """Both texts in one: what stayed, what has gone, what is new."""
        return compared("\n".join(self.before), "\n".join(self.after))


def changes(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Change]:
    """Return every answer that differs, in the order of the later version; those that are gone come last."""
    keys: Iterable[str] = dict.fromkeys((*after, *before))
    pairs = ((key, tuple(before.get(key, ())), tuple(after.get(key, ()))) for key in keys)
    return [Change(key, old, new) for key, old, new in pairs if old != new]
