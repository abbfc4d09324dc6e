"""What later rooms tell about a film, for its page: the catalogue knows neither who tells nor how."""

from collections.abc import Callable, Iterable
from datetime import datetime

from kinolab.catalogue.models import Film
from kinolab.labs.queries import Story

Stories = Callable[[Film, datetime], Iterable[Story]]
_stories: list[Stories] = []


def register_stories(stories: Stories) -> None:
    """Let a later room tell about films. Called once, from its `ready`."""
    if stories not in _stories:
        _stories.append(stories)


def stories(film: Film, at: datetime) -> list[Story]:
    """What is told about the film at this instant, the newest first."""
    told = [story for tell in _stories for story in tell(film, at)]
    return sorted(told, key=lambda story: story.at, reverse=True)
