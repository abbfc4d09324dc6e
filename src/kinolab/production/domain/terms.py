"""Closed lists of the room: kinds of segments and demands, what an agreement can say, why a segment is dropped."""

from enum import StrEnum


class SegmentKind(StrEnum):
    """What a segment is for in the whole; the same words as for a part in the catalogue."""

    STORY = "story"
    TRANSITION = "transition"
    OPENING = "opening"
    CLOSING = "closing"
    BRIDGE = "bridge"


class DemandKind(StrEnum):
    """A rule of the film asks for something or forbids it."""

    MUST = "must"
    MUST_NOT = "must_not"


class Standalone(StrEnum):
    """Whether the team may show its segment by itself."""

    NEVER = "never"
    AFTER_RELEASE = "after_release"
    WITH_CONSENT = "with_consent"
    FREE = "free"


class CutRight(StrEnum):
    """How the makers may shorten or drop a segment."""

    NONE = "none"
    WITH_NOTICE = "with_notice"
    WITH_CONSENT = "with_consent"


class Music(StrEnum):
    """Who clears the music of a segment."""

    BOUGHT_OUT = "bought_out"
    BY_TEAM = "by_team"
    BY_PRODUCTION = "by_production"


class CutReason(StrEnum):
    """Why a segment was dropped."""

    INTEGRATION = "integration"
    LENGTH = "length"
    RIGHTS = "rights"
    QUALITY = "quality"
    LEGAL = "legal"
    POLITICAL = "political"
    DIRECTOR_WITHDREW = "director_withdrew"
