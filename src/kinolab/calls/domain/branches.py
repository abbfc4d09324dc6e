"""Conditions within conditions, as a page builds them: which stands in which, and what its buttons do.

A page numbers its conditions (`p0`, `p1` …) and the groups that hold some of them (`g0` is the whole). Where each stands is
written in one line, `g0[p0 g1[p1 p2]]`; a button says `more:g1`, `group:g0`, `away:p2` or `away:g1`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 12  # conditions in all
DEEPEST = 3  # groups within one another, the whole counted
_PIECE = re.compile(r"(?P<opens>g\d{1,3}\[)|(?P<leaf>p\d{1,3})|(?P<closes>\])")
_BUTTON = re.compile(r"(more|group|away):([gp]\d{1,3})")


@dataclass(frozen=True, slots=True)
class Branch:
    """A group and what stands in it: numbers of conditions, and other groups."""

    number: int
    children: tuple["int | Branch", ...]

    @property
    def leaves(self) -> tuple[int, ...]:
        """The numbers of its conditions, in their order."""
        return tuple(leaf for one in self.children for leaf in ([one] if isinstance(one, int) else one.leaves))

    @property
    def groups(self) -> Iterator["Branch"]:
        """It and every group in it."""
        yield self
        for one in self.children:
            if isinstance(one, Branch):
                yield from one.groups

    @property
    def deep(self) -> int:
        """How many groups stand within one another."""
        return 1 + max((one.deep for one in self.children if isinstance(one, Branch)), default=0)

    def __str__(self) -> str:
        return f"g{self.number}[{' '.join(f'p{one}' if isinstance(one, int) else str(one) for one in self.children)}]"


def row(count: int) -> Branch:
    """So many conditions, one after another."""
    return Branch(0, tuple(range(count)))


def read(line: str) -> Branch | None:
    """What stands in which; None where the line says nothing that can be."""
    pieces = list(_PIECE.finditer(line))
    if "".join(one[0] for one in pieces) != line.replace(" ", "") or len(pieces) > 4 * MOST:
        return None
    open_: list[tuple[int, list[int | Branch]]] = []
    whole: Branch | None = None
    for one in pieces:
        if whole is not None or (not open_ and not one["opens"]):
            return None
        if one["opens"]:
            open_.append((int(one["opens"][1:-1]), []))
        elif one["leaf"]:
            open_[-1][1].append(int(one["leaf"][1:]))
        else:
            number, children = open_.pop()
            made = Branch(number, tuple(children))
            if open_:
                open_[-1][1].append(made)
            else:
                whole = made
    return whole if whole is not None and not open_ and _is_good(whole) else None


def _is_good(whole: Branch) -> bool:
    leaves, groups = whole.leaves, [one.number for one in whole.groups]
    once = len(set(leaves)) == len(leaves) and len(set(groups)) == len(groups)
    return once and whole.number == 0 and 0 < len(leaves) <= MOST and whole.deep <= DEEPEST


def changed(whole: Branch, button: str) -> Branch:
    """After a button: one condition more in a group, a group with two more, or something taken away.

    What could not be, too many or too deep, or nothing left, changes nothing.
    """
    said = _BUTTON.fullmatch(button)
    if said is None:
        return whole
    act, place = said.groups()
    fresh = max(whole.leaves) + 1
    if act == "away":
        made = _without(whole, place)
    else:
        group = Branch(max(one.number for one in whole.groups) + 1, (fresh, fresh + 1))
        made = _with(whole, int(place[1:]), fresh if act == "more" else group)
    return made if _is_good(made) else whole


def _with(branch: Branch, place: int, child: "int | Branch") -> Branch:
    children = tuple(_with(one, place, child) if isinstance(one, Branch) else one for one in branch.children)
    return Branch(branch.number, (*children, child) if branch.number == place else children)


def _without(branch: Branch, place: str) -> Branch:
    """A group in which nothing is left goes too."""
    kept: list[int | Branch] = []
    for one in branch.children:
        if place == (f"p{one}" if isinstance(one, int) else f"g{one.number}"):
            continue
        left = one if isinstance(one, int) else _without(one, place)
        if isinstance(left, int) or left.children:
            kept.append(left)
    return Branch(branch.number, tuple(kept))
