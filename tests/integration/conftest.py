"""Integration tests touch the database, the client and the outbox; nothing else."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests import checking

HERE = Path(__file__).parent
NUMBERS = itertools.count()
# A full check runs on PostgreSQL first. A test that asked nothing there has nothing to hear from SQLite either: it writes its
# name down and is not run again.
KEPT = Path(os.environ[checking.ON_POSTGRESQL]) if checking.ON_POSTGRESQL in os.environ else None
WRITES = KEPT is not None and connection.vendor == "postgresql"
asked_nothing: set[str] = set()
passed: set[str] = set()


@pytest.hookimpl(tryfirst=True)  # before the long ones are put first
def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Every test here may use the database."""
    here = [item for item in items if HERE in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.django_db)
    if KEPT and not WRITES:
        done = checking.asked_nothing(KEPT)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in done])
        items[:] = [item for item in items if item.nodeid not in done]


if WRITES:

    @pytest.fixture(autouse=True)
    def asks(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
        """See whether the test asks the database anything."""
        asked, given = [], BaseDatabaseWrapper._prepare_cursor

        def give(self: BaseDatabaseWrapper, cursor: Any) -> Any:
            asked.append(cursor)
            return given(self, cursor)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BaseDatabaseWrapper, "_prepare_cursor", give)
            yield
        if not asked:
            asked_nothing.add(request.node.nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what held; whatever was passed over or failed is run again."""
    if WRITES and report.when == "call" and report.passed:
        passed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write down what asked nothing and held."""
    if KEPT and (names := asked_nothing & passed):
        name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (KEPT / f"{checking.ASKED_NOTHING}-{name}.txt").write_text("\n".join(sorted(names)), encoding="utf-8")


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files that a test keeps, and letters that it writes to a folder, are its own; few tests do, so no folder is made here."""
    folder = tmp_path_factory.getbasetemp() / f"own-{next(NUMBERS)}"
    settings.MEDIA_ROOT = folder / "files"
    settings.KINOLAB_MAIL_FOLDER = folder / "mail"
