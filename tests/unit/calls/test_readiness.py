"""What a call lacks before it may be published: all of it, in the order of the pages."""

from typing import Any

import pytest

from kinolab.calls.domain.readiness import CallFacts, missing
from kinolab.foundation.refusals import Refusal

READY: dict[str, Any] = {
    "has_zone": True, "has_dates": True, "questions": 1, "has_privacy": True, "criteria": 1, "languages": ["ky", "ru"],
    "whole_languages": ["ru"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "refusals"),
    [
        ({}, []),
        ({"has_zone": False}, [Refusal("no_zone")]),
        ({"has_dates": False}, [Refusal("no_dates")]),
        ({"questions": 0}, [Refusal("no_form")]),
        ({"has_privacy": False}, [Refusal("no_privacy")]),
        ({"criteria": 0}, [Refusal("no_criteria")]),
        ({"whole_languages": []}, [Refusal("no_whole_language")]),
        ({"languages": [], "whole_languages": []}, [Refusal("no_languages")]),  # then no language can be whole
        ({"unreadable_rules": ["age", "country"]}, [Refusal("unreadable_rules", {"rules": ("age", "country")})]),
        (
            {"has_zone": False, "questions": 0, "languages": [], "criteria": 0},
            [Refusal("no_zone"), Refusal("no_form"), Refusal("no_languages"), Refusal("no_criteria")],
        ),
    ],
)
def test_what_is_missing_is_said_in_order(facts: dict[str, Any], refusals: list[Refusal]) -> None:
    assert missing(CallFacts(**READY | facts)) == refusals
