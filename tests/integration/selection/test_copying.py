"""What a copied edition takes along; the switchboard calls `copying.on_edition_copied`, `readers.on_edition_copied`."""

from datetime import UTC, datetime

import pytest

from kinolab.calls.actions import files
from kinolab.reviews.models import ReviewPhase
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Quota, ResultLetter
from tests.factories import calls, labs
from tests.factories import selection as make


@pytest.fixture
def original(db):
    """An edition that can be copied whole."""
    made = calls.open_call(rules=[calls.COUNTRIES], form=calls.form("title", frozen_at=labs.NOW))
    labs.membership(labs.person("Aigul"))
    return made.edition


def copy_of(edition):
    by = labs.person("Aigul")
    return files.copy_edition(edition=edition, slug="2027", name={"en": "2027"}, years=1, by=by, at=make.NOW)


def test_copy_of_an_edition_takes_letters_and_quotas_along(original):
    make.written(original.call, Outcome.SELECTED)
    Quota.objects.create(edition=original, order=1, dimension="country", value="KG", minimum=1, maximum=4)
    copy = copy_of(original)
    letter, quota = ResultLetter.objects.get(edition=copy), Quota.objects.get(edition=copy)
    written = ResultLetter.objects.get(edition=original)
    assert (letter.outcome, letter.subject, letter.body) == (written.outcome, written.subject, written.body)
    assert (quota.dimension, quota.value, quota.minimum, quota.maximum) == ("country", "KG", 1, 4)


def test_copy_of_an_edition_reads_by_the_same_switches_a_year_later(original):
    starts = datetime(2026, 9, 12, 4, tzinfo=UTC)
    ReviewPhase.objects.create(edition=original, readings_each=3, see_names=True, starts_at=starts)
    phase = ReviewPhase.objects.get(edition=copy_of(original))
    assert (phase.readings_each, phase.see_names) == (3, True)
    assert (phase.starts_at, phase.ends_at) == (datetime(2027, 9, 12, 4, tzinfo=UTC), None)
