"""What rooms give to the search, and how it learns that something of theirs has changed.

The search knows no room. Each room that has something public registers a source of documents, and says for its tables which
documents a change of one of their rows concerns.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.db import models

Ref = tuple[str, int]  # a kind of documents, and the key of a thing of that kind


@dataclass(frozen=True, slots=True)
class Made:
    """A document as its room makes it; texts are by language. Only of what is public, now or at `visible_from`."""

    key: int
    title: Mapping[str, str]
    address: str
    visible_from: datetime
    names: list[str] = field(default_factory=list)
    body: Mapping[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Documents of one kind.

    `made` makes those of the named things, or of all, and leaves out what is not public. `followers` names other documents that
    tell something of these, to be made anew too: of things whose documents appeared, changed or vanished, and of things that
    have none (a part of a film is told of by its whole).
    """

    kind: str
    made: Callable[[Collection[int] | None], Iterator[Made]]
    count: Callable[[], int]
    followers: Callable[[Collection[int], Collection[int]], Iterable[Ref]] | None = None


Concerned = Callable[[Any], Iterable[Ref]]
_sources: dict[str, Source] = {}
_concerned: dict[type[models.Model], Concerned] = {}


def give(room: AppConfig, given: Iterable[Source], concerned: Concerned, *tables: type[models.Model]) -> None:
    """Let a room be searched. Called once, from its `ready`.

    `concerned` says which documents a row concerns: of the room's own tables, of which more may come, and of `tables` besides.
    """
    _sources.update((one.kind, one) for one in given)
    _concerned.update(dict.fromkeys((*room.get_models(), *tables), concerned))


def all_sources() -> list[Source]:
    """Every source, in the order in which rooms are."""
    return list(_sources.values())


def source_of(kind: str) -> Source | None:
    """The source of a kind; None when its room is not there any more."""
    return _sources.get(kind)


def concerned_by(thing: models.Model) -> list[Ref]:
    """The documents that a change of this row concerns."""
    concerned = _concerned.get(type(thing))
    return list(dict.fromkeys(concerned(thing))) if concerned else []
