"""What can be told of a link to a video, and when its team hears of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class LinkState(StrEnum):
    """What an address answered. Whether a film then really plays, only a person sees."""

    OPENS = "opens"
    OPENS_WITH_PASSWORD = "opens_with_password"  # noqa: S105  (a state, not a secret)
    ASKS_PASSWORD = "asks_password"  # noqa: S105  (a state, not a secret)
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  (a state, not a secret)
    GONE = "gone"
    SILENT = "silent"
    UNKNOWN = "unknown"


GOOD = frozenset({LinkState.OPENS, LinkState.OPENS_WITH_PASSWORD})
BAD = frozenset({LinkState.WRONG_PASSWORD, LinkState.GONE})
EVERY = timedelta(days=1)  # so often a link is asked
AFTER_SILENCE = timedelta(hours=3)
SILENT_TURNS = 3  # times in a row without an answer until that is said; a night's outage is nobody's news


@dataclass(frozen=True, slots=True)
class Seen:
    """One check of an address; `had_password` says whether the team had given one."""

    state: LinkState
    at: datetime
    had_password: bool
    told: bool = False


def address_of(value: object) -> tuple[str, str]:
    """The address and the password of an answer, which is the address alone or a record of both."""
    if isinstance(value, Mapping):
        return str(value.get("url") or "").strip(), str(value.get("password") or "").strip()
    return (value.strip(), "") if isinstance(value, str) else ("", "")


def next_at(history: Sequence[Seen]) -> datetime | None:
    """When to ask again, after the checks of one address, oldest first; None where it was never asked."""
    if not history:
        return None
    last = history[-1]
    return last.at + (AFTER_SILENCE if last.state is LinkState.SILENT else EVERY)


def is_broken(history: Sequence[Seen]) -> bool:
    """Whether readers could not see the film now, as far as can be told."""
    if not history:
        return False
    last = history[-1]
    if last.state in BAD:
        return True
    if last.state is LinkState.ASKS_PASSWORD:
        return not last.had_password
    turns = history[-SILENT_TURNS:]
    return len(turns) == SILENT_TURNS and all(one.state is LinkState.SILENT for one in turns)


def is_news(history: Sequence[Seen]) -> bool:
    """Whether the team is to be told now: it is broken, and they have not heard so since it last worked."""
    if not is_broken(history):
        return False
    for one in reversed(history):
        if one.told:
            return False
        if one.state in GOOD:
            return True
    return True
