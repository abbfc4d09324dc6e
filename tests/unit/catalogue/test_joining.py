"""Two who are one, and two after all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.joining import FIELDS, Known, Moved, PutBack, moved, put_back, why_not_join
from kinolab.catalogue.domain.works import AgentKind

ELENA = Known(1, 7, AgentKind.PERSON, name={"ru": "Елена Ким"}, aliases={"Е. Ким": "ru"})
YELENA = Known(
    2, 7, AgentKind.PERSON, name={"en": "Yelena Kim", "ru": "Елена Ким"}, about={"en": "Edits."}, aliases={"Elena": ""}
)
ROWS = {"credits": [12, 11], "tracks": []}
HAD = {"credits": [3], "tracks": [4]}
WAS = moved(ELENA, YELENA, ROWS, HAD)
JOINED = replace(
    ELENA, name=YELENA.name, about=YELENA.about, aliases=ELENA.aliases | WAS.aliases,
)  # fmt: skip
NOW = {"credits": [3, 11, 12], "tracks": [4]}
THEIRS = {"credits": {11: 1, 12: 1}, "tracks": {}}


@pytest.mark.parametrize(
    ("kept", "lost", "code"),
    [
        (ELENA, YELENA, None),
        (ELENA, ELENA, "joined_with_itself"),
        (ELENA, replace(YELENA, organisation=8), "other_catalogue"),
        (ELENA, replace(YELENA, joined_to=9), "agent_joined"),
        (replace(ELENA, joined_to=9), YELENA, "agent_joined"),
        (ELENA, replace(YELENA, kind=AgentKind.GROUP), "agent_kinds_differ"),
    ],
)
def test_two_of_one_catalogue_and_one_kind_may_be_one(kept, lost, code):
    refusal = why_not_join(kept, lost)
    assert (refusal.code if refusal else None) == code


def test_rows_move_spellings_are_added_and_gaps_are_filled():
    assert Moved(
        {"credits": [11, 12], "tracks": []}, HAD, {"Elena": ""},
        {"name": {"en": "Yelena Kim"}, "about": {"en": "Edits."}},
    ) == WAS  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "holders", "now", "wanted"),
    [
        (JOINED, THEIRS, NOW, {}),
        # One credit was deleted since, one given to somebody else; a new one came.
        (JOINED, {"credits": {12: 5}}, {"credits": [3, 13], "tracks": [4]},
         {"rows": {"credits": [], "tracks": []}, "gone": 1, "elsewhere": 1, "stays": 1}),
        # A spelling was deleted, a text changed.
        (replace(JOINED, aliases={}, about={"en": "Edits and directs."}), THEIRS, NOW,
         {"aliases": [], "emptied": {"name": ["en"], "about": []}, "changed": 1}),
        # Its own name was deleted: what it has got is the only one.
        (replace(JOINED, name={"en": "Yelena Kim"}), THEIRS, NOW,
         {"emptied": {"name": [], "about": ["en"]}, "changed": 1}),
    ],
    ids=["nothing else happened", "rows moved on", "words changed", "one name left"],
)  # fmt: skip
def test_what_is_put_back_is_what_was_moved_and_still_is_there(kept, holders, now, wanted):
    everything = PutBack({"credits": [11, 12], "tracks": []}, ["Elena"], {"name": ["en"], "about": ["en"]})
    expected = replace(everything, **wanted)

    assert put_back(WAS, kept, holders, now) == expected
    assert expected.whole == (not wanted)


TEXTS = st.dictionaries(st.sampled_from(["ky", "ru", "en"]), st.sampled_from(["Бек", "Bek", "Beck"]), max_size=3)
NAMES = st.dictionaries(st.sampled_from(["Бек", "Bek", "Beck", "B."]), st.sampled_from(["", "ru"]))


@given(
    name=TEXTS.filter(bool), about=TEXTS, aliases=NAMES, other=TEXTS.filter(bool), told=TEXTS, others=NAMES,
    rows=st.sets(st.integers(0, 9)),
)  # fmt: skip
def test_joined_and_put_back_is_as_before(name, about, aliases, other, told, others, rows):
    kept = Known(1, 7, AgentKind.PERSON, None, name, about, aliases)
    lost = Known(2, 7, AgentKind.PERSON, None, other, told, others)
    was = moved(kept, lost, {"credits": rows}, {"credits": [20]})

    joined = replace(
        kept, aliases={**aliases, **was.aliases},
        **{one: {**getattr(kept, one), **was.filled.get(one, {})} for one in FIELDS},
    )  # fmt: skip
    assert {*other.values(), *others} <= {*joined.name.values(), *joined.aliases}
    back = put_back(was, joined, {"credits": dict.fromkeys(rows, 1)}, {"credits": [20, *rows]})

    assert (back.whole, back.stays, back.rows) == (True, 0, {"credits": sorted(rows)})
    for one in FIELDS:
        left = {tag: text for tag, text in getattr(joined, one).items() if tag not in back.emptied.get(one, [])}
        assert left == getattr(kept, one)
    assert {key: tag for key, tag in joined.aliases.items() if key not in back.aliases} == aliases
