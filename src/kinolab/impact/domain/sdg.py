"""The seventeen goals of sustainable development and their 169 targets: codes and English texts, from `sdg.json`."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

_KEPT = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
SOURCE: str = _KEPT["url"]
GOALS: Mapping[str, str] = _KEPT["goals"]
TARGETS: Mapping[str, str] = _KEPT["targets"]
CODES = frozenset(GOALS) | frozenset(TARGETS)
_INDICATOR = re.compile(r"(?P<target>\d{1,2}\.(?:\d{1,2}|[a-d]))\.\d{1,2}")  # 5.3.1, 16.b.1


def goal_of(code: str) -> str:
    """Return the goal of a tag: "5" of "5.3" and of "5"."""
    return code.partition(".")[0]


def target_of(indicator: str) -> str:
    """Return the target that an indicator of the global list belongs to; nothing when there is no such target."""
    found = _INDICATOR.fullmatch(indicator.strip())
    target = found["target"] if found else ""
    return target if target in TARGETS else ""
