"""The drawings of a road map, each with a sentence and a table that says the same. Made of an `Outward` and nothing else.

`theory_of_change`, `timelines`, `results_matrix`, `indicator_charts`, `budget_charts`: SVG that stands by
itself (width, height, viewBox, title, the light palette as attributes), for pages, print and paper.
"""

from kinolab.foundation.ui.drawing import Drawing, Table, Theirs
from kinolab.impact.queries.drawings.indicator import chosen, indicator_chart, indicator_charts, parts_chart
from kinolab.impact.queries.drawings.marks import PHONE_TIMELINE, WIDE, twice
from kinolab.impact.queries.drawings.matrix import results_matrix
from kinolab.impact.queries.drawings.money import budget_charts
from kinolab.impact.queries.drawings.theory import theory_of_change
from kinolab.impact.queries.drawings.timeline import TOO_MANY, timeline, timelines

__all__ = [
    "PHONE_TIMELINE",
    "TOO_MANY",
    "WIDE",
    "Drawing",
    "Table",
    "Theirs",
    "budget_charts",
    "chosen",
    "indicator_chart",
    "indicator_charts",
    "parts_chart",
    "results_matrix",
    "theory_of_change",
    "timeline",
    "timelines",
    "twice",
]
