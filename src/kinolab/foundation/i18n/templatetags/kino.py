"""Filters for dates, numbers, names and texts; loaded into every template."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kinolab.foundation.i18n import formats, mixture, reasons
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.refusals import Refusal

register = template.Library()
_HYPHEN_OF_A_DATE = re.compile(r"(?<=\d)-(?=\w)")

for plain in (
    formats.number,
    formats.percent,
    formats.score,
    formats.country_name,
    formats.language_name,
    formats.zone_city,
    formats.duration,
    formats.listing,
):

    def _tolerant(value: Any, function: Callable[..., str] = plain) -> str:
        return "" if value is None or value == "" else function(value)

    register.filter(plain.__name__, _tolerant)


@register.filter(needs_autoescape=True)
def whole(text: str, autoescape: bool = True) -> str:
    """A date whose hyphens do not break at the end of a line (5-август, 2026-ж.): on pages; letters stay plain."""
    return _HYPHEN_OF_A_DATE.sub("-\u2060", text) if autoescape and "-" in text else text


def _date(show: Callable[..., str]) -> Callable[..., str]:
    @wraps(show)
    def shown(when: Any, *more: Any, autoescape: bool = True) -> str:
        return mixture.piece(whole(show(when, *more), autoescape), get_language() or "") if when else ""

    register.filter(show.__name__, shown, needs_autoescape=True)
    return shown


_date(formats.day)
_date(formats.short_day)


@_date
def moment(at: datetime, zone: str) -> str:
    """The instant in the zone."""
    return formats.moment(at, zone or "UTC")


@_date
def moment_here(at: datetime, zone: str) -> str:
    """The instant in the zone, without naming the zone."""
    return formats.moment_here(at, zone or "UTC")


@register.filter
def clock(at: datetime | None, zone: str) -> str:
    """The time of day in the zone."""
    return formats.clock(at, zone or "UTC") if at else ""


@register.filter
def offset(at: datetime | None, zone: str) -> str:
    """The zone's distance from UTC at the instant."""
    return formats.offset(at, zone or "UTC") if at else ""


@_date
def zone_day(at: datetime, zone: str) -> str:
    """The day of the instant in the zone."""
    return formats.day(formats.day_in(at, zone or "UTC"))


@_date
def day_range(first: date, last: date | None) -> str:
    """Two days as one stretch."""
    return formats.day_range(first, last)


@_date
def precise(when: date, precision: str) -> str:
    """The date as exactly as it is known."""
    return formats.precise(when, precision)


@register.filter
def money(amount: Any, currency: str) -> str:
    """An amount with its currency."""
    return formats.money(amount, currency) if amount is not None else ""


@register.filter
def marked(text: str, pieces: list[mixture.Piece]) -> SafeString:
    """A text whose pieces in other languages say so."""
    return mixture.marked(text, pieces)


@register.filter
def in_language(text: Text, tag: str) -> str:
    """The text in exactly this language."""
    return text.in_language(tag)


@register.simple_tag
def explain(refusal: Refusal | None) -> str:
    """A refusal as a sentence."""
    return reasons.explain(refusal) if refusal else ""


@register.filter
def word(words: Mapping[str, Any], key: str) -> Any:
    """What a key is called in a table of words; the key itself where nothing is known."""
    return words.get(key, key)
