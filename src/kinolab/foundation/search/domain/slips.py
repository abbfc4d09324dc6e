"""One slip of the hand: a letter too many, one missing, one wrong, or two that changed places."""

from collections.abc import Collection, Iterable, Iterator

SHORTEST = 4  # letters; shorter words have too many neighbours


def one_slip(asked: str, known: str) -> bool:
    """Whether the two words differ by exactly one slip."""
    if abs(len(asked) - len(known)) > 1 or asked == known:
        return False
    first = next((n for n, (a, b) in enumerate(zip(asked, known, strict=False)) if a != b), min(len(asked), len(known)))
    one, two = asked[first:], known[first:]
    if len(one) == len(two):
        return one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return longer[1:] == shorter


def neighbours(asked: str, letters: Iterable[str]) -> set[str]:
    """Every word of these letters that is one slip away."""
    cuts = [(asked[:at], asked[at:]) for at in range(len(asked) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    for one in letters:
        found |= {head + one + tail[1:] for head, tail in cuts if tail}
        found |= {head + one + tail for head, tail in cuts}
    return found - {asked}


def mistyped(asked: str, known: Collection[str]) -> Iterator[str]:
    """Those of the known words that `begins_with_a_slip` finds, for thousands of them: what may be meant is written out first."""
    every = neighbours(asked, set().union(*known))
    ends = {one for one in every if one[-1:] == asked[-1:]}
    less, same, more = len(asked) - 1, len(asked), len(asked) + 1
    for one in known:
        if one in every or one[:same] in ends or one[:less] in ends or one[:more] in ends:
            yield one


def begins_with_a_slip(asked: str, known: str) -> bool:
    """Whether the known word, or a beginning of it, is the asked one but for one slip; a beginning ends like the asked."""
    if one_slip(asked, known):
        return True
    lengths = range(len(asked) - 1, min(len(asked) + 2, len(known)))
    return any(known[length - 1] == asked[-1] and one_slip(asked, known[:length]) for length in lengths)


def halves(asked: str) -> tuple[str, str]:
    """A beginning and an end of which one is untouched, whatever single slip was made."""
    half = 1 if len(asked) <= SHORTEST else min((len(asked) - 1) // 2, 4)
    return asked[:half], asked[-half:]
