"""Places on earth as people copy them from a map."""

import re
from decimal import Decimal

_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d{1,12})?)°?")
_POLE, _DATE_LINE = 90, 180
_EXACT = Decimal("0.00001")  # a metre


def coordinates(text: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude in degrees, as in "43.238, 76.945"; None for what is no place on earth."""
    found = _PAIR.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = (Decimal(one).quantize(_EXACT) for one in found.groups())
    return (latitude, longitude) if abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE else None
