"""Facts for the rules of eligibility, and what the rules say of one application.

A question names the fact that its answer tells («project.stage»). What a member says of themselves is theirs alone;
a question about a person speaks of the lead, one about whoever holds a role of those who hold it. Whatever nobody
has answered stays out, and the rule says *unknown*.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from kinolab.applications.domain import completeness, history
from kinolab.applications.domain.completeness import TeamNeeds
from kinolab.applications.domain.lifecycle import IN_FORCE, MemberState
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.models import Finding as Kept
from kinolab.applications.queries import history as histories
from kinolab.applications.queries.dossier import Dossier
from kinolab.applications.queries.telling import telling
from kinolab.calls.domain import eligibility
from kinolab.calls.domain.eligibility import Facts, Finding, Outcome, Person
from kinolab.calls.domain.regulations import ReferenceDate, Severity, as_day, parse_rule
from kinolab.calls.models import Call, LateCode, Rule

BLOCKING = frozenset({Severity.BLOCK_SUBMIT})
DECIDING = frozenset({Severity.BLOCK_SUBMIT, Severity.BLOCK_REVIEW})


def findings(dossier: Dossier) -> list[tuple[Rule, Finding]]:
    """Judge every rule of the call. One query for the rules, one more where a rule asks about other applications."""
    call = dossier.application.call
    read = [(rule, parse_rule(rule.definition)) for rule in call.rules.all()]
    # A rule that cannot be read is refused at publication; here it would only hide the others.
    good = [(rule, parsed) for rule, parsed in read if not isinstance(parsed, list)]
    known = facts(dossier, wanted={key for _, parsed in good for key in eligibility.fact_keys(parsed)})
    judged = eligibility.check([parsed for _, parsed in good], known, reference_dates(call, known.values))
    return [(rule, finding) for (rule, _), finding in zip(good, judged, strict=True)]


def checked(findings: Iterable[Kept]) -> str:
    """Sum up for the office: eligible; ineligible once a person has said so; else attention, for a person has to look."""
    deciding = [one for one in findings if decides(one)]
    finals = [(one.override or one.outcome, one.decided_at is not None) for one in deciding]
    if any(outcome == Outcome.NO and decided for outcome, decided in finals):
        return "ineligible"
    return "eligible" if all(outcome == Outcome.YES for outcome, _ in finals) else "attention"


def decides(finding: Kept) -> bool:
    """Whether a no of this rule keeps an application out."""
    return finding.rule.definition.get("severity", Severity.BLOCK_REVIEW) in DECIDING


Others = Mapping[int, frozenset[int]]  # by person, the other applications in force that they take part in


def facts(
    dossier: Dossier,
    wanted: frozenset[str] | set[str] = frozenset(),
    past: history.Known | None = None,
    others: Others | None = None,
) -> Facts:
    """Everything known that the rules may ask.

    `past` is what history says and `others` who takes part in what else, where that was asked for many at once.
    """
    application = dossier.application
    present = [one for one in dossier.team if one.state == MemberState.JOINED]
    values: dict[str, object] = {
        "team.size": len([one for one in dossier.team if one.state in (MemberState.JOINED, MemberState.INVITED)]),
        "application.language": application.language,
        "application.without_project": application.without_project,
    } | _organisation(present)
    if roles := {one.role for one in dossier.team if one.state != MemberState.REMOVED and one.role}:
        values["team.roles"] = sorted(roles)  # until somebody has said theirs it is not known, rather than none
    own = {member.pk: _own(member) for member in present}
    if any(key.startswith("history.") or key.endswith(".participated") for key in wanted):
        values |= _history(application, present, own, past)
    _tell_answers(dossier, values, own, present)
    if "person.other_applications" in wanted or "application.others" in wanted:
        _count_others(application, present, own, values, others)
    if "application.complete" in wanted:
        values["application.complete"] = _is_complete(dossier)
    if "application.invitation_code" in wanted:
        _tell_code("application.invitation_code", application.invitation, values)
    if "application.late_code" in wanted:
        _tell_code("application.late_code", application.late_code, values)
    if "application.strand" in wanted:
        values.setdefault("application.strand", _strands(application))
    people = tuple(Person(str(one.pk), frozenset({one.role}), own[one.pk]) for one in present)
    return Facts(values, people)


def _tell_code(fact: str, code: LateCode | None, values: dict[str, object]) -> None:
    """A code of the lab that it holds; "" where it holds none, for then there is none. A question may tell it too."""
    if code is not None and code.revoked_at is None:
        values[fact] = code.code
    else:
        values.setdefault(fact, "")


def _is_complete(dossier: Dossier) -> bool:
    """Whether every question has a good answer, the parts of people included; who is in the team is not asked here."""
    lacking = completeness.missing(dossier.specs.values(), dossier.values, (), TeamNeeds(minimum=0))
    return not lacking and not any(part.missing for part in dossier.parts)


def _tell_answers(
    dossier: Dossier, values: dict[str, object], own: dict[int, dict[str, object]], present: list[TeamMember]
) -> None:
    """What the team's answers tell, and what each member answers in a part of their own."""
    for question in dossier.shown:
        if question.fact:
            for fact, told in telling(question, dossier.value(question)).items():
                _put(fact, told, values, own, present)
    for part in dossier.parts:
        for question in part.shown:
            if question.fact and part.member.pk in own:
                for fact, told in telling(question, part.value(question)).items():
                    _put_own(fact, told, values, own[part.member.pk])


