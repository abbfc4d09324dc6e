"""The rules import with Django absent, in a process of their own."""

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"

SCRIPT = """
import importlib, sys
sys.modules["django"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def rule_modules() -> list[str]:
    files = [*SOURCE.glob("kinolab/**/domain/*.py"), SOURCE / "kinolab/foundation/refusals.py"]
    files.append(SOURCE / "kinolab/foundation/events.py")
    return sorted(".".join(file.relative_to(SOURCE).with_suffix("").parts) for file in files)


def test_rules_when_django_is_absent_still_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *rule_modules()],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
