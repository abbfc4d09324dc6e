"""Tags of the road map's pages."""

from django import template
from django.forms import BoundField
from django.utils.html import SafeString

from kinolab.foundation.ui.templatetags.ui import field

register = template.Library()


@register.simple_tag
def row_field(bound: BoundField, version: int) -> SafeString | str:
    """A field of a row, knowing the version that the page was made with."""
    if version:
        bound.field.widget.attrs["data-kino-version"] = str(version)
    return field(bound)
