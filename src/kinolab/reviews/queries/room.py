"""The reading room: the materials as this reader may see them, the rubric with what is marked, others' readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinolab.applications.models import Snapshot
from kinolab.applications.queries import snapshot
from kinolab.applications.queries.snapshot import ShownSection
from kinolab.calls.models import Criterion
from kinolab.foundation.i18n.texts import Text
from kinolab.reviews.domain.lifecycle import DUE, ReadingState, Seeing, may_see_others
from kinolab.reviews.models import Reading, Score
from kinolab.reviews.queries import facts

STEPS = ("0", "1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Marked:
    """A criterion, the step chosen for it, and what each step means."""

    criterion: Criterion
    value: int | None
    anchors: Sequence[tuple[str, Text]]

    @property
    def field(self) -> str:
        """The name of its field on the page."""
        return f"c{self.criterion.pk}"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else's reading, without their name."""

    letter: str
    score: Any
    recommendation: str
    note: str


@dataclass(frozen=True, slots=True)
class RoomPage:
    """What the reading room shows."""

    reading: Reading
    sections: Sequence[ShownSection]
    names: Sequence[str]
    rubric: Sequence[Marked]
    others: Sequence[Other]
    minutes: int
    previous: int | None
    next: int | None


def room_page(reading: Reading) -> RoomPage:
    """Gather the page; a constant number of queries."""
    sent = Snapshot.objects.filter(application=reading.application_id).order_by("-version").first()
    content: Mapping[str, Any] = sent.content if sent else {"sections": [], "team": []}
    neighbours = list(
        Reading.objects.filter(reader=reading.reader_id, phase=reading.phase_id, state__in=[one.value for one in DUE])
        .order_by("application__number", "pk")
        .values_list("pk", flat=True)
    )
    before = [number for number in neighbours if number < reading.pk]
    after = [number for number in neighbours if number > reading.pk]
    return RoomPage(
        reading=reading,
        sections=_for_readers(content),
        names=[str(member["name"]) for member in content["team"]] if reading.phase.see_names else [],
        rubric=rubric(reading),
        others=others(reading),
        minutes=facts.minutes_of(dict(content)),
        previous=before[-1] if before else None,
        next=after[0] if after else None,
    )


def rubric(reading: Reading) -> list[Marked]:
    """The criteria with the reader's marks. Two queries."""
    marks = dict(Score.objects.filter(reading=reading).values_list("criterion_id", "value"))
    return [
        Marked(one, marks.get(one.pk), [(step, Text(one.anchors.get(step, {}))) for step in STEPS])
        for one in facts.criteria_of(reading.phase.edition)
    ]


def marks_by_code(reading: Reading) -> dict[str, int]:
    """The reader's marks by criterion."""
    return dict(Score.objects.filter(reading=reading).values_list("criterion__code", "value"))


def others(reading: Reading) -> list[Other]:
    """What the other readers handed in, where and when the phase lets this reader see it; never who they are."""
    if not may_see_others(Seeing(reading.phase.see_others), ReadingState(reading.state)):
        return []
    found = Reading.objects.filter(
        phase=reading.phase_id, application=reading.application_id, state=ReadingState.SUBMITTED.value
    ).exclude(pk=reading.pk)
    return [
        Other(chr(ord("A") + place), one.score, one.recommendation, one.shareable_note)
        for place, one in enumerate(found.order_by("submitted_at", "pk"))
    ]


def _for_readers(content: Mapping[str, Any]) -> list[ShownSection]:
    """The answers that readers see; sections without any are left out."""
    shown = [
        ShownSection(one.key, one.title, [answer for answer in one.answers if answer.readers_see])
        for one in snapshot.shown_sections(content)
    ]
    return [one for one in shown if one.answers]
