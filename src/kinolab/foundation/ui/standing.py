"""Pages that stand, linked from the menu and the foot of every public page: a later room says which there are.

Every page for visitors names them, so the list is kept for a minute and asked for anew when the room says that it changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction

from kinolab.foundation.i18n.texts import Text

KEPT = 60  # seconds
_KEY = "standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """A page: where it is linked from ("menu" or "footer"), its title, the name of its route and its address."""

    place: str
    title: Text
    route: str
    slug: str


Source = Callable[[], Iterable[Standing]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a later room say which pages stand. Called once, from its `ready`."""
    if source not in _sources:
        _sources.append(source)


def pages(place: str) -> list[Standing]:
    """The pages of a place, in their order."""
    kept = caches["standing"]
    found: list[Standing] | None = kept.get(_KEY)
    if found is None:
        found = [one for source in _sources for one in source()]
        kept.set(_KEY, found, KEPT)
    return [one for one in found if one.place == place]


def changed() -> None:
    """The list is another once the transaction is through."""
    transaction.on_commit(lambda: caches["standing"].delete(_KEY))