def _organisation(team: Sequence[TeamMember]) -> dict[str, object]:
    """The organisation that somebody in the team speaks for: its name, and the country in which they live."""
    speaking = next((one for one in team if one.organisation), None)
    if speaking is None:
        return {}
    known = {"organisation.name": speaking.organisation, "organisation.country": speaking.residence or None}
    return {key: value for key, value in known.items() if value is not None}


def _put(
    fact: str, told: object, values: dict[str, object], own: Mapping[int, dict[str, object]], team: list[TeamMember]
) -> None:
    scope, _, field = fact.partition(".")
    values[fact] = told
    if scope == "person":
        speaking = [one for one in team if one.is_lead]
    elif scope == "role_holder":
        role, _, field = field.partition(".")
        speaking = [one for one in team if one.role == role]
    else:
        return
    for one in speaking:
        own[one.pk].setdefault(field, told)


def _put_own(fact: str, told: object, values: dict[str, object], own: dict[str, object]) -> None:
    """What somebody says in their own part speaks of them; of the rest what is said first counts."""
    scope, _, field = fact.partition(".")
    if scope == "role_holder":
        field = field.partition(".")[2]
    if scope in ("person", "role_holder"):
        own.setdefault(field, told)
    values.setdefault(fact, told)


def _own(member: TeamMember) -> dict[str, object]:
    """What a member says of themselves; empty parts stay unknown."""
    country = [code for code in (member.residence, member.citizenship) if code]
    said: dict[str, object] = {
        "residence": member.residence or None,
        "citizenship": member.citizenship or None,
        "country": _country(country),
        "birth_date": member.birth_date,
        "gender": member.gender or None,
        "films_made": member.films_made,
        "role": member.role or None,
        "organisation": member.organisation or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _country(known: list[str]) -> object:
    """Where they live or whose citizens they are: one of the two is enough, and the other may still be told."""
    if len(known) == 1:
        return eligibility.SoFar(known)
    return known or None


def _history(
    application: Application,
    team: Sequence[TeamMember],
    own: Mapping[int, dict[str, object]],
    past: history.Known | None,
) -> dict[str, object]:
    """What earlier calls of the programme say of the team and its project; of each member, whether they took part."""
    past = past or histories.known([application])[application.pk]
    for one in team:
        own[one.pk]["participated"] = one.person_id in past.participants
    return {
        "history.attempts": past.attempts,
        "history.project_attempts": past.project_attempts,
        "history.decisions": list(past.decisions),
        "history.decisions_in_category": list(past.decisions_in_category),
        "history.participated": bool(past.participants),
    }


def _count_others(
    application: Application,
    team: list[TeamMember],
    own: dict[int, dict[str, object]],
    values: dict[str, object],
    known: Others | None,
) -> None:
    """How many other applications in force of this call each member takes part in; one query, or none."""
    people = [one.person_id for one in team if one.person_id]
    taking = part_in(application.call, people) if known is None else known
    others = {person: taking.get(person, frozenset()) - {application.pk} for person in people}
    for one in team:
        own[one.pk]["other_applications"] = len(others.get(one.person_id, ()))
    values["application.others"] = len(frozenset().union(*others.values()))


def part_in(call: Call, people: Iterable[int] | None = None) -> Others:
    """In which applications in force of the call these people (all, when none are named) take part. One query."""
    rows = TeamMember.objects.filter(
        state=MemberState.JOINED,
        application__call=call,
        application__stage__in=[stage.value for stage in IN_FORCE],
    )
    if people is not None:
        rows = rows.filter(person__in=list(people))
    found: dict[int, set[int]] = defaultdict(set)
    for person, application in rows.order_by().values_list("person_id", "application_id"):
        found[person].add(application)
    return {person: frozenset(applications) for person, applications in found.items()}


def _strands(application: Application) -> list[str] | None:
    """The strands in which it stands, by their slugs. Two queries, or none where they were fetched before."""
    prefetch_related_objects([application], "candidacies__strand")
    return [one.strand.slug for one in application.candidacies.all() if one.strand] or None


def reference_dates(call: Call, values: Mapping[str, object]) -> dict[ReferenceDate, date]:
    """The days on which rules about age look, as far as they are known."""
    zone = ZoneInfo(call.timezone or "UTC")
    known = {
        ReferenceDate.CALL_CLOSE: call.closes_at.astimezone(zone).date() if call.closes_at else None,
        ReferenceDate.EDITION_START: call.edition.starts_on,
        ReferenceDate.COMPLETION_DATE: as_day(values.get("project.completion_date")),
    }
    return {name: day for name, day in known.items() if day is not None}
