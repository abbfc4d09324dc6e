"""The tutorial for organisers, followed to the letter on the demonstration: a guide that goes stale fails here."""

from typing import Any

import pytest
from django.utils import timezone

from kinolab.config import clock, ready
from kinolab.demonstration import building
from kinolab.demonstration.dates import Until
from tests.browser import guide

pytestmark = pytest.mark.slow

TUTORIAL = ready.REPOSITORY / "docs" / "tutorials" / "run-your-first-open-call.md"


# Chapters that are read at each stage of the demonstration.
PARTS = {Until.OPEN: range(1, 6), Until.READING: range(6, 10)}
TOLD = {"the number": lambda page: page.get_by_text("Letters that will go").locator("b").inner_text()}
STEPS = guide.steps(TUTORIAL)


def _chapter(step: guide.Step) -> int:
    return int(step.chapter.partition(" ")[0])


def test_chapters_when_counted_are_all_followed() -> None:
    assert sorted({_chapter(step) for step in STEPS}) == [number for part in PARTS.values() for number in part]


@pytest.mark.parametrize("until", PARTS, ids=str)
def test_tutorial_when_followed_leads_where_it_says(open_page: Any, settings: Any, until: Until) -> None:
    settings.KINOLAB_DEMO_ENTRY = settings.KINOLAB_MAIL_OPEN = True
    settings.EMAIL_BACKEND = "kinolab.foundation.mail.folder.FolderBackend"
    building.build(until=until, seed=1, number=8, now=timezone.now(), progress=lambda numbers, _: numbers)
    page = open_page()
    for step in STEPS:
        if _chapter(step) in PARTS[until]:
            guide.follow(page, step, TOLD)
            assert clock.turn() == []  # as the clock in the running program does
