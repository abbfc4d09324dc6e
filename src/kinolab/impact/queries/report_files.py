"""The impact report as files: a table, data for programs, a paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from kinolab.foundation.files.tables import Cell
from kinolab.foundation.i18n import formats
from kinolab.foundation.ui import typesetting
from kinolab.impact import words
from kinolab.impact.domain.figures import Total
from kinolab.impact.domain.vocabularies import Dynamic, Measure, ResultKind
from kinolab.impact.queries.report import Asked, Entry, Line, Report, Unwanted, unwanted
from kinolab.labs.models import Edition

SHEET = Path(__file__).with_name("report.typ")
HEADER = (
    "edition", "road_map", "title", "result", "indicator", "measure", "unit", "accumulation", "dynamic", "countries",
    "sdg", "value", "how", "values", "until", "added_up",
)  # fmt: skip
# What was done stands apart from what changed: reach is not impact.
SECTIONS: tuple[tuple[str, tuple[ResultKind, ...]], ...] = (
    ("changed", (ResultKind.OUTCOME, ResultKind.IMPACT)),
    ("done", (ResultKind.OUTPUT, ResultKind.OTHER)),
)


def rows(entries: Sequence[Entry], editions: Mapping[int, Edition]) -> Iterator[Sequence[Cell]]:
    """A row for each indicator that has been read."""
    for one in entries:
        kind, figure = one.kind, one.figure
        yield (
            editions[one.edition].slug, one.road_map, one.title, one.result.value, one.name, kind.measure.value, kind.unit,
            kind.accumulation.value if kind.accumulation else "", one.dynamic.value if one.dynamic else "",
            " ".join(one.countries), " ".join(one.targets), _plain(figure.value), figure.how.value, figure.readings,
            figure.until, one.adds,
        )  # fmt: skip


def data(asked: Asked, found: Report, entries: Sequence[Entry], editions: Mapping[int, Edition]) -> dict[str, Any]:
    """For programs: each figure with what it is made of."""
    return {
        "programme": asked.programme.slug,
        "made_of": {
            "road_maps": found.road_maps, "indicators": found.indicators, "values": found.values, "until": found.until,
            "told_apart": found.apart,
        },
        "figures": [_figure(one, editions) for one in found.lines],
        "indicators": [dict(zip(HEADER, row, strict=True)) for row in rows(entries, editions)],
        "unwanted": [
            {
                "edition": editions[one.edition].slug, "road_map": one.road_map, "title": one.title, "on": one.said.on,
                "what_changed": one.said.what_changed, "for_the_better": one.said.positive,
                "contribution": one.said.contribution, "decision": one.said.decision,
            }
            for one in unwanted(asked)
        ],
    }  # fmt: skip


def _figure(line: Line, editions: Mapping[int, Edition]) -> dict[str, Any]:
    return {
        "key": line.key, "result": line.result.value, **_total(line.total), "road_maps": line.road_maps,
        "values": line.values, "until": line.until,
        "by": {
            name: {
                editions[int(value)].slug if name == "edition" else value: _plain(total.value) for value, total in parts
            }
            for name, parts in line.by.items()
        },
    }  # fmt: skip


def _total(total: Total) -> dict[str, Any]:
    kind = total.kind
    return {
        "measure": kind.measure.value, "unit": kind.unit,
        "accumulation": kind.accumulation.value if kind.accumulation else None, "value": _plain(total.value),
        "indicators": total.indicators, "left_out": total.left_out,
    }  # fmt: skip


def _plain(value: Decimal | None) -> Decimal | None:
    """The same number without zeros behind it, and never as a power of ten."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


# --- In words --------------------------------------------------------------------------------------------------------------
def number(value: Decimal | None, measure: Measure) -> str:
    """A figure as it is written."""
    if value is None:
        return "—"
    said = formats.number(
        value.quantize(Decimal("0.1")).normalize() if measure is Measure.PERCENTAGE else value.normalize()
    )
    return f"{said}\u00a0%" if measure is Measure.PERCENTAGE else said


