"""What one version of a form has become in the next: where answers go, and the account of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinolab.foundation.questions.domain.versions import Asked, Change, Changed, changes, pairs

TITLE = Asked(1, "project", "title", "text", "", {"label": "Title", "limit": 100})
BIRTH = Asked(2, "people", "birth", "date", "each", {"label": "Birth"})
NOTE, OTHER_NOTE = Asked(3, "project", "note", "text", "", {}), Asked(4, "people", "note", "text", "", {})

Listed = list[Asked]


@pytest.mark.parametrize(
    ("before", "after", "where", "account"),
    [
        ([TITLE, BIRTH], [BIRTH, TITLE], {1: 1, 2: 2}, []),  # the order alone is no change
        ([], [TITLE], {}, [Changed("title", Change.ADDED)]),
        ([TITLE], [], {}, [Changed("title", Change.REMOVED)]),
        (
            [TITLE], [replace(TITLE, number=9, said={"label": "Name", "limit": 100, "help": "?"})],
            {1: 9}, [Changed("title", Change.CHANGED, ("label", "help"))],
        ),
        ([TITLE], [replace(TITLE, number=9, section="people")], {1: 9}, [Changed("title", Change.MOVED)]),
        (
            [TITLE], [replace(TITLE, section="people", said={"label": "Name", "limit": 100})],
            {1: 1}, [Changed("title", Change.CHANGED, ("label",))],
        ),
        ([TITLE], [replace(TITLE, kind="number")], {}, [Changed("title", Change.OTHER_KIND)]),
        ([BIRTH], [replace(BIRTH, asked_of="director")], {}, [Changed("birth", Change.OTHER_KIND)]),
        ([NOTE, OTHER_NOTE], [OTHER_NOTE, NOTE], {3: 3, 4: 4}, []),  # a code may stand in two sections
        ([NOTE, OTHER_NOTE], [replace(NOTE, number=9)], {3: 9}, [Changed("note", Change.REMOVED)]),
        ([NOTE], [NOTE, OTHER_NOTE], {3: 3}, [Changed("note", Change.ADDED)]),
        (
            [replace(NOTE, section="film")], [NOTE, OTHER_NOTE], {},  # nobody knows which of the two it became
            [Changed("note", Change.ADDED), Changed("note", Change.ADDED), Changed("note", Change.REMOVED)],
        ),
    ],
)  # fmt: skip
def test_answers_go_where_their_question_is_and_the_account_says_what_became(
    before: Listed, after: Listed, where: dict[int, int], account: list[Changed]
) -> None:
    assert (pairs(before, after), changes(before, after)) == (where, account)


PLACES = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"))
REST = st.tuples(
    st.sampled_from(["text", "date"]), st.sampled_from(["", "each"]), st.sampled_from([{}, {"label": "?"}])
)
VERSIONS = st.dictionaries(PLACES, REST, max_size=5).map(
    lambda listed: [Asked(number, *place, *rest) for number, (place, rest) in enumerate(listed.items())]
)


@settings(max_examples=50)
@given(VERSIONS, VERSIONS)
def test_no_answer_meets_another_and_what_takes_none_over_is_in_the_account(before: Listed, after: Listed) -> None:
    where, account = pairs(before, after), [one.change for one in changes(before, after)]

    added, gone, other = (account.count(one) for one in (Change.ADDED, Change.REMOVED, Change.OTHER_KIND))
    assert len(set(where.values())) == len(where)
    assert [len(where) + gone + other, len(where) + added + other] == [len(before), len(after)]


@settings(max_examples=20)
@given(VERSIONS)
def test_version_that_stays_the_same_keeps_every_answer(version: Listed) -> None:
    assert (pairs(version, version), changes(version, version)) == ({one.number: one.number for one in version}, [])
