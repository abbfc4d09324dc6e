"""What an editor has typed, where another's words or their own from elsewhere came between."""

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.news.domain import unsaved
from kinolab.news.domain.unsaved import Standing, Typed

NOW = Standing("one two three four", began_from=3, kept=2, run="r1")
SEEN = NOW.version


@pytest.mark.parametrize(
    ("now", "typed", "says"),
    [
        (NOW, Typed("one two", SEEN), "one two"),
        (NOW, Typed("one TWO three four", SEEN - 1, base="one two three four"), "one TWO three four"),
        (NOW, Typed("ONE two three", SEEN - 1, base="one two three"), "ONE two three four"),
        (NOW, Typed("other", SEEN - 1, run="r1"), "other"),  # its own last word, whose answer was lost
        (Standing("a b c D", 3, 4, "r1", "a b c d"), Typed("A b c d", 0, run="r1"), "A b c D"),
        (NOW, Typed("other", SEEN - 1), Refusal("typing_began_unknown")),
        (NOW, Typed("five", SEEN - 1, base="two"), Refusal("typed_meanwhile", {"text": NOW.text, "version": SEEN})),
    ],
)
def test_what_a_field_says_with_the_typed_text_in_it(now, typed, says):
    assert unsaved.met(now, typed) == says


@pytest.mark.parametrize(("text", "same"), [("a\n\nb", True), ("a\n\nb\n", True), ("a\nb", False), ("  a\n\nb", False)])
def test_a_text_with_empty_lines_at_its_end_is_the_one_that_was_saved(text, same):
    assert unsaved.is_saved(text, "a\n\nb") is same


def test_a_version_is_another_once_somebody_saves_or_types():
    assert len({Standing("", number, kept).version for number in (0, 1, 2) for kept in (0, 1, 2)}) == 9


def test_a_text_longer_than_a_book_is_not_kept():
    assert unsaved.why_not_keep("a" * unsaved.LONGEST) is None
    assert unsaved.why_not_keep("a" * unsaved.LONGEST + "a") == Refusal("text_far_too_long", {"limit": unsaved.LONGEST})
