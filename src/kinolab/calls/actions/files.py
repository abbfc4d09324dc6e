"""Programme files in, copies of editions, and both refused with the line and the reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kinolab.calls import access
from kinolab.calls.actions import building
from kinolab.calls.domain import programme_file
from kinolab.calls.domain.country_sets import pinned
from kinolab.calls.events import EditionCopied
from kinolab.calls.models import Call
from kinolab.calls.queries.country_sets import own_sets
from kinolab.calls.queries.programme_file import as_mapping, line_of, lines_of, load
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.queries import library
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.domain.calendar import shift_day
from kinolab.labs.models import Edition, Programme

LONGEST_FILE = 1_000_000  # characters
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, and its line."""

    line: int
    refusal: Refusal


class FileRefused(Denied):
    """The file cannot be used; `problems` says everything that is wrong with it, line by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(Refusal("file_has_problems", {"count": len(problems)}))
        self.problems = problems


def import_programme(*, source: str, by: Person | None, at: datetime, replace: bool = False) -> Edition:
    """Make the edition that a programme file (YAML) describes.

    Refused line by line (FileRefused); `edition_exists` unless `replace` and it is not public and nobody has applied;
    `new_organisation` and `not_permitted` by access. `by` is None at the command line.
    """
    cleaned = _read(source)
    stop_if(access.why_not_make_edition(by, cleaned["organisation"]["slug"]))
    with transaction.atomic():
        organisation = building.organisation_of(cleaned["organisation"])
        programme = building.programme_of(cleaned["programme"], organisation)
        if programme.organisation_id != organisation.pk:
            raise Denied(Refusal("programme_of_another"))
        _make_room(programme, cleaned["edition"]["slug"], replace, by)
        edition = building.build(cleaned, programme)
        audit.record(by=by, at=at, verb="imported", thing=edition, scope=edition.scope, after={"slug": edition.slug})
    return edition


def copy_edition(
    *, edition: Edition, slug: str, name: Mapping[str, str], years: int, by: Person, at: datetime
) -> Edition:
    """A new edition like `edition`, every date `years` later at the same time of the wall clock; not public yet."""
    stop_if(access.why_not_make_edition(by, edition.programme.organisation.slug))
    mapping = shifted(as_mapping(edition), years)
    mapping["edition"] |= {"slug": slug, "name": dict(name)}
    cleaned = programme_file.read(mapping)
    if isinstance(cleaned, list):
        raise FileRefused([Problem(0, refusal) for refusal in cleaned])
    with transaction.atomic():
        _make_room(edition.programme, slug, False, by)
        copy = building.build(cleaned, edition.programme)
        copy.copied_from = edition
        copy.save(update_fields=["copied_from"])
        after = {"from": edition.slug, "slug": slug, "years": years}
        audit.record(by=by, at=at, verb="copied", thing=copy, scope=copy.scope, after=after)
        events.publish(EditionCopied(edition.pk, copy.pk, years))
    return copy


def shifted(value: Any, years: int) -> Any:
    """The same plain values with every day, local moment and day of a regulation so many years later.

    Moments of the wall clock are text in a programme file ("2026-08-05 18:00"), and so are the days of regulations.
    """
    if isinstance(value, Mapping):
        return {key: shifted(part, years) for key, part in value.items()}
    if isinstance(value, list):
        return [shifted(part, years) for part in value]
    if isinstance(value, date):
        return shift_day(value, years)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return shift_day(date.fromisoformat(value[:10]), years).isoformat() + value[10:]
    return value


def _read(source: str) -> dict[str, Any]:
    if len(source) > LONGEST_FILE:
        raise FileRefused([Problem(1, Refusal("file_too_long", {"limit": LONGEST_FILE}))])
    try:
        given, lines = load(source), lines_of(source)
    except Denied as denied:
        raise FileRefused([Problem(int(str(denied.refusal.facts["line"])), denied.refusal)]) from None
    cleaned = programme_file.read(_pinned(given), library())
    if isinstance(cleaned, list):
        found = [Problem(line_of(str(one.facts.get("path", "")), lines), one) for one in cleaned]
        raise FileRefused(sorted(found, key=lambda problem: problem.line))
    return cleaned


def _pinned(given: Any) -> Any:
    """The file with its sets of countries in a version; the organisation's own with their countries."""
    match given:
        case {"organisation": {"slug": str(slug)}, "regulations": list(rules)}:
            sets = own_sets(slug)
            return {**given, "regulations": [pinned(one, sets) if isinstance(one, dict) else one for one in rules]}
    return given


def _make_room(programme: Programme, slug: str, replace: bool, by: Person | None) -> None:
    there = Edition.objects.filter(programme=programme, slug=slug).first()
    if there is None:
        return
    if not replace:
        raise Denied(Refusal("edition_exists", {"slug": slug}))
    call = Call.objects.filter(edition=there).first()
    stop_if(access.why_not_replace(by, call))
    there.delete()
