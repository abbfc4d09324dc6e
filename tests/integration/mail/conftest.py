"""A mail server, and letters ready to go."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from kinolab.foundation.mail import actions
from kinolab.foundation.mail.models import Letter
from tests.integration.mail import server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def post(settings: Any) -> Iterator[server.Server]:
    """A running mail server."""
    with server.running(settings) as running:
        yield running


def letter(key: str = "one", **more: Any) -> Letter:
    """A letter that waits, to <key>@example.org."""
    values = {"to": f"{key}@example.org", "kind": "test", "subject": f"Letter {key}", "body": "Text", "at": NOW} | more
    return actions.write_text(key=key, **values)
