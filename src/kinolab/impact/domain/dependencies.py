"""What has to be done before what."""

from collections.abc import Iterable, Mapping


def circle(depends_on: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    """Return one circle, each thing before what it depends on; nothing when there is none.

    What depends on nothing is taken away until nothing more can be; whatever is left leads into a circle.
    """
    left = {one: {other for other in others if other in depends_on} for one, others in depends_on.items()}
    needed_by: dict[int, list[int]] = {one: [] for one in left}
    for one, others in left.items():
        for other in others:
            needed_by[other].append(one)
    free = [one for one, others in left.items() if not others]
    while free:
        gone = free.pop()
        del left[gone]
        for one in needed_by[gone]:
            left[one].discard(gone)
            if not left[one]:
                free.append(one)
    return _round(left)


def _round(left: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    if not left:
        return ()
    path: list[int] = []
    here = min(left)
    while here not in path:
        path.append(here)
        here = min(left[here])
    return tuple(path[path.index(here) :])
