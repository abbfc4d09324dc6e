from datetime import date
from itertools import product

import pytest

from kinolab.production.domain.handover import Stands, late, stands, why_not_hand_over, why_not_judge, why_not_remove


def code(refusal):
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("now", "hand_over", "judge", "remove", "overdue"),
    [
        (Stands.OWED, None, "not_handed_over", None, True),
        (Stands.RETURNED, None, "not_handed_over", None, True),
        (Stands.HANDED, None, None, None, False),
        (Stands.ACCEPTED, "deliverable_accepted", "not_handed_over", "deliverable_accepted", False),
    ],
)
def test_deliverable_is_handed_over_then_judged(now, hand_over, judge, remove, overdue) -> None:
    assert code(why_not_hand_over(now, has_something=True)) == hand_over
    assert code(why_not_hand_over(now, has_something=False)) == (hand_over or "nothing_to_hand_over")
    assert (code(why_not_judge(now)), code(why_not_remove(now))) == (judge, remove)
    day = date(2026, 11, 26)
    assert [late(now, due, day) for due in (None, date(2026, 11, 25), day)] == [False, overdue, False]


def test_deliverable_stands_where_what_came_last_puts_it() -> None:
    found = {one: stands(handed=one[0], accepted=one[1], returned=one[2]) for one in product((True, False), repeat=3)}

    assert {one for one, now in found.items() if now is Stands.ACCEPTED} == {one for one in found if one[1]}
    assert found[True, False, True] is found[True, False, False] is Stands.HANDED
    assert (found[False, False, True], found[False, False, False]) == (Stands.RETURNED, Stands.OWED)
