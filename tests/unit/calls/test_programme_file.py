"""A programme file is cleaned whole, or refused with everything that is wrong in it, each at its place."""

import re
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinolab.calls.domain.programme_file import DYES, LANGUAGES, MODES, end_of, read, start_of
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.refusals import Refusal

DAY, NOON = date(2027, 4, 1), datetime(2027, 4, 1, 12, 0)
NAME = {"en": "Lab"}
SMALL: dict[str, Any] = {
    "kinolab": 1,
    "organisation": {"slug": "tunduk", "name": NAME},
    "programme": {"slug": "lab", "name": NAME},
    "edition": {"slug": "2027", "name": NAME, "timezone": "Asia/Almaty"},
}
TEAM = {
    "min": 1, "max": 4, "numbers": {}, "senders": [], "signatures": "none", "locks": None, "join_after_close": True,
    "strands": None,
}  # fmt: skip
STAGE: dict[str, Any] = {
    "key": "stage", "kind": "choice", "label": {"ky": "Баскыч", "en": "Stage"}, "help": {}, "required": True,
    "limits": [], "choices": [{"key": "edit", "label": {"en": "Edit"}}, {"key": "shoot", "label": {"en": "Shoot"}}],
    "details": {}, "shown_if": {}, "fact": "project.stage", "seen_by": "readers", "pii_level": 0, "asked_of": "",
}  # fmt: skip
CUT: dict[str, Any] = {
    **STAGE, "key": "cut", "kind": "link", "choices": [], "limits": [{"unit": "minutes", "maximum": 90, "minimum": 1}],
    "details": {"password": True}, "shown_if": {"question": "stage", "is": ["edit"]}, "fact": "", "required": False,
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "kinolab": 1,
    "organisation": {
        "slug": "tunduk", "name": {"ky": "Түндүк", "en": "Tunduk"}, "about": {"ru": "О нас"}, "country": "NO",
        "timezone": "Asia/Bishkek", "contact_email": "lab@example.org", "website": "", "data_location": {},
    },
    "programme": {"slug": "lab", "name": NAME, "kind": "teen_lab", "about": {}},
    "edition": {
        "slug": "2027", "name": NAME, "timezone": "Asia/Almaty", "dye": "indigo", "mode": "hybrid", "city": {"en": "Osh"},
        "country": "KG", "starts": {"date": DAY, "precision": "early_month"}, "ends": None, "projects": 12, "people": None,
    },
    "modules": [
        {
            "name": NAME, "timezone": "Asia/Almaty", "mode": "online", "starts": DAY, "ends": DAY, "precision": "day",
            "city": {}, "country": "", "mandatory": False,
        }
    ],
    "tutors": [{"name": "Amy Shepherd", "title": NAME, "about": {}}],
    "call": {
        "headline": NAME, "lead": {}, "who": {}, "privacy": {}, "languages": ["ky", "ru"], "answer_languages": ["en"],
        "timezone": "Asia/Almaty", "opens": date(2027, 3, 1), "closes": NOON, "grace_minutes": 15,
        "role_closes": [{"role": "director", "closes": date(2027, 4, 9)}], "sealed": True, "results": None,
        "appeals_until": None, "contact_email": "", "roles": ["director", "writer"],
        "team": {
            "min": 1, "max": 3, "numbers": {"director": {"min": 1, "max": 2}}, "senders": ["writer"], "signatures": "later",
            "locks": NOON, "join_after_close": False, "strands": 2,
        },
    },
    "strands": [
        {"slug": "short", "name": NAME, "about": {}, "closes": DAY, "roles": ["writer"], "without_project": True, "seats": 4},
        {"slug": "long", "name": NAME, "about": {}, "closes": None, "roles": [], "without_project": False, "seats": None},
    ],
    "covers": [{"text": NAME, "covered": False}],
    "faq": [{"question": NAME, "answer": NAME}],
    "regulations": [
        {
            "code": "age", "scope": "person", "field": "birth_date", "op": "date_between", "value": ["2000-01-01", "2010-01-01"],
            "sentence": NAME, "question": {}, "refusal": {"ky": "Жашы туура келбейт"},
        }
    ],
    "form": {
        "name": "Form 2027",
        "sections": [{"key": "film", "title": NAME, "questions": [STAGE, CUT], "help": {}, "of_project": True}],
    },
    "rubric": [{"code": "idea", "name": NAME, "help": {}, "anchors": {"0": NAME, "5": NAME}, "weight": 2.5}],
}  # fmt: skip


