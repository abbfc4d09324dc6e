"""What an application still lacks, and how far it has come."""

from dataclasses import dataclass

from kinolab.foundation.refusals import Refusal

TEAM = "team"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to do before submitting: `where` is a question's key or `team`."""

    where: str
    refusal: Refusal
