"""What must be handed over with a finished film, and where each piece stands."""

from datetime import date
from enum import StrEnum

from kinolab.foundation.refusals import Refusal


class Stands(StrEnum):
    """Where a deliverable stands."""

    OWED = "owed"
    RETURNED = "returned"
    HANDED = "handed"
    ACCEPTED = "accepted"


class Usual(StrEnum):
    """What nearly every buyer and festival asks for."""

    DCP = "dcp"
    MASTER = "master"
    SOUND = "sound"
    SUBTITLES = "subtitles"
    DIALOGUE = "dialogue"
    MUSIC = "music"
    STILLS = "stills"
    POSTER = "poster"
    RIGHTS = "rights"


def stands(*, handed: bool, accepted: bool, returned: bool) -> Stands:
    """Where it stands: what came after counts."""
    if accepted:
        return Stands.ACCEPTED
    if handed:
        return Stands.HANDED
    return Stands.RETURNED if returned else Stands.OWED


def late(now: Stands, due: date | None, today: date) -> bool:
    """Whether it should be here by now and is not."""
    return due is not None and due < today and now in (Stands.OWED, Stands.RETURNED)


def why_not_hand_over(now: Stands, *, has_something: bool) -> Refusal | None:
    """Say why it cannot be handed over: there must be something, and it must not be accepted already."""
    if now is Stands.ACCEPTED:
        return Refusal("deliverable_accepted")
    return None if has_something else Refusal("nothing_to_hand_over")


def why_not_judge(now: Stands) -> Refusal | None:
    """Say why it can neither be accepted nor sent back."""
    return None if now is Stands.HANDED else Refusal("not_handed_over")


def why_not_remove(now: Stands) -> Refusal | None:
    """Say why it cannot be struck from the list."""
    return Refusal("deliverable_accepted") if now is Stands.ACCEPTED else None
