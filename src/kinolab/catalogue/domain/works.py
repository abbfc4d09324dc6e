"""What stands in a catalogue: kinds of films, of parts and of credits."""

from enum import StrEnum


class Kind(StrEnum):
    """What a film is."""

    FEATURE = "feature"
    SHORT = "short"
    DOCUMENTARY = "documentary"
    ANIMATION = "animation"
    OMNIBUS = "omnibus"
    SEGMENT = "segment"


class PartKind(StrEnum):
    """What a part is for in the whole."""

    STORY = "story"
    TRANSITION = "transition"
    OPENING = "opening"
    CLOSING = "closing"
    BRIDGE = "bridge"


class PartState(StrEnum):
    """Whether a part stands in the film; one that was dropped stays in the record."""

    IN_FILM = "in_film"
    DROPPED = "dropped"


class AgentKind(StrEnum):
    """Who can be credited."""

    PERSON = "person"
    GROUP = "group"
    COMPANY = "company"


class Role(StrEnum):
    """What somebody did for a film, in the order in which credits are read."""

    DIRECTOR = "director"
    WRITER = "writer"
    GENERAL_PRODUCER = "general_producer"
    PRODUCER = "producer"
    CINEMATOGRAPHER = "cinematographer"
    PRODUCTION_DESIGNER = "production_designer"
    EDITOR = "editor"
    SOUND = "sound"
    COMPOSER = "composer"
    CAST = "cast"
    COMPANY = "production_company"


class ReleaseKind(StrEnum):
    """How a film came before an audience."""

    PREMIERE = "premiere"
    FESTIVAL = "festival"
    RELEASE = "release"


class AwardResult(StrEnum):
    """With what end a film stood before a jury or a selection, the highest first."""

    WON = "won"
    SPECIAL_MENTION = "special_mention"
    NOMINATED = "nominated"
    SELECTED = "selected"


class Season(StrEnum):
    """A date may be known as a season and no more."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class EntryState(StrEnum):
    """What became of a film of a series."""

    MADE = "made"
    COMING = "coming"
    NEVER = "never"
