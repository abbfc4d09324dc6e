"""A person, the letters they got, and a clock that stands still."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from tests.kit import client_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "three unusual words"


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    """The clock, stopped; `now.move_to(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def person(name: str = "Meerim", password: str | None = None, **fields: Any) -> Person:
    """Somebody, who may have a password."""
    return Person.objects.create_user(
        f"{name.lower()}@example.org", password, **({"name": name, "language": "en"} | fields)
    )


def link_to(email: str) -> str:
    """The path and query of the link in the newest letter to this address."""
    letter = Letter.objects.filter(to_email=email).latest("pk")
    parts = urlsplit(re.search(r"https?://\S+", letter.body)[0])
    return f"{parts.path}?{parts.query}"


def ask_link(email: str = "meerim@example.org", client: Any = None, **fields: Any) -> str:
    """Ask for a link on the sign-in page; the link."""
    response = (client or client_of()).post("/en/sign-in/", {"email": email, **fields})
    assert response.status_code == 200
    return link_to(email.strip().lower())


def press(client: Any, link: str) -> Any:
    """Open the link and press its button."""
    page = client.get(link)
    assert page.status_code == 200, page.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(token|next)" value="([^"]*)"', page.content.decode()))
    return client.post(link.split("?")[0], hidden)
