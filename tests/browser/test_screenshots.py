"""The main pages on a repeatable demonstration: clean, and kept as pictures in docs/screenshots/.

`./test --screenshots` takes the pictures anew. Without it the pages of one stage are visited all the same, and the folder
must hold the pictures of all stages and no other: of each page one in English on a desktop and one in Kyrgyz on a phone;
of some also one in the dark.
"""

import io
import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from kinolab.applications.models import Application
from kinolab.config import ready
from kinolab.demonstration import building
from kinolab.demonstration.dates import Until
from kinolab.foundation.people.models import Person
from kinolab.impact.models import Report, RoadMap
from kinolab.labs.models import Edition
from kinolab.news.models import Article
from kinolab.production.models import Cut, Omnibus, Segment
from kinolab.reviews.models import Reading
from kinolab.selection.models import TeamLetter
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.kit import at

pytestmark = pytest.mark.slow

FOLDER = ready.REPOSITORY / "docs" / "screenshots"
TAKE = bool(os.environ.get("KINOLAB_SCREENSHOTS"))
NOW = datetime.fromisoformat("2026-09-01T10:00+06:00")
WIDTHS = {1440: 900, 390: 844}
LANGUAGES = ("en", "ky")
KEPT = {(1440, "en"), (390, "ky")}
DARK = {"film", "search", "segment", "assembly", "newsroom-article"}  # on a desktop, in English
MANY = 90 if TAKE else 10  # applications
LARGEST = 4_000_000  # bytes, the whole folder


def _edition(name: str) -> Callable[[], str]:
    def address() -> str:
        edition = Edition.objects.get(programme__slug="otkol-impact-lab")
        return reverse(name, args=[edition.programme.slug, edition.slug])

    return address


def _own(name: str, *rest: object) -> Callable[[], str]:
    return lambda: reverse(name, args=[Application.objects.get(title="Суу бөлгүч").code, *rest])


def _detail() -> str:
    sent = Application.objects.filter(stage="submitted").exclude(checked="eligible").order_by("number").first()
    assert sent is not None
    return f"{_edition('applications:table')()}{sent.code}/"


def _reading() -> str:
    begun = Reading.objects.filter(reader__person__email="nodira@example.org", state="draft").order_by("pk")
    return reverse("reviews:read", args=[begun[0].pk])


def _letter_to_teams() -> str:
    return f"{_edition('selection:team_letters')()}{TeamLetter.objects.get().pk}/look/"


def _road_map(name: str, *rest: object) -> Callable[[], str]:
    return lambda: reverse(name, args=[RoadMap.objects.get(application__title="Суу бөлгүч").code, *rest])


def _report() -> str:
    return _road_map("impact:report", Report.objects.exclude(state="approved").earliest("pk").pk)()


def _film(name: str, *rest: object) -> Callable[[], str]:
    return lambda: reverse(f"production:{name}", args=[Omnibus.objects.get().film.slug, *rest])


def _cut() -> str:
    return _film("cut", Cut.objects.get().pk)()


