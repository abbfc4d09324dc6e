"""Reads of what was typed and not saved: one's own to go on with, the others' to know of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kinolab.news.domain.translations import FIELDS
from kinolab.news.domain.unsaved import Standing
from kinolab.news.models import Article, Unsaved
from kinolab.news.queries import newsroom

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Own:
    """One's own text of a language as it stands: by field, from which saved text, when last typed, what was set aside."""

    fields: Mapping[str, Standing]
    at: datetime | None
    asides: list[Unsaved]

    @property
    def texts(self) -> dict[str, str]:
        """What the form shows."""
        return {name: one.text for name, one in self.fields.items()}

    @property
    def versions(self) -> dict[str, int]:
        """What a browser has seen, by field."""
        return {name: one.version for name, one in self.fields.items()}

    @property
    def seen(self) -> int:
        """The saved text that the oldest of it began from."""
        return min(one.began_from for one in self.fields.values())


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague who writes the same text: what they have not saved, and when they last typed."""

    name: str
    at: datetime
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Who has typed in a language and not saved."""

    language: str
    writers: list[Other]


def of(article: Article, language: str, person: "Person") -> QuerySet[Unsaved]:
    """All that somebody has typed in a language."""
    return Unsaved.objects.filter(article=article, language=language, writer=person)


def _standing(saved: str, number: int, row: Unsaved | None) -> Standing:
    if row is None or row.text is None:
        return Standing(saved, number, row.kept if row else 0)
    return Standing(row.text, row.began_from, row.kept, row.run, row.sent)


def own(article: Article, language: str, person: "Person") -> Own:
    """One's own text of a language. One query."""
    return own_of(article, language, list(of(article, language, person)))


def own_of(article: Article, language: str, rows: Sequence[Unsaved]) -> Own:
    """The same, of rows that are at hand."""
    texts = {one.name: one for one in rows if not one.aside}
    saved, number = newsroom.text_of(article, language), article.numbers.get(language, 0)
    return Own(
        {name: _standing(saved[name], number, texts.get(name)) for name in FIELDS},
        max((one.changed_at for one in texts.values() if one.text is not None), default=None),
        [one for one in rows if one.aside],
    )


def others(article: Article, language: str, person: "Person") -> list[Other]:
    """The colleagues who have typed in this language and not saved, the latest first. One query."""
    rows = Unsaved.objects.filter(article=article, language=language, aside="").exclude(text=None)
    return _by_writer(rows.exclude(writer=person).select_related("writer"))


def _by_writer(rows: Iterable[Unsaved]) -> list[Other]:
    found: dict[int, list[Unsaved]] = defaultdict(list)
    for row in rows:
        found[row.writer_id].append(row)
    there = [
        Other(str(one[0].writer), max(row.changed_at for row in one), {row.name: row.text or "" for row in one})
        for one in found.values()
    ]
    return sorted(there, key=lambda one: one.at, reverse=True)


def whose(article: Article) -> list[InLanguage]:
    """Who has typed and not saved, by language. One query."""
    rows = Unsaved.objects.filter(article=article, aside="").exclude(text=None).select_related("writer")
    by_language: dict[str, list[Unsaved]] = defaultdict(list)
    for row in rows:
        by_language[row.language].append(row)
    return [InLanguage(language, _by_writer(there)) for language, there in by_language.items()]


def saved_since(article: Article, language: str, seen: int) -> str | None:
    """Who saved last after the text that was seen; nothing where that is the latest."""
    if article.numbers.get(language, 0) <= seen:
        return None
    latest = article.versions.filter(language=language).select_related("saved_by").first()
    return str(latest.saved_by) if latest and latest.saved_by else ""
