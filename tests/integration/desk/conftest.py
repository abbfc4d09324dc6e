"""For the tests of the desk: time stands still in the middle of the call, unless a test moves it."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories import applications as make


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    """The clock, stopped; `now.move_to(…)` moves it."""
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller
