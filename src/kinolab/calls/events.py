"""What happened here that later rooms answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallExtended:
    """A call closes later than it was announced, or some of its strands and roles do (`parts`; none: the whole)."""

    call: int
    at: datetime
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LateCodeRevoked:
    """A late code gives no time any more."""

    code: int
    at: datetime


@dataclass(frozen=True, slots=True)
class EditionCopied:
    """A new edition was made like another, its dates so many `years` later."""

    original: int
    copy: int
    years: int


@dataclass(frozen=True, slots=True)
class FormCorrected:
    """The call asks by another version of its form from now on."""

    call: int
    before: int
    after: int
    at: datetime
