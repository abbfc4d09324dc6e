"""The whole demonstration, in the order of the story."""

from datetime import datetime

from kinolab.demonstration import (
    deciding,
    films,
    letter,
    news,
    newsroom,
    omnibus,
    outcomes,
    reading,
    road_map,
    screening,
    world,
)
from kinolab.demonstration.dates import Until, dates
from kinolab.demonstration.invention import Inventor
from kinolab.demonstration.world import Progress
from kinolab.labs.models import Organisation


def is_built() -> bool:
    """Whether the demonstration's organisation is there."""
    return Organisation.objects.filter(slug="otkol").exists()


def build(*, until: Until, seed: int, number: int, now: datetime, progress: Progress) -> None:
    """Build everything up to a stage. A build that was broken off is begun anew in an empty data folder."""
    when = dates(until, now)
    inventor = Inventor(seed)
    call = world.build_edition(when)
    deciding.build_quotas_and_letters(call, when)
    news.build_finished_edition(now)
    films.build_catalogue(call, when)
    omnibus.build_omnibus(call, now)
    newsroom.build_newsroom(call, when)
    world.build_applications(call, when, inventor, number, progress)
    letter.build_letter(call, when)
    if until is Until.OPEN:
        return
    screening.build_screening(call, when, inventor)
    reading.build_reading(call, when, inventor, progress, finished=until is not Until.READING)
    if until is not Until.READING:
        announced = until in (Until.ANNOUNCED, Until.IMPACT)
        deciding.build_decisions(call, when, inventor, progress, finished=announced)
        if announced:
            road_map.build_road_map(call, when, carried_out=until is Until.IMPACT)
        if until is Until.IMPACT:
            outcomes.build_invented(call, when)
