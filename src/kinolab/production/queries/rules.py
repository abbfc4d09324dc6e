"""The rules of a film as its page shows them, its map, and what its script call asks of a segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise

from kinolab.calls.models import Call
from kinolab.catalogue import words as catalogue
from kinolab.foundation.questions.models import Question
from kinolab.foundation.questions.queries import library
from kinolab.labs.models import Edition
from kinolab.production import words
from kinolab.production.domain.lifecycle import OUT
from kinolab.production.domain.rules import SQUARES
from kinolab.production.domain.terms import DemandKind
from kinolab.production.models import Borough, Demand, Figure, Omnibus, Segment, Slot

TABLES: dict[str, type[Demand] | type[Figure] | type[Borough] | type[Slot]] = {
    "demands": Demand,
    "figures": Figure,
    "boroughs": Borough,
    "slots": Slot,
}
SMALLEST = 4  # columns and rows that a map shows at least


# --- The map ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Square:
    """A square of the map: the borough that lies there, and how many slots and segments it has."""

    column: int
    row: int
    borough: Borough | None
    slots: int = 0
    segments: int = 0


def squares(boroughs: Sequence[Borough], slots: Sequence[Slot], segments: Sequence[Segment]) -> list[list[Square]]:
    """The map, row by row: one row and one column more than are in use, so that it can grow."""
    columns = min(SQUARES, max([SMALLEST, *(one.column + 1 for one in boroughs)]))
    rows = min(SQUARES, max([SMALLEST, *(one.row + 1 for one in boroughs)]))
    there = {(one.column, one.row): one for one in boroughs}
    found = []
    for row in range(1, rows + 1):
        line = []
        for column in range(1, columns + 1):
            borough = there.get((column, row))
            key = borough.pk if borough else 0
            line.append(
                Square(
                    column, row, borough,
                    sum(one.borough_id == key for one in slots), sum(one.borough_id == key for one in segments),
                )
            )  # fmt: skip
        found.append(line)
    return found


# --- The script call -------------------------------------------------------------------------------------------------
def editions_for(omnibus: Omnibus) -> QuerySet[Edition]:
    """Editions that could be the script call: of the film's organisation, with a call, of no other film."""
    own = Edition.objects.filter(programme__organisation=omnibus.film.organisation_id, call__isnull=False)
    free = Q(omnibus=None) | Q(omnibus=omnibus)
    return own.filter(free).select_related("programme").order_by("-starts_on", "-pk")


# Codes of the questions that a segment is read from.
BOROUGH, GENRE, LANGUAGE, LENGTH, KEEPS = (
    "segment_borough",
    "segment_genre",
    "segment_language",
    "segment_length",
    "segment_rules",
)
READ = (BOROUGH, GENRE, LANGUAGE, LENGTH)


def call_of(omnibus: Omnibus) -> Call | None:
    """The script call, with its edition."""
    found = Call.objects.filter(edition=omnibus.edition_id).select_related("edition__programme")
    return found.first() if omnibus.edition_id else None


def asks_for_segments(omnibus: Omnibus) -> bool:
    """Whether the form of the script call asks what a segment needs."""
    return Question.objects.filter(section__form__calls__edition=omnibus.edition_id, key__in=READ).exists()


def _told(sentence: Promise | str) -> dict[str, str]:
    """A sentence of the room in every language that is kept complete."""
    told = {}
    for tag in settings.KINOLAB_COMPLETE_LANGUAGES:
        with translation.override(tag):
            told[tag] = str(sentence)
    return told


def section_values() -> dict[str, Any]:
    """The section that asks for a segment."""
    return {"key": "segment", "title": _told(words.SEGMENT_SECTION), "help": {}, "of_project": False}


def question_values(omnibus: Omnibus) -> list[dict[str, Any]]:
    """Its questions, by the rules of the film: what the form asks already is not asked twice."""
    asked = Question.objects.filter(section__form__calls__edition=omnibus.edition_id)
    keys, facts = set(asked.values_list("key", flat=True)), set(asked.values_list("fact", flat=True))
    wanted: list[dict[str, Any]] = []
    if "project.title" not in facts:
        wanted.append({"key": "title", "kind": "text", "fact": "project.title", "limits": [_limit("chars", 100)]})
    wanted += [{**library()[use], "key": use} for use in ("logline", "script_file")]
    if omnibus.boroughs.exists():
        places = [{"key": f"b{one.pk}", "label": dict(one.name)} for one in omnibus.boroughs.all()]
        wanted.append({"key": BOROUGH, "kind": "choice", "choices": places})
    genres = [{"key": key, "label": _told(name)} for key, name in catalogue.GENRES.items()]
    wanted.append({"key": GENRE, "kind": "choice", "choices": genres})
    wanted.append({"key": LANGUAGE, "kind": "language"})
    wanted.append({"key": LENGTH, "kind": "number", "limits": _window(omnibus)})
    demands = list(omnibus.demands.all())
    wanted.append(
        {"key": KEEPS, "kind": "long_text", "limits": [_limit("words", 200)], "help": _listed(demands), "label": {}}
    )
    made = []
    for one in wanted:
        if one["key"] not in keys:
            label = one.get("label") or _told(words.SEGMENT_QUESTIONS[one["key"]])
            made.append(
                {"required": True, "details": {}, "choices": [], "limits": [], "help": {}, **one, "label": label}
            )
    return made


def _limit(unit: str, maximum: int) -> dict[str, Any]:
    return {"unit": unit, "maximum": maximum}


def _window(omnibus: Omnibus) -> list[dict[str, Any]]:
    """The window of the film in whole minutes, those that lie in it."""
    if omnibus.shortest is None or omnibus.longest is None:
        return []
    lowest, highest = -(-omnibus.shortest // 60), omnibus.longest // 60
    return [{"unit": "minutes", "minimum": lowest, "maximum": highest}] if lowest <= highest else []


def _listed(demands: Sequence[Demand]) -> dict[str, str]:
    """Every rule of the film, a line each, in each language in which all of them are written."""
    told = {}
    for tag in settings.KINOLAB_COMPLETE_LANGUAGES:
        if demands and all(one.text.in_language(tag) for one in demands):
            with translation.override(tag):
                told[tag] = "\n".join(
                    f"{words.DEMAND_KINDS[DemandKind(one.kind)]}: {one.text.in_language(tag)}" for one in demands
                )
    return told


# --- The page --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RulesPage:
    """Everything that the page of rules shows."""

    demands: Sequence[Demand]
    figures: Sequence[Figure]
    slots: Sequence[Slot]
    squares: Sequence[Sequence[Square]]
    languages: Sequence[tuple[str, bool]]  # in which the concept is written


def rules_page(omnibus: Omnibus) -> RulesPage:
    """The rules of the film. Five statements."""
    slots = list(omnibus.slots.select_related("borough"))
    boroughs = list(omnibus.boroughs.all())
    segments = [one for one in omnibus.segments.only("borough", "state") if one.state not in OUT]
    return RulesPage(
        list(omnibus.demands.all()),
        list(omnibus.figures.all()),
        slots,
        squares(boroughs, slots, segments),
        [(tag, bool(omnibus.concept.in_language(tag))) for tag, _name in settings.LANGUAGES],
    )


def row_of(omnibus: Omnibus, kind: str, number: int) -> Demand | Figure | Borough | Slot | None:
    """A row of the film by its kind and number."""
    table = TABLES.get(kind)
    return table.objects.filter(omnibus=omnibus, pk=number).first() if table else None
