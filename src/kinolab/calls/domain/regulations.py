"""What a call demands, as data: rules that a person can write in a file and a program can check."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What follows when a rule says no."""

    BLOCK_SUBMIT = "block_submit"
    BLOCK_REVIEW = "block_review"
    WARN = "warn"
    SCORE = "score"
    INFO = "info"


class Scope(StrEnum):
    """Of whom or what a rule speaks."""

    PERSON = "person"
    ROLE_HOLDER = "role_holder"
    TEAM = "team"
    PROJECT = "project"
    ORGANISATION = "organisation"
    APPLICATION = "application"
    HISTORY = "history"


class Op(StrEnum):
    """How a rule compares the fact with its value."""

    IN = "in"
    NOT_IN = "not_in"
    GTE = "gte"
    LTE = "lte"
    BETWEEN = "between"
    COUNT_GTE = "count_gte"
    EXISTS = "exists"
    ORDINAL_IN = "ordinal_in"
    AGE_BETWEEN_ON = "age_between_on"
    DATE_BETWEEN = "date_between"
    NOT_BEFORE = "not_before"
    RATIO_GTE = "ratio_gte"
    PCT_BETWEEN = "pct_between"
    DISTINCT_PERSONS = "distinct_persons"
    IMPLIES = "implies"
    ANY_OF = "any_of"
    ALL_OF = "all_of"
    UNIQUE_IN_EDITION = "unique_in_edition"
    MAX_PER_PERSON = "max_per_person"
    MAX_ATTEMPTS = "max_attempts"
    PREVIOUS_DECISION = "previous_decision"


class ReferenceDate(StrEnum):
    """The day on which a rule about age looks."""

    CALL_CLOSE = "call_close"
    EDITION_START = "edition_start"
    COMPLETION_DATE = "completion_date"


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand. `value` depends on `op`; `any_of`, `all_of` and `implies` have `children` and no field."""

    code: str
    scope: Scope
    field: str
    op: Op
    value: object = None
    severity: Severity = Severity.BLOCK_REVIEW
    overridable: bool = True
    reference_date: ReferenceDate | None = None
    children: tuple["Rule", ...] = ()
