"""For the tests of reading: time stands still in the middle of the call and of the reading, unless a test moves it."""

from collections.abc import Iterator

import pytest
import time_machine

from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.reviews.models import Reader, Reading, ReviewPhase
from tests.factories import reviews as make


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    """The clock, stopped; `now.move_to(…)` moves it."""
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def call() -> Call:
    """An open call with a rubric."""
    return make.call()


@pytest.fixture
def phase(call: Call) -> ReviewPhase:
    """The call's phase of reading."""
    return make.phase(call)


@pytest.fixture
def application(call: Call) -> Application:
    """One sent application."""
    return make.application(call)


@pytest.fixture
def nodira(call: Call) -> Reader:
    """A reader of English and Kyrgyz."""
    return make.reader(call.edition)


@pytest.fixture
def reading(phase: ReviewPhase, nodira: Reader, application: Application) -> Reading:
    """Nodira's reading of the application."""
    return make.reading(phase, nodira, application)


@pytest.fixture
def aigul(call: Call) -> Person:
    """The lead."""
    return make.aigul(call.edition)
