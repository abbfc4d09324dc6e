"""For the tests of the house: a data folder in which the long part of a first start is done."""

import shutil
from pathlib import Path

import pytest

from tests import tables


@pytest.fixture
def begun(tmp_path: Path, django_db_setup: None) -> Path:
    """A data folder whose tables and fonts are made."""
    from kinolab.foundation.ui import fonts

    data = tmp_path / "begun"
    shutil.copytree(fonts.ttf_folder(), data / "fonts" / fonts.ttf_folder().name)
    shutil.copyfile(tables.kept(), data / "kinolab.sqlite3")
    return data
