"""What the tests reach of the program, seen in every worker and added up.

The rules answer for every statement and every branch, the rest for its statements. The program reports itself as it is
imported, so libraries and tests run at their own speed; a trace function made them two thirds slower. As a plugin
(`-p tests.covering`) this module measures a part into the folder that the part's variable names; as a program
(`python -m tests.covering FOLDER rules|rest`) it adds up what was written there and fails if it is not enough.
"""

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import slipcover

PROGRAM = Path("src/kinolab")
# Rules that stand beside the folders of rules; every rule's tests import them.
WORDS_OF_RULES = [f"{PROGRAM}/foundation/refusals.py", f"{PROGRAM}/foundation/events.py"]
NOT_COUNTED = ["if TYPE_CHECKING:", "raise NotImplementedError", "if __name__ == .__main__.:"]


@dataclass(frozen=True)
class Part:
    """Folders of the program, and the share of what stands in them that tests must reach, in per cent."""

    folders: list[str]
    enough: float
    branches: bool = False
    files: list[str] = field(default_factory=list)  # what belongs to it from other folders
    omitted: list[str] = field(default_factory=list)


PARTS = {
    "rules": Part(sorted(map(str, PROGRAM.rglob("domain"))), enough=100, branches=True, files=WORDS_OF_RULES),
    "rest": Part(
        [str(PROGRAM)],
        enough=96,
        omitted=[
            "*/domain/*",
            *WORDS_OF_RULES,
            "*/migrations/*",
            "*/management/commands/*",
            # These run as programs of their own, before Django is there or until they are stopped; tests start them as
            # such, in processes that are not measured.
            f"{PROGRAM}/config/start.py",
            f"{PROGRAM}/config/ready.py",
            f"{PROGRAM}/config/bench/*",
        ],
    ),
}


def variable(part: str) -> str:
    """The name of the variable that says into which folder the part is measured."""
    return f"KINOLAB_COVERED_{part.upper()}"


_asked = next((part for part in PARTS if variable(part) in os.environ), None)
if "-n" in sys.argv and "PYTEST_XDIST_WORKER" not in os.environ:
    _asked = None  # this process only hands tests out: its workers measure
_measuring = None
if _asked:
    # Here and not in a hook: settings, and with them half the program, are imported before the first hook is asked.
    _part = PARTS[_asked]
    _measuring = slipcover.Slipcover(
        branch=_part.branches, source=_part.folders, omit=_part.omitted, exclude_lines=NOT_COUNTED,
        d_miss_threshold=10**9,  # what has been seen stays watched: to look for it everywhere and let go of it costs more
    )  # fmt: skip
    slipcover.ImportManager(_measuring, slipcover.FileMatcher(_part.folders + _part.files, _part.omitted)).__enter__()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Write what this process has seen."""
    if _asked and _measuring:
        name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        file = Path(os.environ[variable(_asked)], f"{name}.json")
        file.write_text(json.dumps(_measuring.get_coverage()), encoding="utf-8")


def reached(seen: list[dict[str, Any]]) -> tuple[float, dict[str, str]]:
    """The share reached, in per cent; for each file that lacks something, what it lacks."""
    total = seen[0]
    for more in seen[1:]:
        slipcover.merge_coverage(total, more)
    counts, lacking = [0, 0], {}
    for name, file in total["files"].items():
        branches = file.get("missing_branches", [])
        done = len(file["executed_lines"]) + len(file.get("executed_branches", []))
        missing = [*map(str, file["missing_lines"]), *(f"{a}→{b or 'end'}" for a, b in branches)]
        counts = [counts[0] + done, counts[1] + done + len(missing)]
        if missing:
            lacking[name] = ", ".join(missing)
    return 100 * counts[0] / max(1, counts[1]), lacking


def main(folder: Path, part: str) -> int:
    """Print what lacks and the share; return 0 if it is enough."""
    seen = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    share, lacking = reached(seen)
    for name, lines in sorted(lacking.items()):
        print(f"{name}: {lines}")
    enough = PARTS[part].enough
    print(f"{share:.2f} % is reached; {enough:g} % is asked for.")
    return int(share < enough)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
