"""What an assembly comes to: the order of its pieces, how long it runs, and what is missing before it can be locked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.terms import SegmentKind

BETWEEN = frozenset({SegmentKind.TRANSITION, SegmentKind.BRIDGE})


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the assembly, in its place: seconds of its last cut, None while nobody has said them."""

    key: int
    kind: SegmentKind = SegmentKind.STORY
    length: int | None = None


class Fit(StrEnum):
    """How the assembly stands to what was aimed at."""

    NO_AIM = "no_aim"
    FITS = "fits"
    SHORT = "short"
    LONG = "long"
    UNKNOWN = "unknown"


class Oddity(StrEnum):
    """What looks like a slip in an order; nobody is stopped by it."""

    OPENING_NOT_FIRST = "opening_not_first"
    CLOSING_NOT_LAST = "closing_not_last"
    JOINS_NOTHING = "joins_nothing"
    JOINS_TWICE = "joins_twice"


@dataclass(frozen=True, slots=True)
class Meter:
    """The running time: what is known of it (seconds), how many lengths are not, what was aimed at."""

    known: int
    unknown: int
    aim: int | None
    tolerance: int

    @property
    def fit(self) -> Fit:
        """What is too long stays so whatever is not known; what is too short may yet grow."""
        if self.aim is None:
            return Fit.NO_AIM
        if self.known > self.aim + self.tolerance:
            return Fit.LONG
        if self.unknown:
            return Fit.UNKNOWN
        return Fit.SHORT if self.known < self.aim - self.tolerance else Fit.FITS

    @property
    def off(self) -> int:
        """Seconds between what is known and what was aimed at."""
        return abs(self.known - self.aim) if self.aim is not None else 0


def meter(pieces: Iterable[Piece], aim: int | None, tolerance: int) -> Meter:
    """Add up the pieces in the film. Nothing is corrected."""
    lengths = [one.length for one in pieces]
    known = [one for one in lengths if one is not None]
    return Meter(sum(known), len(lengths) - len(known), aim, tolerance)


# --- Order -----------------------------------------------------------------------------------------------------------
def moved(order: Sequence[int], key: int, place: int) -> tuple[int, ...]:
    """The order with `key` at `place`, counted from 1; before the first is first, behind the last is last."""
    rest = [one for one in order if one != key]
    at = min(max(place, 1), len(rest) + 1) - 1
    return (*rest[:at], key, *rest[at:])


def why_not_order(order: Sequence[int], seen: Sequence[int], key: int | None = None) -> Refusal | None:
    """Say why the order may not be changed by somebody who saw it as `seen`: others have moved pieces meanwhile."""
    if tuple(order) != tuple(seen):
        return Refusal("assembly_changed")
    return Refusal("not_in_assembly") if key is not None and key not in order else None


def oddities(pieces: Sequence[Piece]) -> tuple[tuple[int, Oddity], ...]:
    """What looks like a slip, piece by piece, in their order."""
    return tuple((one.key, odd) for number, one in enumerate(pieces) if (odd := _oddity(pieces, number)))


def _oddity(pieces: Sequence[Piece], number: int) -> Oddity | None:
    kind, last = pieces[number].kind, len(pieces) - 1
    if kind is SegmentKind.OPENING and number:
        return Oddity.OPENING_NOT_FIRST
    if kind is SegmentKind.CLOSING and number != last:
        return Oddity.CLOSING_NOT_LAST
    if kind in BETWEEN:
        if number in (0, last):
            return Oddity.JOINS_NOTHING
        if pieces[number - 1].kind in BETWEEN:
            return Oddity.JOINS_TWICE
    return None


# --- To scale --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece on the strip: second at which it begins (None behind an unknown length), from where, how wide (per cent)."""

    piece: Piece
    begins: int | None
    at: float
    share: float


@dataclass(frozen=True, slots=True)
class Strip:
    """The assembly to scale, as long as itself or as what was aimed at with its tolerance, whichever is longer."""

    pieces: tuple[Drawn, ...]
    aim: float | None = None
    least: float | None = None
    most: float | None = None


def strip(pieces: Sequence[Piece], aim: int | None, tolerance: int) -> Strip:
    """Lay the pieces out. One whose length nobody knows is as wide as those known are on average."""
    known = [one.length for one in pieces if one.length]
    usual = sum(known) / len(known) if known else 60.0
    widths = [usual if one.length is None else float(one.length) for one in pieces]
    whole = max(sum(widths), float(aim + tolerance if aim is not None else 0), 1.0)
    begins: int | None = 0
    at, found = 0.0, []
    for piece, width in zip(pieces, widths, strict=True):
        found.append(Drawn(piece, begins, 100 * at / whole, 100 * width / whole))
        at += width
        begins = begins + piece.length if begins is not None and piece.length is not None else None
    if aim is None:
        return Strip(tuple(found))
    least, most = (100 * max(aim + one, 0) / whole for one in (-tolerance, tolerance))
    return Strip(tuple(found), 100 * aim / whole, least, most)


# --- Lock ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ready:
    """What is known of one piece when the film is to be locked."""

    key: int
    length: int | None
    picture_locked: bool
    agreement_needed: bool
    agreement_signed: bool
    directors: int


def missing(
    pieces: Iterable[Ready], *, untold: Collection[int] = (), undecided: Collection[int] = ()
) -> tuple[Refusal, ...]:
    """What is missing before the film can be locked, each with the segment it is about; nothing when it can.

    `untold` are dropped segments whose people have not all been told; `undecided` are chosen ones that are neither in
    the assembly nor dropped.
    """
    rows = list(pieces)
    found = [] if rows else [Refusal("assembly_empty")]
    found += [Refusal("cut_untold", {"segment": key}) for key in untold]
    found += [Refusal("segment_undecided", {"segment": key}) for key in undecided]
    for one in rows:
        said = {
            "length_unknown": one.length is None,
            "picture_open": not one.picture_locked,
            "agreement_unsigned": one.agreement_needed and not one.agreement_signed,
            "director_missing": not one.directors,
        }
        found += [Refusal(code, {"segment": one.key}) for code, lacks in said.items() if lacks]
    return tuple(found)


def why_not_lock(missing: Sequence[Refusal]) -> Refusal | None:
    """Say in one reason why the film may not be locked: whoever has not been told of a cut comes first."""
    if not missing:
        return None
    untold = sum(one.code == "cut_untold" for one in missing)
    return Refusal("notices_not_sent", {"count": untold}) if untold else Refusal("lock_lacks", {"count": len(missing)})
