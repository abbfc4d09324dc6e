"""How many measured times become one figure."""

from collections.abc import Sequence


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The value below which so many per cent of sorted values lie; 0 of nothing."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0
