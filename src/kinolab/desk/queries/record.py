"""The record of an edition as rows to read and to take away."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from kinolab.applications.models import Application
from kinolab.applications.queries import sealed
from kinolab.applications.queries.visible import hidden_from
from kinolab.calls.queries.closes import is_sealed
from kinolab.desk.queries.record_words import told
from kinolab.foundation.audit import queries as audit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.tables import Cell
from kinolab.foundation.people.models import Person
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition

HEADER = ("at", "who", "did", "kind", "key", "what", "before", "after")
# Tells a score, or what is decided because of scores.
OF_READINGS = Q(kind="reviews.reading", verb="submitted_reading") | Q(
    kind__in=["selection.decision", "selection.ownletter"]
)
TEAMS_ALONE = frozenset({"answered"})  # what is written in a draft is seen by its team; the record says that it was


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor of the record asks for."""

    words: str = ""
    verbs: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """From the address of the page."""
        return cls(query.get("q", "").strip()[:100], tuple(query.getlist("verb"))[:60])

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the record."""
        return bool(self.words or self.verbs)


def visible(edition: Edition, person: Person) -> QuerySet[Entry]:
    """Entries of the edition that the person may know of, the newest first.

    An application that is hidden from the person is hidden here too, with everything that belongs to it; so are scores
    from those who may not read reviews now, and all applications of a sealed call.
    """
    entries = audit.entries(scope=edition.scope)
    if labs.why_not(person, edition, Permission.READ_REVIEWS):
        entries = entries.exclude(OF_READINGS)
    if is_sealed(getattr(edition, "call", None), timezone.now()):
        entries = entries.exclude(kind__in=sealed.kinds())
    hidden = hidden_from(person, edition)
    if not hidden:
        return entries
    about = Q(kind=Application._meta.label_lower, key__in=_keys(hidden))
    for relation in Application._meta.related_objects:
        rows = relation.related_model.objects.filter(**{f"{relation.field.name}__in": hidden})
        if relation.many_to_many:  # what belongs to others too is hidden only where nothing else is left of it
            rows = rows.exclude(**{f"{relation.field.name}__in": Application.objects.exclude(pk__in=hidden)})
        keys = _keys(rows.values_list("pk", flat=True))
        about |= Q(kind=relation.related_model._meta.label_lower, key__in=keys)
    return entries.exclude(about)


def asked_for(entries: QuerySet[Entry], asked: Asked) -> QuerySet[Entry]:
    """Those of the entries that are asked for, with who acted."""
    entries = entries.select_related("actor")
    if asked.verbs:
        entries = entries.filter(verb__in=asked.verbs)
    if asked.words:
        entries = entries.filter(
            Q(label__icontains=asked.words)
            | Q(actor__name__icontains=asked.words)
            | Q(actor__email__icontains=asked.words)
        )
    return entries


def verbs_of(entries: QuerySet[Entry]) -> list[tuple[str, int]]:
    """What was done, and how often."""
    return list(entries.order_by("verb").values_list("verb").annotate(number=Count("pk")))


def _keys(numbers: Iterable[int]) -> list[str]:
    return [str(number) for number in numbers]


def changes(entry: Entry, zone: str) -> list[tuple[str, str, str]]:
    """What changed: name, before, after, in words, instants in the zone; for a team's own words only the names."""
    before, after = entry.before or {}, entry.after or {}
    names = dict.fromkeys((*before, *after))
    if entry.verb in TEAMS_ALONE:
        return [(name, "", "") for name in names]

    def text(values: Mapping[str, Any], name: str) -> str:
        return told(entry.kind, entry.verb, name, values.get(name), zone)

    return [(name, text(before, name), text(after, name)) for name in names]


def record_rows(edition: Edition, person: Person, asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """The record for a spreadsheet; before and after as JSON. One statement, however long it is."""
    for entry in asked_for(visible(edition, person), asked).iterator(chunk_size=500):
        closed = entry.verb in TEAMS_ALONE
        yield (
            entry.at,
            str(entry.actor or ""),
            entry.verb,
            entry.kind,
            entry.key,
            entry.label,
            _json(entry.before, closed=closed),
            _json(entry.after, closed=closed),
        )


def _json(values: Mapping[str, Any] | None, *, closed: bool) -> str:
    if not values:
        return ""
    return json.dumps(dict.fromkeys(values) if closed else values, ensure_ascii=False)
