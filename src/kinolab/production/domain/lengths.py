"""Lengths: whole seconds, written as minutes and seconds, with hours where there are any."""

import re

from kinolab.foundation.refusals import Refusal

LONGEST = 24 * 60 * 60  # seconds
_SHAPE = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def written(seconds: int) -> str:
    """Return 7:30, or 1:42:07 from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read(text: str) -> int | Refusal:
    """Return the seconds of 7:30, 07:30, 90:00 or 1:42:07; a bare number is minutes."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        plain += ":00"
    found = _SHAPE.fullmatch(plain) if plain.isascii() else None
    if found is None:
        return Refusal("length_unreadable", {"text": text})
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    seconds = hours * 3600 + minutes * 60 + rest
    return seconds if 0 < seconds <= LONGEST else Refusal("length_unreadable", {"text": text})
