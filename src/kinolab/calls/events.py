"""What happened here that later rooms answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallExtended:
    """A call closes later than it was announced."""

    call: int
    at: datetime


@dataclass(frozen=True, slots=True)
class EditionCopied:
    """A new edition was made like another, its dates so many `years` later."""

    original: int
    copy: int
    years: int
