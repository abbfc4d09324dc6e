"""For the tests of impact: time stands still weeks after the announcement, unless a test moves it."""

from collections.abc import Iterator

import pytest
import time_machine

from kinolab.impact.models import RoadMap
from tests.factories import road_maps as make


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    """The clock, stopped."""
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def road_map(db: None) -> RoadMap:
    """Meerim's, being drawn up."""
    return make.road_map()
