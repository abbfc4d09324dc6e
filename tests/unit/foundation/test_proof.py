"""What somebody shows before their address or password may change."""

from datetime import UTC, datetime, timedelta

import pytest

from kinolab.foundation.people.domain.proof import FRESH_FOR, is_fresh, why_not
from kinolab.foundation.refusals import Refusal

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("read_mail_at", "fresh"),
    [
        (None, False),
        (AT, True),
        (AT - FRESH_FOR, True),
        (AT - FRESH_FOR - SECOND, False),
        (AT + SECOND, False),  # a moment to come proves nothing
    ],
)
def test_sign_in_by_a_link_is_fresh_for_a_quarter_of_an_hour(read_mail_at: datetime | None, fresh: bool) -> None:
    assert is_fresh(read_mail_at, AT) is fresh


@pytest.mark.parametrize(
    ("fresh", "has_password", "password_fits", "refusal"),
    [
        (True, False, False, None),
        (True, True, False, None),  # whoever forgot the password comes that way
        (False, True, True, None),
        (False, True, False, Refusal("wrong_present_password")),
        (False, False, False, Refusal("prove_first")),
    ],
)
def test_change_needs_the_mailbox_or_the_password(
    fresh: bool, has_password: bool, password_fits: bool, refusal: Refusal | None
) -> None:
    assert why_not(fresh=fresh, has_password=has_password, password_fits=password_fits) == refusal
