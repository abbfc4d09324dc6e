"""What a call asks of teams."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kinolab.calls.actions import building, editing
from kinolab.calls.domain import teams
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import stop_if


def change_team(*, call: Call, changes: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Keep how many hold each role, who sends, who signs, and until when the list stays open (on the call's clock).

    Refused: as `editing.change_call`, and whatever `domain.teams.problems` says first.
    """
    needs = teams.role_needs(changes["role_needs"])
    wrong = teams.problems(tuple(call.roles), needs, call.team_min, call.team_max)
    stop_if(wrong[0] if wrong else None)
    zone = call.timezone or call.edition.timezone
    locks = building.in_zone(changes["team_locks_at"], zone, closing=True)
    editing.change_call(call=call, changes={**changes, "team_locks_at": locks}, by=by, at=at)
