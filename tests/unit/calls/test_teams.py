"""What a call may ask of teams: needs that some team could fulfil."""

import pytest

from kinolab.calls.domain.teams import RoleNeed, problems, role_needs
from kinolab.foundation.refusals import Refusal

ROLES = ("director", "producer")


@pytest.mark.parametrize(
    "kept, minimum, maximum, wrong",
    [
        ({}, 1, 4, []),
        ({"director": {"min": 1, "max": 1}, "producer": {"min": 1, "max": None}}, 2, 2, []),
        ({"gaffer": {"min": 1}}, 1, 4, [Refusal("need_of_unknown_role", {"role": "gaffer"})]),
        ({"director": {"min": 2, "max": 1}}, 1, 4,
         [Refusal("role_range", {"role": "director", "minimum": 2, "maximum": 1})]),
        ({"director": {"min": 2}, "producer": {"min": 2}}, 1, 3,
         [Refusal("roles_beyond_team", {"needed": 4, "maximum": 3})]),
        ({"director": {"max": 1}, "producer": {"max": 1}}, 3, 4,
         [Refusal("team_beyond_roles", {"minimum": 3, "maximum": 2})]),
        ({"director": {"max": 1}}, 3, 4, []),  # any number of producers
    ],
)  # fmt: skip
def test_needs_that_no_team_could_fulfil_are_named(kept, minimum, maximum, wrong):
    assert list(problems(ROLES, role_needs(kept), minimum, maximum)) == wrong


def test_needs_are_read_as_they_are_kept():
    assert role_needs({"director": {"min": None, "max": 2}}) == (RoleNeed("director", 0, 2),)
