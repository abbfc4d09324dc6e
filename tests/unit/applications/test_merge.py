"""Merging: unrelated changes stand together, the same change once, and no interleaving of saves loses a word."""

import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.merging import UNKNOWN, Merged, Written, beginning, edits, texts, values

BASE = "Meerim divides water at night.\nHer brother sells it by day.\n\nNobody sleeps in the village."


# --- What a text began from ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "version, run, began",
    [
        (3, "other", "third"),  # what was seen stands
        (2, "other", "second"),  # what was seen has been changed since
        (2, "mine", "sent second"),  # an answer was lost: one's own last word, not what others made of it
        (3, "mine", "third"),
        (1, "", "first"),
        (9, "other", UNKNOWN),
    ],
)
def test_text_began_from_ones_own_last_word_or_from_what_was_seen(version, run, began):
    now, past = (
        [Written(3, "", "third", "third")],
        [Written(2, "mine", "second", "sent second"), Written(1, "", "first", "")],
    )
    found = beginning(version, run, now)
    assert (beginning(version, run, past) if found is UNKNOWN else found) == began


# --- Texts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "mine, theirs, merged",
    [
        (BASE, BASE, BASE),
        (BASE.replace("night", "dusk"), BASE, BASE.replace("night", "dusk")),
        (BASE.replace("night", "dusk"), BASE.replace("sleeps", "eats"), BASE.replace("night", "dusk").replace("sleeps", "eats")),
        (BASE.replace("night", "dusk"), BASE.replace("night", "dusk"), BASE.replace("night", "dusk")),
        (BASE.replace("Meerim", "Aida"), BASE.replace("night", "dusk"), BASE.replace("Meerim", "Aida").replace("night", "dusk")),
        (BASE.replace("night", "dusk"), BASE.replace("night", "noon"), None),
        (BASE.replace("at night", "at dusk"), BASE.replace("water at", "snow at"), BASE.replace("water at night", "snow at dusk")),
        (BASE.replace("water at", "water before"), BASE.replace("night", "dusk"), None),  # neighbours: one reads with the other
        (BASE + "\nThe end.", BASE.replace("Meerim", "Aizada"), BASE.replace("Meerim", "Aizada") + "\nThe end."),
        (BASE + "\nThe end.", BASE + "\nThe beginning.", None),
        (BASE + " ", BASE + " The end.", BASE + " The end."),  # a space typed on the way gives way
        (BASE + " The end.", BASE + "\nThe end.", BASE + " The end."),  # the same words, spaced differently
        ("", BASE.replace("night", "dusk"), None),  # all taken out, and one word mended
        ("Бир эки үч төрт беш", "Бир эки үч төрт беш", "Бир эки үч төрт беш"),
    ],
)  # fmt: skip
def test_two_texts_over_one_beginning(mine, theirs, merged):
    assert texts(BASE, mine, theirs) == merged
    assert texts(BASE, theirs, mine) == merged


def test_two_first_texts_are_for_a_person_to_choose():
    assert texts("", "Суу", "Арык") is None
    assert values(None, "Суу", "Арык", prose=True) is None
    assert values(None, "Суу", "Суу", prose=True) == Merged("Суу")


def test_kazakh_letters_emoji_and_marks_are_never_cut():
    base = "Әке 👨‍👩‍👧 қайтты e\u0301 עברית соңында"
    mine = base.replace("Әке", "Ұлы")
    theirs = base.replace("соңында", "ақыры 🎬")
    assert texts(base, mine, theirs) == "Ұлы 👨‍👩‍👧 қайтты e\u0301 עברית ақыры 🎬"


# --- Other values ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "base, mine, theirs, merged",
    [
        (["a", "b"], ["a", "b", "c"], ["b"], Merged(["b", "c"])),
        (None, ["a"], ["b"], Merged(["b", "a"])),
        (["a"], [], ["a", "b"], Merged(["b"])),
        (
            [{"title": "A"}, {"title": "B"}],
            [{"title": "A1"}, {"title": "B"}],
            [{"title": "A"}, {"title": "B"}, {"title": "C"}],
            Merged([{"title": "A1"}, {"title": "B"}, {"title": "C"}]),
        ),
        ([{"title": "A"}], [{"title": "A1"}], [{"title": "A2"}], None),
        ({"amount": "1", "currency": "USD"}, {"amount": "2", "currency": "USD"}, {"amount": "1", "currency": "EUR"}, None),
        ("2026-01-01", "2026-01-02", "2026-01-03", None),
        ("KG", "KG", "KZ", Merged("KZ")),
        (False, True, False, Merged(True)),
        ("72", "", "90", None),
    ],
)  # fmt: skip
def test_values_that_are_no_text(base, mine, theirs, merged):
    assert values(base, mine, theirs, prose=False) == merged


