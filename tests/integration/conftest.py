"""Integration tests touch the database, the client and the outbox; nothing else."""

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Every test here may use the database."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Files that a test keeps, and letters that it writes to a folder, are its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.KINOLAB_MAIL_FOLDER = tmp_path / "mail"
