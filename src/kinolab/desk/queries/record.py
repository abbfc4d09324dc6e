"""The record of an edition as rows to read and to take away."""

import json
from collections.abc import Iterator

from django.db.models import QuerySet

from kinolab.foundation.audit import queries as audit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.tables import Cell
from kinolab.labs.models import Edition

HEADER = ("at", "who", "did", "kind", "key", "what", "before", "after")


def record_of(edition: Edition, *, verb: str = "", words: str = "") -> QuerySet[Entry]:
    """Entries of the edition, the newest first; `verb` and a part of the label narrow them."""
    entries = audit.entries(scope=edition.scope).select_related("actor")
    if verb:
        entries = entries.filter(verb=verb)
    if words:
        entries = entries.filter(label__icontains=words)
    return entries.order_by("-at", "-pk")


def record_rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    """The whole record for a spreadsheet; before and after as JSON."""
    for entry in record_of(edition).iterator(chunk_size=500):
        yield (
            entry.at,
            str(entry.actor or ""),
            entry.verb,
            entry.kind,
            entry.key,
            entry.label,
            json.dumps(entry.before, ensure_ascii=False) if entry.before else "",
            json.dumps(entry.after, ensure_ascii=False) if entry.after else "",
        )
