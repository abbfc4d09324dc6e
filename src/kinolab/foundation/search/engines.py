"""The two databases' own full-text engines behind one interface: FTS5 on SQLite, `tsvector` under GIN on PostgreSQL.

Both hold the same folded words, made by `analysis.py`, and neither cuts or stems anything itself. What differs is how a
document's words are kept, how a question is written, and what ranks: `bm25` here, `ts_rank` there. Tables, triggers and
indexes are made by the room's first migration.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from kinolab.foundation.search.domain.answers import Word


@dataclass(frozen=True, slots=True)
class Entry:
    """The folded words of one document."""

    document: int
    kind: str
    title: Sequence[str]
    names: Sequence[str]
    body: Sequence[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: all the words, or (not `together`) any; with `heads` in titles alone; of each kind so many."""

    words: Sequence[Word]
    kinds: Sequence[str]
    at: datetime
    most: int
    heads: bool = False
    together: bool = True

    @property
    def fully(self) -> Sequence[Word] | None:
        """What makes an answer a full one: words that begin as they were typed, or (not `together`) all of them."""
        if not self.together:
            return self.words
        typed = [Word(word.typed, (), () if word.typed else word.meant, word.whole) for word in self.words]
        return None if [one.beginnings for one in typed] == [one.beginnings for one in self.words] else typed


Select = tuple[str, list[Any]]
FULLY = -500  # no database gives a rank as good as this; whatever answers fully gets 1000 more


class Engine(Protocol):
    """What is asked of an engine."""

    def keep(self, entries: Iterable[Entry]) -> None:
        """Keep the words of these documents in place of what was kept of them."""

    def found(self, wanted: Wanted) -> Select:
        """A SELECT of the best of each kind: `id`, `rank` (the smallest first), `total` of its kind, and how many `fully`."""


# --- SQLite ----------------------------------------------------------------------------------------------------------
class Sqlite:
    """FTS5. Rows go with their documents by a trigger. The kind is a column, so that answers are counted in the index alone."""

    def keep(self, entries: Iterable[Entry]) -> None:
        """Take out and put in."""
        rows = [
            (one.document, " ".join(one.title), " ".join(one.names), " ".join(one.body), one.kind) for one in entries
        ]
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_index WHERE rowid = %s", [row[:1] for row in rows])
            cursor.executemany(
                "INSERT INTO search_index(rowid, title, names, body, kind) VALUES (%s, %s, %s, %s, %s)", rows
            )

    def found(self, wanted: Wanted) -> Select:
        """`{title names body} : (("suu" OR "suu"* OR "su"*) AND (…)) AND kind : film`, of each kind the best."""
        column = "title" if wanted.heads else "{title names body}"
        asked = f"{column} : ({(' AND ' if wanted.together else ' OR ').join(map(_of_fts5, wanted.words))})"
        fully = f"{column} : ({' AND '.join(map(_of_fts5, wanted.fully))})" if wanted.fully else ""
        now = connection.ops.adapt_datetimefield_value(wanted.at)
        parts, values = [], []
        for kind in wanted.kinds:
            of_kind = f"{asked} AND kind : {kind}"
            parts.append(_RANKED if fully else _PLAIN)
            values += [*([fully] if fully else []), of_kind, now, wanted.most, of_kind, now]
            values += [f"{fully} AND kind : {kind}", now] if fully else []
        return " UNION ALL ".join(parts), values


_FTS5 = """
SELECT id, rank, total, {fully} AS fully FROM (
    SELECT rowid AS id, bm25(search_index, 12.0, 5.0, 1.0, 0.0) {better} AS rank {matching} ORDER BY 2 LIMIT %s
), (SELECT count(*) AS total {matching}) {counted}
"""
_MATCHING = """FROM search_index WHERE search_index MATCH %s
    AND rowid NOT IN (SELECT id FROM search_document WHERE visible_from > %s)"""
_BETTER = "- CASE WHEN rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH %s) THEN 1000 ELSE 0 END"
_COUNTED = f", (SELECT count(*) AS fully {_MATCHING})"
_PLAIN = _FTS5.format(fully="0", better="", matching=_MATCHING, counted="")
_RANKED = _FTS5.format(fully="fully", better=_BETTER, matching=_MATCHING, counted=_COUNTED)


def _of_fts5(word: Word) -> str:
    whole = [f'"{one}"' for one in word.typed]
    begun = [] if word.whole else [f'"{one}"*' for one in word.beginnings]
    return f"({' OR '.join((*whole, *begun))})"


# --- PostgreSQL ------------------------------------------------------------------------------------------------------
class Postgresql:
    """Two `tsvector` columns of the documents' table: `head`, small and ranked, and `whole`, looked through."""

    def keep(self, entries: Iterable[Entry]) -> None:
        """Write both columns. Nothing is parsed there: the words are written as they are to be kept."""
        rows = [
            (
                " ".join((*_lexemes(one.title, "A"), *_lexemes(one.names, "B"))),
                " ".join(f"'{word}'" for word in {*one.title, *one.names, *one.body}),
                one.document,
            )
            for one in entries
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_document SET head = %s::tsvector, whole = %s::tsvector WHERE id = %s", rows
            )

    def found(self, wanted: Wanted) -> Select:
        """`('suu':* | 'su':*) & (…)`; ranked by how many of the words stand in the head, in a short one more."""
        sign = "A" if wanted.heads else ""
        column = "head" if wanted.heads else "whole"
        asked = (" & " if wanted.together else " | ").join(_of_tsquery(word, sign) for word in wanted.words)
        rank = " | ".join(_of_tsquery(word, "") for word in wanted.words)
        better = _IN_FULL.format(column=column) if wanted.fully else ""
        fully = [" & ".join(_of_tsquery(word, sign) for word in wanted.fully)] if wanted.fully else []
        statement = _TSQUERY.format(column=column, better=better)
        return statement, [rank, *fully, asked, wanted.at, list(wanted.kinds), FULLY, wanted.most]


_IN_FULL = "- CASE WHEN id IN (SELECT id FROM search_document WHERE {column} @@ %s::tsquery) THEN 1000 ELSE 0 END"
_TSQUERY = """
(WITH matching AS MATERIALIZED (
    SELECT id, kind, visible_from, - ts_rank('{{0, 0, 0.4, 1}}', head, %s::tsquery, 1) {better} AS rank
    FROM search_document WHERE {column} @@ %s::tsquery AND visible_from <= %s AND kind = ANY(%s)
), counted AS (
    SELECT kind, count(*) AS total, count(*) FILTER (WHERE rank < %s) AS fully FROM matching GROUP BY kind
)
SELECT best.id, best.rank, counted.total, counted.fully FROM counted CROSS JOIN LATERAL (
    SELECT id, rank FROM matching WHERE matching.kind = counted.kind ORDER BY rank, visible_from DESC, id LIMIT %s
) best)
"""


def _lexemes(words: Sequence[str], weight: str) -> list[str]:
    """Each with its place and weight; places beyond 16383 and more than 255 of one word are not kept anyway."""
    return [f"'{word}':{place}{weight}" for place, word in enumerate(words[:1000], 1)]


def _of_tsquery(word: Word, sign: str) -> str:
    mark = sign if word.whole else f"*{sign}"
    each = (f"'{one}':{mark}" if mark else f"'{one}'" for one in (word.typed if word.whole else word.beginnings))
    return f"({' | '.join(each)})"


def engine() -> Engine:
    """The engine of the database in use."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
