"""Kinds of question, the shape of their answers, and what is wrong with an answer."""

from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation.questions.domain.counting import Unit


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


@dataclass(frozen=True, slots=True)
class Limit:
    """At most (and at least) so much of one unit; both bounds count as allowed."""

    unit: Unit
    maximum: int | None
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question, as far as checking its answer needs to know it."""

    key: str
    kind: Kind
    required: bool = False
    limits: tuple[Limit, ...] = ()
    choices: tuple[str, ...] = ()
