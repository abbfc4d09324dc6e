"""Integration tests touch the database, the client and the outbox; nothing else."""

import itertools
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
NUMBERS = itertools.count()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Every test here may use the database."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files that a test keeps, and letters that it writes to a folder, are its own; few tests do, so no folder is made here."""
    folder = tmp_path_factory.getbasetemp() / f"own-{next(NUMBERS)}"
    settings.MEDIA_ROOT = folder / "files"
    settings.KINOLAB_MAIL_FOLDER = folder / "mail"
