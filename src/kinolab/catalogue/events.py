"""What happens here that later rooms answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilmPublishing:
    """A film, a change of what it is made of, or something written about it is about to be shown to everybody.

    An answer raises `Denied` where that has to wait, and nothing is shown. `access.why_not_show` asks the same beforehand.
    """

    film: int
