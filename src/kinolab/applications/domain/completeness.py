"""What an application still lacks, and how far it has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.calls.domain.teams import RoleNeed
from kinolab.foundation.questions.domain.answers import QuestionSpec, problems
from kinolab.foundation.refusals import Refusal

TEAM = "team"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to do before submitting: `where` is a question's key or `team`."""

    where: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody invited to a dossier, with the roles they are to have in it."""

    roles: frozenset[str]
    state: MemberState


@dataclass(frozen=True, slots=True)
class TeamNeeds:
    """What a call asks of a team: roles to fill, how many of each, sizes, and whether everyone invited must have joined."""

    roles: tuple[str, ...] = ()
    numbers: tuple[RoleNeed, ...] = ()
    minimum: int = 1
    maximum: int | None = None
    everyone_joined: bool = False


def missing(
    specs: Iterable[QuestionSpec], answers: Mapping[str, object], team: Sequence[Member], needs: TeamNeeds
) -> list[Missing]:
    """Return everything to mend before submitting: the questions in their order, then the team."""
    in_answers = [Missing(spec.key, refusal) for spec in specs for refusal in problems(spec, answers.get(spec.key))]
    return in_answers + [Missing(TEAM, refusal) for refusal in team_problems(team, needs)]


def team_problems(team: Sequence[Member], needs: TeamNeeds) -> list[Refusal]:
    """Say what a team lacks. Somebody invited counts as present unless the call waits for everyone to join."""
    joined = [member for member in team if member.state is MemberState.JOINED]
    waiting = [member for member in team if member.state is MemberState.INVITED]
    present = joined if needs.everyone_joined else joined + waiting
    filled = frozenset[str]().union(*(member.roles for member in present))
    found = [Refusal("role_unfilled", {"role": role}) for role in needs.roles if role not in filled]
    for need in needs.numbers:
        found += _number_problems(need, present, joined + waiting)
    if needs.everyone_joined and waiting:
        found.append(Refusal("members_not_joined", {"count": len(waiting)}))
    if len(present) < needs.minimum:
        found.append(Refusal("team_too_small", {"count": len(present), "minimum": needs.minimum}))
    if needs.maximum is not None and len(joined) + len(waiting) > needs.maximum:
        found.append(Refusal("team_too_large", {"count": len(joined) + len(waiting), "maximum": needs.maximum}))
    return found


def _number_problems(need: RoleNeed, present: Sequence[Member], listed: Sequence[Member]) -> list[Refusal]:
    """Say whether too few who are present hold a role, or too many who are on the list."""
    holders = sum(need.role in member.roles for member in present)
    if holders < need.minimum:
        facts = {"role": need.role, "count": holders, "minimum": need.minimum}
        return [Refusal("role_unfilled" if need.minimum == 1 else "role_too_few", facts)]
    holders = sum(need.role in member.roles for member in listed)
    if need.maximum is not None and holders > need.maximum:
        return [Refusal("role_too_many", {"role": need.role, "count": holders, "maximum": need.maximum})]
    return []


def progress(
    specs: Sequence[QuestionSpec], answers: Mapping[str, object], team: Sequence[Member], needs: TeamNeeds
) -> tuple[int, int]:
    """Return how many parts are done, of how many: the required questions, those answered badly, and the team."""
    lacking = {one.where for one in missing(specs, answers, team, needs)}
    parts = {spec.key for spec in specs if spec.required} | lacking | {TEAM}
    return len(parts - lacking), len(parts)


def meter(done: int, total: int) -> int:
    """Return whole percent, rounded down: 100 only when everything is done. Nothing to do is 100."""
    return 100 if total <= 0 else max(0, min(100, done * 100 // total))
