"""What happened here that later rooms answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallExtended:
    """A call closes later than it was announced."""

    call: int
    at: datetime
