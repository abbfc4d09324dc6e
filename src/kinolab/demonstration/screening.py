"""The office looks at what the rules found: most is confirmed, some is decided otherwise, some teams answer."""

from datetime import datetime, timedelta

from django.db import transaction

from kinolab.applications.actions import screening, submission
from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.models import Finding
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.models import Call
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.demonstration.invention import Inventor
from kinolab.foundation.people.models import Person

# Why the office decides otherwise, by the rule's code.
OVERRIDES = {
    "countries": "Второе гражданство подтверждено паспортом: заявка из одной из пяти стран.",
    "films": "Дипломный фильм шёл на двух фестивалях. Считаем его первым.",
    "kind": "Длится 52 минуты: считаем его полнометражным.",
    "stage": "Съёмки уже начались, стадия в заявке указана по старым данным.",
}
OBJECTION = "Биз анкетада жаңылып белгилептирбиз. Документтерибизди көрсөтө алабыз."
WAYS = ("confirmed", "overridden", "kept", "given in")


def build_screening(call: Call, when: Dates, inventor: Inventor) -> None:
    """Decide every finding that is not a yes, in the two days after the close."""
    coordinator, owner = _person(people.COORDINATOR), _person(people.ORGANISER)
    at = when.closes + timedelta(hours=10)
    with transaction.atomic():
        for place, finding in enumerate(_findings(call)):
            way = WAYS[place] if place < len(WAYS) else inventor.dice.choices(WAYS, (60, 15, 15, 10))[0]
            _decide(finding, way, coordinator, owner, at)
            at += timedelta(minutes=inventor.dice.randint(3, 20))


def _person(cast: people.Cast) -> Person:
    return Person.objects.get(email=cast.email)


def _findings(call: Call) -> list[Finding]:
    found = Finding.objects.filter(application__call=call, application__stage=Stage.SUBMITTED.value)
    found = found.exclude(outcome=Outcome.YES.value).select_related("rule", "application__lead")
    findings = list(found.order_by("application__number", "rule__order"))
    for finding in findings:
        finding.application.call = call
    return findings


def _decide(finding: Finding, way: str, coordinator: Person, owner: Person, at: datetime) -> None:
    if way == "overridden":
        _override(finding, owner, at)
        return
    screening.confirm(finding=finding, tell=True, by=coordinator, at=at)
    if way == "confirmed" or finding.outcome != Outcome.NO.value:
        return
    answered, later = at + timedelta(hours=7), at + timedelta(hours=20)
    submission.object_to_finding(finding=finding, objection=OBJECTION, by=finding.application.lead, at=answered)
    finding.refresh_from_db(fields=["objection", "objected_at", "objected_by"])
    if way == "given in":
        _override(finding, owner, later)
    else:
        screening.confirm(finding=finding, tell=True, by=coordinator, at=later)


def _override(finding: Finding, owner: Person, at: datetime) -> None:
    reason = OVERRIDES.get(finding.rule.code, "Проверено по документам.")
    screening.override(finding=finding, outcome=Outcome.YES, reason=reason, tell=False, by=owner, at=at)
