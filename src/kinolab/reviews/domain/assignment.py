"""Who reads what: random but balanced, and never against a conflict, a language or a capacity.

What is guaranteed, given what must be kept:

1. As many readings as possible are placed: if every application can get its readings, it does.
2. Among all such plans the readers' loads are as even as they can be (the sum of their squares is least). Where
   nothing but the number of readings binds, loads differ by at most one.
3. Nothing kept is taken away, even where it is over a capacity or has become a conflict.
4. The same problem and seed give the same plan, in whatever order the problem is written, and whatever number the rows of
   the database begin with.

Length in minutes is reported as each reader's load, and not balanced. The method: applications in random order; each
reading goes to the least loaded reader who can be reached, if need be by moving other new readings along a shortest
chain of readers. These are the successive cheapest paths of a flow in which a reader's n-th reading costs n, which is
why the result is the most even one.
"""

import hashlib
import json
import random
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

Pair = tuple[str, str]  # (application, reader)


@dataclass(frozen=True, slots=True)
class Item:
    """An application to be read: its language (empty: any reader can) and how long it takes.

    Where each strand is read on its own it is one candidacy, and `strand` is where it stands.
    """

    key: str
    language: str = ""
    minutes: int = 0
    strand: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, the languages they read, how many readings they take (None: no limit), for which strands (empty: all)."""

    key: str
    languages: frozenset[str] = frozenset()
    capacity: int | None = None
    strands: frozenset[str] = frozenset()

    def knows(self, item: Item) -> bool:
        """Whether they read its language."""
        return not item.language or item.language in self.languages

    def reads_for(self, item: Item) -> bool:
        """Whether they read for its strand."""
        return not item.strand or not self.strands or item.strand in self.strands


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be assigned. `kept` pairs exist already and count; `forbidden` pairs must not be made."""

    applications: tuple[Item, ...]
    readers: tuple[Reader, ...]
    readings_each: int
    forbidden: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()


