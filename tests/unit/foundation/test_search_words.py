"""Rules of the search: endings that come off, slips of the hand, how well a title answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.search import analysis
from kinolab.foundation.search.domain import endings, slips
from kinolab.foundation.search.domain.answers import BEGINS, INFLECTED, RELATED, SAME, SLIPPED, Word, score
from kinolab.foundation.search.domain.endings import TAJIK, TURKIC
from kinolab.foundation.search.folding import fold, spellings

# Each line: a word as it stands alone, then the same with endings.
KYRGYZ = """
тасма: тасмалар тасманын тасмаларды тасмасы тасмаларыбызга тасмадан тасмаңыз
кинолаборатория: кинолабораториясынын кинолабораторияга кинолабораториялар кинолабораториядагы
режиссёр: режиссёрлор режиссёрдун режиссёрлорубуз режиссёрго
окурман: окурмандар окурмандын окурмандарга
"""
KAZAKH = """
фильм: фильмдер фильмдердің фильмге фильмінен фильмдегі
көрермен: көрермендер көрермендерге көрерменнің
"""
UZBEK = """
rejissor: rejissorlar rejissorning rejissorlarimiz rejissorga
festival: festivallar festivalning festivalda festivaldan
"""
TURKMEN = """
film: filmleriň filmlere filmlerden filmimiz
surat: suratlar suratlaryň suratda
"""
TAJIKI = """
коргардон: коргардонҳо коргардони коргардонро коргардонҳои
ҷашнвора: ҷашнвораҳо ҷашнвораи
"""
TABLE = [
    (stages, *line.split(": "))
    for stages, lines in ((TURKIC, KYRGYZ + KAZAKH + UZBEK + TURKMEN), (TAJIK, TAJIKI))
    for line in lines.split("\n")
    if line
]


@pytest.mark.parametrize(("stages", "word", "inflected"), TABLE, ids=[word for _, word, _ in TABLE])
def test_word_with_endings_finds_the_word_without_and_all_others(stages, word, inflected):
    """What begins like the stem is found; so the stem of each has to be a beginning of the word itself, and most of it."""
    alone = fold(word)
    stems = {one: endings.shortest(fold(one), stages) for one in inflected.split()}

    assert {one: stem for one, stem in stems.items() if not alone.startswith(stem) or len(stem) < len(alone) - 2} == {}


@pytest.mark.parametrize("word", ["кинолаборатория", "кино", "өмүр", "дарыя", "барак", "Бишкек"])
def test_what_only_looks_like_an_ending_stays(word):
    """Sounds do not allow it there, or too little would be left."""
    assert endings.shortest(fold(word), TURKIC) == fold(word)


@given(st.text("abdeghiklmnprstuz", max_size=20), st.sampled_from([TURKIC, TAJIK]))
def test_stem_is_the_words_own_beginning_and_never_short(word, stages):
    stem = endings.shortest(word, stages)

    assert word.startswith(stem)
    assert len(stem) >= min(len(word), endings.LEAST)


LATIN = "abcdeghiklmnopstuyzşň"
WORDS = st.text("abcdik", min_size=slips.SHORTEST, max_size=9)


@st.composite
def slipped(draw):
    """A word, and the same with one slip."""
    word = draw(WORDS)
    at, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from("abcdik"))
    kind = draw(st.sampled_from(["more", "less", "other", "turned"]))
    made = {
        "more": word[:at] + letter + word[at:],
        "less": word[:at] + word[at + 1 :],
        "other": word[:at] + letter + word[at + 1 :],
        "turned": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[kind]
    return word, made


@given(slipped())
def test_a_slip_is_seen_from_both_sides_and_leaves_half_of_the_word(pair):
    word, made = pair
    assert slips.one_slip(word, made) == slips.one_slip(made, word) == (word != made)
    if len(made) >= slips.SHORTEST:
        head, tail = slips.halves(made)
        assert word.startswith(head) or word.endswith(tail)


@given(WORDS, WORDS)
def test_what_takes_two_slips_is_not_one(word, other):
    """By the definition of Damerau and Levenshtein, each pair of neighbours turned once."""
    assert slips.one_slip(word, other) == (_distance(word, other) == 1)


def _distance(a: str, b: str) -> int:
    rows = [[max(i, j) if not min(i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            same = a[i - 1] == b[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def test_last_letter_softens_before_an_ending_and_back():
    assert [endings.softened(stem) for stem in ("kitep", "kiteb", "tilek", "salam", "")] == [
        "kiteb", "kitep", "tileg", "salam", "",
    ]  # fmt: skip


def test_beginning_of_a_long_word_may_be_mistyped():
    assert slips.begins_with_a_slip("kinulabar", "kinulaburaturia")
    assert slips.begins_with_a_slip("kinu", "kino")
    assert not slips.begins_with_a_slip("kinu", "kinder")  # the end of what is typed is where words part
    assert list(slips.mistyped("kinu", ["kino", "kinder", "kinulabar"])) == ["kino"]


@given(WORDS, st.lists(st.text("abcdik", min_size=1, max_size=11), max_size=30))
def test_of_many_words_the_mistyped_are_those_that_begin_with_a_slip(word, known):
    assert list(slips.mistyped(word, known)) == [one for one in known if slips.begins_with_a_slip(word, one)]


@given(st.text(f"абвгеёжзийклмнорстухцчшщъыьэюяөүңқҳӣ{LATIN}", min_size=1, max_size=12))
def test_no_stem_has_another_first_letter_than_its_word(word):
    assert {stem[0] for stem in analysis.stems_of(word)} <= {spelt[0] for spelt in spellings(word)}


def test_word_is_answered_the_better_the_nearer():
    word = Word(("tasmalar",), ("tasma",), ("tazma",))

    told = [word.answered_by(*one) for one in
            [("tasmalar",), ("tasmanin", ("tasma",)), ("tasmalardi",), ("tasmachi",), ("tazmanin",), ("film",)]]  # fmt: skip
    assert told == [SAME, INFLECTED, BEGINS, RELATED, SLIPPED, 0]
    assert word.beginnings == ("tasma", "tazma")
    assert Word(("a",), whole=True).answered_by("ab") == 0


def test_title_answers_better_than_a_name_and_the_whole_better_than_a_part():
    words = [Word(("ak",)), Word(("keme",))]
    points = {text: [one.answered_by(text) for one in words] for text in ("ak", "keme", "tunu", "bala")}
    texts = {"whole": ["ak", "keme"], "part": ["ak", "keme", "tunu"], "turned": ["keme", "ak"], "half": ["ak"]}
    order = sorted(texts, key=lambda name: -score(2, [texts[name]], [], points))

    assert order == ["whole", "turned", "part", "half"]
    assert score(2, [], [["ak", "keme"]], points) < score(2, [["ak", "keme"]], [], points)
    assert score(2, [["bala"]], [], points) == score(0, [["bala"]], [], points) == score(2, [[]], [], points) == 0
