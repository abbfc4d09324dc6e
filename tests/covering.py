"""What the tests reach of the program: statements and branches, seen in every worker and added up.

The program reports itself as it is imported, so libraries and tests run at their own speed; a trace function made them
two thirds slower. As a plugin (`-p tests.covering`) this module measures into the folder of `KINOLAB_COVERED`; as a
program (`python -m tests.covering FOLDER whole|rules`) it adds up what was written there and fails if it is not enough.
"""

import fnmatch
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import slipcover

FOLDER = "KINOLAB_COVERED"
SOURCE = ["src/kinolab"]
OMITTED = [
    "*/migrations/*",
    "*/management/commands/*",
    # These run as programs of their own, before Django is there or until they are stopped; tests start them as such,
    # in processes that are not measured.
    "src/kinolab/config/start.py",
    "src/kinolab/config/ready.py",
    "src/kinolab/config/bench/*",
]
NOT_COUNTED = ["if TYPE_CHECKING:", "raise NotImplementedError", "if __name__ == .__main__.:"]
# What is asked for: files, and the share of their statements and branches in per cent.
DEMANDS = {
    "whole": (["*"], 95.0),
    "rules": (["*/domain/*", "*/foundation/refusals.py", "*/foundation/events.py"], 100.0),
}

_folder = os.environ.get(FOLDER)
if "-n" in sys.argv and "PYTEST_XDIST_WORKER" not in os.environ:
    _folder = None  # this process only hands tests out: its workers measure
_measuring = None
if _folder:
    # Here and not in a hook: settings, and with them half the program, are imported before the first hook is asked.
    _measuring = slipcover.Slipcover(branch=True, source=SOURCE, omit=OMITTED, exclude_lines=NOT_COUNTED)
    slipcover.ImportManager(_measuring, slipcover.FileMatcher(sources=SOURCE, omit=OMITTED)).__enter__()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Write what this process has seen."""
    if _folder and _measuring:
        name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        Path(_folder, f"{name}.json").write_text(json.dumps(_measuring.get_coverage()), encoding="utf-8")


def reached(seen: list[dict[str, Any]], patterns: list[str]) -> tuple[float, dict[str, str]]:
    """The share reached, in per cent, of the files that match; for each of them that lacks something, what it lacks."""
    total = seen[0]
    for more in seen[1:]:
        slipcover.merge_coverage(total, more)
    counts, lacking = [0, 0], {}
    for name, file in total["files"].items():
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
            done = len(file["executed_lines"]) + len(file["executed_branches"])
            missing = [*map(str, file["missing_lines"]), *(f"{a}→{b or 'end'}" for a, b in file["missing_branches"])]
            counts = [counts[0] + done, counts[1] + done + len(missing)]
            if missing:
                lacking[name] = ", ".join(missing)
    return 100 * counts[0] / max(1, counts[1]), lacking


def main(folder: Path, demand: str) -> int:
    """Print what lacks and the share; return 0 if it is enough."""
    patterns, enough = DEMANDS[demand]
    seen = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    share, lacking = reached(seen, patterns)
    for name, lines in sorted(lacking.items()):
        print(f"{name}: {lines}")
    print(f"{share:.2f} % of statements and branches are reached; {enough:g} % is asked for.")
    return int(share < enough)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