class UnmetReason(StrEnum):
    """Why an application lacks readings."""

    TOO_FEW_READERS = "too_few_readers"
    STRAND = "strand"
    LANGUAGE = "language"
    CONFLICT = "conflict"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Unmet:
    """An application that lacks `needed` more readings, and why."""

    application: str
    needed: int
    reasons: tuple[UnmetReason, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What a reader has in the plan, kept readings included."""

    reader: str
    readings: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All pairs (`added` are the new ones), what could not be placed, and every reader's load; sorted by key."""

    pairs: tuple[Pair, ...]
    added: tuple[Pair, ...]
    unmet: tuple[Unmet, ...]
    loads: tuple[Load, ...]


def fingerprint(problem: Problem) -> str:
    """Return a digest of the problem, whatever its order: a proposal is accepted only if it has not changed."""
    plain = {
        "applications": sorted((item.key, item.language, item.minutes, item.strand) for item in problem.applications),
        "readers": sorted(
            (
                (reader.key, sorted(reader.languages), reader.capacity, sorted(reader.strands))
                for reader in problem.readers
            ),
            key=lambda r: r[0],
        ),
        "readings_each": problem.readings_each,
        "forbidden": sorted(problem.forbidden),
        "kept": sorted(problem.kept),
    }
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def balanced(problem: Problem, seed: int) -> Plan:
    """Return a plan: see the guarantees above."""
    dice = random.Random(seed)  # noqa: S311 - a fair draw, not a secret
    board = _Board(problem, dice)
    for application in _shuffled((item.key for item in problem.applications), dice):
        for _ in range(problem.readings_each - len(board.holders[application])):
            if not board.place(application):
                break
    return _plan(problem, board)


def _shuffled(keys: Iterable[str], dice: random.Random) -> list[str]:
    ordered = sorted(keys, key=_turn)
    dice.shuffle(ordered)
    return ordered


def _turn(key: str) -> tuple[int, str]:
    """Keys as numbers go, 9 before 10: what was made in the same order draws the same lot, whatever its number."""
    return len(key), key


class _Board:
    """The plan in the making, and for each two readers the new readings that could move from one to the other.

    Chains are sought among readers only (there are few), so that a chain costs the same at 20 or 20,000 applications.
    Dictionaries without values serve as ordered sets: iteration must not depend on hashing.
    """

    def __init__(self, problem: Problem, dice: random.Random) -> None:
        self.readers = _shuffled((reader.key for reader in problem.readers), dice)
        self.dice = dice
        self.capacity = {reader.key: reader.capacity for reader in problem.readers}
        self.able = _able(problem, self.readers)
        self.load = {reader: sum(1 for pair in problem.kept if pair[1] == reader) for reader in self.readers}
        kept: dict[str, set[str]] = {item.key: set() for item in problem.applications}
        for application, reader in problem.kept:
            kept.setdefault(application, set()).add(reader)
        self.holders = kept
        self.new: dict[str, dict[str, None]] = {application: {} for application in kept}
        self.moves: dict[str, dict[str, dict[str, None]]] = {
            source: {target: {} for target in self.readers} for source in self.readers
        }

    def place(self, application: str) -> bool:
        """Give one more reading to the least loaded reader that can be reached; False if there is none."""
        free = [reader for reader in self.able[application] if reader not in self.holders[application]]
        self.dice.shuffle(free)
        chain = self._cheapest_chain(free)
        if chain is None:
            return False
        # From the far end, so that each reading moves to a reader who is known to be free for it.
        self._shift(chain)
        self._give(application, chain[0])
        return True

    def _cheapest_chain(self, starts: list[str]) -> list[str] | None:
        """Return the shortest chain of readers from one of `starts` to the least loaded reader below capacity."""
        before: dict[str, str | None] = dict.fromkeys(starts)
        queue = deque(starts)
        best: str | None = None
        while queue:
            reader = queue.popleft()
            if self._has_room(reader) and (best is None or self.load[reader] < self.load[best]):
                best = reader
            for target in self.readers:
                if target not in before and self.moves[reader][target]:
                    before[target] = reader
                    queue.append(target)
        if best is None:
            return None
        chain = [best]
        while (previous := before[chain[-1]]) is not None:
            chain.append(previous)
        return chain[::-1]

    def _has_room(self, reader: str) -> bool:
        capacity = self.capacity[reader]
        return capacity is None or self.load[reader] < capacity

    def _shift(self, chain: list[str]) -> None:
        for source, target in reversed(list(pairwise(chain))):
            application = next(iter(self.moves[source][target]))
            self._take(application, source)
            self._give(application, target)

    def _give(self, application: str, reader: str) -> None:
        self._forget(application)
        self.holders[application].add(reader)
        self.new[application][reader] = None
        self.load[reader] += 1
        self._remember(application)

    def _take(self, application: str, reader: str) -> None:
        self._forget(application)
        self.holders[application].discard(reader)
        del self.new[application][reader]
        self.load[reader] -= 1
        self._remember(application)

    def _forget(self, application: str) -> None:
        for source, target in self._possible_moves(application):
            del self.moves[source][target][application]

    def _remember(self, application: str) -> None:
        for source, target in self._possible_moves(application):
            self.moves[source][target][application] = None

    def _possible_moves(self, application: str) -> list[Pair]:
        held = self.holders[application]
        targets = [reader for reader in self.able[application] if reader not in held]
        return [(source, target) for source in self.new[application] for target in targets]


def _able(problem: Problem, readers: list[str]) -> Mapping[str, list[str]]:
    """Return for each application the readers who know its language, read for its strand, and are not forbidden."""
    known = {reader.key: reader for reader in problem.readers}
    return {
        item.key: [
            reader
            for reader in readers
            if known[reader].knows(item)
            and known[reader].reads_for(item)
            and (item.key, reader) not in problem.forbidden
        ]
        for item in problem.applications
    }


def _plan(problem: Problem, board: _Board) -> Plan:
    added = _sorted((application, reader) for application, new in board.new.items() for reader in new)
    pairs = _sorted({*problem.kept, *added})
    minutes = {item.key: item.minutes for item in problem.applications}
    loads = tuple(
        Load(
            reader,
            board.load[reader],
            sum(minutes.get(application, 0) for application, holder in pairs if holder == reader),
        )
        for reader in sorted(board.readers, key=_turn)
    )
    unmet = tuple(
        Unmet(item.key, needed, _reasons(problem, item, board))
        for item in sorted(problem.applications, key=lambda one: _turn(one.key))
        if (needed := problem.readings_each - len(board.holders[item.key])) > 0
    )
    return Plan(pairs, added, unmet, loads)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (_turn(pair[0]), _turn(pair[1]))))


def _reasons(problem: Problem, item: Item, board: _Board) -> tuple[UnmetReason, ...]:
    """Say which narrowing leaves too few readers: all there are, strand, language, conflicts, and at last capacity."""
    wanted = problem.readings_each
    if len(problem.readers) < wanted:
        return (UnmetReason.TOO_FEW_READERS,)
    found = []
    own = [reader for reader in problem.readers if reader.reads_for(item)]
    if len(own) < wanted:
        found.append(UnmetReason.STRAND)
    knowing = [reader for reader in own if reader.knows(item)]
    if len(knowing) < min(wanted, len(own)):
        found.append(UnmetReason.LANGUAGE)
    able = board.able[item.key]
    if len(able) < min(wanted, len(knowing)):
        found.append(UnmetReason.CONFLICT)
    if any(reader not in board.holders[item.key] for reader in able):
        found.append(UnmetReason.CAPACITY)
    return tuple(found)
