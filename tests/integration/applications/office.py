"""What the tests of the office share: its people, rules that say no or do not know, addresses."""

from typing import Any

from django.urls import reverse

from kinolab.applications.actions import submission
from kinolab.applications.models import Application, Finding
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from tests.factories import applications as make
from tests.factories import labs

COUNTRY = {"code": "country", "scope": "project", "field": "country", "op": "in", "value": ["KG", "KZ"]}
RUNTIME = {"code": "runtime", "scope": "project", "field": "runtime", "op": "gte", "value": 40}
AWARE = {"code": "stage", "scope": "project", "field": "stage", "op": "in", "value": ["edit"], "severity": "info"}


def call(**fields: Any) -> Call:
    """A call that asks for a country, and for a running time that nobody has to state."""
    return make.call(rules=[COUNTRY, RUNTIME], **fields)


def owner(of: Call) -> Person:
    """Aigul, who may do everything."""
    return member(of, "Aigul", Role.OWNER)


def coordinator(of: Call) -> Person:
    """Bakyt, who screens and may not decide against a rule."""
    return member(of, "Bakyt", Role.COORDINATOR)


def juror(of: Call) -> Person:
    """Saule, who reads applications and sees no contacts."""
    return member(of, "Saule", Role.JUROR)


def member(of: Call, name: str, role: Role) -> Person:
    """Somebody with a role in the call's edition."""
    who = labs.person(name)
    if not who.memberships.filter(edition=of.edition, role=role).exists():
        labs.membership(who, role, of=of.edition)
    return who


def sent_by_two(of: Call, **answers: Any) -> Application:
    """An application of Meerim and Azamat, sent."""
    made = make.complete(of, **answers)
    make.member(made)
    submission.submit(application=made, by=made.lead, at=make.NOW)
    made.refresh_from_db()
    made.team_list = None
    return made


def finding(of: Application, rule: str = "country") -> Finding:
    """What a rule found."""
    found = of.findings.select_related("rule").get(rule__code=rule)
    found.application = of
    return found


def address(of: Call, page: str, *arguments: object) -> str:
    """The address of an office page of the call's edition."""
    return reverse(f"applications:{page}", args=(of.edition.programme.slug, of.edition.slug, *arguments))
