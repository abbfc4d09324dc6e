"""A road map as somebody outside the team sees it, and what forbids that; the facts of everything that is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kinolab.impact.domain import findings, safety
from kinolab.impact.domain.findings import Finding
from kinolab.impact.domain.names import Veil
from kinolab.impact.domain.parts import ALWAYS
from kinolab.impact.domain.plan import Plan
from kinolab.impact.domain.safety import Eyes, Outward
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import names
from kinolab.impact.queries import plan as plans

# Through whose eyes one sees what each level shows: who is outside at `private` is the lab alone.
EYES = {Level.PRIVATE: Eyes.LAB, Level.PARTNERS: Eyes.PARTNERS, Level.PUBLIC: Eyes.PUBLIC}


@dataclass(frozen=True, slots=True)
class Look:
    """A road map read once: for each pair of eyes what passes the gate, and what keeps it from everybody outside.

    `_whole` is for counting what is held back, and for nothing else.
    """

    road_map: RoadMap
    unsafe: Sequence[Finding]
    _whole: Plan
    _veil: Veil

    def through(self, eyes: Eyes) -> Outward:
        """What these eyes see."""
        return safety.through(self._whole, eyes, self._veil)

    def on_paper(self, eyes: Eyes) -> Outward:
        """What these eyes get to take away."""
        return safety.for_paper(self.through(eyes), self._veil)

    def covered(self, text: str) -> str:
        """A text that is not of the plan, with every name covered that must not be said."""
        return self._veil.covered(text)

    def told_outside(self) -> list[Finding]:
        """What is unsafe, for somebody of the lab: nothing of risks and people, and no name quoted."""
        return findings.covered((one for one in self.unsafe if one.part not in ALWAYS), self._veil)

    def rows(self) -> dict[str, int]:
        """How many rows there are of each kind, shown or not."""
        return count(self._whole)


def look(road_map: RoadMap) -> Look:
    """Read it and look for what is unsafe."""
    whole = plans.plan_of(road_map)
    veil = names.veils([road_map])[road_map.pk]
    return Look(road_map, findings.unsafe(findings.find(whole, veil)), whole, veil)


COUNTED = (
    "goals", "audiences", "activities", "partners", "windows", "lines", "milestones", "indicators", "actuals", "evidence",
    "learning", "risks", "protected",
)  # fmt: skip


def count(plan: Plan) -> dict[str, int]:
    """How many rows of what people ask about; partners are those who are named."""
    found = {name: len(getattr(plan, name)) for name in COUNTED}
    return found | {"partners": sum(1 for one in plan.partners if one.organisation)}


def titles(road_maps: Iterable[RoadMap]) -> dict[int, str]:
    """What each is called outside its team. One query."""
    known = list(road_maps)
    veils = names.veils(known)
    return {one.pk: veils[one.pk].covered(one.title) for one in known}


def to_everybody() -> list[RoadMap]:
    """The road maps that have a public page now. One query where there are none, a constant number else."""
    known = list(RoadMap.objects.filter(level=Level.PUBLIC.value).order_by("pk"))
    if not known:
        return []
    veils, wholes = names.veils(known), plans.plans(known)
    return [one for one in known if not findings.unsafe(findings.find(wholes[one.pk], veils[one.pk]))]
