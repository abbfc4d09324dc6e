"""Tags of the record's page and of the outbox."""

from typing import Any

from django.template import Library
from django.utils.html import format_html

from kinolab.desk.queries import record
from kinolab.desk.words import LETTERS
from kinolab.foundation.audit import words
from kinolab.foundation.audit.models import Entry

register = Library()


@register.filter
def verb_word(verb: str) -> Any:
    """What was done, in words."""
    return words.verb(verb)


@register.filter
def kind_word(kind: str) -> Any:
    """What kind of thing it was done to, in words."""
    return words.kind(kind)


@register.filter
def field_word(name: str) -> Any:
    """What changed of it: in words, or by the name that the code has for it."""
    return words.field(name) or format_html("<code>{}</code>", name)


@register.filter
def changes(entry: Entry, zone: str) -> list[tuple[str, str, str]]:
    """What changed: name, before, after, as somebody in the zone reads it."""
    return record.changes(entry, zone)


@register.filter
def letter_word(kind: str) -> Any:
    """What a letter is about, in words."""
    return LETTERS.get(kind, kind.replace("_", " "))