def value_name(dimension: str, value: str, editions: Mapping[int, Edition] | None = None) -> str:
    """What an edition, a country, a dynamic, a goal of the world is called."""
    if dimension == "edition":
        return str((editions or {})[int(value)])
    if dimension == "country":
        return formats.country_name(value)
    if dimension == "dynamic":
        return str(words.DYNAMICS[Dynamic(value)])
    goal, dot, _ = value.partition(".")
    return f"{value} · {words.SDG_GOALS[goal]}" if dot else f"{goal} · {words.SDG_GOALS[goal]}"


def named(line: Line, editions: Mapping[int, Edition]) -> list[tuple[Promise, list[tuple[str, str]]]]:
    """The figure told apart, in words: by edition where it is made of several, by what changes, country, goal of the world."""
    measure = line.total.kind.measure
    return [
        (
            words.REPORT_BY[name],
            [(value_name(name, value, editions), number(total.value, measure)) for value, total in parts],
        )
        for name, parts in line.by.items()
        if len(parts) > (name == "edition")
    ]


# --- On paper --------------------------------------------------------------------------------------------------------------
def pdf(asked: Asked, found: Report, editions: Mapping[int, Edition], at: datetime) -> bytes:
    """The report on paper, in the active language."""
    return typesetting.pdf(SHEET, _sheet(asked, found, editions, at), at)


def _sheet(asked: Asked, found: Report, editions: Mapping[int, Edition], at: datetime) -> dict[str, Any]:
    programme = asked.programme
    return {
        "language": get_language(),
        "title": gettext("Impact report"),
        "programme": str(programme.name),
        "organisation": str(programme.organisation.name),
        "said": [str(one) for one in words.REPORT_SAYS],
        "head": [
            [gettext("Made of road maps"), formats.number(found.road_maps)],
            [gettext("Made of indicators"), formats.number(found.indicators)],
            [gettext("Made of values"), formats.number(found.values)],
            [gettext("The last value is of"), formats.day(found.until) if found.until else "—"],
            [gettext("Made"), formats.day(at.date())],
        ],
        "columns": [gettext("Figure"), gettext("Of what"), gettext("Made of road maps"), gettext("Made of values")],
        "sections": [
            {"title": str(words.REPORT_SECTIONS[name]), "lines": [_on_paper(one, editions) for one in found.of(kinds)]}
            for name, kinds in SECTIONS
            if found.of(kinds)
        ],
        "nothing": gettext("No value has been approved yet."),
        "unwanted": {
            "title": str(words.REPORT_SECTIONS["unwanted"]),
            "says": str(words.REPORT_UNWANTED),
            "rows": [_unwanted(one, editions) for one in unwanted(asked)],
        },
    }


def _unwanted(one: Unwanted, editions: Mapping[int, Edition]) -> dict[str, Any]:
    said = one.said
    better = gettext("It is for the better.") if said.positive else gettext("It is for the worse.")
    decided = f"{gettext('What the team decided')}: {said.decision}" if said.decision else ""
    return {
        "language": one.language, "what": said.what_changed,
        "more": [
            " · ".join([*([formats.day(said.on)] if said.on else []), better]), said.contribution, decided,
            f"{one.title} · {editions[one.edition]}",
        ],
    }  # fmt: skip


def _on_paper(line: Line, editions: Mapping[int, Edition]) -> dict[str, Any]:
    measure = line.total.kind.measure
    return {
        "cells": [
            number(line.total.value, measure), line.total.kind.unit, formats.number(line.road_maps),
            formats.number(line.values),
        ],
        "how": str(words.REPORT_HOW[line.total.kind.accumulation]),
        "by": [
            [str(name), "; ".join(f"{value}: {figure}" for value, figure in parts)] for name, parts in named(line, editions)
        ],
    }  # fmt: skip
