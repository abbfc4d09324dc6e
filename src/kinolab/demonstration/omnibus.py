"""A film of several films in the making: an invented city, its rules, segments that were commissioned, days of the shoot."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from kinolab.calls.models import Call
from kinolab.catalogue.actions import agents
from kinolab.catalogue.actions import credits as crediting
from kinolab.catalogue.actions.films import describe_film
from kinolab.catalogue.domain.works import AgentKind, Role
from kinolab.catalogue.models import Agent
from kinolab.demonstration import people
from kinolab.demonstration.dates import ZONE
from kinolab.demonstration.world import person_of
from kinolab.foundation.people.models import Person
from kinolab.production.actions import agreements, rules, segments, shooting, starting
from kinolab.production.domain.lifecycle import FilmStep, SegmentStep
from kinolab.production.domain.terms import CutRight, Music, SegmentKind, Standalone
from kinolab.production.models import Borough, Omnibus, Segment

FILM = Path(__file__).parent / "editions" / "omnibus.yaml"
TERMS = {
    "language": "ru",
    "rights": "Исключительные права на показ в составе фильма на десять лет; затем права возвращаются команде.",
    "standalone": Standalone.AFTER_RELEASE.value,
    "cut_right": CutRight.WITH_NOTICE.value,
    "credit_order": "Режиссёр, автор сценария, оператор, монтаж.",
    "music": Music.BY_PRODUCTION.value,
    "note": "",
}


def build_omnibus(call: Call, now: datetime) -> None:
    """The film with everything that its makers have done so far."""
    given = yaml.safe_load(FILM.read_text(encoding="utf-8"))
    begun = now - timedelta(days=90)
    by = person_of(people.ORGANISER, begun)
    film = starting.begin(organisation=call.edition.programme.organisation, title=given["title"], by=by, at=begun)
    describe_film(film=film.film, facts={"dye": given["dye"], "languages": given["languages"]}, by=by, at=begun)
    boroughs = _rules(film, given, by, begun)
    made = _segments(film, given, boroughs, by, begun + timedelta(days=20))
    starting.take(omnibus=film, step=FilmStep.PRODUCE, by=by, at=begun + timedelta(days=30))
    _shoot(film, given, made, by, now)
    _cuts(given["segments"], made, by, now - timedelta(days=5))


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
    film: Omnibus, given: Mapping[str, Any], boroughs: Mapping[str, Borough], by: Person, at: datetime
) -> list[Segment]:
    slots, directors, made = list(film.slots.all()), dict[str, Agent](), []
    figures, demands = list(film.figures.all()), list(film.demands.all())
    for one in given["segments"]:
        slot = slots[one["slot"] - 1] if "slot" in one else None
        segment = segments.commission(
            omnibus=film, kind=SegmentKind(one["kind"]), title=one["title"], language=one["language"],
            planned=one["planned"], slot=slot, by=by, at=at,
        )  # fmt: skip
        values = {
            "kind": one["kind"], "borough": boroughs.get(one.get("borough", "")), "genre": one.get("genre", ""),
            "language": one["language"], "planned": one["planned"], "note": "",
            "figures": figures if one.get("figure") else [], "keeps": demands if one.get("cuts") else [],
        }  # fmt: skip
        segments.describe(segment=segment, values=values, seen=1, by=by, at=at)
        name = one["director"]
        if name not in directors:
            language = "ru" if one["language"] == "ru" else "ky"
            organisation = film.film.organisation
            directors[name] = agents.add_agent(
                organisation=organisation, kind=AgentKind.PERSON, name={language: name}, by=by, at=at
            )
        crediting.credit(film=segment.film, agent=directors[name], role=Role.DIRECTOR, by=by, at=at)
        agreements.write(segment=segment, terms=TERMS, by=by, at=at)
        made.append(segment)
    return made


def _shoot(film: Omnibus, given: Mapping[str, Any], made: list[Segment], by: Person, now: datetime) -> None:
    at = now - timedelta(days=40)
    for one, segment in zip(given["segments"], made, strict=True):
        if one.get("cuts") or one.get("shooting"):
            agreements.note_paper(segment=segment, by=by, at=at)
            segments.take(segment=segment, step=SegmentStep.SHOOT, by=by, at=at)
    units = [shooting.add_unit(omnibus=film, name=name, by=by, at=at) for name in given["units"]]
    today = now.astimezone(ZONE).date()
    for one in given["days"]:
        shooting.plan_day(
            omnibus=film, unit=units[one["unit"]], segment=made[one["segment"]], on=today + timedelta(days=one["in"]),
            calls_at=time.fromisoformat(one["at"]), place=one["place"], by=by, at=at,
        )  # fmt: skip


def _cuts(given: list[Mapping[str, Any]], made: list[Segment], by: Person, at: datetime) -> None:
    for one, segment in zip(given, made, strict=True):
        for length in one.get("cuts", ()):
            segments.add_version(segment=segment, length=length, by=by, at=at)
        if one.get("locked"):
            segments.take(segment=segment, step=SegmentStep.LOCK, by=by, at=at)
