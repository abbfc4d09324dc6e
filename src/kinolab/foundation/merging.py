"""Two people changed one answer from the same beginning: what it says with both changes in it.

A text is compared line by line; where both touched the same lines, word by word. Changes stand together when at least
one word that nobody touched is between them, or when they are the same. Otherwise there is no merge, and a person decides:
nobody's words are ever mixed into a sentence that neither wrote. A tick list merges tick by tick, a table row by row; a
number, a date or a choice does not.

What changed is found by `difflib`. Where that would take too long, the whole stretch counts as changed: coarser, never
wrong.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\S+")
_COSTLY = 400_000  # pairs of equal tokens to look at; a tenth of a second


UNKNOWN = object()  # a text that nobody has told


@dataclass(frozen=True, slots=True)
class Written:
    """What a place said: its version, the run of typing that wrote it, and what that run had sent for it to say so."""

    version: int
    run: str
    says: object
    sent: object


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that came about; its value may be None, which is an answer taken back."""

    value: object


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of what stands between two places of a text, counted as a browser counts (UTF-16)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Change:
    """Tokens that stand in place of base[start:end]."""

    start: int
    end: int
    tokens: tuple[str, ...]


def beginning(version: int, run: str, written: Iterable[Written]) -> object:
    """Find what a text on its way began from, among what was written, the newest first; UNKNOWN where it is none of that.

    A run of typing goes on from its own last word, also where the answer to that got lost; else from the version it saw.
    """
    seen: object = UNKNOWN
    for one in written:
        if run and one.run == run:
            return one.sent
        if one.version == version:
            seen = one.says
    return seen


def values(base: object, mine: object, theirs: object, *, prose: bool) -> Merged | None:
    """Merge two values over the one that both began from; None if a person must decide. `prose`: texts merge by words."""
    if mine == theirs or theirs == base:
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    if prose and isinstance(mine, str) and isinstance(theirs, str):
        text = texts(base if isinstance(base, str) else "", mine, theirs)
        return None if text is None else Merged(text)
    if prose and isinstance(mine, dict) and isinstance(theirs, dict):
        return _parts(base if isinstance(base, dict) else {}, mine, theirs)
    if isinstance(mine, list) and isinstance(theirs, list):
        began = base if isinstance(base, list) else []
        ticks = all(isinstance(one, str) for one in [*began, *mine, *theirs])
        return Merged(_ticks(began, mine, theirs)) if ticks else _rows(began, mine, theirs)
    return None


def texts(base: str, mine: str, theirs: str) -> str | None:
    """Merge two texts over the one that both began from; None if they touch the same place differently."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    merged = _merge(_lines(base), _lines(mine), _lines(theirs), _always, _by_words)
    return None if merged is None else "".join(merged)


def edits(before: str, after: str) -> list[Edit]:
    """What to change in one text to make it the other, last place first, so that places stay true while one goes on."""
    tokens = _WORDS.findall(before)
    places = [0]
    for token in tokens:
        places.append(places[-1] + _units(token))
    changes = _changes(tokens, _WORDS.findall(after))
    return [Edit(places[one.start], places[one.end], "".join(one.tokens)) for one in reversed(changes)]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _always(_: str) -> bool:
    return True


def _is_word(token: str) -> bool:
    return not token.isspace()


def _by_words(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    three = [_WORDS.findall("".join(lines)) for lines in (base, mine, theirs)]
    return _merge(three[0], three[1], three[2], _is_word, None)


def _ticks(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    kept = [one for one in theirs if one in mine or one not in base]
    return kept + [one for one in mine if one not in base and one not in theirs]


def _rows(base: list[object], mine: list[object], theirs: list[object]) -> Merged | None:
    said = {repr(row): row for row in [*base, *mine, *theirs]}
    three = [[repr(row) for row in rows] for rows in (base, mine, theirs)]
    merged = _merge(three[0], three[1], three[2], _always, None)
    return None if merged is None else Merged([said[row] for row in merged])


def _parts(base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]) -> Merged | None:
    """Texts by language: each is merged by itself."""
    found: dict[str, object] = {}
    for name in dict.fromkeys([*theirs, *mine]):
        merged = values(base.get(name), mine.get(name), theirs.get(name), prose=True)
        if merged is None:
            return None
        if merged.value is not None:
            found[name] = merged.value
    return Merged(found)


Finer = Callable[[Sequence[str], Sequence[str], Sequence[str]], list[str] | None]


def _merge(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], firm: Callable[[str], bool], finer: Finer | None
) -> list[str] | None:
    """Both sides' changes over the base. `firm` tokens keep changes apart; `finer` tries again where they meet."""
    ours, others = _changes(base, mine), _changes(base, theirs)
    done: list[str] = []
    place = 0
    for start, end in _places(base, sorted([*ours, *others], key=lambda one: (one.start, one.end)), firm):
        settled = _settled(list(base[start:end]), _said(base, ours, start, end), _said(base, others, start, end), finer)
        if settled is None:
            return None
        done += [*base[place:start], *settled]
        place = end
    return [*done, *base[place:]]


def _settled(before: list[str], said: list[str], told: list[str], finer: Finer | None) -> list[str] | None:
    """What stands in one place that one or both have changed; whoever changed nothing but white space gives way."""
    if told in (said, before):
        return said
    if said == before:
        return told
    if finer:
        return finer(before, said, told)
    words, mine, theirs = ("".join(tokens).split() for tokens in (before, said, told))
    if mine == theirs:
        return max(said, told)
    return said if theirs == words else told if mine == words else None


def _places(base: Sequence[str], changes: Sequence[_Change], firm: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where changes stand, those that touch one another taken together."""
    found: list[tuple[int, int]] = []
    for one in changes:
        if found and not any(firm(token) for token in base[found[-1][1] : one.start]):
            found[-1] = (found[-1][0], max(found[-1][1], one.end))
        else:
            found.append((one.start, one.end))
    return found


def _said(base: Sequence[str], changes: Sequence[_Change], start: int, end: int) -> list[str]:
    """What one side has in place of base[start:end]."""
    done: list[str] = []
    for one in changes:
        if start <= one.start and one.end <= end:
            done += [*base[start : one.start], *one.tokens]
            start = one.end
    return [*done, *base[start:end]]


def _changes(before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    """What changed from one sequence to the other, in order."""
    shorter = min(len(before), len(after))
    head = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    room = shorter - head
    tail = next((place for place in range(room) if before[-1 - place] != after[-1 - place]), room)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old and not new:
        return []
    if _cost(old, new) > _COSTLY:
        return [_Change(head, len(before) - tail, tuple(new))]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        _Change(head + start, head + end, tuple(new[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _cost(old: Sequence[str], new: Sequence[str]) -> int:
    counted = Counter(new)
    return sum(times * counted[token] for token, times in Counter(old).items())
