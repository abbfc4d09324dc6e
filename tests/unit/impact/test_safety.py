from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import names, safety
from kinolab.impact.domain import plan as plans
from kinolab.impact.domain.names import COVER, Veil
from kinolab.impact.domain.plan import Actual, Evidence, Learning, Partner, Plan, ProtectedPerson, Risk, Source
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Level, Sensitivity
from tests.factories.impact import fold, plan, seal, veil

NAME = "Айгүл"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Айгүл келди", f"{COVER} келди"),
        ("Айгүлдүн үйү, айгүлгө", f"{COVER} үйү, {COVER}"),
        ("Aigul", COVER),
        ("Айгүл-эже", f"{COVER}-эже"),
        ("Майгүл", "Майгүл"),
        ("Айгүлстан-республика", f"{COVER}-республика"),
        ("Айгүлбекованынкында", "Айгүлбекованынкында"),  # another, longer word
        ("", ""),
    ],
)
def test_names_when_said_with_any_ending_are_covered(text: str, covered: str) -> None:
    assert veil(NAME).covered(text) == covered
    assert veil(NAME).names_in(text) is (text != covered)


def test_names_when_short_cover_short_endings_only() -> None:
    short = veil("Ай")

    assert short.covered("Айды Айланабыз") == f"{COVER} Айланабыз"


def test_names_when_kept_are_marks_of_each_word() -> None:
    assert names.marks("Aigul Asanova A.", fold, seal) == ("5:<lugia>", "6:<vonasa>")
    assert veil().covered("Айгүл") == "Айгүл"


def test_phrases_when_said_with_any_space_and_ending_are_covered() -> None:
    with_phrase = replace(veil(), phrases=("Water union",))

    assert with_phrase.covered("The water\nunions met; underwater union") == f"The {COVER} met; underwater union"


def everywhere(word: str) -> Plan:
    """A road map with one row in each part, in which every text says the word."""
    found: dict[str, Any] = {}
    for one in fields(Plan):
        kind = one.type.removeprefix("tuple[").partition(",")[0] if isinstance(one.type, str) else one.type
        args = getattr(kind, "__args__", None)
        row = args[0] if args else kind
        if is_dataclass(row):
            said = {f.name: word for f in fields(row) if f.type is str and f.name not in {"number", "code"}}
            open_ = {"sensitivity": Sensitivity.PUBLIC, "consent_ok": True, "approved": True, "safe_to_name": True}
            more = {f.name: open_[f.name] for f in fields(row) if f.name in open_}
            needed = {
                "number": 1,
                "indicator": 1,
                "period": 1,
                "starts_on": date(2026, 1, 1),
                "ends_on": date(2026, 2, 1),
            }
            given_ = {f.name: needed[f.name] for f in fields(row) if f.name in needed}
            made = row(**(given_ | said | more))
            found[one.name] = (made,) if args else made
    return Plan(title=word, **found)


@pytest.mark.parametrize("eyes", list(Eyes))
def test_name_when_planted_everywhere_comes_through_nowhere(eyes: Eyes) -> None:
    planted = everywhere("Айгүл")
    assert repr(planted).count("Айгүл") > 60

    seen = safety.through(planted, eyes, veil(NAME))

    words = {name: text for row in rows(seen.plan) for name, text in safety.texts(row)}
    assert [name for name, text in words.items() if "Айгүл" in text] == []


def rows(whole: Plan) -> list[Any]:
    parts = [getattr(whole, one.name) for one in fields(whole)]
    return [
        whole,
        *(one for part in parts for one in (part if isinstance(part, tuple) else [part]) if is_dataclass(one)),
    ]


@pytest.mark.parametrize("eyes", [Eyes.PARTNERS, Eyes.PUBLIC])
def test_partner_when_not_safe_to_name_is_named_in_no_text(eyes: Eyes) -> None:
    secret = Partner(2, "Red Door", contact="a@example.org", expects="quiet")
    whole = plan(partners=(secret, Partner(3, "Water union", safe_to_name=True, contact="b@example.org")))
    whole = replace(whole, learning=(Learning(1, what_changed="Red Doors opened", sensitivity=Sensitivity.PUBLIC),))

    seen = safety.through(whole, eyes, veil()).plan

    assert "Red Door" not in repr(seen)
    assert "example.org" not in repr(seen)
    assert [one.organisation for one in seen.partners] == {
        Eyes.PARTNERS: ["", "Water union"],
        Eyes.PUBLIC: ["Water union"],
    }[eyes]


