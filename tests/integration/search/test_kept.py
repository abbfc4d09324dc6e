"""SQLite's connections are kept for the next request, a few of them, and never with something left open; writers take turns."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from kinolab.foundation.search.sqlite import base
from kinolab.foundation.search.sqlite.base import _KEPT, DatabaseWrapper

Make = Callable[[int], DatabaseWrapper]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """`make(2)`: a door to a database of the test's own, with two connections kept at most."""
    name = str(tmp_path / "own.sqlite3")

    def one(kept: int) -> DatabaseWrapper:
        known = connections[DEFAULT_DB_ALIAS].settings_dict
        return DatabaseWrapper({**known, "NAME": name, "OPTIONS": {"kept": kept}}, alias="own")

    yield one
    for key in [key for key in _KEPT if key[1] == name]:
        for connection in _KEPT.pop(key):
            connection.close()


def _opened(wrapper: DatabaseWrapper) -> object:
    wrapper.ensure_connection()
    return wrapper.connection


def test_connection_when_closed_is_given_to_the_next(make: Make) -> None:
    first, second = make(1), make(1)
    before = _opened(first)
    first.close()

    assert _opened(second) is before
    with second.cursor() as cursor:
        cursor.execute("SELECT LOWER('ӨЗГӨРҮҮ')")
        assert cursor.fetchone() == ("өзгөрүү",)
    second.close()


def test_connections_when_enough_are_kept_are_closed(make: Make) -> None:
    first, second, third, fourth = make(1), make(1), make(1), make(1)
    kept, surplus = _opened(first), _opened(second)
    first.close()
    second.close()

    assert _opened(third) is kept
    assert _opened(fourth) is not surplus
    third.close()
    fourth.close()


def test_connection_when_a_transaction_is_left_open_is_not_kept(make: Make) -> None:
    first, second = make(1), make(1)
    before = _opened(first)
    with first.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
    first.close()

    assert _opened(second) is not before
    second.close()


def test_connection_when_none_are_to_be_kept_is_closed(make: Make) -> None:
    first, second = make(0), make(0)
    before = _opened(first)
    first.close()

    assert _opened(second) is not before
    second.close()


# --- Turns -----------------------------------------------------------------------------------------------------------
END: dict[str, Callable[[DatabaseWrapper], None]] = {
    "commit": DatabaseWrapper.commit,
    "rollback": DatabaseWrapper.rollback,
    "close": DatabaseWrapper.close,
}


@pytest.mark.parametrize("end", END)
def test_writer_waits_until_another_has_ended(make: Make, end: str) -> None:
    first, began = make(1), threading.Event()
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    def write() -> None:
        second = make(1)
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        began.set()
        second.rollback()
        second.close()

    other = threading.Thread(target=write)
    other.start()
    assert not began.wait(0.05)
    END[end](first)
    assert began.wait(5)
    other.join()
    first.close()


def test_writer_when_another_never_ends_gives_up_and_leaves_the_turn(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0.01)
    first, second = make(1), make(1)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    with pytest.raises(OperationalError, match="locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.rollback()
    second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    second.rollback()
    for one in (first, second):
        one.close()
