"""Named sets of countries: every version says the same for ever, and rules keep theirs."""

import pytest

from kinolab.calls.domain import country_sets
from kinolab.calls.domain.country_sets import SHIPPED, CountrySet, find, pinned
from kinolab.calls.domain.regulations import Rule, parse_rule, to_mapping
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.refusals import Refusal

OLD = CountrySet("nomads", "2025", ("KG", "KZ"), "the board")
NEW = CountrySet("nomads", "2026", ("KG", "KZ", "MN"), "the board")


def rule(value: object, op: str = "in") -> Rule | list[Refusal]:
    return parse_rule({"code": "r", "scope": "person", "field": "country", "op": op, "value": value})


def test_shipped_sets_hold_known_countries_once_with_a_source_and_a_day() -> None:
    for one in SHIPPED:
        assert set(one.countries) <= set(COUNTRIES)
        assert len(set(one.countries)) == len(one.countries)
        assert one.source.startswith(("https://", "http://")) and len(one.read_on) == 10
    assert len({(one.code, one.version) for one in SHIPPED}) == len(SHIPPED)


def test_shipped_sets_never_change_once_they_are_out() -> None:
    # Whoever wrote a rule with a set meant these countries. New contents are a new version, in a new line here.
    assert {(one.code, one.version): " ".join(sorted(one.countries)) for one in SHIPPED} == {
        ("central_asia_5", "2024"): "KG KZ TJ TM UZ",
        ("media_countries", "2024"): "AL AT BA BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV ME MK MT NL "
        "NO PL PT RO RS SE SI SK",
        ("media_countries_partly", "2024"): "GE TN UA",
        ("media_countries", "2017"): "AL AT BA BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV ME MK MT NL "
        "NO PL PT RO RS SE SI SK",
        ("media_countries_partly", "2017"): "GE IL MD UA",
    }


@pytest.mark.parametrize(
    ("code", "version", "found"),
    [
        ("nomads", "", NEW), ("nomads", "2025", OLD), ("nomads", "2024", None), ("nobody", "", None),
        ("central_asia_5", "", SHIPPED[0]), ("media_countries", "", SHIPPED[1]), ("media_countries", "2017", SHIPPED[3]),
    ],
)  # fmt: skip
def test_find_takes_the_version_that_is_named_and_else_the_latest(
    code: str, version: str, found: CountrySet | None
) -> None:
    assert find(code, version, (OLD, NEW)) == found


def test_rule_when_it_names_a_set_looks_among_its_countries_and_keeps_its_name() -> None:
    read = rule({"set": "central_asia_5", "version": "2024"})

    assert isinstance(read, Rule)
    assert (read.value, read.named) == (("KZ", "KG", "UZ", "TJ", "TM"), ("central_asia_5", "2024"))
    assert to_mapping(read)["value"] == {"set": "central_asia_5", "version": "2024"}
    assert rule({"set": "central_asia_5", "version": 2024}) == read  # as YAML reads a year
    assert rule({"set": "central_asia_5"}) == read


def test_rule_when_its_set_is_an_organisations_own_brings_the_countries_along() -> None:
    kept = {"set": "nomads", "version": "2025", "countries": ["KG", "KZ"]}

    read = rule(kept)

    assert isinstance(read, Rule)
    assert (read.value, read.named) == (("KG", "KZ"), ("nomads", "2025"))
    assert to_mapping(read)["value"] == kept


@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        ({"set": "nomads"}, Refusal("unknown_set", {"path": "rule", "seen": "nomads"})),
        (
            {"set": "central_asia_5", "version": "1999"},
            Refusal("unknown_set", {"path": "rule", "seen": "central_asia_5 1999"}),
        ),
        ({"version": "2024"}, Refusal("impossible_rule", {"path": "rule", "why": "set_needed"})),
        ({"set": "nomads", "year": 1}, Refusal("impossible_rule", {"path": "rule", "why": "set_needed"})),
        (
            {"set": "nomads", "version": "1", "countries": ["Kyrgyzstan"]},
            Refusal("impossible_rule", {"path": "rule", "why": "countries_needed"}),
        ),
        (
            {"set": "nomads", "version": "1", "countries": []},
            Refusal("impossible_rule", {"path": "rule", "why": "countries_needed"}),
        ),
        (
            {"set": "nomads", "countries": ["KG"]},
            Refusal("impossible_rule", {"path": "rule", "why": "countries_needed"}),
        ),
    ],
)
def test_rule_when_its_set_is_not_known_says_so(value: object, refusal: Refusal) -> None:
    assert rule(value) == [refusal]


def test_pinned_writes_the_version_into_every_part_of_a_rule() -> None:
    def part(value: object) -> dict[str, object]:
        return {"scope": "person", "field": "country", "op": "in", "value": value}

    written = {"code": "r", "op": "any_of", "children": [part({"set": "nomads"}), part({"set": "central_asia_5"})]}

    assert pinned(written, (OLD, NEW)) == {
        "code": "r",
        "op": "any_of",
        "children": [
            part({"set": "nomads", "version": "2026", "countries": ["KG", "KZ", "MN"]}),
            part({"set": "central_asia_5", "version": "2024"}),
        ],
    }


@pytest.mark.parametrize(
    "value",
    [["KG"], {"set": "unheard_of"}, {"set": "nomads", "version": "2025", "countries": ["KG"]}, {"of": "x"}, None],
)
def test_pinned_leaves_what_names_no_set_or_has_its_countries(value: object) -> None:
    written = {"code": "r", "value": value}

    assert pinned(written, (OLD, NEW)) == written


@pytest.mark.parametrize(
    ("code", "countries", "refusal"),
    [
        ("nomads", ["KG", "KZ"], None),
        ("nomads", [], Refusal("no_countries", {"code": "nomads"})),
        ("nomads", ["KG", "XX"], Refusal("unknown_countries", {"codes": ("XX",)})),
        ("central_asia_5", ["KG"], Refusal("ours_already", {"code": "central_asia_5"})),
    ],
)
def test_problem_says_why_countries_make_no_set(code: str, countries: list[str], refusal: Refusal | None) -> None:
    assert country_sets.problem(code, countries) == refusal