def without_empty(value: Any) -> Any:
    """As a file is written: what is empty is left out."""
    if isinstance(value, dict):
        parts = {key: without_empty(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, "", [], {})}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


FILE = without_empty(WHOLE)


def put(place: str, value: object, into: dict[str, Any] = FILE) -> dict[str, Any]:
    """The file with another value at a place: «form.sections[0].questions[1].key»."""
    whole = deepcopy(into)
    *above, last = [int(step[1:]) if step[0] == "[" else step for step in re.findall(r"\[\d+|\w+(?!\])", place)]
    there: Any = whole
    for step in above:
        there = there[step]
    there[last] = value
    return whole


def as_file(cleaned: Any) -> dict[str, Any]:
    """What was cleaned, with the definition of each rule beside its texts, as a file has it."""
    rules = [
        {**rule["definition"], **{key: text for key, text in rule.items() if key not in ("code", "definition")}}
        for rule in cleaned["regulations"]
    ]
    return {**cleaned, "regulations": rules}


# --- What is read ----------------------------------------------------------------------------------------------------
def test_file_when_everything_is_said_is_read_as_it_stands() -> None:
    assert as_file(read(FILE)) == WHOLE


def test_file_when_only_the_needed_is_said_has_the_rest_empty() -> None:
    cleaned = read({**deepcopy(SMALL), "call": {}, "form": {"sections": []}, "tutors": None})

    usual: dict[str, Any] = {name: {} for name in ("headline", "lead", "who", "privacy")}
    usual |= {name: [] for name in ("languages", "answer_languages", "role_closes", "roles")}
    usual |= {"timezone": "", "contact_email": "", "grace_minutes": 0, "sealed": False, "team": TEAM}
    assert cleaned == {
        "kinolab": 1,
        "organisation": {
            "slug": "tunduk", "name": NAME, "about": {}, "country": "", "timezone": "Asia/Bishkek", "contact_email": "",
            "website": "", "data_location": {},
        },
        "programme": {"slug": "lab", "name": NAME, "kind": "lab", "about": {}},
        "edition": {
            "slug": "2027", "name": NAME, "timezone": "Asia/Almaty", "dye": "madder", "mode": "onsite", "city": {},
            "country": "", "starts": None, "ends": None, "projects": None, "people": None,
        },
        "call": usual | dict.fromkeys(("opens", "closes", "results", "appeals_until")),
        "form": {"name": "", "sections": []},
        **{name: [] for name in ("modules", "tutors", "strands", "covers", "faq", "regulations", "rubric")},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "given", "kept"),
    [
        ("call.closes", "2027-04-01 18:00", datetime(2027, 4, 1, 18, 0)),
        ("organisation.website", " https://example.org ", "https://example.org"),
        ("organisation.contact_email", 996, "996"),
        ("edition.name", {"en": " Lab ", "ky": " ", "ru": ""}, {"en": "Lab"}),
        ("rubric[0].anchors", {3: NAME}, {"3": NAME}),
        ("rubric[0].weight", 2, 2.0),
    ],
)
def test_value_is_kept_as_it_is_meant(place: str, given: object, kept: object) -> None:
    assert as_file(read(put(place, given))) == put(place, kept, WHOLE)


def test_days_of_a_rule_are_kept_as_text() -> None:
    assert as_file(read(put("regulations[0].value", [date(2000, 1, 1), date(2010, 1, 1)]))) == WHOLE


