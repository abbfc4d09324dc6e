"""Places on earth, as copied from maps."""

from decimal import Decimal

import pytest

from kinolab.catalogue.domain.places import coordinates


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("43.2389498, 76.8897094", ("43.23895", "76.88971")),
        (" -33.4° -70 ", ("-33.40000", "-70.00000")),
        ("90;180", ("90.00000", "180.00000")),
        ("90.1, 0", None),
        ("0, -180.5", None),
        ("43,2 76,9", None),
        ("Almaty", None),
        ("", None),
    ],
)
def test_place_is_read_or_is_none(text, place):
    assert coordinates(text) == (place and tuple(map(Decimal, place)))
