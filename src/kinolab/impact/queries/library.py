"""Ready indicators, by impact dynamic: `indicators.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kinolab.foundation.i18n.texts import Text
from kinolab.impact import words
from kinolab.impact.domain.vocabularies import Accumulation, Dynamic, Measure

COLUMNS = ("title", "unit", "method", "tool", "source_of_data", "frequency", "ethics")


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready indicator: its texts are those of `COLUMNS`, each in several languages."""

    key: str
    dynamic: Dynamic
    measure: Measure
    accumulation: Accumulation | None
    texts: Mapping[str, Text]

    def initial(self, language: str) -> dict[str, Any]:
        """What a new indicator in this language begins with."""
        said = {name: text.in_language(language) or str(text) for name, text in self.texts.items()}
        return said | {"measure": self.measure.value, "accumulation": self.accumulation or ""}


@cache
def library() -> Mapping[str, Ready]:
    """All of them, by key, in the order of the file."""
    kept = yaml.safe_load(Path(__file__).parents[1].joinpath("indicators.yaml").read_text(encoding="utf-8"))
    return {key: _ready(key, said) for key, said in kept.items()}


def _ready(key: str, said: Mapping[str, Any]) -> Ready:
    accumulation = said.get("accumulation")
    return Ready(
        key, Dynamic(said["dynamic"]), Measure(said["measure"]), Accumulation(accumulation) if accumulation else None,
        {name: Text(said[name]) for name in COLUMNS if name in said},
    )  # fmt: skip


def by_dynamic() -> list[tuple[object, list[Ready]]]:
    """What each dynamic is called, and its indicators."""
    return [(words.DYNAMICS[one], [ready for ready in library().values() if ready.dynamic is one]) for one in Dynamic]
