"""Tags of the road map's pages."""

from collections.abc import Mapping

from django import template
from django.forms import BoundField
from django.utils.html import SafeString

from kinolab.foundation.ui.drawing import Theirs
from kinolab.foundation.ui.templatetags.ui import field
from kinolab.impact.queries.reporting import Card

register = template.Library()


@register.filter
def is_theirs(cell: object) -> bool:
    """Whether a cell of a table is written in the road map's language."""
    return isinstance(cell, Theirs)


@register.simple_tag
def row_field(bound: BoundField, version: int) -> SafeString | str:
    """A field of a row, knowing the version that the page was made with."""
    if version:
        bound.field.widget.attrs["data-kino-version"] = str(version)
    return field(bound)


@register.filter
def seen(attributes: Mapping[str, str]) -> str:
    """The version with which a field was made, for forms that are sent whole."""
    return attributes.get("data-kino-version", "0")


@register.filter
def waits(card: Card, waiting: Mapping[int, int]) -> list[tuple[int, int, str]]:
    """The values of a card that wait to be approved: number, version, of whom."""
    rows = [(card.row, ""), *((one.row, one.label) for one in card.portions), *((one, "") for one in card.more)]
    return [(row.number, waiting[row.number], label) for row, label in rows if row and row.number in waiting]
