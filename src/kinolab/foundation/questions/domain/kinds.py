"""What a question is, as plain values: its kind, its limits, its details; and the small readings that all rules share.

`details` say what only some kinds need:

| kind | details |
| --- | --- |
| text, long_text | languages: the answer is asked in each of these, on its own |
| date | precision: day, month or year, the least exact answer that is taken |
| films, person, finance_plan | columns: what is asked of each entry |
| link | password: whether one is asked for; minutes: the most for each choice of what the video is |
| file | accepts: which kinds of files are taken; PDF and images (films too, if limited in minutes) where it says nothing |
| consent | version: counts up when the text is corrected, so that the new one is asked again |
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from kinolab.foundation.questions.domain.counting import Unit, is_blank


class Kind(StrEnum):
    """What a question asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    COUNTRY = "country"
    LANGUAGE = "language"
    LINK = "link"
    FILE = "file"
    CONSENT = "consent"
    FILMS = "films"
    PERSON = "person"
    FINANCE_PLAN = "finance_plan"
    MODULES = "modules"


FILE_KINDS = ("pdf", "image", "document", "sheet", "video", "sound")
_PAPERS = ("pdf", "image")  # taken where a question says nothing


@dataclass(frozen=True, slots=True)
class Limit:
    """At most (and at least) so much of one unit; both bounds count as allowed."""

    unit: Unit
    maximum: int | None
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question, as far as checking its answer needs to know it.

    `choices` are keys; of modules, those of the edition, and `needed` those that must be ticked.
    """

    key: str
    kind: Kind
    required: bool = False
    limits: tuple[Limit, ...] = ()
    choices: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which a text is asked, each on its own; none where it is one text."""
        return _strings(self.details.get("languages")) if self.kind in (Kind.TEXT, Kind.LONG_TEXT) else ()

    @property
    def precision(self) -> str:
        """The least exact date that is taken."""
        return str(self.details.get("precision") or "day")

    @property
    def accepts(self) -> tuple[str, ...]:
        """The kinds of files that are taken, in their usual order."""
        said = _strings(self.details.get("accepts"))
        if not said:
            said = (*_PAPERS, "video") if any(one.unit is Unit.MINUTES for one in self.limits) else _PAPERS
        return tuple(one for one in FILE_KINDS if one in said)

    @property
    def has_parts(self) -> bool:
        """Whether a link is more than its address: a password, a kind of video, its minutes."""
        asked = bool(self.details.get("password")) or bool(self.choices)
        return self.kind is Kind.LINK and (asked or any(one.unit is Unit.MINUTES for one in self.limits))

    @property
    def text_version(self) -> int:
        """Which version of its text a consent asks."""
        version = self.details.get("version")
        return version if isinstance(version, int) else 1


_GROUPING = re.compile("[ \u00a0\u202f]")


def is_empty(value: object) -> bool:
    """Say whether nothing has been answered: None, blank text, an empty list or mapping, an unticked box."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, Mapping):
        if "agreed" in value:
            return value["agreed"] is not True
        return all(is_empty(part) for name, part in value.items() if name != "currency")
    return value is None or value is False or value == []


def as_number(value: object) -> Decimal | None:
    """Read a number as people type it: spaces between thousands, comma or point before decimals; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(_GROUPING.sub("", str(value)).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_list(value: object) -> list[object]:
    """The entries of a list; none of anything else."""
    return value if isinstance(value, list) else []


def as_record(value: object) -> Mapping[str, object]:
    """The parts of a record; none of anything else."""
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
