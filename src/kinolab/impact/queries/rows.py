"""Rows as the history, forms and merges read them: plain values of every column."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import models

from kinolab.impact.domain.parts import Part
from kinolab.impact.models import COLUMNS, TABLES, RoadMap, Row, RowAside, RowPast

PROSE: Mapping[Part, frozenset[str]] = {
    part: frozenset(
        name
        for name in columns
        if isinstance(column := TABLES[part]._meta.get_field(name), models.CharField | models.TextField)
        and not column.choices
        and name not in ("country", "code", "sdg_indicator")
    )
    for part, columns in COLUMNS.items()
}
MANY: Mapping[Part, frozenset[str]] = {
    part: frozenset(one.name for one in table._meta.many_to_many) for part, table in TABLES.items()
}


def plain(value: object) -> object:
    """A value as history keeps it: JSON, and the same for the same number, however it was written."""
    match value:
        case Decimal():
            return format(value.normalize(), "f") if value else "0"
        case date():
            return value.isoformat()
        case models.Model():
            return value.pk
        case list() | tuple() | set():
            return [str(one) for one in sorted(value)]
        case _:
            return value


def values_of(part: Part, row: Row) -> dict[str, object]:
    """What the row says, column by column; ways to many rows as their numbers."""
    found: dict[str, object] = {}
    for name in COLUMNS[part]:
        if name in MANY[part]:
            found[name] = plain([one.pk for one in getattr(row, name).all()])
        else:
            found[name] = plain(getattr(row, row._meta.get_field(name).attname))
    return found


def empty(part: Part) -> dict[str, object]:
    """What a row says in which nobody has written."""
    table = TABLES[part]
    return {
        name: [] if name in MANY[part] else plain(table._meta.get_field(name).get_default()) for name in COLUMNS[part]
    }


def past_of(part: Part, number: int) -> models.QuerySet[RowPast]:
    """What the row said before, the newest first."""
    return RowPast.objects.filter(part=part, number=number).select_related("changed_by").order_by("-version")


def asides_of(part: Part, number: int) -> list[RowAside]:
    """Texts beside the row that wait for a person."""
    waiting = RowAside.objects.filter(part=part, number=number, settled_at=None)
    return list(waiting.select_related("kept_by").order_by("kept_at", "pk"))


def find(road_map: RoadMap, part: Part, number: int) -> Row | None:
    """The row of this number, if it is one of the road map's."""
    return TABLES[part].objects.filter(road_map=road_map, pk=number).select_related("changed_by").first()


def last_order(road_map: RoadMap, part: Part) -> int:
    """The place of the last row of a part."""
    last: int | None = TABLES[part].objects.filter(road_map=road_map).aggregate(last=models.Max("order"))["last"]
    return last or 0
