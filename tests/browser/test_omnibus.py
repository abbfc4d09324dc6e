"""An omnibus film, from a contest to its page: the tutorial followed to the letter on the demonstration."""

from typing import Any

import pytest
from django.utils import timezone

from kinolab.config import clock, ready
from kinolab.demonstration import building
from kinolab.demonstration.dates import Until
from tests.browser import guide

pytestmark = pytest.mark.slow

TUTORIAL = ready.REPOSITORY / "docs" / "tutorials" / "make-an-omnibus-film.md"
TOLD = {"the contest": lambda page: page.locator("select[name=edition] option").last.inner_text()}


def test_omnibus_when_the_tutorial_is_followed_goes_from_the_contest_to_its_page(open_page: Any, settings: Any) -> None:
    settings.KINOLAB_DEMO_ENTRY = settings.KINOLAB_MAIL_OPEN = True
    settings.EMAIL_BACKEND = "kinolab.foundation.mail.folder.FolderBackend"
    building.build(until=Until.ANNOUNCED, seed=1, number=8, now=timezone.now(), progress=lambda numbers, _: numbers)
    page = open_page()
    for step in guide.steps(TUTORIAL):
        guide.follow(page, step, TOLD)
        assert clock.turn() == []  # as the clock in the running program does
