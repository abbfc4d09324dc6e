"""A person's saved views of an edition's table."""

from datetime import datetime

from django.http import QueryDict

from kinolab.applications.models import SavedView
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.models import Edition

MOST_VIEWS = 12
KEPT = ("tab", "q", "country", "kind", "language", "few", "sort")


def save_view(*, person: Person, edition: Edition, name: str, query: QueryDict) -> SavedView:
    """Keep the filters of `query` under a name; the same name again replaces it."""
    name = " ".join(name.split())[:80]
    if not name:
        raise Denied(Refusal("view_name_needed"))
    own = SavedView.objects.filter(person=person, edition=edition)
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise Denied(Refusal("too_many_views", {"limit": MOST_VIEWS}))
    kept = QueryDict(mutable=True)
    for key in KEPT:
        kept.setlist(key, [value for value in query.getlist(key) if value])
    view, _ = SavedView.objects.update_or_create(
        person=person, edition=edition, name=name, defaults={"query": kept.urlencode()[:1000]}
    )
    return view


def delete_view(*, person: Person, edition: Edition, number: int) -> None:
    """Forget one of the person's views."""
    SavedView.objects.filter(person=person, edition=edition, pk=number).delete()


def record_export(*, edition: Edition, kind: str, by: Person, at: datetime) -> None:
    """Note on the record that somebody took a table away, and which."""
    audit.record(by=by, at=at, verb="exported", thing=edition, scope=edition.scope, after={"as": kind})
