"""What few pages need is not loaded before one of them is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from kinolab.config import ready
from kinolab.foundation.later import Later

LARGE = ("PIL", "icalendar", "boto3", "typst", "xlsxwriter", "openpyxl", "docx", "pypdf", "fontTools")


def test_module_when_something_of_it_is_asked_for_is_loaded() -> None:
    calendars = Later("icalendar")

    assert calendars.Calendar is calendars.Calendar
    with pytest.raises(AttributeError):
        _ = calendars.nothing_of_this_name


@pytest.mark.only_sqlite
@pytest.mark.slow
def test_worker_when_it_begins_has_loaded_nothing_large_that_few_pages_need(tmp_path: Path) -> None:
    asked = "import sys; from kinolab.config import asgi; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True,
        env=ready.variables(KINOLAB_DATA=str(tmp_path), KINOLAB_SECRET_KEY="x" * 50, PYTHONPATH=str(ready.SOURCE)),
    )  # fmt: skip

    assert set(done.stdout.split()) & set(LARGE) == set()
