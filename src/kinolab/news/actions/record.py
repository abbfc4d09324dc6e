"""What every action notes."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.ui import standing
from kinolab.news.models import Article

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

Said = Mapping[str, Any] | None


def scope(article: Article) -> str:
    """Under which the article's record and letters are kept."""
    return f"edition:{article.edition_id}" if article.edition_id else f"organisation:{article.organisation_id}"


def note(
    verb: str, article: Article, by: "Person | None", at: datetime, before: Said = None, after: Said = None
) -> None:
    """Put it on the record; menus that name a page are made anew."""
    if article.kind == "page":
        standing.changed()
    audit.record(by=by, at=at, verb=verb, thing=article, scope=scope(article), before=before, after=after)
