"""For the tests of selection: time stands still nine days after the close, unless a test moves it."""

from collections.abc import Iterator

import pytest
import time_machine

from kinolab.calls.models import Call
from tests.factories import selection as make


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    """The clock, stopped."""
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def call(db: None) -> Call:
    """A call that has closed."""
    return make.closed_call()
