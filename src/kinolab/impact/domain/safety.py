"""The one gate. Whatever leaves the team (page, print, PDF, picture, search, export, letter) is made of an `Outward`.

Only `through` makes one. A new column of text is covered without anybody thinking of it; a new table is left out of what
the public sees until it is let through here.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain.names import Veil
from kinolab.impact.domain.plan import Plan, Row
from kinolab.impact.domain.vocabularies import Level, Sensitivity


class Eyes(StrEnum):
    """From where somebody looks who is neither of the team nor one of its tutors."""

    LAB = "lab"
    PARTNERS = "partners"
    PUBLIC = "public"


_SEEN: dict[Eyes, frozenset[Sensitivity]] = {
    Eyes.LAB: frozenset({Sensitivity.PUBLIC, Sensitivity.PARTNERS}),
    Eyes.PARTNERS: frozenset({Sensitivity.PUBLIC, Sensitivity.PARTNERS}),
    Eyes.PUBLIC: frozenset({Sensitivity.PUBLIC}),
}
_SHOWN: dict[Level, frozenset[Eyes]] = {
    Level.PRIVATE: frozenset({Eyes.LAB}),
    Level.PARTNERS: frozenset({Eyes.LAB, Eyes.PARTNERS}),
    Level.PUBLIC: frozenset(Eyes),
}
# Codes, vocabularies and addresses that are no words of anybody: covering them would break what reads them.
_NO_WORDS = frozenset({"code", "kind", "known", "mood", "role", "agreement", "currency", "country", "sex", "age"})
_NO_WORDS |= {"precision", "sdg_indicator"}
_T = TypeVar("_T")
_R = TypeVar("_R", bound=Row)


@dataclass(frozen=True, slots=True)
class Outward:
    """What may be shown to these eyes. Made by `through` and by nothing else."""

    plan: Plan
    eyes: Eyes


def why_not_look(level: Level, eyes: Eyes) -> Refusal | None:
    """Say why these eyes may not see the road map at all."""
    return None if eyes in _SHOWN[level] else Refusal("road_map_not_shown")


def through(plan: Plan, eyes: Eyes, veil: Veil) -> Outward:
    """Let through what these eyes may see, with every name covered that must not be said."""
    seen, inside = _SEEN[eyes], eyes is Eyes.LAB
    whole = replace(
        plan,
        evidence=tuple(one for one in plan.evidence if one.sensitivity in seen and (one.consent_ok or inside)),
        risks=tuple(one for one in plan.risks if one.sensitivity in seen),
        protected=(),
        learning=tuple(one for one in plan.learning if one.sensitivity in seen),
    )
    if not inside:
        veil, whole = _without_strangers(whole, veil), _outside(whole, public=eyes is Eyes.PUBLIC)
    shown = {one.number for one in whole.evidence}
    actuals = tuple(
        replace(one, evidence=tuple(sorted(shown.intersection(one.evidence)))) if one.evidence else one
        for one in whole.actuals
    )
    return Outward(_covered(replace(whole, actuals=actuals), veil), eyes)


def for_paper(seen: Outward, veil: Veil) -> Outward:
    """The same for paper, which travels: partners who are not to be named are not on it, whoever asked for it; nor risks."""
    covered = _covered(seen.plan, replace(_without_strangers(seen.plan, veil), kept=frozenset()))
    partners = tuple(replace(one, contact="", expects="") for one in covered.partners if one.safe_to_name)
    acts = tuple(replace(one, partners=_those(one.partners, partners)) for one in covered.activities)
    return Outward(replace(covered, partners=partners, activities=acts, risks=()), seen.eyes)


def _without_strangers(plan: Plan, veil: Veil) -> Veil:
    """A veil that covers partners too who are not to be named."""
    hidden = {one.organisation for one in plan.partners if not one.safe_to_name and one.organisation.strip()}
    return replace(veil, phrases=(*veil.phrases, *sorted(hidden, key=len, reverse=True)), _said={})


def _outside(plan: Plan, *, public: bool) -> Plan:
    """What the lab sees and others do not: how to reach people, who answers for what, what nobody has approved, money."""
    partners = tuple(
        replace(one, organisation=one.organisation if one.safe_to_name else "", contact="", expects="")
        for one in plan.partners
        if one.safe_to_name or not public
    )
    return replace(
        plan,
        partners=partners,
        activities=tuple(replace(one, owner="", partners=_those(one.partners, partners)) for one in plan.activities),
        risks=tuple(replace(one, owner="") for one in plan.risks),
        actuals=tuple(one for one in plan.actuals if one.approved),
        lines=() if public else plan.lines,
    )


def _those(numbers: tuple[int, ...], rows: tuple[_R, ...]) -> tuple[int, ...]:
    there = {one.number for one in rows}
    return tuple(number for number in numbers if number in there)


def texts(thing: Any) -> list[tuple[str, str]]:
    """Every column of a row that holds somebody's words, by name."""
    names = _wordy(type(thing))  # type: ignore[arg-type]  # a class is hashable
    return [(name, value) for name in names if type(value := getattr(thing, name)) is str and value]


@cache
def _wordy(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in _NO_WORDS)


def _covered(thing: _T, veil: Veil) -> _T:
    """The thing with every text in it covered; the very same thing where nothing has to be."""
    if not (veil.kept or veil.phrases):
        return thing
    found: dict[str, object] = {name: _said(name, text, veil.covered(text)) for name, text in texts(thing)}
    if not isinstance(thing, Row):
        for one in fields(thing):  # type: ignore[arg-type]
            value = getattr(thing, one.name)
            if isinstance(value, tuple) and value and hasattr(value[0], "number"):
                found[one.name] = tuple(_covered(row, veil) for row in value)
            elif hasattr(value, "__dataclass_fields__"):
                found[one.name] = _covered(value, veil)
    said = {name: value for name, value in found.items() if value is not getattr(thing, name)}
    return replace(thing, **said) if said else thing  # type: ignore[type-var]


def _said(name: str, text: str, covered: str) -> str:
    """What is left of a text; an address with a name in it leads nowhere any more."""
    return "" if name == "url" and covered != text else covered