def test_text_by_language_merges_language_by_language():
    base = {"ky": "Суу", "en": "Water runs down"}
    told = values(base, {"ky": "Арык", "en": "Water runs down"}, base | {"ru": "Вода"}, prose=True)
    assert told == Merged({"ky": "Арык", "en": "Water runs down", "ru": "Вода"})
    assert values(base, base | {"ky": "Арык"}, base | {"ky": "Дарыя"}, prose=True) is None
    assert values(base, {"ky": "Суу"}, base, prose=True) == Merged({"ky": "Суу"})
    taken_back = values(base, {"ky": "Суу"}, base | {"ky": "Арык"}, prose=True)
    assert taken_back == Merged({"ky": "Арык"})


# --- What holds for every text ----------------------------------------------------------------------------------------
WORD = st.sampled_from(["a", "b", "суу", "ң", "👩‍👧", " ", "\n", "\n\n", "e\u0301"])
TEXT = st.lists(WORD, max_size=12).map("".join)


@given(TEXT, TEXT)
def test_one_who_changed_nothing_gets_what_the_other_wrote(base, other):
    assert texts(base, base, other) == texts(base, other, base) == texts(base, other, other) == other


@given(TEXT, TEXT, TEXT)
def test_merge_is_the_same_whoever_saves_first(base, mine, theirs):
    assert texts(base, mine, theirs) == texts(base, theirs, mine)


@given(TEXT, TEXT)
def test_edits_lead_from_one_text_to_the_other(before, after):
    told = before.encode("utf-16-le")
    for one in edits(before, after):
        told = told[: 2 * one.start] + one.text.encode("utf-16-le") + told[2 * one.end :]
    assert told.decode("utf-16-le") == after


@dataclass
class Server:
    """Saves as the program does: over what is there if it is what was seen, else merged, else kept aside."""

    past: list[str] = field(default_factory=lambda: [""])
    aside: list[str] = field(default_factory=list)

    def save(self, seen: int, text: str) -> int:
        """Take in a text that began from version `seen`; the version to go on from."""
        merged = text if seen == len(self.past) - 1 else texts(self.past[seen], text, self.past[-1])
        if merged is None:
            self.aside.append(text)
        elif merged != self.past[-1]:
            self.past.append(merged)
        return len(self.past) - 1


@dataclass
class Editor:
    """Somebody with a page open: the version seen, and the text as it stands there."""

    seen: int = 0
    text: str = ""
    begun: str = ""


STEP = st.tuples(
    st.sampled_from([0, 1]), st.sampled_from(["type", "type", "line", "remove", "save"]), st.integers(0, 40)
)


@given(st.lists(STEP, max_size=40))
def test_no_interleaving_of_two_editors_loses_a_word(steps):
    server, editors, removed = Server(), (Editor(), Editor()), set()
    for number, (who, what, place) in enumerate([*steps, (0, "save", 0), (1, "save", 0), (0, "save", 0)]):
        editor = editors[who]
        words = editor.text.split(" ") if editor.text else []
        place = place % (len(words) + 1)
        if what in ("type", "line"):
            words.insert(place, f"w{number}" + ("\n" if what == "line" else ""))
        elif what == "remove" and place < len(words):
            removed |= set(words.pop(place).split())
        editor.text = " ".join(words)
        if what == "save":
            editor.seen = server.save(editor.seen, editor.text)
            editor.text = server.past[-1]
    typed = {f"w{number}" for number, (_, what, _) in enumerate(steps) if what in ("type", "line")}
    kept = set(" ".join([server.past[-1], *server.aside]).split())
    assert typed - removed <= kept
    assert editors[0].text == server.past[-1]


@pytest.mark.parametrize(
    "mine, theirs",
    [("а " * 5000, "б " * 5000), ("а б " * 2500, "б а " * 2500), ("\n" * 9000, "a\n" * 5000), ("а" * 10_000, "б" * 10_000)],
)  # fmt: skip
def test_ten_thousand_characters_of_anything_are_quick(mine, theirs):
    began = time.perf_counter()
    texts("а в " * 2500, mine, theirs)
    assert time.perf_counter() - began < 2
