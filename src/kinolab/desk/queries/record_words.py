"""What a value on the record is called in the reader's language; the record itself, and what is taken away, keep codes."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Field
from django.utils import timezone

from kinolab.desk import words
from kinolab.foundation.i18n import formats

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COUNTRY = re.compile(r"[A-Z]{2}")
_OF_COUNTRIES = ("country", "countries", "residence", "citizenship")
_OF_LANGUAGES = ("language", "languages")


def told(kind: str, verb: str, name: str, value: Any, zone: str) -> str:
    """The value of what changed, in words where we have them; days and instants as people write them, in the zone."""
    if isinstance(value, list):
        return formats.listing(told(kind, verb, name, one, zone) for one in value)
    if isinstance(value, dict):
        return _mapping(value)
    if value is None:
        return ""
    field = _field(kind, name)
    if isinstance(value, bool) or (isinstance(field, BooleanField) and value in ("True", "False")):
        return str(words.YES_NO[value in (True, "True")])
    if not isinstance(value, str):
        return json.dumps(value)
    return str(_table(kind, verb, name, field).get(value) or _plain(name, value, zone))


def _field(kind: str, name: str) -> Field | None:
    """The column that holds it, where it is one; things of the record may be of a kind that is no more."""
    try:
        found = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, Field) else None


def _table(kind: str, verb: str, name: str, field: Field | None) -> Mapping[str, Any]:
    if own := words.VALUES.get((kind, name)):
        return own
    if verb in words.OF_RULES and name != "reason":  # by the rule's own code
        return words.FOUND
    return dict(field.flatchoices) if field is not None and field.choices else {}


def _plain(name: str, value: str, zone: str) -> str:
    if name in _OF_LANGUAGES and value in dict(settings.LANGUAGES):
        return formats.language_name(value)
    if name in _OF_COUNTRIES and _COUNTRY.fullmatch(value):
        return formats.country_name(value)
    try:
        if _INSTANT.fullmatch(value):
            return formats.moment_here(datetime.fromisoformat(value), zone or timezone.get_default_timezone_name())
        if _DAY.fullmatch(value):
            return formats.day(date.fromisoformat(value))
    except ValueError:  # like a day, and none: what somebody typed
        return value
    return value


def _mapping(value: Mapping[str, Any]) -> str:
    """A text in several languages, or what a thing is called; else as it is kept."""
    if set(value) == {"id", "name"}:
        return str(value["name"])
    if set(value) <= dict(settings.LANGUAGES).keys() and all(isinstance(one, str) for one in value.values()):
        return "; ".join(f"{formats.language_name(tag)}: {text}" for tag, text in value.items() if text)
    return json.dumps(value, ensure_ascii=False)
