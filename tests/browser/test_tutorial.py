"""The tutorial for organisers, followed to the letter on the demonstration: a guide that goes stale fails here."""

import pytest
from django.utils import timezone

from kinolab.config import ready
from kinolab.demonstration import building
from kinolab.demonstration.dates import Until
from tests.browser import guide

pytestmark = pytest.mark.slow

TUTORIAL = ready.REPOSITORY / "docs" / "tutorials" / "run-your-first-open-call.md"


def test_tutorial_when_followed_leads_where_it_says(open_page, settings):
    settings.KINOLAB_DEMO_ENTRY = True
    building.build(until=Until.OPEN, seed=1, number=6, now=timezone.now(), progress=lambda numbers, _: numbers)
    page = open_page()
    steps = guide.steps(TUTORIAL)
    for step in steps:
        guide.follow(page, step)

    assert len(steps) > 20
