"""Road maps as values: what rules, pages, pictures and exports are made of. A constant number of queries for any number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from kinolab.impact.domain import findings, plan, safety
from kinolab.impact.domain.findings import Finding
from kinolab.impact.domain.parts import ALWAYS, SINGLE, Part
from kinolab.impact.domain.plan import Plan
from kinolab.impact.domain.safety import Eyes, Outward
from kinolab.impact.domain.vocabularies import Accumulation, Level
from kinolab.impact.models import TABLES, RoadMap, Row
from kinolab.impact.queries import names

# Where the rows of a part stand in a `Plan`, and as what.
PLACES: Mapping[Part, tuple[str, type]] = {
    Part.ISSUE: ("issue", plan.Issue), Part.VISION: ("vision", plan.Vision), Part.STORY: ("story", plan.Story),
    Part.MONEY: ("money", plan.Money), Part.PLACE: ("places", plan.Place), Part.GROUP: ("groups", plan.Group),
    Part.CAUSE: ("causes", plan.Cause), Part.SOURCE: ("sources", plan.Source), Part.SDG: ("sdg_tags", plan.SdgTag),
    Part.GOAL: ("goals", plan.Goal), Part.AUDIENCE: ("audiences", plan.Audience),
    Part.ACTIVITY: ("activities", plan.Activity), Part.PARTNER: ("partners", plan.Partner),
    Part.WINDOW: ("windows", plan.Window), Part.LINE: ("lines", plan.Line),
    Part.MILESTONE: ("milestones", plan.Milestone), Part.RESULT: ("results", plan.Result),
    Part.INDICATOR: ("indicators", plan.Indicator), Part.PERIOD: ("periods", plan.Period),
    Part.TARGET: ("targets", plan.Reading), Part.ACTUAL: ("actuals", plan.Actual),
    Part.EVIDENCE: ("evidence", plan.Evidence), Part.RISK: ("risks", plan.Risk),
    Part.PROTECTED: ("protected", plan.ProtectedPerson), Part.LEARNING: ("learning", plan.Learning),
}  # fmt: skip

AT_ONCE = 2000  # rows that come from the database together


def plans(road_maps: Iterable[RoadMap], parts: Collection[Part] = frozenset(Part)) -> dict[int, Plan]:
    """Each of the road maps as values, by its number; only these parts of it, where not all are needed."""
    known = {one.pk: one for one in road_maps}
    found: dict[int, dict[str, Any]] = {
        number: {"code": one.code, "title": one.title, "level": Level(one.level)} for number, one in known.items()
    }
    for part in (one for one in Part if one in parts):
        name, _ = PLACES[part]
        rows = _rows(part, known, links=part is not Part.ACTUAL or Part.EVIDENCE in parts)
        for number, own in rows.items():
            found[number][name] = own[0] if part in SINGLE else tuple(own)
    return {number: Plan(**said) for number, said in found.items()}


def plan_of(road_map: RoadMap) -> Plan:
    """One road map as values."""
    return plans([road_map])[road_map.pk]


def outward(road_maps: Iterable[RoadMap], eyes: Eyes, parts: Collection[Part] = frozenset(Part)) -> dict[int, Outward]:
    """The road maps as these eyes may see them: the way of every page, file and letter for others.

    Whether they may look at all is asked before (`access.why_not_look`). Partners are read always: whoever must not be named
    has to be known to be covered.
    """
    known = list(road_maps)
    veils = names.veils(known)
    return {
        number: safety.through(whole, eyes, veils[number])
        for number, whole in plans(known, {*parts, Part.PARTNER}).items()
    }


def outward_of(road_map: RoadMap, eyes: Eyes) -> Outward:
    """One road map as these eyes may see it."""
    return outward([road_map], eyes)[road_map.pk]


def findings_of(road_map: RoadMap, whole: Plan) -> list[Finding]:
    """Everything that is found in it."""
    return findings.find(whole, names.veils([road_map])[road_map.pk])


def findings_outside(road_map: RoadMap, found: Iterable[Finding]) -> list[Finding]:
    """Of what was found, what somebody of the lab is told: nothing of risks and people, and no name quoted."""
    told = (one for one in found if one.part not in ALWAYS)
    return findings.covered(told, names.veils([road_map])[road_map.pk])


def single_row(road_map: RoadMap, part: Part) -> Row:
    """The one row of a part that has one."""
    return TABLES[part].objects.get(road_map=road_map)


# --- Rows --------------------------------------------------------------------------------------------------------------
def _rows(part: Part, known: Collection[int], *, links: bool) -> dict[int, list[Any]]:
    """The rows of a part by road map; without `links` ways to rows that nobody has asked for are not read.

    A report reads hundreds of thousands of them: what each row needs is worked out before the first one.
    """
    made, columns, changes, many = _shape(part)
    ways = [(place, _links(part, name, known) if links else {}) for place, name in many]
    found: dict[int, list[Any]] = defaultdict(list)
    rows = TABLES[part].objects.filter(road_map__in=known).values_list("road_map", "pk", *columns)
    for of, number, *values in rows.iterator(AT_ONCE):
        for place, change in changes:
            values[place] = change(values[place])
        for place, way in ways:
            values.insert(place, tuple(way.get(number, ())))
        found[of].append(made(*values) if part in SINGLE else made(number, *values))
    return found


_Places = tuple[tuple[int, Any], ...]


@cache
def _shape(part: Part) -> tuple[type, tuple[Any, ...], _Places, _Places]:
    """What a row becomes; from which columns, in order; which of these are words of closed lists; where many rows stand."""
    table, made = TABLES[part], PLACES[part][1]
    several = {one.name for one in table._meta.many_to_many}
    said = [one for one in fields(made) if one.name != "number"]
    single = [one for one in said if one.name not in several]
    changes = [(place, type(one.default)) for place, one in enumerate(single) if isinstance(one.default, StrEnum)]
    for place, one in enumerate(single):
        if one.name in _READ_AS:
            changes.append((place, _READ_AS[one.name]))
    columns = tuple(_FROM.get(one.name, one.name) for one in single)
    many = tuple((place, one.name) for place, one in enumerate(said) if one.name in several)
    return made, columns, tuple(changes), many


# Columns that are called otherwise in a plan, and what becomes of some.
_FROM: Mapping[str, Any] = {
    "approved": ExpressionWrapper(Q(approved_at__isnull=False), BooleanField()),
    "file": "file__name",
}
_READ_AS: Mapping[str, Callable[[Any], Any]] = {
    "accumulation": lambda said: Accumulation(said) if said else None,
    "file": lambda said: said or "",
}


def _links(part: Part, name: str, known: Collection[int]) -> dict[int, list[int]]:
    table = TABLES[part]
    through = getattr(table, name).through
    here, there = (one for one in through._meta.fields if one.is_relation)
    found: dict[int, list[int]] = defaultdict(list)
    rows = through.objects.filter(**{f"{here.name}__road_map__in": known}).order_by(there.name)
    for one, other in rows.values_list(here.attname, there.attname):
        found[one].append(other)
    return found
