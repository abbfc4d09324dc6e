"""Keep beside an application what its readings say, so that its table can sort by it. Called by the readings' room."""

from decimal import Decimal

from kinolab.applications.models import Application


def keep_scores(*, application: Application, score: Decimal | None, spread: Decimal | None, done: int) -> None:
    """Keep mean, spread and number of readings done."""
    Application.objects.filter(pk=application.pk).update(score=score, spread=spread, readings_done=done)
