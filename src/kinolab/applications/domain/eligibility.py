"""Facts against regulations: findings that say yes, no or unknown, each with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from kinolab.calls.domain.regulations import Severity
from kinolab.foundation.refusals import Refusal


class Outcome(StrEnum):
    """What a rule says about an application; unknown is never no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says, the value it saw, and why not."""

    rule_code: str
    outcome: Outcome
    value_seen: object
    reason: Refusal | None
    severity: Severity
