"""The assembly: its pieces in order and to scale, what waits for a place, what was dropped, what a lock still lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.models import Credit
from kinolab.foundation.refusals import Refusal
from kinolab.production.domain import assembly as rules
from kinolab.production.domain.assembly import Drawn, Meter, Oddity, Piece, Ready, Strip
from kinolab.production.domain.lifecycle import OUT, SegmentState
from kinolab.production.domain.terms import SegmentKind
from kinolab.production.models import Agreement, Cut, Omnibus, Segment

SHOWN = (Role.DIRECTOR.value, Role.WRITER.value)
DYES = ("indigo", "larkspur", "firuza", "madder", "spruce", "mulberry")
HOLES = [number + 0.25 for number in range(100)]  # per cent, along both edges of the strip
_OUT = [one.value for one in OUT]
_LOCKED = frozenset({SegmentState.LOCKED.value, SegmentState.IN_FILM.value})


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment in its place, as the page shows it."""

    number: int
    segment: Segment
    drawn: Drawn
    dye: str
    directors: Sequence[str]
    oddity: Oddity | None

    @property
    def settled(self) -> bool:
        """Whether its picture is locked; until then its state is shown dashed."""
        return self.segment.state in _LOCKED


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing for the lock, and the segment it is about."""

    why: Refusal
    segment: Segment | None


@dataclass(frozen=True, slots=True)
class AssemblyPage:
    """What stands on the page; `seen` marks the order as it is shown here."""

    placed: Sequence[Placed]
    waiting: Sequence[Segment]
    cuts: Sequence[Cut]
    strip: Strip
    meter: Meter
    lacks: Sequence[Lack]
    seen: str
    holes: Sequence[float] = tuple(HOLES)

    @property
    def band(self) -> float:
        """How wide the tolerance is on the strip (per cent)."""
        return (self.strip.most or 0.0) - (self.strip.least or 0.0)

    @property
    def untold(self) -> int:
        """How many cuts there are whose people have not all been told."""
        return sum(one.notice_at is None for one in self.cuts)


def order_of(omnibus: Omnibus) -> list[Segment]:
    """The segments that have a place, in their order."""
    return list(omnibus.segments.filter(position__isnull=False).order_by("position", "pk"))


def mark(order: Iterable[int]) -> str:
    """An order as a page sends it back, to say what its reader saw."""
    return ".".join(map(str, order))


def read_mark(seen: str) -> tuple[int, ...]:
    """What a page sent back; what cannot be read was never an order of ours."""
    return tuple(int(one) for one in seen.split(".") if one.isascii() and one.isdecimal())


def assembly_page(omnibus: Omnibus) -> AssemblyPage:
    """Everything on the page. Five statements, whatever the number of segments."""
    segments = list(shown(omnibus.segments.exclude(state__in=_OUT)))
    placed = sorted((one for one in segments if one.position is not None), key=lambda one: (one.position, one.pk))
    waiting = [one for one in segments if one.position is None]
    cuts = list(in_force(omnibus))
    pieces = [piece_of(one) for one in placed]
    strip = rules.strip(pieces, omnibus.aim, omnibus.tolerance)
    odd = dict(rules.oddities(pieces))
    dyes = _dyes(segments)
    rows = [
        Placed(number, one, drawn, dyes.get(one.pk, ""), directors_of(one), odd.get(one.pk))
        for number, (one, drawn) in enumerate(zip(placed, strip.pieces, strict=True), 1)
    ]
    named = {one.pk: one for one in segments} | {one.segment_id: one.segment for one in cuts}
    lacks = [
        Lack(why, named.get(why.facts.get("segment")))
        for why in _lacks(omnibus, placed, waiting, cuts)  # type: ignore[call-overload]
    ]
    meter = rules.meter(pieces, omnibus.aim, omnibus.tolerance)
    return AssemblyPage(rows, waiting, cuts, strip, meter, lacks, mark(one.pk for one in placed))


def lacks(omnibus: Omnibus) -> Sequence[Refusal]:
    """What is missing before the film can be locked."""
    segments = list(shown(omnibus.segments.exclude(state__in=_OUT)))
    placed = [one for one in segments if one.position is not None]
    waiting = [one for one in segments if one.position is None]
    return _lacks(omnibus, placed, waiting, list(in_force(omnibus)))


def directors_of(segment: Segment) -> list[str]:
    """Who directed it, of a segment that is `shown`."""
    return [str(credit.agent) for credit in segment.film.named if credit.role == Role.DIRECTOR]


def _dyes(segments: Sequence[Segment]) -> dict[int, str]:
    """A dye for each story, which it keeps wherever it moves; what lies between them is undyed."""
    stories = sorted(one.pk for one in segments if one.kind == SegmentKind.STORY)
    return {key: DYES[number % len(DYES)] for number, key in enumerate(stories)}


def _lacks(
    omnibus: Omnibus, placed: Sequence[Segment], waiting: Sequence[Segment], cuts: Sequence[Cut]
) -> Sequence[Refusal]:
    agreements = Agreement.objects.filter(segment__omnibus=omnibus).order_by("version")
    last = dict(agreements.values_list("segment", "signed_at"))
    signed = {segment for segment, at in last.items() if at is not None}
    return rules.missing(
        [_ready(one, signed) for one in placed],
        untold=[one.segment_id for one in cuts if one.notice_at is None],
        undecided=[one.pk for one in waiting],
    )


def _ready(segment: Segment, signed: set[int]) -> Ready:
    return Ready(
        segment.pk,
        segment.length,
        picture_locked=segment.state in _LOCKED,
        agreement_needed=segment.kind == SegmentKind.STORY or segment.application_id is not None,
        agreement_signed=segment.pk in signed,
        directors=len(directors_of(segment)),
    )


def piece_of(segment: Segment) -> Piece:
    """A segment as the rules see it."""
    return Piece(segment.pk, SegmentKind(segment.kind), segment.length)


def in_force(omnibus: Omnibus) -> QuerySet[Cut]:
    """The cuts that were not taken back, the first first."""
    return Cut.objects.filter(segment__omnibus=omnibus, taken_back_at=None).select_related("segment__film")


def shown(segments: QuerySet[Segment]) -> QuerySet[Segment]:
    """Segments with their film and, as `film.named`, who directed and wrote it."""
    named = Credit.objects.filter(Q(role__in=SHOWN)).select_related("agent").order_by("order", "pk")
    return segments.select_related("film", "borough").prefetch_related(
        Prefetch("film__credits", named, to_attr="named")
    )
