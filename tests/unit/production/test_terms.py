"""Words that the room shares with the catalogue."""

from kinolab.catalogue.domain.works import PartKind
from kinolab.production.domain.terms import SegmentKind


def test_kinds_when_compared_with_the_catalogue_are_those_of_its_parts() -> None:
    assert [kind.value for kind in SegmentKind] == [kind.value for kind in PartKind]
