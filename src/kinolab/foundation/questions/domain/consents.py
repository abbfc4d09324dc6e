"""A consent: who agreed to which version of a text, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kinolab.foundation.questions.domain.kinds import as_record


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Who agrees, in which language they read the text, and when."""

    by: int
    name: str
    language: str
    at: datetime


def is_agreed(value: object) -> bool:
    """Whether a kept answer is a consent, be it to an older version of the text."""
    return value is True or as_record(value).get("agreed") is True


def kept(ticked: object, before: object, version: int, who: Agreeing) -> object:
    """What is kept of a tick: a consent to this version once given keeps its first name and time."""
    if ticked is not True:
        return ticked
    if is_agreed(before) and as_record(before).get("version", version) == version:
        return before
    said = {"by": who.by, "name": who.name, "language": who.language, "at": who.at.isoformat()}
    return {"agreed": True, "version": version, **said}


def of_version(value: object, version: int) -> object:
    """A consent of a time when versions were not kept, as one to the version that was asked then."""
    return {"agreed": True, "version": version} if value is True else value


def version_of(value: Mapping[str, object]) -> int:
    """The version agreed to."""
    version = value.get("version")
    return version if isinstance(version, int) else 1


def as_typed(value: object) -> object:
    """A kept consent as the tick that gave it; any other answer as it is."""
    return is_agreed(value) if "agreed" in as_record(value) else value
