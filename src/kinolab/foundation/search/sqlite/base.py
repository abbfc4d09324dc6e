"""Django's SQLite back end, tuned for one writer and many readers, and with Unicode case.

SQLite lowers only ASCII, so «Өзгөрүү» would not be found by «өзг». LOWER, UPPER and LIKE are replaced by Python's.
Transactions begin IMMEDIATE: a reader that wants to write waits its turn instead of failing. In one process the turn is
taken by a lock, for SQLite itself would look again after ever longer pauses. A few connections are kept
for the next requests (the option `kept`, how many): opening one costs more than an empty page.
"""

import os
import re
from collections import defaultdict, deque
from functools import lru_cache
from sqlite3 import Connection
from threading import Lock
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA journal_size_limit=27103364;"
    "PRAGMA cache_size=-500;"  # kilobytes a connection: the system keeps the file in memory once for all
)


# By process and database. A deque takes and gives in one step, whichever threads ask.
_KEPT: defaultdict[tuple[int, str], deque[Connection]] = defaultdict(deque)
_TURNS: defaultdict[tuple[int, str], Lock] = defaultdict(Lock)
PATIENCE = 20  # seconds until somebody else's transaction must have ended


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _upper(text: Any) -> Any:
    return text.upper() if isinstance(text, str) else text


@lru_cache(maxsize=256)
def _pattern(like: str, escape: str | None) -> re.Pattern[str]:
    out, letters = "", iter(like)
    for letter in letters:
        if letter == escape:
            out += re.escape(next(letters, ""))
        else:
            out += {"%": ".*", "_": "."}.get(letter, re.escape(letter))
    return re.compile(out, re.IGNORECASE | re.DOTALL)


def _like(pattern: Any, text: Any, escape: str | None = None) -> bool | None:
    if pattern is None or text is None:
        return None
    return _pattern(str(pattern), escape).fullmatch(str(text)) is not None


_with_marks = lru_cache(maxsize=512)(base.SQLiteCursorWrapper.convert_query)


class Cursor(base.SQLiteCursorWrapper):
    """Django's, which writes the places of values as SQLite wants them: once for each statement."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """The statement with question marks, or with names."""
        return (
            _with_marks(None, query) if param_names is None else super().convert_query(query, param_names=param_names)
        )


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with the settings above."""

    def get_connection_params(self) -> dict[str, Any]:
        """Add what every connection needs, unless the settings say otherwise."""
        params = super().get_connection_params()
        params.setdefault("timeout", PATIENCE)
        self.most_kept = int(params.pop("kept", 0))
        return params

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        options = {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS, **settings_dict.get("OPTIONS", {})}
        super().__init__({**settings_dict, "OPTIONS": options}, *args, **kwargs)
        self.most_kept = 0
        self.turn: Lock | None = None  # held while a transaction is open

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Take one that is kept, else open one and teach it letters."""
        if self.most_kept and (kept := self._kept()):
            return kept.pop()
        connection = super().get_new_connection(conn_params)
        connection.create_function("LOWER", 1, _lower, deterministic=True)
        connection.create_function("UPPER", 1, _upper, deterministic=True)
        connection.create_function("LIKE", 2, _like, deterministic=True)
        connection.create_function("LIKE", 3, _like, deterministic=True)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        """Begin when nobody else in this process writes."""
        turn = _TURNS[os.getpid(), str(self.settings_dict["NAME"])]
        if not turn.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        self.turn = turn
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self.turn is not None:
            self.turn.release()
            self.turn = None

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor of ours."""
        return self.connection.cursor(factory=Cursor)

    def _kept(self) -> deque[Connection]:
        return _KEPT[os.getpid(), str(self.settings_dict["NAME"])]

    def _close(self) -> None:
        """Keep it for the next request, unless something is left open in it or enough are kept."""
        self._end_turn()
        connection = self.connection
        clean = connection is not None and not (self.in_atomic_block or connection.in_transaction)
        if clean and len(self._kept()) < self.most_kept:
            self._kept().append(connection)
        else:
            super()._close()
