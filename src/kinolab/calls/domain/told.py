"""What answers tell beside themselves: names of facts that are worked out, below the name that the question gives.

A question that tells «project.finance_plan» also tells «project.finance_plan.confirmed». The values are worked out where
answers are read (`applications.queries.telling`); here stands which there are, for those who write rules.
"""

from collections.abc import Iterable, Iterator

from kinolab.foundation.questions.domain.kinds import Kind

FEATURE_MINUTES = 60  # as long as a film must be to count as a feature

BELOW: dict[Kind, tuple[str, ...]] = {
    Kind.FINANCE_PLAN: ("total", "confirmed", "percent"),
    Kind.FILMS: ("features", "shorts"),
    Kind.DATE: ("year",),
    Kind.LINK: ("minutes",),
}
LISTS = frozenset({"features", "shorts"})  # lists of films: how many there are is counted


def facts_told(questions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Every fact that questions tell: pairs of fact and kind."""
    for fact, kind in questions:
        yield fact
        yield from (f"{fact}.{name}" for name in BELOW.get(Kind(kind), ()))