# Stage → picture → who looks (nobody: a visitor), and where.
PICTURES: dict[Until, dict[str, tuple[str, Callable[[], str]]]] = {
    Until.OPEN: {
        "home": ("", lambda: reverse("desk:home")),
        "call": ("", _edition("calls:page")),
        "check": ("", _edition("calls:check")),
        "news": ("", lambda: reverse("news:list")),
        "article": ("", lambda: reverse("news:article", args=[Article.objects.earliest("published_at").slug])),
        "sign-in": ("", lambda: reverse("people:sign_in")),
        "form": ("meerim", _own("applications:section", "impact")),
        "team": ("meerim", _own("applications:team")),
        "send": ("meerim", _own("applications:edit")),
        "my-applications": ("meerim", lambda: reverse("desk:mine")),
        "edition": ("aigul", _edition("desk:edition")),
        "call-overview": ("aigul", _edition("calls:manage")),
    },
    Until.READING: {
        "applications": ("bakyt", _edition("applications:table")),
        "application": ("bakyt", _detail),
        "reading-board": ("aigul", _edition("reviews:board")),
        "my-readings": ("nodira", lambda: reverse("reviews:mine")),
        "reading": ("nodira", _reading),
        "record": ("aigul", _edition("desk:record")),
        "outbox": ("aigul", _edition("desk:outbox")),
        "letter-to-teams": ("aigul", _letter_to_teams),
    },
    Until.DECIDING: {
        "selection": ("aigul", _edition("selection:board")),
        "letters": ("aigul", _edition("selection:letters")),
        "announce": ("aigul", _edition("selection:announce")),
    },
    Until.ANNOUNCED: {
        "results": ("", _edition("selection:results")),
        "answer": ("meerim", lambda: reverse("desk:mine")),
        "films": ("", lambda: reverse("catalogue:list")),
        "film": ("", lambda: reverse("catalogue:film", args=["almaty-i-love-you"])),
        "series": ("", lambda: reverse("catalogue:series_page", args=["i-love-you-the-story-of-the-series"])),
        "person": ("", lambda: reverse("catalogue:person", args=["aziz-beyshenaliev"])),
        "search": ("", lambda: reverse("desk:search") + "?q=алматы"),
        "newsroom": ("aigul", lambda: reverse("news:desk")),
        "newsroom-article": ("aigul", lambda: reverse("news:edit", args=["almaty-i-love-you"])),
        "film-rules": ("aigul", _film("rules")),
        "slots": ("aigul", _film("slots")),
        "shoot": ("aigul", _film("calendar")),
        "assembly": ("aigul", _film("assembly")),
        "cut": ("aigul", _cut),
        "segment": ("azamat", lambda: reverse("production:segment", args=[Segment.objects.earliest("pk").code])),
    },
    Until.IMPACT: {
        "road-map": ("meerim", _road_map("impact:whole")),
        "theory-of-change": ("meerim", _road_map("impact:picture", "change")),
        "report": ("meerim", _report),
        "on-paper": ("meerim", _road_map("impact:papers")),
        "impact-report": ("aigul", _edition("impact:programme_report")),
        "where-are-they-now": ("", lambda: reverse("impact:alumni", args=["impact-lab"])),
    },
}


@pytest.mark.parametrize("until", PICTURES if TAKE else [Until.OPEN], ids=str)
def test_main_pages_are_clean_and_pictured(open_page: Any, settings: Any, until: Until) -> None:
    settings.KINOLAB_DEMO_ENTRY = True
    with at(NOW) as clock:
        building.build(until=until, seed=1, number=MANY, now=NOW, progress=lambda numbers, _: numbers)
        pages = {who: _page(open_page, who) for who in {who for who, _ in PICTURES[until].values()}}
        for name, (who, address) in PICTURES[until].items():
            for language in LANGUAGES:
                clock.move_to(NOW)
                _look(pages[who], name, address().replace("/en/", f"/{language}/", 1))


def _page(open_page: Any, who: str) -> Page:
    person = Person.objects.get(email=f"{who}@example.org") if who else None
    page = open_page(person=person)
    page.clock.set_fixed_time(NOW)
    return page


def _look(page: Page, name: str, address: str) -> None:
    language = address.split("/")[1]
    answer = page.goto(address)
    assert answer is not None and answer.status == 200, f"{name}: {answer and answer.status} {address}"
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        no_sideways_scroll(page)
        if TAKE and (width, language) in KEPT:
            _keep(page, f"{name}-{width}-{language}")
            if name in DARK and language == LANGUAGES[0]:
                page.emulate_media(color_scheme="dark")
                _keep(page, f"{name}-{width}-{language}-dark")
                page.emulate_media(color_scheme="light")
    if language == LANGUAGES[-1]:  # every page is looked at in both elsewhere; here it is full
        axe_clean(page)


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")  # pictures are there
    page.wait_for_function("Array.from(document.images).every(one => one.loading === 'lazy' || one.complete)")
    png = page.screenshot(animations="disabled", caret="hide")
    FOLDER.mkdir(exist_ok=True)
    Image.open(io.BytesIO(png)).convert("RGB").save(FOLDER / f"{name}.webp", quality=72, method=6)


def test_pictures_are_those_of_the_table_and_small() -> None:
    pages = [name for pictures in PICTURES.values() for name in pictures]
    named = [f"{name}-{width}-{language}.webp" for name in pages for width, language in KEPT]
    named += [f"{name}-1440-en-dark.webp" for name in DARK]
    there = {path.name: path.stat().st_size for path in FOLDER.iterdir()}

    assert sorted(there) == sorted(named)
    assert sum(there.values()) < LARGEST
