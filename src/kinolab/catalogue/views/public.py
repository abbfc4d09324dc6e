"""What visitors see."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.domain import credits as rules
from kinolab.catalogue.domain.identifiers import Scheme
from kinolab.catalogue.domain.works import AwardResult, EntryState, Kind
from kinolab.catalogue.models import STILL_TO_COME, Film
from kinolab.catalogue.queries import public as queries
from kinolab.catalogue.queries import told
from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.visitors import for_visitors

KEPT = 60  # seconds
_NAMES = {"kinds": words.KINDS, "genres": words.GENRES, "roles": words.ROLES, "part_kinds": words.PART_KINDS,
          "seasons": words.SEASONS, "release_kinds": words.RELEASE_KINDS, "entry_states": words.ENTRY_STATES,
          "schemes": words.SCHEMES, "results": words.AWARD_RESULTS, "agent_kinds": words.AGENT_KINDS}  # fmt: skip


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def list_films(request: HttpRequest) -> HttpResponse:
    """Films, narrowed by kind, country and year."""
    asked = request.GET
    year = asked.get("year", "") if len(asked.get("year", "")) == len("2026") else ""
    wanted = queries.Wanted(
        kind=asked.get("kind", "") if asked.get("kind", "") in set(Kind) else "",
        country=asked.get("country", "")[:2].upper() if asked.get("country", "").isalpha() else "",
        year=int(year) if year.isascii() and year.isdigit() and int(year) < STILL_TO_COME else None,
    )
    shown = queries.list_page(timezone.now(), wanted, asked.get("page"))
    edits = request.user.is_authenticated and bool(access.catalogues_of(request.user))
    context = {"shown": shown, "countries": formats.countries(shown.countries), "edits": edits}
    return render(request, "catalogue/list.html", context | _NAMES)


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def film(request: HttpRequest, slug: str) -> HttpResponse:
    """One film."""
    at = timezone.now()
    found, edits = access.get_shown(request.user, slug, at)
    shown = queries.film_page(found, at)
    context = {
        "shown": shown, "film": found, "edits": edits, "linked": _linked(shown), "share": _share(shown),
        "trailer": words.trailer(found.trailer), "told": told.stories(found, at),
    }  # fmt: skip
    return render(request, "catalogue/film.html", context | _NAMES)


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def series_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Films under one idea, and the series that stand within it."""
    shown = queries.series_page(access.get_shown_series(slug), timezone.now())
    context = {"shown": shown, "linked": _linked_series(shown)}
    return render(request, "catalogue/series.html", context | _NAMES)


def _linked_series(shown: queries.WholeSeries) -> dict[str, Any]:
    """The series as schema.org has it, with those of its films that were made."""
    series = shown.series
    whole = {
        "@context": "https://schema.org",
        "@type": "MovieSeries",
        "@id": _address("catalogue:series_page", series.slug),
        "url": _address("catalogue:series_page", series.slug),
        "name": str(series.title),
        "description": str(series.about),
        "hasPart": [
            {"@type": "Movie", "name": str(one.title)}
            | ({"url": _address("catalogue:film", one.film.slug)} if one.film else {})
            for told in shown.told
            for one in told.entries
            if one.state == EntryState.MADE and one.title
        ],
    }
    return {key: value for key, value in whole.items() if value}


def _share(shown: queries.FilmPage) -> str:
    """The picture that goes with a link: the cover, else the title on the dye."""
    if shown.cover:
        return settings.KINOLAB_URL + reverse("files:picture", args=[shown.cover.file.code, "share.jpg"])
    return _address("catalogue:share", shown.film.slug)


def _address(name: str, *args: str) -> str:
    return settings.KINOLAB_URL + reverse(name, args=args)


def _linked(shown: queries.FilmPage) -> dict[str, Any]:
    """The film as schema.org has it; what is not known is left out."""
    film, address = shown.film, settings.KINOLAB_URL + reverse("catalogue:film", args=[shown.film.slug])
    exact = next((one for one in shown.releases if one.on and one.precision in {"day", "month", "year"}), None)
    whole = {
        "@context": "https://schema.org",
        "@type": "Movie",
        "@id": address,
        "url": address,
        "name": str(film.title),
        "alternateName": film.original_title if film.original_title != str(film.title) else "",
        "description": str(film.synopsis),
        "inLanguage": film.languages,
        "subtitleLanguage": list(
            dict.fromkeys([*film.subtitle_languages, *(one.language for one in shown.subtitles if not one.part)])
        ),
        "image": _share(shown) if shown.cover else "",
        "trailer": _trailer(film),
        "award": [
            ", ".join(
                str(said)
                for said in (
                    words.AWARD_RESULTS[AwardResult(one.award.result)],
                    one.award.event,
                    one.award.category,
                    one.award.on and one.award.on.year,
                )
                if said
            )
            for one in shown.awards
        ],
        "genre": [str(words.GENRES[one]) for one in film.genres],
        "countryOfOrigin": [{"@type": "Country", "name": formats.country_name(one)} for one in shown.countries],
        "duration": _duration(film.minutes),
        "datePublished": exact.on.isoformat()[: {"day": 10, "month": 7, "year": 4}[exact.precision]] if exact else "",
        "director": _people(shown, shown.directors),
        "actor": _people(shown, shown.cast),
        "titleEIDR": next((value for scheme, value, _at in shown.identifiers if scheme is Scheme.EIDR), ""),
        "sameAs": [at for _scheme, _value, at in shown.identifiers if at],
        "isPartOf": [
            {
                "@type": "MovieSeries",
                "@id": _address("catalogue:series_page", one.series.slug),
                "name": str(one.series.title),
            }
            for one in shown.series
        ],
        "hasPart": [_linked_part(one, address) for one in shown.parts],
    }
    return {key: value for key, value in whole.items() if value}


def _linked_part(part: queries.ShownPart, whole: str) -> dict[str, Any]:
    """A part; its place is said only where the part itself is known, for before that nobody knows the order."""
    said = {
        "@type": "Movie",
        "name": str(part.film.title or words.PART_KINDS[part.kind]),
        "position": part.number if part.film.title else None,
        "duration": _duration(part.film.minutes),
        "director": [{"@type": "Person", "name": str(one)} for one in part.directors],
        "isPartOf": {"@id": whole},
    }
    return {key: value for key, value in said.items() if value}


def _people(shown: queries.FilmPage, named: list[rules.Named]) -> list[dict[str, str]]:
    return [
        {"@type": "Person", "name": str(one.name)}
        | ({"url": _address("catalogue:person", slug)} if (slug := shown.addresses[one.agent]) else {})
        for one in named
    ]


def _trailer(film: Film) -> dict[str, str]:
    return (
        {"@type": "VideoObject", "name": str(words.trailer(film.trailer)), "url": film.trailer} if film.trailer else {}
    )


def _duration(minutes: int | None) -> str:
    return f"PT{minutes}M" if minutes else ""
