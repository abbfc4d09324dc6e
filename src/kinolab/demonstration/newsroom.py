"""The newsroom of the demonstration's organisation: rubrics, the article about the film of Almaty, standing pages."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.calls.models import Call
from kinolab.catalogue.models import Agent, Film
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.demonstration.world import person_of
from kinolab.foundation import ui
from kinolab.foundation.people.models import Person
from kinolab.labs.models import Organisation
from kinolab.news.actions import pictures, publishing, rubrics, writing
from kinolab.news.models import Article, Rubric

NEWSROOM = Path(__file__).parent / "editions" / "newsroom.yaml"
DRAWINGS = Path(ui.__file__).parent / "static" / "ui" / "art"


def build_newsroom(call: Call, when: Dates) -> None:
    """Everything of the file."""
    written = yaml.safe_load(NEWSROOM.read_text(encoding="utf-8"))
    at = when.opens - timedelta(days=7)
    by, organisation = person_of(people.ORGANISER, at), call.edition.programme.organisation
    named = _rubrics(organisation, written["rubrics"], by, at)
    _sort_earlier(written, by, at)
    _about_the_film(organisation, named, written["film"], at)
    for order, given in enumerate(written["pages"], 1):
        _page(organisation, given, order, by, at)


def _rubrics(organisation: Organisation, given: list, by: Person, at: datetime) -> dict[str, Rubric]:
    return {
        one["slug"]: rubrics.add_rubric(organisation=organisation, slug=one["slug"], name=one["name"], by=by, at=at)
        for one in given
    }


def _sort_earlier(written: Mapping[str, Any], by: Person, at: datetime) -> None:
    """The news about the finished edition stand under rubrics too: those of its own organisation."""
    told = {one.slug: one for one in Article.objects.filter(slug__in=written["told_of"])}
    organisation = next(one.organisation for one in told.values())
    named = _rubrics(organisation, [one for one in written["rubrics"] if one["slug"] != "films"], by, at)
    for slug, rubric in written["told_of"].items():
        one = told[slug]
        settings = writing.Settings(
            slug=slug, edition=one.edition, source_url=one.source_url, rubric=named[rubric]
        )  # fmt: skip
        writing.change_article(article=one, settings=settings, by=by, at=one.changed_at)


def _about_the_film(
    organisation: Organisation, named: Mapping[str, Rubric], given: Mapping[str, Any], at: datetime
) -> None:
    """Written by the coordinator's colleague in Russian, translated, added to, looked at, published."""
    by = person_of(people.ORGANISER, at)
    article = writing.write_article(
        organisation=organisation, language="ru", title=given["first"]["title"], slug=given["slug"], by=by, at=at
    )
    for language, words in (("ru", "first"), ("en", "english"), ("ru", "later")):
        article = writing.save_text(article=article, language=language, **given[words], by=by, at=at)
    settings = writing.Settings(slug=given["slug"], rubric=named[given["rubric"]])
    article = writing.change_article(article=article, settings=settings, by=by, at=at)
    writing.relate(article=article, to=Film.objects.get(slug=given["film"]), by=by, at=at)
    for one in Agent.objects.filter(organisation=organisation, name__ru__in=given["people"]):
        writing.relate(article=article, to=one, by=by, at=at)
    cover = given["cover"]
    brought = pictures.bring(article=article, upload=_drawn(cover["drawing"]), cover=True, by=by, at=at)
    pictures.describe(
        illustration=brought, alt=cover["alt"], credit=cover["credit"], focus=tuple(cover["focus"]), by=by, at=at
    )
    publishing.publish(article=article, by=by, at=at)


def _page(organisation: Organisation, given: Mapping[str, Any], order: int, by: Person, at: datetime) -> None:
    first, *_others = given["text"]
    page = writing.write_article(
        organisation=organisation, language=first, title=given["text"][first]["title"], slug=given["slug"], kind="page",
        by=by, at=at,
    )  # fmt: skip
    for language, words in given["text"].items():
        page = writing.save_text(article=page, language=language, **words, by=by, at=at)
    settings = writing.Settings(slug=given["slug"], place=given["place"], order=order)
    page = writing.change_article(article=page, settings=settings, by=by, at=at)
    publishing.publish(article=page, by=by, at=at)


def _drawn(name: str) -> SimpleUploadedFile:
    """A drawing of the house as a picture that somebody might have brought."""
    import typst  # noqa: PLC0415  (a large library)

    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(DRAWINGS / name, folder)
        sheet = Path(folder) / "sheet.typ"
        sheet.write_text(f'#set page(width: 1440pt, height: 600pt, margin: 0pt)\n#image("{name}", width: 100%)\n')
        return SimpleUploadedFile(
            f"{Path(name).stem}.png", typst.compile(str(sheet), format="png", ppi=96), "image/png"
        )
