"""A film of several films in the making: an invented city, its contest, what was agreed, the shoot, the assembly, a cut."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import translation

from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.catalogue.actions.films import describe_film
from kinolab.catalogue.domain.works import Role
from kinolab.demonstration import people, script_call
from kinolab.demonstration.dates import ZONE
from kinolab.demonstration.script_call import When
from kinolab.demonstration.world import person_of
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.production.actions import (
    agreements,
    assembling,
    cutting,
    handover,
    rules,
    segments,
    shooting,
    starting,
)
from kinolab.production.domain.cutting import Said
from kinolab.production.domain.lifecycle import FilmStep, SegmentStep
from kinolab.production.domain.terms import CutReason, CutRight, Music, SegmentKind, Standalone
from kinolab.production.models import Borough, Omnibus, Segment
from kinolab.production.queries import cuts
from kinolab.production.queries.assembly import order_of

FILM = Path(__file__).parent / "editions" / "omnibus.yaml"
TERMS: dict[str, Any] = {
    "standalone": Standalone.AFTER_RELEASE.value,
    "cut_right": CutRight.WITH_NOTICE.value,
    "music": Music.BY_PRODUCTION.value,
    "note": "",
}


@transaction.atomic
def build_omnibus(call: Call, now: datetime) -> None:
    """The film with everything that its makers have done so far."""
    given, when = yaml.safe_load(FILM.read_text(encoding="utf-8")), When.before(now)
    begun = when.opens - timedelta(days=40)
    by = person_of(people.ORGANISER, begun)
    film = starting.begin(organisation=call.edition.programme.organisation, title=given["title"], by=by, at=begun)
    describe_film(film=film.film, facts={"dye": given["dye"], "languages": given["languages"]}, by=by, at=begun)
    boroughs = _rules(film, given, by, begun)
    sent = script_call.build_script_call(film, given, boroughs, by, when)
    _post(when.announced + timedelta(minutes=1))
    made = _segments(film, given["scripts"], sent, by, when.announced + timedelta(days=2))
    _agree(given, sent, made, by, when.announced + timedelta(days=10))
    starting.take(omnibus=film, step=FilmStep.PRODUCE, by=by, at=when.announced + timedelta(days=30))
    _shoot(film, given, made, by, now)
    _cut_pictures(given["scripts"], made, by, now - timedelta(days=15))
    starting.take(omnibus=film, step=FilmStep.ASSEMBLE, by=by, at=now - timedelta(days=12))
    _assemble(film, given, made, by, now - timedelta(days=11))
    _drop(given, made, by, now - timedelta(days=9))
    _hand_over(film, by, now - timedelta(days=3))


def _rules(film: Omnibus, given: Mapping[str, Any], by: Person, at: datetime) -> dict[str, Borough]:
    for language, texts in given["texts"].items():
        rules.write_text(omnibus=film, language=language, texts=texts, by=by, at=at)
    seen = Omnibus.objects.get(pk=film.pk).version
    values = {name: given[name] for name in ("shortest", "longest", "aim", "languages")} | {"tolerance": 60}
    rules.set_numbers(omnibus=film, values=values, seen=seen, by=by, at=at)
    boroughs: dict[str, Any] = {
        key: rules.add_row(omnibus=film, kind="boroughs", values=one, by=by, at=at)
        for key, one in given["boroughs"].items()
    }
    for kind in ("demands", "figures"):
        for one in given[kind]:
            rules.add_row(omnibus=film, kind=kind, values=one, by=by, at=at)
    for one in given["slots"]:
        wanted = {"borough": boroughs.get(one.get("borough", "")), "genre": one.get("genre", "")}
        values = wanted | {"language": one.get("language", "")}
        rules.add_row(omnibus=film, kind="slots", values=values, by=by, at=at)
    return boroughs


def _segments(
    film: Omnibus, scripts: Sequence[Mapping[str, Any]], sent: Sequence[Application], by: Person, at: datetime
) -> list[Segment]:
    """The chosen scripts, each in its slot."""
    slots, made = list(film.slots.all()), []
    figures, demands = list(film.figures.all()), list(film.demands.all())
    for one, application in zip(scripts, sent, strict=True):
        if "slot" not in one:
            continue
        segment = segments.fill_slot(omnibus=film, slot=slots[one["slot"] - 1], application=application, by=by, at=at)
        values = {name: getattr(segment, name) for name in segments.DESCRIBED} | {
            "planned": one["planned"],
            "figures": figures if one.get("figure") else [],
            "keeps": demands if one.get("cuts") else demands[:1],
        }
        made.append(segments.describe(segment=segment, values=values, seen=1, by=by, at=at))
    return made


def _agree(
    given: Mapping[str, Any], sent: Sequence[Application], made: Sequence[Segment], by: Person, at: datetime
) -> None:
    """What was agreed with each team: at once or after a change, on the page or at a table; two have not agreed yet."""
    for one, application, segment in zip(given["scripts"], sent, made, strict=False):
        way, team = one["agreement"], application.lead
        terms = TERMS | given["terms"][one["language"]] | {"language": one["language"]}
        agreements.write(segment=segment, terms=terms, by=by, at=at)
        if way == "paper":
            agreements.note_paper(segment=segment, by=by, at=at + timedelta(days=6))
            continue
        agreements.send(segment=segment, by=by, at=at)
        version, later = 1, at + timedelta(days=2)
        if answer := given["answers"].get(way):
            agreements.ask_for_change(segment=segment, version=version, answer=answer, by=team, at=later)
        if way in ("changed", "asked_then_sent"):
            version, later = 2, at + timedelta(days=5)
            changed = terms | {"music": Music.BY_TEAM.value}
            agreements.write(segment=segment, terms=changed, by=by, at=later)
            agreements.send(segment=segment, by=by, at=later)
        if way in ("changed", "signed"):
            agreements.sign(segment=segment, version=version, by=team, at=later + timedelta(days=1))


def _shoot(film: Omnibus, given: Mapping[str, Any], made: Sequence[Segment], by: Person, now: datetime) -> None:
    at = now - timedelta(days=45)
    for one, segment in zip(given["scripts"], made, strict=False):
        if one.get("cuts"):
            segments.take(segment=segment, step=SegmentStep.SHOOT, by=by, at=at)
    units = [shooting.add_unit(omnibus=film, name=name, by=by, at=at) for name in given["units"]]
    today = now.astimezone(ZONE).date()
    for one in given["days"]:
        shooting.plan_day(
            omnibus=film, unit=units[one["unit"]], segment=made[one["script"]], on=today + timedelta(days=one["in"]),
            calls_at=time.fromisoformat(one["at"]), place=one["place"], by=by, at=at,
        )  # fmt: skip


def _cut_pictures(scripts: Iterable[Mapping[str, Any]], made: Sequence[Segment], by: Person, at: datetime) -> None:
    for one, segment in zip(scripts, made, strict=False):
        for number, length in enumerate(one.get("cuts", ())):
            segments.add_version(segment=segment, length=length, by=by, at=at + timedelta(days=number))
        if one.get("locked"):
            segments.take(segment=segment, step=SegmentStep.LOCK, by=by, at=at + timedelta(days=3))


def _assemble(film: Omnibus, given: Mapping[str, Any], made: Sequence[Segment], by: Person, at: datetime) -> None:
    """The stories in the order of their slots, what lies between them, and one that waits for a place."""
    for number, segment in enumerate(made[:-1], 1):
        assembling.place(segment=segment, place=number, seen=_order(film), by=by, at=at)
    for one in given["pieces"]:
        went = assembling.insert(
            omnibus=film, place=one["place"], kind=SegmentKind(one["kind"]), title={one["language"]: one["title"]},
            length=one["length"], named=[(Role.DIRECTOR, one["director"])], seen=_order(film), by=by, at=at,
        )  # fmt: skip
        if one["kind"] != "closing":
            segments.take(segment=went.segment, step=SegmentStep.LOCK, by=by, at=at)


def _order(film: Omnibus) -> list[int]:
    return [one.pk for one in order_of(film)]


def _drop(given: Mapping[str, Any], made: Sequence[Segment], by: Person, at: datetime) -> None:
    """One script falls out of the film; its people are written to, and know."""
    told = given["cut"]
    dropped = next(segment for one, segment in zip(given["scripts"], made, strict=False) if one.get("dropped"))
    said = Said(
        proposer=told["proposer"], decider=told["decider"], reason=CutReason(told["reason"]),
        on=at.astimezone(ZONE).date(), wording=told["wording"]["ru"], rights_returned=True, rights_note=told["note"],
    )  # fmt: skip
    cut = cutting.drop(segment=dropped, said=said, wording=told["wording"], standalone=False, by=by, at=at)
    to_write = len(cuts.account(cut).to_write)
    cutting.send_notice(cut=cut, letters=to_write, seen=cuts.mark(cut), by=by, at=at + timedelta(hours=3))
    _post(at + timedelta(hours=3, minutes=1))
    cutting.settle(at=at + timedelta(hours=3, minutes=2))


def _hand_over(film: Omnibus, by: Person, at: datetime) -> None:
    """The list of what is owed, in the organiser's language, with dates; the poster is there already."""
    with translation.override(by.language):
        handover.add_usual(omnibus=film, by=by, at=at)
    listed = list(film.deliverables.all())
    for number, one in enumerate(listed):
        due = at.astimezone(ZONE).date() + timedelta(days=40 + 5 * number)
        handover.change(deliverable=one, name=one.name, specification=one.specification, due=due, by=by, at=at)
    *_others, stills, poster, _rights = listed
    handover.hand_over(deliverable=stills, link="https://files.example.org/kaiberen/stills", by=by, at=at)
    handover.hand_over(deliverable=poster, link="https://files.example.org/kaiberen/poster", by=by, at=at)
    handover.accept(deliverable=poster, by=by, at=at + timedelta(days=1))


def _post(at: datetime) -> None:
    """The letters written until then leave, as they do each minute in the running program."""
    mail.send_due(clock=lambda: at)
