"""What the page of the search shows, and what is suggested while one types."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.search import analysis
from kinolab.foundation.search import queries as search
from kinolab.foundation.search.analysis import Piece
from kinolab.foundation.search.queries import Found, Hit

KINDS = ("film", "person", "call", "article")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as a line of the page; `facts` are what its kind has to say, with texts and instants made of what is kept."""

    hit: Hit
    url: str
    name: list[Piece]
    facts: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.hit.document.kind


@dataclass(frozen=True, slots=True)
class Shown:
    """The answers of one kind."""

    kind: str
    rows: list[Row]
    total: int
    more: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The whole page."""

    typed: str
    found: Found
    groups: list[Shown] = field(default_factory=list)
    kind: str = ""
    was_cut: bool = False
    page: Page | None = None  # of one kind, where there are several


def search_page(typed: str, kind: str, page: int, at: datetime) -> SearchPage:
    """What answers. Two statements, whatever the number of answers; four where a word was mistyped."""
    found = search.search(typed, at, kind=kind, page=page)
    groups = [Shown(one.kind, _rows(found, one.hits, at), one.total, one.more) for one in found.groups]
    pages = Paginator(range(found.pages), 1).get_page(found.page) if found.pages > 1 else None
    return SearchPage(found.asked.text, found, groups, kind, _was_cut(typed), pages)


def suggestions(typed: str, at: datetime) -> list[Row]:
    """Titles and names that begin like this. One statement."""
    return [Row(hit, _url(hit), [], {}) for hit in search.suggest(typed, at)]


def _was_cut(typed: str) -> bool:
    return (
        len(typed.strip()) > analysis.LONGEST_QUESTION or len(analysis.WORD.findall(typed[:400])) > analysis.MOST_WORDS
    )


def _rows(found: Found, hits: Iterable[Hit], at: datetime) -> list[Row]:
    return [Row(hit, _url(hit), analysis.marked(hit.name, found.asked), _facts(hit.document.facts, at)) for hit in hits]


def _url(hit: Hit) -> str:
    return f"/{get_language()}{hit.document.address}"


def _facts(kept: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Texts as texts, instants as instants; films that are not public yet are left out."""
    told = dict(kept)
    for name in ("at", "opens", "closes"):
        if kept.get(name):
            told[name] = parse_datetime(kept[name])
    told["films"] = [Text(title) for since, title in kept.get("films", ()) if _is_past(since, at)]
    told["directors"] = [Text(one) for one in kept.get("directors", ())]
    if "programme" in kept:
        told["programme"] = Text(kept["programme"])
        told["state"] = _state(told, at)
    return told


def _is_past(since: str, at: datetime) -> bool:
    instant = parse_datetime(since)
    return instant is not None and instant <= at


def _state(call: dict[str, Any], at: datetime) -> str:
    if call["cancelled"]:
        return "cancelled"
    if not call["opens"] or not call["closes"]:
        return ""
    return "soon" if at < call["opens"] else "open" if at < call["closes"] else "closed"


def ways() -> list[tuple[str, str]]:
    """Lists to look through where nothing was found: a kind, and its address."""
    return [("call", reverse("calls:list")), ("film", reverse("catalogue:list")), ("article", reverse("news:list"))]
