"""Keep beside an application and its candidacies what readings say, so that tables can sort by it. Called by their room."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinolab.applications.models import Application, Candidacy


@dataclass(frozen=True, slots=True)
class Scored:
    """Mean and spread of the readings that are handed in, and how many they are."""

    score: Decimal | None
    spread: Decimal | None
    done: int


def keep_scores(*, application: Application, whole: Scored, candidacies: Mapping[int, Scored]) -> None:
    """Keep what all readings say beside the application, and beside each candidacy what its own say."""
    Application.objects.filter(pk=application.pk).update(
        score=whole.score, spread=whole.spread, readings_done=whole.done
    )
    rows = list(application.candidacies.filter(pk__in=candidacies))
    for one in rows:
        said = candidacies[one.pk]
        one.score, one.spread, one.readings_done = said.score, said.spread, said.done
    Candidacy.objects.bulk_update(rows, ["score", "spread", "readings_done"])
