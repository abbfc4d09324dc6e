"""Lengths on the room's pages."""

from django import template

from kinolab.production.domain import lengths

register = template.Library()


@register.filter
def mmss(seconds: int | None) -> str:
    """Seconds as minutes and seconds, 7:30; nothing where nothing is known."""
    return "" if seconds is None else lengths.written(seconds)


@register.filter
def exact(share: float) -> str:
    """Per cent as drawings write them, whatever the language: 12.345%."""
    return f"{share:.3f}%"
