"""Queries that are asked all the time: each is made into a statement once in a process, later only its values change.

Django makes the statement anew whenever a query is asked, which for one row with its relations costs more than the
answer. The function under `prepared` is called once, with stand-ins for its values:

    @prepared
    def _by_code(code: str) -> QuerySet[Article]:
        return Article.objects.select_related("author").filter(code=code)

    for article in _by_code("k2m"): ...

Stand-ins may only be compared with columns, and None is no value. What comes back is a list of ordinary objects.
Single rows are written in the same way: `add_row`, `change_row`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, update_wrapper
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection
from django.db.models import Model, QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
Given = int | str | datetime
_LARGEST = 2**63 - 1  # of a column


@dataclass(frozen=True, slots=True)
class _Place:
    """Stands in a statement where the value with this number goes."""

    number: int


class _Statement(Generic[M]):
    """What a query becomes: its text, and how rows become objects."""

    def __init__(self, query: QuerySet[M]) -> None:
        compiler: Any = query.query.get_compiler(using=query.db)
        self.text, self.places = compiler.as_sql()
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])
        self.holds = query.query.select_for_update
        self.model, self.database = query.model, query.db
        own = compiler.klass_info["select_fields"]
        self.own = slice(own[0], own[-1] + 1)
        self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.computed = dict(compiler.annotation_col_map or {})
        self.related = get_related_populators(compiler.klass_info, compiler.select, query.db)

    def ask(self, values: Sequence[Given]) -> Iterator[M]:
        """Put it to the database with these values."""
        if self.holds and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are held inside a transaction only.")
        given = [_as_kept(values[one.number]) if isinstance(one, _Place) else one for one in self.places]
        with _keeping_cursor() as cursor:
            cursor.execute(self.text, given)
            rows = cursor.fetchall()
        for row in map(list, rows):
            for place, (converters, column) in self.converters.items():
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
            found = self.model.from_db(self.database, self.names, row[self.own])
            for relation in self.related:
                relation.populate(row, found)
            for name, place in self.computed.items():
                setattr(found, name, row[place])
            yield found


def _keeping_cursor() -> Any:
    """A cursor; PostgreSQL keeps what it has planned for a statement: to plan eight tables takes longer than to read a row.

    Whoever writes statements down gets them whole, with their values.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415  (large, and not for SQLite)

    connection.ensure_connection()
    held: Any = connection.connection
    usual, held.cursor_factory = held.cursor_factory, ServerBindingCursor
    try:
        return connection.cursor()
    finally:
        held.cursor_factory = usual


def _as_kept(value: Given) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


class Prepared(Generic[M]):
    """A query that is made into a statement when it is first asked."""

    def __init__(self, ask: Callable[..., QuerySet[M]]) -> None:
        self._ask = ask
        self._statement: _Statement[M] | None = None
        update_wrapper(self, ask)

    def __call__(self, *values: Given) -> list[M]:
        """The objects that the query finds with these values: none for a number that no column holds. One statement."""
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in values):
            return []
        if self._statement is None:
            self._statement = _Statement(self._ask(*(Value(_Place(number)) for number in range(len(values)))))
        return list(self._statement.ask(values))

    def first(self, *values: Given) -> M | None:
        """The first object that it finds, if there is any. One statement."""
        return next(iter(self(*values)), None)


def prepared(ask: Callable[..., QuerySet[M]]) -> Prepared[M]:
    """Prepare the query that a function returns."""
    return Prepared(ask)


# --- Writing one row -------------------------------------------------------------------------------------------------
def add_row(thing: Model) -> None:
    """Insert a new object as Django's `save` would; it has its number afterwards. For tables without signals."""
    columns, text = _insert(type(thing))
    with connection.cursor() as cursor:
        cursor.execute(text, [one.get_db_prep_save(one.pre_save(thing, True), connection) for one in columns])
        thing.pk = cursor.fetchone()[0]
    thing._state.adding, thing._state.db = False, connection.alias


def change_row(thing: Model, *names: str) -> None:
    """Write these fields of an object that is there, as `save(update_fields=…)` would. For tables without signals."""
    columns, text = _update(type(thing), names)
    values = [one.get_db_prep_save(one.pre_save(thing, False), connection) for one in columns]
    with connection.cursor() as cursor:
        cursor.execute(text, [*values, thing.pk])
        if cursor.rowcount != 1:
            raise DatabaseError("The row is not there.")


@cache
def _insert(model: type[Model]) -> tuple[Sequence[Any], str]:
    columns = [one for one in model._meta.concrete_fields if not one.primary_key]
    names, places = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
    number = _quoted(model._meta.pk)
    return columns, f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({places}) RETURNING {number}"  # noqa: S608  (names of our own)


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[Sequence[Any], str]:
    columns = [model._meta.get_field(name) for name in names]
    said = ", ".join(f"{_quoted(one)} = %s" for one in columns)
    return columns, f"UPDATE {_quoted(model._meta.db_table)} SET {said} WHERE {_quoted(model._meta.pk)} = %s"  # noqa: S608


def _quoted(what: Any) -> str:
    return connection.ops.quote_name(what if isinstance(what, str) else what.column)
