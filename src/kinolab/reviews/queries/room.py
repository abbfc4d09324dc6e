"""The reading room: the materials as this reader may see them, the rubric with what is marked, others' readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.utils import timezone

from kinolab.applications.models import Snapshot
from kinolab.applications.queries import snapshot
from kinolab.applications.queries.snapshot import ShownAnswer
from kinolab.applications.words import role_name
from kinolab.calls.models import Criterion
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.prepared import prepared
from kinolab.reviews.domain.lifecycle import ReadingState, Seeing, may_see_others
from kinolab.reviews.models import Reading, Score
from kinolab.reviews.queries import corrected, facts, mine

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

STEPS = ("0", "1", "2", "3", "4", "5")
SHORT = 60  # characters; longer lines stand as words of their own
NOTES = ("private_note", "shareable_note")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the materials: short facts together, then everything that wants room, and what has no answer."""

    key: str
    title: Text
    facts: Sequence[ShownAnswer]
    answers: Sequence[ShownAnswer]
    unanswered: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Marked:
    """A criterion, the step chosen for it, and what each step means."""

    criterion: Criterion
    value: str
    anchors: Sequence[tuple[str, Text]]
    typed: "Typed"
    share: float  # of all weights

    @property
    def field(self) -> str:
        """The name of its field on the page."""
        return f"c{self.criterion.pk}"

    @property
    def chosen(self) -> Text:
        """What the chosen step means."""
        return dict(self.anchors).get(self.value, Text({}))


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a field: what is kept, or what somebody typed and why it was not taken."""

    value: str
    version: int
    why: str = ""
    kept: str = ""  # where another window wrote meanwhile: what it wrote


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else's reading, without their name."""

    letter: str
    score: Any
    recommendation: str
    note: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another reading of the same reader."""

    pk: int
    number: int | None


@dataclass(frozen=True, slots=True)
class RoomPage:
    """What the reading room shows."""

    sections: Sequence[Section]
    names: Sequence[str]
    rubric: Sequence[Marked]
    fields: Mapping[str, Typed]
    marked: int
    others: Sequence[Other]
    others_later: bool
    minutes: int
    place: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None
    corrected: Sequence[str] = ()  # what says something else since the reading was handed in

    @property
    def lacking(self) -> list[str]:
        """The fields without which the reading cannot be handed in."""
        unmarked = [one.field for one in self.rubric if one.value == ""]
        return unmarked if self.fields["recommendation"].value else [*unmarked, "recommendation"]


def room_page(person: "Person", reading: Reading, typed: Mapping[str, Typed] | None = None) -> RoomPage:
    """Gather the page; a constant number of queries. `typed` is what was sent and not taken, by field."""
    sent = Snapshot.objects.filter(application=reading.application_id).order_by("-version").first()
    whole: Mapping[str, Any] = sent.content if sent else {"sections": [], "team": []}
    content = snapshot.for_readers(whole, names=reading.phase.see_names)
    row = [
        Neighbour(one.pk, one.number) for one in _row(person.pk, timezone.now(), reading.reader_id, reading.phase_id)
    ]
    place = next(place for place, one in enumerate(row) if one.pk == reading.pk)
    fields = {name: _kept(reading, name, str(getattr(reading, name))) for name in (*NOTES, "recommendation")}
    marked = rubric(reading, typed or {})
    seeing, state = Seeing(reading.phase.see_others), ReadingState(reading.state)
    return RoomPage(
        sections=_for_readers(content, names=reading.phase.see_names),
        names=[str(member["name"]) for member in content["team"]] if reading.phase.see_names else [],
        rubric=marked,
        fields=fields | dict(typed or {}),
        marked=sum(one.value != "" for one in marked),
        others=others(reading),
        others_later=seeing is Seeing.AFTER_OWN and not may_see_others(seeing, state),
        minutes=facts.minutes_of(dict(content)),
        place=place + 1,
        total=len(row),
        previous=row[place - 1] if place else None,
        next=row[place + 1] if place + 1 < len(row) else None,
        corrected=corrected.labels(reading) if reading.corrected_at else (),
    )


@prepared
def _row(person: int, at: datetime, reader: int, phase: int) -> QuerySet[Reading]:
    """The reader's readings of the phase in the order of their numbers: keys and numbers alone."""
    own = mine.readings_of(person, at).filter(reader=reader, phase=phase).only("pk")
    return own.annotate(number=F("application__number")).order_by("number", "pk")


def _kept(reading: Reading, field: str, value: str) -> Typed:
    return Typed(value, int(reading.versions.get(field, 0)))


def rubric(reading: Reading, typed: Mapping[str, Typed]) -> list[Marked]:
    """The criteria with the reader's marks. Two queries."""
    marks = dict(Score.objects.filter(reading=reading).values_list("criterion_id", "value"))
    criteria = facts.criteria_of(reading.phase.edition)
    whole, found = sum(float(one.weight) for one in criteria), []
    for one in criteria:
        anchors = [(step, Text(one.anchors.get(step, {}))) for step in STEPS]
        field = f"c{one.pk}"
        now = typed.get(field) or _kept(reading, field, str(marks.get(one.pk, "")))
        found.append(Marked(one, now.value, anchors, now, float(one.weight) / whole if whole else 0.0))
    return found


def marks_by_code(reading: Reading) -> dict[str, int]:
    """The reader's marks by criterion."""
    return dict(Score.objects.filter(reading=reading).values_list("criterion__code", "value"))


def others(reading: Reading) -> list[Other]:
    """What the other readers handed in, where and when the phase lets this reader see it; never who they are."""
    if not may_see_others(Seeing(reading.phase.see_others), ReadingState(reading.state)):
        return []
    found = Reading.objects.filter(
        phase=reading.phase_id,
        application=reading.application_id,
        candidacy=reading.candidacy_id,
        state=ReadingState.SUBMITTED.value,
    ).exclude(pk=reading.pk)
    return [
        Other(chr(ord("A") + place), one.score, one.recommendation, one.shareable_note)
        for place, one in enumerate(found.order_by("submitted_at", "pk"))
    ]


def _for_readers(content: Mapping[str, Any], *, names: bool) -> list[Section]:
    """The answers that readers see; the title stands above already, sections without answers are left out.

    Beside an answer of one of the team stands who it is, or, where names are hidden, what they are.
    """
    found = []
    for section, shown in zip(content["sections"], snapshot.shown_sections(content), strict=True):
        answers = [
            _labelled(answer, names=names)
            for question, answer in zip(section["questions"], shown.answers, strict=True)
            if question.get("fact") != "project.title"
        ]
        given = [one for one in answers if one.lines or one.files]
        if answers:
            short = [one for one in given if _is_short(one)]
            rest = [one for one in given if not _is_short(one)]
            left = [one.label for one in answers if one not in given]
            found.append(Section(shown.key, shown.title, short, rest, left))
    return found


def _labelled(answer: ShownAnswer, *, names: bool) -> ShownAnswer:
    who = (answer.by if names else "") or (str(role_name(answer.by_role)) if answer.by_role else "")
    return replace(answer, label=f"{answer.label} · {who}") if answer.by or answer.by_role else answer


def _is_short(answer: ShownAnswer) -> bool:
    roomy = answer.is_prose or answer.files or answer.address or answer.rows or answer.parts
    return not roomy and len(", ".join(answer.lines)) <= SHORT
