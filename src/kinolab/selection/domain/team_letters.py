"""A letter to chosen teams: a draft until it is sent, once. Who of a team gets it, in which language, and who does not.

Nobody is stored as a recipient before it is sent, so nobody can be out of date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation.refusals import Refusal
from kinolab.selection.domain.lifecycle import TeamLetterState

PLACEHOLDERS = ("name", "title", "number", "edition", "closes", "page", "contact")


class Whom(StrEnum):
    """Who in each team is written to."""

    EVERYBODY = "everybody"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of a team: whether they have joined or gone, lead it, and can be reached (a known person, an address)."""

    joined: bool
    gone: bool = False
    leads: bool = False
    reachable: bool = True


def is_meant(one: Somebody, whom: Whom) -> bool:
    """Whether the letter is for this person at all."""
    return whom is Whom.EVERYBODY or one.leads


def why_not_written_to(one: Somebody) -> Refusal | None:
    """Say why somebody for whom the letter is meant does not get it."""
    if one.gone:
        return Refusal("has_left_team")
    if not one.joined:
        return Refusal("has_not_joined")
    return None if one.reachable else Refusal("has_no_address")


def language_for(understood: Sequence[str], written: Sequence[str]) -> str:
    """Return the language in which somebody gets a letter: the first they understand, their own before all.

    Where it is written in none of these, it is the first in which it is `written`; there is one at least.
    """
    return next((tag for tag in understood if tag in written), written[0])


def why_not_change(state: TeamLetterState, *, version: int, seen: int) -> Refusal | None:
    """Say why a letter may not be changed: it has left, or somebody wrote what has not been seen."""
    if state is TeamLetterState.SENT:
        return Refusal("team_letter_sent")
    return Refusal("letter_changed") if version != seen else None


def why_not_send(state: TeamLetterState, *, written: bool, letters: int) -> Refusal | None:
    """Say why a letter may not go: `written` is whether it is whole in one language, `letters` how many there would be."""
    if state is TeamLetterState.SENT:
        return Refusal("team_letter_sent")
    if not written:
        return Refusal("team_letter_unwritten")
    return None if letters else Refusal("nobody_to_write_to")
