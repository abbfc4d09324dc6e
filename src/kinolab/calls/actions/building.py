"""Build an edition with its call from a cleaned programme file; everything else that makes editions comes through here."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kinolab.calls.actions import deadlines
from kinolab.calls.domain.programme_file import end_of, start_of
from kinolab.calls.models import Call, Cover, Criterion, Faq, Rule, Strand
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.labs.models import Edition, Module, Organisation, Programme, Tutor

Plain = Mapping[str, Any]


def organisation_of(given: Plain) -> Organisation:
    """The organisation of a file: the one with this slug as it is, or a new one."""
    found, _ = Organisation.objects.get_or_create(
        slug=given["slug"], defaults={name: value for name, value in given.items() if name != "slug"}
    )
    return found


def programme_of(given: Plain, organisation: Organisation) -> Programme:
    """The programme of a file, as it is or new."""
    found, _ = Programme.objects.get_or_create(
        slug=given["slug"],
        defaults={"organisation": organisation, "name": given["name"], "kind": given["kind"], "about": given["about"]},
    )
    return found


def build(cleaned: Plain, programme: Programme) -> Edition:
    """A new edition with everything that the file holds."""
    edition = _edition(cleaned["edition"], programme)
    Module.objects.bulk_create(_module(edition, order, one) for order, one in enumerate(cleaned["modules"]))
    Tutor.objects.bulk_create(Tutor(edition=edition, order=order, **one) for order, one in enumerate(cleaned["tutors"]))
    if cleaned["call"] is not None:
        _call(edition, cleaned)
    return edition


def _fuzzy(name: str, given: Plain | None) -> dict[str, Any]:
    return {f"{name}_on": given["date"], f"{name}_precision": given["precision"]} if given else {}


def _edition(given: Plain, programme: Programme) -> Edition:
    plain = {name: given[name] for name in ("slug", "name", "timezone", "dye", "mode", "city", "country")}
    return Edition.objects.create(
        programme=programme,
        **plain,
        **_fuzzy("starts", given["starts"]),
        **_fuzzy("ends", given["ends"]),
        capacity_projects=given["projects"],
        capacity_people=given["people"],
    )


def _module(edition: Edition, order: int, given: Plain) -> Module:
    plain = {name: given[name] for name in ("name", "timezone", "mode", "precision", "city", "country", "mandatory")}
    return Module(edition=edition, order=order, starts_on=given["starts"], ends_on=given["ends"], **plain)


def in_zone(moment: datetime | date | None, zone: str, *, closing: bool = False) -> datetime | None:
    """A local moment of a file as an instant."""
    if moment is None:
        return None
    local = end_of(moment) if closing else start_of(moment)
    return local.replace(tzinfo=ZoneInfo(zone))


def _call(edition: Edition, cleaned: Plain) -> None:
    given = cleaned["call"]
    names = (
        "headline",
        "lead",
        "who",
        "privacy",
        "languages",
        "answer_languages",
        "timezone",
        "grace_minutes",
        "sealed",
    )
    call = Call.objects.create(
        edition=edition,
        **{name: given[name] for name in (*names, "contact_email", "roles")},
        **_fuzzy("results", given["results"]),
        opens_at=in_zone(given["opens"], given["timezone"]),
        closes_at=in_zone(given["closes"], given["timezone"], closing=True),
        appeals_until=in_zone(given["appeals_until"], given["timezone"] or "UTC", closing=True),
        hour_known=given["closes"] is None or isinstance(given["closes"], datetime),
        team_min=given["team"]["min"],
        team_max=given["team"]["max"],
        role_needs=given["team"]["numbers"],
        senders=given["team"]["senders"],
        signatures=given["team"]["signatures"],
        team_locks_at=in_zone(given["team"]["locks"], given["timezone"], closing=True),
        join_after_close=given["team"]["join_after_close"],
        strands_max=given["team"]["strands"],
        form=_form(cleaned["form"], edition) if cleaned["form"] else None,
    )
    zone = given["timezone"]
    Strand.objects.bulk_create(
        Strand(call=call, order=order, closes_at=in_zone(one["closes"], zone, closing=True), **_but_closes(one))
        for order, one in enumerate(cleaned["strands"])
    )
    for one in given["role_closes"]:
        until = in_zone(one["closes"], zone, closing=True)
        call.role_closes[one["role"]] = {"at": until.astimezone(UTC).isoformat(), "before": None} if until else None
    call.save(update_fields=["role_closes"])
    deadlines.keep_in_step(call)
    Cover.objects.bulk_create(Cover(call=call, order=order, **one) for order, one in enumerate(cleaned["covers"]))
    Faq.objects.bulk_create(Faq(call=call, order=order, **one) for order, one in enumerate(cleaned["faq"]))
    Rule.objects.bulk_create(Rule(call=call, order=order, **one) for order, one in enumerate(cleaned["regulations"]))
    Criterion.objects.bulk_create(
        Criterion(call=call, order=order, **one) for order, one in enumerate(cleaned["rubric"])
    )


def _but_closes(given: Plain) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "closes"}


def _form(given: Plain, edition: Edition) -> Form:
    form = Form.objects.create(name=given["name"] or f"{edition.programme.slug} {edition.slug}")
    for order, one in enumerate(given["sections"]):
        plain = {name: one[name] for name in ("key", "title", "help", "of_project")}
        section = Section.objects.create(form=form, order=order, **plain)
        Question.objects.bulk_create(
            Question(section=section, order=number, **_question(question))
            for number, question in enumerate(one["questions"])
        )
    return form


def _question(given: Plain) -> dict[str, Any]:
    limits = [{name: value for name, value in limit.items() if value is not None} for limit in given["limits"]]
    return {**given, "limits": limits}
