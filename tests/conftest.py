"""For all tests: no network, no undefined variables, a client that looks, a clean cache."""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Tests make many objects and few circles: looking for circles less often makes them an eighth quicker.
gc.set_threshold(100_000, 50, 100)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs an event loop in this thread

LOOPBACK = ("127.", "::1", "localhost")
_connect = socket.socket.connect
_resolve = socket.getaddrinfo


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
        raise AssertionError(f"A test reached for the network: {address}")
    _connect(self, address)


def _guarded_resolve(host: Any, *arguments: Any, **named: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else str(host or "127.0.0.1")
    if not name.startswith(LOOPBACK) and name not in {"0.0.0.0", "::", socket.gethostname()}:
        raise AssertionError(f"A test reached for the network: {name}")
    return _resolve(host, *arguments, **named)


socket.socket.connect = _guarded_connect  # type: ignore[method-assign, assignment]
socket.getaddrinfo = _guarded_resolve


@pytest.hookimpl(trylast=True)  # after the order has been drawn
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: a browser's walk that begins last would keep everybody waiting at the end.

    Other walks of a browser mostly wait for something; they are spread among the tests that do not, so that others work
    meanwhile. The last tenth is without them: there would be nobody left to work.
    """
    long, waiting, rest = [], [], []
    for item in items:
        in_browser, slow = "browser" in item.path.parts, item.get_closest_marker("slow")
        alone = item.get_closest_marker("xdist_group")
        (long if alone or (in_browser and slow) else waiting if in_browser else rest).append(item)
    long.sort(key=lambda item: not item.get_closest_marker("xdist_group"))
    rest.sort(key=lambda item: not item.get_closest_marker("slow"))
    apart = len(rest) * 9 // 10 // (len(waiting) + 1)
    for number, item in enumerate(waiting):
        rest.insert(number * (apart + 1), item)
    items[:] = long + rest


def pytest_collection_finish() -> None:
    """What has been imported by now stays: it is not looked through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def watched_templates(request: pytest.FixtureRequest) -> bool:
    """Every undefined variable of a template is written down. False when the run does without Django."""
    if not request.config.pluginmanager.hasplugin("django"):
        return False
    request.getfixturevalue("django_test_environment")
    from django.template import Template, engines
    from django.test import utils

    from tests.kit import Undefined

    engines["django"].engine.string_if_invalid = Undefined()
    # What a page was given is kept for whoever asks; nobody asks what its pieces and the fields of its forms were given, and
    # there are many.
    plain, noted = utils._TestState.saved_data.template_render, Template._render

    def render(self: Any, context: Any) -> Any:
        folder, _, name = (self.name or "").rpartition("/")
        piece = name.startswith("_") and context.template is not self
        return (plain if piece or folder.startswith("django/forms") else noted)(self, context)

    Template._render = render
    return True


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_blocker: Any) -> bool:
    """Whether the database begins with tables that the migrations have made before."""
    from django.db import connection

    from tests import tables

    with django_db_blocker.unblock():
        return tables.take(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Whoever made them keeps them for the others."""
    from django.db import connection

    from tests import tables

    with django_db_blocker.unblock():
        connection.ensure_connection()
        tables.keep(connection)


def pytest_runtest_logfinish() -> None:
    """Whoever could not make them lets the others try: nobody waits for a migration that failed."""
    from tests import tables

    tables.give_up()


@pytest.fixture(scope="session", autouse=True)
def record_may_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Between tests the tables are emptied, that of the record too; PostgreSQL's TRUNCATE passes its guard by."""
    if not request.config.pluginmanager.hasplugin("django"):
        yield
        return
    from django.db import connection

    operations: Any = type(connection.ops)
    real, guard = operations.sql_flush, "SELECT sql FROM sqlite_master WHERE name = 'audit_entry_delete'"

    def emptying(self: Any, style: Any, tables: Any, **more: Any) -> list[str]:
        with connection.cursor() as cursor:
            put_up = cursor.execute(guard).fetchone()
        statements = real(self, style, tables, **more)
        return ["DROP TRIGGER audit_entry_delete", *statements, put_up[0]] if put_up else statements

    if connection.vendor == "sqlite":
        operations.sql_flush = emptying
    yield
    operations.sql_flush = real


@pytest.fixture(autouse=True)
def nothing_undefined(watched_templates: bool) -> Iterator[None]:
    """Fail a test whose templates (pages or letters) named a variable that nobody gave; begin with a clean cache."""
    if not watched_templates:
        yield
        return
    from django.core.cache import caches
    from django.utils import translation

    from tests.kit import Undefined

    Undefined.missing.clear()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    missing, Undefined.missing[:] = list(Undefined.missing), []
    translation.deactivate()
    assert not missing, f"undefined in templates: {missing}"


@pytest.fixture
def client() -> Any:
    """A visitor; every page is looked at."""
    from tests.kit import client_of

    return client_of()


@pytest.fixture
def client_as() -> Any:
    """`client_as(person)`: a client of its own, signed in as the person."""
    from tests.kit import client_of

    return client_of


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the run's data folder away; the processes of a parallel run do not come to their own end."""
    if config.pluginmanager.hasplugin("django"):
        from django.conf import settings

        folder = Path(getattr(settings, "KINOLAB_DATA", "")) if settings.configured else Path()
        if folder.name.startswith("kinolab-test-"):
            shutil.rmtree(folder, ignore_errors=True)