@pytest.mark.parametrize(("said", "seen_by"), [(True, "readers"), (False, "deciders")])
def test_file_of_an_older_version_says_who_sees_an_answer(said: bool, seen_by: str) -> None:
    older = {key: value for key, value in without_empty(STAGE).items() if key != "seen_by"} | {"readers_see": said}

    cleaned: Any = read(put("form.sections[0].questions", [older]))

    assert cleaned["form"]["sections"][0]["questions"] == [{**STAGE, "seen_by": seen_by}]


# --- Questions of the library ----------------------------------------------------------------------------------------
LIBRARY = {"logline": {"kind": "long_text", "label": {"en": "Logline"}, "help": {}, "fact": "project.logline"}}


def test_ready_question_is_taken_and_what_the_file_says_goes_before() -> None:
    cleaned: Any = read(
        put("form.sections[0].questions", [without_empty(STAGE), {"use": "logline", "label": {"en": "One line"}}]),
        LIBRARY,
    )

    taken = cleaned["form"]["sections"][0]["questions"][1]
    assert [taken[name] for name in ("key", "kind", "label", "fact")] == [
        "logline", "long_text", {"en": "One line"}, "project.logline",
    ]  # fmt: skip


def test_question_that_is_not_ready_is_refused() -> None:
    place = "form.sections[0].questions[0]"

    assert read(put(place, {"use": "poem"}), LIBRARY) == [
        Refusal("unknown_library_question", {"path": place, "seen": "poem"})
    ]


# --- What is wrong at one place --------------------------------------------------------------------------------------
def no(code: str, path: str, /, **facts: object) -> Refusal:
    return Refusal(code, {"path": path, **facts})