def test_what_is_restricted_when_looked_at_is_left_out() -> None:
    whole = plan(
        evidence=(
            Evidence(1, "open", consent_ok=True, sensitivity=Sensitivity.PUBLIC),
            Evidence(2, "no consent", sensitivity=Sensitivity.PUBLIC),
            Evidence(3, "for partners", consent_ok=True, sensitivity=Sensitivity.PARTNERS),
            Evidence(4, "restricted", consent_ok=True),
        ),
        actuals=(Actual(1, 1, approved=True, evidence=(1, 2, 3, 4)), Actual(2, 1)),
        risks=(Risk(1, "restricted"), Risk(2, "for partners", sensitivity=Sensitivity.PARTNERS, owner="Bakyt")),
        protected=(ProtectedPerson(1, "P1"),),
        learning=(Learning(1, what_changed="for partners"),),
        sources=(Source(1, "Source", "https://example.org/aigul"),),
    )

    lab = safety.through(whole, Eyes.LAB, veil(NAME)).plan
    partners = safety.through(whole, Eyes.PARTNERS, veil(NAME)).plan
    public = safety.through(whole, Eyes.PUBLIC, veil(NAME)).plan

    assert [one.number for one in lab.evidence] == [1, 2, 3]
    assert [(one.number, one.evidence) for one in lab.actuals] == [(1, (1, 2, 3)), (2, ())]
    assert lab.risks == (Risk(2, "for partners", sensitivity=Sensitivity.PARTNERS, owner="Bakyt"),)
    assert lab.protected == ()
    assert [one.number for one in partners.evidence] == [1, 3]
    assert [one.number for one in public.evidence] == [1]
    assert [(one.number, one.evidence) for one in partners.actuals] == [(1, (1, 3))]
    assert partners.risks == (Risk(2, "for partners", sensitivity=Sensitivity.PARTNERS),)
    assert (public.risks, public.protected, public.learning, public.lines) == ((), (), (), ())
    assert (len(partners.learning), len(partners.lines)) == (1, 1)
    assert public.sources[0].url == ""


@pytest.mark.parametrize(
    ("level", "seen"),
    [(Level.PRIVATE, {Eyes.LAB}), (Level.PARTNERS, {Eyes.LAB, Eyes.PARTNERS}), (Level.PUBLIC, set(Eyes))],
)
def test_road_map_when_looked_at_is_shown_to_whom_it_says(level: Level, seen: set[Eyes]) -> None:
    for eyes in Eyes:
        assert safety.why_not_look(level, eyes) == (None if eyes in seen else Refusal("road_map_not_shown"))


@given(st.text(max_size=200))
def test_texts_when_nobody_is_hidden_stay_as_they_are(text: str) -> None:
    assert veil().covered(text) == text


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["", "дүн", "гө", "е", "ны"]))
def test_name_when_it_stands_anywhere_is_gone(before: str, after: str, ending: str) -> None:
    said = f"{before} {NAME}{ending} {after}"

    assert NAME not in veil(NAME).covered(said)


def test_veil_when_asked_twice_seals_once() -> None:
    asked: list[str] = []

    def counting(word: str) -> str:
        asked.append(word)
        return seal(word)

    slow = Veil(fold, counting, frozenset(names.marks(NAME, fold, seal)))
    slow.covered("Айгүл Айгүл Айгүл")

    assert len(asked) == 1
    assert plans.Plan().code == ""


def test_paper_when_for_the_lab_names_no_partner_who_is_not_to_be_named() -> None:
    secret = Partner(2, "Red Door", contact="a@example.org", expects="quiet")
    whole = plan(partners=(secret, Partner(3, "Water union", safe_to_name=True, contact="b@example.org")))
    whole = replace(
        whole,
        learning=(Learning(1, what_changed="Red Doors opened", sensitivity=Sensitivity.PUBLIC),),
        risks=(Risk(1, "for partners", sensitivity=Sensitivity.PARTNERS),),
        activities=(replace(whole.activities[0], partners=(2, 3)),),
    )

    seen = safety.through(whole, Eyes.LAB, veil())
    paper = safety.for_paper(seen, veil()).plan

    assert "Red Door" in repr(seen.plan)
    assert [one for one in ("Red Door", "example.org", "for partners") if one in repr(paper)] == []
    assert [one.organisation for one in paper.partners] == ["Water union"]
    assert paper.activities[0].partners == (3,)
