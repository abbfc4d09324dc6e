"""What a brought file would bring, in words: how many rows of what, what stays out and why, what has to be known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Refusal
from kinolab.impact import words
from kinolab.impact.domain.arriving import ORDER, Arrival
from kinolab.impact.domain.iati_reading import Note, Weight
from kinolab.impact.models import BroughtFile, RoadMap

MOST_PLACES = 8  # named with one sentence; of the others the number is told


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and where in the file it holds; `more` further places."""

    sentence: str
    places: Sequence[str]
    more: int


@dataclass(frozen=True, slots=True)
class Account:
    """What comes (what it is called, how many), what does not, and what has to be known."""

    comes: Sequence[tuple[object, int]]
    left: Sequence[Said]
    told: Sequence[Said]
    count: int


def account(arrival: Arrival) -> Account:
    """The account of an arrival."""
    comes = [(words.PARTS[part], len(arrival.rows[part])) for part in ORDER if arrival.rows[part]]
    return Account(
        comes, _said(one for one in arrival.notes if one.weight is Weight.LEFT),
        _said(one for one in arrival.notes if one.weight is Weight.TOLD), arrival.count,
    )  # fmt: skip


def earlier(road_map: RoadMap) -> list[BroughtFile]:
    """Files that were brought before, the newest first."""
    return list(BroughtFile.objects.filter(road_map=road_map).select_related("brought_by").defer("content")[:20])


def _said(notes: Iterable[Note]) -> list[Said]:
    """The same sentence once, with every place where it holds."""
    alike: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        alike.setdefault((note.code, repr(note.facts)), []).append(note)
    found = []
    for own in alike.values():
        named = list(dict.fromkeys(" › ".join(one.where) for one in own if one.where))
        found.append(Said(sentence(own[0]), named[:MOST_PLACES], max(0, len(named) - MOST_PLACES)))
    return found


def sentence(note: Note) -> str:
    """A note as a sentence."""
    if note.code not in words.NOTES:
        return reasons.explain(Refusal(note.code, note.facts))
    facts = dict(note.facts)
    if note.code == "arriving_otherwise":
        facts["columns"] = tuple(str(words.FIELDS.get(one, one)) for one in facts["columns"])  # type: ignore[attr-defined]
    return str(words.NOTES[note.code]) % reasons.facts_shown(Refusal(note.code, facts))
