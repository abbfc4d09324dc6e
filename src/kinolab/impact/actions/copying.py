"""The rows of one road map as the beginning of another."""

from collections import defaultdict
from datetime import datetime

from django.db import models

from kinolab.foundation.people.models import Person
from kinolab.impact.domain.parts import Part
from kinolab.impact.models import COLUMNS, TABLES, RoadMap
from kinolab.impact.queries import rows as queries

# In an order in which whatever a row leads to is there already. What was read, who is on screen, what was learned begins anew.
COPIED = (
    Part.ISSUE, Part.VISION, Part.STORY, Part.MONEY, Part.PLACE, Part.GROUP, Part.CAUSE, Part.SOURCE, Part.SDG, Part.GOAL,
    Part.AUDIENCE, Part.PARTNER, Part.ACTIVITY, Part.WINDOW, Part.LINE, Part.MILESTONE, Part.RESULT, Part.INDICATOR,
    Part.PERIOD, Part.TARGET, Part.RISK,
)  # fmt: skip


def copy_rows(source: RoadMap, into: RoadMap, *, by: Person, at: datetime) -> None:
    """Give a road map that has no rows those of another, leading to one another as there. Call it in a transaction."""
    new: dict[type[models.Model], dict[int, int]] = defaultdict(dict)
    for part in COPIED:
        table, many = TABLES[part], queries.MANY[part]
        rows = list(table.objects.filter(road_map=source).prefetch_related(*many))
        for row in rows:
            copy = table(road_map=into, order=row.order, changed_at=at, changed_by=by)
            for name in (one for one in COLUMNS[part] if one not in many):
                column = table._meta.get_field(name)
                value = getattr(row, column.attname)
                led = value if value is None or not column.is_relation else new[column.related_model][value]
                setattr(copy, column.attname, led)
            copy.save()
            new[table][row.pk] = copy.pk
        for row in rows:  # an activity may wait for a later one
            for name in many:
                led = [
                    new[TABLES[part]._meta.get_field(name).related_model][one.pk] for one in getattr(row, name).all()
                ]
                if led:
                    getattr(table(pk=new[table][row.pk]), name).set(led)
