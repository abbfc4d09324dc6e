"""The demonstration at a stage, small, at a standstill; what the table of doors needs to know of it; its digest."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from kinolab.applications.models import Application, Snapshot, TeamMember
from kinolab.calls.models import Call
from kinolab.catalogue.models import Film
from kinolab.demonstration import building, people
from kinolab.demonstration.dates import Until
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.search import folding
from kinolab.impact.models import Report, RoadMap
from kinolab.news.models import Article
from kinolab.production.models import Cut, Omnibus, Segment
from kinolab.reviews.models import Reading, ReviewPhase
from tests.house.world import World

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
CAST = {
    "stranger": people.Cast("stranger@example.org", "", "en", "", ""),
    "author": people.DIRECTOR,
    "reader": people.READER,
    "juror": people.JUROR,
    "coordinator": people.COORDINATOR,
    "owner": people.ORGANISER,
}


def build(until: Until, *, number: int = 12, seed: int = 1) -> None:
    """Build it as the command does, without a bar."""
    building.build(until=until, seed=seed, number=number, now=NOW, progress=lambda numbers, what: numbers)


def world() -> World:
    """The demonstration as the doors see it: the cast, its application, a reading of its reader."""
    call = Call.objects.select_related("edition__programme__organisation", "form").get(
        edition__programme__slug="otkol-impact-lab"
    )
    own = Application.objects.get(lead__email=people.DIRECTOR.email)
    reading = Reading.objects.filter(reader__person__email=people.READER.email, state="submitted").first()
    before: dict[str, Person | None] = {"visitor": None}
    for who, cast in CAST.items():
        before[who], _ = Person.objects.get_or_create(email=cast.email, defaults={"language": "en"})
    return World(
        organisation=call.edition.programme.organisation,
        programme=call.edition.programme,
        edition=call.edition,
        call=call,
        application=own,
        member=TeamMember.objects.get(application=own, is_lead=True),
        reading=reading or Reading(pk=0, reader_id=0),
        phase=ReviewPhase.objects.filter(edition=call.edition).first() or ReviewPhase(),
        article=Article.objects.filter(kind="article").first(),
        film=Film.objects.get(slug="almaty-i-love-you"),
        road_map=RoadMap.objects.filter(application=own).first() or RoadMap(code="none"),
        report=Report.objects.filter(road_map__application=own).first() or Report(pk=0),
        omnibus=Omnibus.objects.get(),
        segment=Segment.objects.order_by("pk")[0],
        cut=Cut.objects.first() or Cut(pk=0),
        people=before,
    )


# --- The digest ------------------------------------------------------------------------------------------------------
def digest() -> dict[str, str]:
    """A sum per table of everything that is kept, but for what is drawn at random so that nobody can guess it."""
    secrets = sorted(_secrets(), key=len, reverse=True)
    return {
        model._meta.label: _sum(model, secrets)
        for model in apps.get_models()
        if model.__module__.startswith("kinolab.")
    }


def _secrets() -> Iterable[str]:
    yield from Person.objects.values_list("code", flat=True)
    yield from Person.objects.values_list("password", flat=True)
    for code in Application.objects.values_list("code", flat=True):
        yield from (code, folding.fold(code))
    yield from RoadMap.everything.values_list("code", flat=True)
    for token in TeamMember.objects.values_list("token", flat=True):
        yield from (token, token[:8])  # a letter's key names its beginning
    yield from Segment.objects.values_list("code", flat=True)
    yield from Letter.objects.exclude(secret="").values_list("secret", flat=True)  # of an invitation, until it has left
    yield from Snapshot.objects.values_list("sha256", flat=True)
    for code, path in StoredFile.objects.values_list("code", "blob"):
        yield from (code, path)


class _Plain(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return dict(o) if isinstance(o, Text) else super().default(o)


def _sum(model: type[Model], secrets: list[str]) -> str:
    rows: list[dict[str, Any]] = list(model._default_manager.order_by("pk").values())  # type: ignore[attr-defined]
    text = json.dumps(rows, cls=_Plain, ensure_ascii=False, sort_keys=True)
    for secret in secrets:
        text = text.replace(secret, "*")
    return f"{len(rows)} {hashlib.sha256(text.encode()).hexdigest()}"
