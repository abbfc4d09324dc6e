"""How a segment falls out of a film: what must be said, who must be told, and what waits until they are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.lifecycle import SEGMENT_STEPS, SegmentState, SegmentStep
from kinolab.production.domain.terms import CutReason


class Way(StrEnum):
    """How somebody was told by hand."""

    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a cut. Proposer and decider may be one person; both are said."""

    proposer: str
    decider: str
    reason: CutReason | None
    on: date | None
    wording: str
    rights_returned: bool | None
    rights_note: str = ""


def why_not_cut(said: Said, today: date) -> Refusal | None:
    """Say what the cut lacks."""
    lacks = {
        "cut_without_proposer": not said.proposer.strip(),
        "cut_without_decider": not said.decider.strip(),
        "cut_without_reason": said.reason is None,
        "cut_without_date": said.on is None,
        "cut_in_future": said.on is not None and said.on > today,
        "cut_without_wording": not said.wording.strip(),
        "cut_without_rights": said.rights_returned is None,
        "rights_kept_unexplained": said.rights_returned is False and not said.rights_note.strip(),
    }
    return next((Refusal(code) for code, lacking in lacks.items() if lacking), None)


def why_not_take_back(before: SegmentState, now: SegmentState) -> Refusal | None:
    """Say why the segment cannot go back to where it stood `before` it was dropped."""
    dropped = now in (SegmentState.DROPPED, SegmentState.STANDALONE_ONLY)
    return None if dropped and (before, SegmentStep.DROP) in SEGMENT_STEPS else Refusal("cut_not_in_force")


# --- Notice ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who must know of a cut: whether a letter can reach them, has left, came back; whether a hand told them."""

    reachable: bool = True
    letter_left: bool = False
    letter_failed: bool = False
    by_hand: bool = False

    @property
    def knows(self) -> bool:
        """Whether they have been told."""
        return self.letter_left or self.by_hand

    @property
    def needs_hand(self) -> bool:
        """Whether somebody has to call them: no letter can tell them."""
        return not self.knows and (not self.reachable or self.letter_failed)


class Notice(StrEnum):
    """How far the notice of a cut has come."""

    NOBODY = "nobody"
    UNSENT = "unsent"
    ON_ITS_WAY = "on_its_way"
    BY_HAND = "by_hand"
    SENT = "sent"


def notice(people: Collection[Told], *, asked: bool) -> Notice:
    """How far it has come; `asked` is whether somebody has pressed “send”."""
    if not people:
        return Notice.NOBODY
    if all(one.knows for one in people):
        return Notice.SENT
    waiting = [one for one in people if not one.knows and not one.needs_hand]
    if waiting:
        return Notice.ON_ITS_WAY if asked else Notice.UNSENT
    return Notice.BY_HAND


def why_not_public(notices: Iterable[Notice]) -> Refusal | None:
    """Say why nothing that shows a cut may be public: nobody learns of it from the page of the film."""
    untold = sum(one is not Notice.SENT for one in notices)
    return Refusal("notices_not_sent", {"count": untold}) if untold else None
