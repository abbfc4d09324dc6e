"""The list of open calls for other programs: what it holds, and nothing that is not on the public page.

The shape is described in docs/reference/feeds.md. Keys are added within a version; none changes its meaning or goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from kinolab.calls.domain import window
from kinolab.calls.models import Call
from kinolab.calls.queries import closes, public
from kinolab.calls.queries.public import Standing
from kinolab.foundation.i18n.texts import Text

VERSION = 1


def coming(at: datetime, organisation: str = "") -> list[Standing]:
    """Calls that are open or announced, of one organisation or of all, the nearest close first. Two queries."""
    return sorted(
        (one for call in _calls(at, organisation) if (one := Standing(call, at)).state in ("open", "announced")),
        key=lambda one: (one.state != "open", one.until or at, one.call.pk),
    )


def _calls(at: datetime, organisation: str) -> QuerySet[Call]:
    minute_before = at - timedelta(minutes=1)
    still = Q(closes_at__gte=minute_before) | Q(own_closes_at__gte=minute_before)
    found = public.public_calls(at).filter(still, edition__cancelled_at=None).prefetch_related("strands")
    return found.filter(edition__programme__organisation__slug=organisation) if organisation else found


def as_data(standings: Sequence[Standing], at: datetime, language: str = "") -> dict[str, Any]:
    """The list as JSON has it. With a language each text is one: {"lang", "text"}, the language shown being named."""
    return {
        "version": VERSION,
        "generated_at": _utc(at),
        "documentation": "docs/reference/feeds.md",
        "calls": [_call(one, language) for one in standings],
    }


def _call(standing: Standing, language: str) -> dict[str, Any]:
    call, edition = standing.call, standing.call.edition
    programme, organisation = edition.programme, edition.programme.organisation
    strands = list(call.strands.all())
    listed = {one.field: one.close for one in closes.listed(call, strands)}
    return {
        "id": f"{programme.slug}/{edition.slug}",
        "state": standing.state,
        "name": _text(edition.name, language),
        "headline": _text(call.headline, language),
        "lead": _text(call.lead, language),
        "organisation": {"slug": organisation.slug, "name": _text(organisation.name, language)},
        "programme": {"slug": programme.slug, "name": _text(programme.name, language)},
        "edition": {
            "slug": edition.slug,
            "mode": edition.mode,
            "city": _text(edition.city, language),
            "country": edition.country,
            "starts": _day(edition.starts_on, edition.starts_precision),
            "ends": _day(edition.ends_on, edition.ends_precision),
        },
        "languages": call.languages,
        "answer_languages": call.answer_languages,
        "opens": _instant(call.opens_at, call),
        "closes": _instant(call.closes_at, call),
        "hour_known": call.hour_known,
        "extended_from": _instant(call.extended_from, call),
        "sealed": call.sealed,
        "strands": [
            {"slug": one.slug, "name": _text(one.name, language), **_own(listed.get(f"strand-{one.slug}"), call)}
            for one in strands
        ],
        "roles": [{"role": role, **_own(listed.get(f"role-{role}"), call)} for role in call.roles],
        "results": _day(call.results_on, call.results_precision),
        "links": links(call),
    }


def links(call: Call) -> dict[str, Any]:
    """Where the call stands, in each of its languages; where one applies; the dates as a calendar."""
    slugs = [call.edition.programme.slug, call.edition.slug]
    return {
        "page": {tag: address("calls:page", *slugs, language=tag) for tag in call.languages},
        "calendar": {tag: address("calls:calendar", *slugs, language=tag) for tag in call.languages},
    }


def address(name: str, *arguments: str, language: str) -> str:
    """A full address under a language."""
    with override(language):
        return settings.KINOLAB_URL + reverse(name, args=arguments)


def _own(close: window.Close | None, call: Call) -> dict[str, Any]:
    return {
        "closes": _instant(close.at if close else None, call),
        "extended_from": _instant(close.before if close else None, call),
    }


def _text(text: Text, language: str) -> Any:
    if not language:
        return text.as_dict()
    with override(language):
        return {"lang": text.language_shown, "text": str(text)} if text else None


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _instant(at: datetime | None, call: Call) -> Mapping[str, str] | None:
    if at is None:
        return None
    zone = call.timezone or "UTC"
    return {"utc": _utc(at), "local": at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds"), "zone": zone}


def _day(day: date | None, precision: str) -> Mapping[str, str] | None:
    return {"date": day.isoformat(), "precision": precision} if day else None


def deadlines(standings: Iterable[Standing]) -> list[tuple[Call, str, str, datetime]]:
    """Every close for a calendar: the call, a lasting name, what closes ("" for the call itself), when."""
    found = []
    for one in standings:
        found.append((one.call, "deadline", "", one.call.closes_at))
        for part in closes.listed(one.call, list(one.call.strands.all())):
            if part.close:
                found.append((one.call, f"deadline-{part.field}", str(part.name), part.close.at))
    return found
