"""Two in the record who are one: what moves to the one that stays, and what can be put back when they were two after all.

The other keeps its own names and address and only points at the one it is. So what is put back is what was moved: rows
that are still where they were put, and names that nobody has changed since.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kinolab.catalogue.domain.works import AgentKind
from kinolab.foundation.refusals import Refusal

Texts = Mapping[str, str]
Rows = Mapping[str, Collection[int]]
FIELDS = ("name", "about")  # texts per language that fill a gap


@dataclass(frozen=True, slots=True)
class Known:
    """An agent as the rules need it."""

    pk: int
    organisation: int
    kind: AgentKind
    joined_to: int | None = None
    name: Texts = field(default_factory=dict)
    about: Texts = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)  # name → language, "" when not known


@dataclass(frozen=True, slots=True)
class Moved:
    """What a joining brings to the one that stays.

    `rows` are the other's rows by table (credits, tracks, awards) and `had` those of the one that stays; `aliases` are
    spellings that it did not have; `filled` are texts in languages in which it had none.
    """

    rows: dict[str, list[int]]
    had: dict[str, list[int]]
    aliases: dict[str, str]
    filled: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class PutBack:
    """What goes back, and what cannot: rows that are gone or have been given to somebody else, texts changed since.

    `stays` counts rows that the one that stays has got since: nobody knows whose they are.
    """

    rows: dict[str, list[int]]
    aliases: list[str]
    emptied: dict[str, list[str]]
    gone: int = 0
    elsewhere: int = 0
    changed: int = 0
    stays: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything is as it was before."""
        return not (self.gone or self.elsewhere or self.changed)


def why_not_join(kept: Known, lost: Known) -> Refusal | None:
    """Say why the two cannot be one."""
    if kept.pk == lost.pk:
        return Refusal("joined_with_itself")
    if kept.organisation != lost.organisation:
        return Refusal("other_catalogue")
    if kept.joined_to is not None or lost.joined_to is not None:
        return Refusal("agent_joined")
    return Refusal("agent_kinds_differ") if kept.kind is not lost.kind else None


def moved(kept: Known, lost: Known, rows: Rows, had: Rows) -> Moved:
    """What moves when `lost` turns out to be `kept`: the rows of the one and of the other, by table."""
    filled = {
        name: {tag: text for tag, text in getattr(lost, name).items() if not getattr(kept, name).get(tag)}
        for name in FIELDS
    }
    here = {*kept.name.values(), *filled["name"].values(), *kept.aliases}
    spellings = {**{text: tag for tag, text in lost.name.items()}, **lost.aliases}
    return Moved(
        _sorted(rows),
        _sorted(had),
        {name: tag for name, tag in spellings.items() if name not in here},
        {name: texts for name, texts in filled.items() if texts},
    )


def put_back(was: Moved, kept: Known, holders: Mapping[str, Mapping[int, int]], now: Rows) -> PutBack:
    """What can go back: `holders` says whose each moved row is now, `now` which rows the one that stayed has."""
    rows = {
        table: [one for one in numbers if holders.get(table, {}).get(one) == kept.pk]
        for table, numbers in was.rows.items()
    }
    moved_away = [(one, holders.get(table, {})) for table, numbers in was.rows.items() for one in numbers]
    emptied = {
        name: [tag for tag, text in texts.items() if getattr(kept, name).get(tag) == text]
        for name, texts in was.filled.items()
    }
    if "name" in emptied and set(emptied["name"]) >= set(kept.name):  # nobody is left without a name
        emptied["name"] = []
    return PutBack(
        rows,
        [name for name in was.aliases if name in kept.aliases],
        emptied,
        gone=sum(one not in whose for one, whose in moved_away),
        elsewhere=sum(whose.get(one, kept.pk) != kept.pk for one, whose in moved_away),
        changed=sum(map(len, was.filled.values())) - sum(map(len, emptied.values())),
        stays=sum(len(set(now.get(table, ())) - {*was.rows.get(table, ()), *was.had.get(table, ())}) for table in now),
    )


def _sorted(rows: Rows) -> dict[str, list[int]]:
    return {table: sorted(numbers) for table, numbers in rows.items()}
