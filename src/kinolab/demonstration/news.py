"""The finished edition of 2024 and the news about it: published facts only, with their source, written anew."""

from datetime import datetime
from pathlib import Path

import yaml

from kinolab.calls.actions import files, publishing
from kinolab.demonstration import outcomes, people
from kinolab.demonstration.world import FINISHED, person_of
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership
from kinolab.news.actions import publishing as going_out
from kinolab.news.actions import writing
from kinolab.news.models import Article

ARTICLES = Path(__file__).parent / "editions" / "news.yaml"


def build_finished_edition(now: datetime) -> None:
    """Impact Lab 2024 as it was published, and its news."""
    written = yaml.safe_load(ARTICLES.read_text(encoding="utf-8"))
    edition = files.import_programme(source=FINISHED.read_text(encoding="utf-8"), by=None, at=written["imported"])
    owner = person_of(people.ORGANISER, written["imported"])
    Membership.objects.create(
        person=owner,
        organisation=edition.programme.organisation,
        role=Role.OWNER,
        added_at=written["imported"],
        added_by=None,
    )
    publishing.publish(call=edition.call, by=owner, at=written["imported"])
    for given in written["articles"]:
        _article(edition, given)
    outcomes.build_reported(edition, now)


def _article(edition: Edition, given: dict) -> None:
    owner, at = person_of(people.ORGANISER, given["at"]), given["at"]
    first, *others = given["text"]
    article: Article = writing.write_article(
        organisation=edition.programme.organisation,
        edition=edition,
        language=first,
        title=given["text"][first]["title"],
        slug=given["slug"],
        by=owner,
        at=at,
    )
    for language in (first, *others):
        words = given["text"][language]
        writing.save_text(article=article, language=language, **words, by=owner, at=at)
    if given.get("source"):
        told = writing.Settings(slug=given["slug"], edition=edition, source_url=given["source"])
        writing.change_article(article=article, settings=told, by=owner, at=at)
    article.refresh_from_db()
    going_out.publish(article=article, by=owner, at=at)
