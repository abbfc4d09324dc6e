"""Rules of the film: when they may change, and what they cannot say."""

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.lifecycle import FilmState

SETTLED = frozenset({FilmState.LOCKED, FilmState.DELIVERED, FilmState.RELEASED})
SQUARES = 12  # columns and rows of the map at most


def why_not_change(state: FilmState) -> Refusal | None:
    """Say why what the film is made by may not change any more."""
    return Refusal("film_is_settled") if state in SETTLED else None


def why_not_window(shortest: int | None, longest: int | None) -> Refusal | None:
    """Say why these lengths (seconds) are no window."""
    turned = shortest is not None and longest is not None and longest < shortest
    return Refusal("window_turned") if turned else None


def outside(length: int | None, shortest: int | None, longest: int | None) -> Refusal | None:
    """Say by how many seconds a length leaves the window of the film: told, never corrected."""
    if length is None:
        return None
    if shortest is not None and length < shortest:
        return Refusal("too_short_for_film", {"seconds": shortest - length})
    if longest is not None and length > longest:
        return Refusal("too_long_for_film", {"seconds": length - longest})
    return None