FIRST, SECOND = "form.sections[0].questions[0]", "form.sections[0].questions[1]"
WRONG: list[tuple[str, object, Refusal]] = [
    ("kinolab", 2, no("not_a_number_between", "kinolab", minimum=1, maximum=1)),
    ("kinolab", True, no("not_a_number_between", "kinolab", minimum=1, maximum=1)),
    ("edition.projects", 1.5, no("not_a_number_between", "edition.projects", minimum=1, maximum=10_000)),
    ("organisation", "Tunduk", no("not_a_mapping", "organisation")),
    ("tutors[0].colour", "red", no("unknown_key", "tutors[0].colour", key="colour", known=["name", "title", "about"])),
    ("edition.slug", None, no("missing_key", "edition", key="slug")),
    ("tutors[0].name", " ", no("missing_key", "tutors[0]", key="name")),
    ("edition.slug", "Лаб", no("not_a_slug", "edition.slug", seen="Лаб")),
    ("edition.slug", 2027, no("not_a_slug", "edition.slug", seen="2027")),
    ("edition.name", "Lab", no("not_texts", "edition.name")),
    ("edition.name", {}, no("not_texts", "edition.name")),
    ("edition.name", {"en": " "}, no("not_texts", "edition.name")),
    ("edition.name", {"fr": "Labo"}, no("unknown_language", "edition.name.fr", language="fr", known=list(LANGUAGES))),
    ("edition.name", {"en": 5}, no("not_text", "edition.name.en")),
    ("edition.timezone", "Asia/Alma", no("unknown_zone", "edition.timezone", seen="Asia/Alma")),
    ("edition.timezone", "UTC", no("unknown_zone", "edition.timezone", seen="UTC")),
    ("edition.timezone", ["Asia/Almaty"], no("unknown_zone", "edition.timezone", seen="['Asia/Almaty']")),
    ("edition.country", "XX", no("unknown_country", "edition.country", seen="XX")),
    ("edition.country", ["KG"], no("unknown_country", "edition.country", seen="['KG']")),
    ("edition.dye", "pink", no("unknown_dye", "edition.dye", seen="pink", known=list(DYES))),
    ("modules[0].mode", "far", no("unknown_mode", "modules[0].mode", seen="far", known=list(MODES))),
    ("modules[0].starts", "soon", no("not_a_day", "modules[0].starts", seen="soon")),
    ("modules[0].starts", NOON, no("not_a_day", "modules[0].starts", seen="2027-04-01 12:00:00")),
    ("modules[0].mandatory", "yes", no("not_yes_or_no", "modules[0].mandatory")),
    ("tutors", "Amy", no("not_a_list", "tutors")),
    ("tutors", {"name": "Amy"}, no("not_a_list", "tutors")),
    ("tutors[0].name", "x" * 201, no("not_a_line", "tutors[0].name", limit=200)),
    ("tutors[0].name", True, no("not_a_line", "tutors[0].name", limit=200)),
    ("call.closes", "soon", no("not_a_moment", "call.closes", seen="soon")),
    ("call.closes", 18, no("not_a_moment", "call.closes", seen="18")),
    ("call.closes", NOON.replace(tzinfo=UTC), no("moment_with_offset", "call.closes")),
    ("call.team.numbers", ["director"], no("not_a_mapping", "call.team.numbers")),
    ("call.team.numbers.director.max", 21,
     no("not_a_number_between", "call.team.numbers.director.max", minimum=1, maximum=20)),
    ("rubric[0].weight", 0, no("not_a_number_between", "rubric[0].weight", minimum=0, maximum=100)),
    ("rubric[0].weight", True, no("not_a_number_between", "rubric[0].weight", minimum=0, maximum=100)),
    ("rubric[0].anchors", [NAME], no("not_anchors", "rubric[0].anchors")),
    ("rubric[0].anchors", {6: NAME}, no("not_anchors", "rubric[0].anchors")),
    ("rubric[0].anchors", {12: NAME}, no("not_anchors", "rubric[0].anchors")),
    ("regulations[0]", "age", no("not_a_mapping", "regulations[0]")),
    ("regulations[0].sentence", None, no("missing_key", "regulations[0]", key="sentence")),
    ("regulations[0].value", ["2010-01-01", "2000-01-01"],
     no("impossible_rule", "regulations[0]", why="minimum_above_maximum")),
    (f"{SECOND}.details", "password", no("not_a_mapping", f"{SECOND}.details")),
    (f"{SECOND}.shown_if", "stage", no("condition_unreadable", f"{SECOND}.shown_if", question=f"{SECOND}.shown_if", seen="")),
    (f"{SECOND}.limits[0].unit", "feet",
     no("unknown_unit", f"{SECOND}.limits[0].unit", seen="feet",
        known=[unit.value for unit in Unit])),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "refusal"), WRONG)
def test_what_is_wrong_at_one_place_is_said_there(place: str, value: object, refusal: Refusal) -> None:
    assert read(put(place, value)) == [refusal]


@pytest.mark.parametrize(
    ("given", "refusals"),
    [
        (None, [no("not_a_programme_file", "")]),
        ({**SMALL, "covrs": []}, [no("mistyped_key", "covrs", key="covrs", meant="covers")]),
        ({**SMALL, "form": "none"}, [no("not_a_mapping", "form")]),
        ({**SMALL, "form": {"sections": "none"}}, [no("not_a_list", "form.sections")]),
        ({**SMALL, "form": {"sections": ["none"]}}, [no("not_a_mapping", "form.sections[0]")]),
        (
            {**SMALL, "form": {"sections": [{"key": "film", "title": NAME, "questions": ["none"]}]}},
            [no("not_a_mapping", "form.sections[0].questions[0]")],
        ),
        (
            {**SMALL, "edition": None, "programme": {}, "covers": [{"text": []}]},
            [
                no("missing_key", "programme", key="slug"), no("missing_key", "programme", key="name"),
                no("missing_part", "", key="edition"), no("not_texts", "covers[0].text"),
            ],
        ),
    ],
)  # fmt: skip
def test_file_that_is_no_file_says_all_that_is_wrong(given: object, refusals: list[Refusal]) -> None:
    assert read(given) == refusals


