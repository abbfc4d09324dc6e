"""Quota meters beside the board: how many of each, and what one change would break or mend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Quota:
    """At least and at most so many chosen with one of these values of a dimension (country, strand, stage, gender…).

    Mostly there is one value; gender is self-described, in as many words as people have for the same.
    """

    code: str
    dimension: str
    values: frozenset[str]
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidacy as quotas see it: the values of each dimension; a co-production has several countries.

    A dimension that is absent or empty is unknown: gender is self-described and optional. Candidacies of one `project`
    count once: who is chosen in two strands is one team.
    """

    key: str
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    project: str = ""


class MeterState(StrEnum):
    """Whether a quota is kept."""

    OK = "ok"
    SHORT = "short"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Meter:
    """How many of the chosen count for a quota; `unknown` of them do not say."""

    quota: Quota
    count: int
    unknown: int
    state: MeterState


@dataclass(frozen=True, slots=True)
class Change:
    """One meter before and after a change of the group."""

    before: Meter
    after: Meter

    @property
    def breaks(self) -> bool:
        """Whether a quota that is kept now would not be."""
        return self.before.state is MeterState.OK and self.after.state is not MeterState.OK

    @property
    def mends(self) -> bool:
        """Whether a quota that is not kept now would be."""
        return self.before.state is not MeterState.OK and self.after.state is MeterState.OK


def meters(quotas: Iterable[Quota], chosen: Sequence[Candidate]) -> list[Meter]:
    """Return a meter per quota, in order."""
    return [_meter(quota, chosen) for quota in quotas]


def what_if(
    quotas: Sequence[Quota], chosen: Sequence[Candidate], add: Sequence[Candidate] = (), remove: Iterable[str] = ()
) -> list[Change]:
    """Return the meters that would change if candidates were added and others (by key) removed; a swap is both."""
    leaving = frozenset(remove)
    stay = [one for one in chosen if one.key not in leaving]
    present = {one.key for one in stay}
    after = stay + [one for one in add if one.key not in present]
    pairs = zip(meters(quotas, chosen), meters(quotas, after), strict=True)
    return [Change(one, other) for one, other in pairs if one != other]


def _meter(quota: Quota, chosen: Sequence[Candidate]) -> Meter:
    values: dict[str, frozenset[str]] = {}
    for one in chosen:
        project = one.project or one.key
        values[project] = values.get(project, frozenset()) | one.traits.get(quota.dimension, frozenset())
    count = sum(not quota.values.isdisjoint(each) for each in values.values())
    return Meter(quota, count, sum(not each for each in values.values()), _state(quota, count))


def _state(quota: Quota, count: int) -> MeterState:
    if quota.minimum is not None and count < quota.minimum:
        return MeterState.SHORT
    if quota.maximum is not None and count > quota.maximum:
        return MeterState.OVER
    return MeterState.OK
