"""Small things the reading room needs."""

from django import template

from kinolab.reviews.models import Reading

register = template.Library()


@register.simple_tag
def field_version(reading: Reading, field: str) -> int:
    """How often a field of the reading was saved: what its page has seen."""
    return int(reading.versions.get(field, 0))