# --- What only the whole can say -------------------------------------------------------------------------------------
OTHER = without_empty({**STAGE, "fact": ""})


@pytest.mark.parametrize(
    ("place", "value", "refusals"),
    [
        ("call.opens", date(2027, 4, 2), [
            no("closes_before_opens", "call.closes", opens=datetime(2027, 4, 2), closes=NOON),
        ]),
        ("call.opens", NOON, [no("closes_before_opens", "call.closes", opens=NOON, closes=NOON)]),
        ("call.timezone", None, [no("missing_key", "call", key="timezone")]),
        ("call.team.min", 4, [no("team_range", "call.team")]),
        ("call.team.numbers", {"gaffer": {"min": 1}}, [no("need_of_unknown_role", "call.team", role="gaffer")]),
        ("call.role_closes[0].role", "gaffer", [
            no("unknown_kind", "call.role_closes[0].role", seen="gaffer", known="director, writer"),
        ]),
        ("call.role_closes[0].closes", NOON, [no("own_close_not_later", "call.role_closes[0].closes", closes=NOON)]),
        ("strands[1].closes", NOON, [no("own_close_not_later", "strands[1].closes", closes=NOON)]),
        ("strands[1].slug", "short", [no("duplicate_code", "strands[1].slug", code="short")]),
        ("form.sections[0].questions[1]", OTHER, [no("duplicate_code", f"{SECOND}.key", code="stage")]),
        ("form.sections[0].questions[0].choices", [], [
            no("choices_missing", FIRST, question="stage", kind="choice"),
        ]),
        ("form.sections[0].questions[0].seen_by", "named", [
            no("named_with_fact", FIRST),
            no("condition_reveals", f"{SECOND}.shown_if", question="cut", other="stage"),
        ]),
        (f"{FIRST}.asked_of", "director", [no("condition_on_others", f"{SECOND}.shown_if", question="cut", other="stage")]),
        (f"{SECOND}.shown_if", {"question": "genre", "answered": True}, [
            no("condition_on_removed", f"{SECOND}.shown_if", question="cut", other="genre"),
        ]),
    ],
)  # fmt: skip
def test_parts_that_do_not_go_together_are_refused(place: str, value: object, refusals: list[Refusal]) -> None:
    assert read(put(place, value)) == refusals


def test_a_day_lasts_until_its_last_minute() -> None:
    assert [start_of(DAY), end_of(DAY)] == [datetime(2027, 4, 1), datetime(2027, 4, 1, 23, 59)]
    assert [start_of(NOON), end_of(NOON)] == [NOON, NOON]


# --- Laws ------------------------------------------------------------------------------------------------------------
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=6), min_size=1, max_size=3)
STRANGE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 30), st.floats(), st.dates(), st.text(max_size=4)),
    lambda below: st.one_of(
        st.lists(below, max_size=2),
        st.dictionaries(st.sampled_from(["key", "en", "1", "set", "all"]), below, max_size=2),
    ),
    max_leaves=3,
)


def places(value: object, path: str = "") -> list[str]:
    """Every place of a file."""
    if isinstance(value, dict):
        below = [(f"{path}.{key}" if path else key, part) for key, part in value.items()]
    else:
        below = [(f"{path}[{number}]", part) for number, part in enumerate(value if isinstance(value, list) else [])]
    return [one for place, part in below for one in [place, *places(part, place)]]


@settings(max_examples=60)
@given(st.sampled_from(places(FILE)), st.one_of(STRANGE, TEXTS))
def test_whatever_stands_anywhere_is_refused_or_survives_being_written_and_read_again(
    place: str, value: object
) -> None:
    cleaned = read(put(place, value))

    if isinstance(cleaned, list):
        assert {type(one.facts["path"]) for one in cleaned} == {str}
    else:
        written = without_empty(as_file(cleaned))
        assert without_empty(as_file(read(written))) == written
