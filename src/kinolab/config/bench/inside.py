"""What has to happen inside the program: filling the database, counting statements, writing letters.

Runs as a process of its own, `python -m kinolab.config.bench.inside TASK`, with its task's values as JSON on the standard
input and the answer as JSON on the standard output.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinolab.config.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as DjangoClient  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from tqdm import tqdm  # noqa: E402

from kinolab.applications.models import Application  # noqa: E402
from kinolab.applications.queries.dossier import field_name, questions_of  # noqa: E402
from kinolab.config.bench.visits import Answer, visits  # noqa: E402
from kinolab.demonstration import crowd, people  # noqa: E402
from kinolab.foundation.mail import actions as mail  # noqa: E402
from kinolab.foundation.people.models import Person  # noqa: E402
from kinolab.reviews.models import Reading  # noqa: E402

Facts = dict[str, Any]


# --- Filling ---------------------------------------------------------------------------------------------------------
def fill(size: Mapping[str, int]) -> Facts:
    """Build the crowd; returns addresses, sessions, drafts to send and readings to hand in."""

    def bar(numbers: Iterable[int], what: str) -> Iterable[int]:
        return tqdm(numbers, desc=what, unit="", leave=False, disable=None)

    built = crowd.build_crowd(crowd.Size(**size), seed=1, now=timezone.now(), progress=bar)
    with translation.override("en"):
        return _facts(built, size["due"])


def _facts(built: crowd.Crowd, due: int) -> Facts:
    edition = built.call.edition
    slugs = (edition.programme.slug, edition.slug)
    table = reverse("applications:table", args=slugs)
    call = reverse("calls:page", args=slugs)
    waiting = Reading.objects.filter(reader=built.reader, state="assigned").order_by("pk")[:due]
    statement = next(one for one in questions_of(built.call) if one.key == "statement")
    return {
        "pages": {
            "empty": (reverse("live"), ""),
            "call": (call, ""),
            "call_drawn": (call, "reader"),  # whoever has a session gets a page of their own
            "table": (table, "organiser"),
            "table_filtered": (f"{table}?country=KG&kind=feature_documentary", "organiser"),
            "table_by_score": (f"{table}?sort=-score", "organiser"),
            "table_searched": (f"{table}?q=azamat", "organiser"),
            "reader": (reverse("reviews:mine"), "guest"),
            "reader_busy": (reverse("reviews:mine"), "reader"),
            "csv": (reverse("applications:export_csv", args=slugs), "organiser"),
        },
        "sessions": {
            "organiser": _session(Person.objects.get(email=people.ORGANISER.email)),
            "reader": _session(built.reader.person),
            "guest": _session(built.guest.person),
        },
        "drafts": [_draft(one, statement) for one in built.drafts],
        "readings": [
            {"read": reverse("reviews:read", args=(one.pk,)), "submit": reverse("reviews:submit", args=(one.pk,))}
            for one in waiting
        ],
    }


def _draft(application: Application, question: Any) -> dict[str, str]:
    return {
        "session": _session(application.lead),
        "section": reverse("applications:section", args=(application.code, question.section.key)),
        "save": reverse("applications:save", args=(application.code,)),
        "submit": reverse("applications:submit", args=(application.code,)),
        "field": field_name(question),
        "value": "Мен бул өрөөндө чоңойдум. " * 12,
        "version": "1",
    }


def _session(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


# --- Counting statements ---------------------------------------------------------------------------------------------
class _Inside:
    """A visitor who walks into the program without a server."""

    def __init__(self, session: str) -> None:
        self.client = DjangoClient(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
        if session:
            self.client.cookies["kino_session"] = session

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._read(self.client.get(path))

    def post(self, path: str, fields: Mapping[str, str], *, script: bool = False) -> Answer:
        """Send a form."""
        accept = {"Accept": "application/json"} if script else {}
        return self._read(self.client.post(path, dict(fields), headers=accept))

    def _read(self, response: Any) -> Answer:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, body)


def count(facts: Mapping[str, Any]) -> Facts:
    """How many statements each row takes once the process is warm."""
    return {key: _statements(key, facts) for key in facts["keys"]}


def _statements(key: str, facts: Mapping[str, Any]) -> int:
    for turn in (-2, -1):  # the last drafts and readings are kept for this; the first visit warms up
        visit = visits(key, facts, turn)
        with CaptureQueriesContext(connection) as seen:
            visit.make(_Inside(visit.session))
    return len([query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]])


# --- Letters ---------------------------------------------------------------------------------------------------------
def letters(asked: Mapping[str, int]) -> Facts:
    """Write and send letters, all over one connection to the mail server."""
    readers = list(Reading.objects.select_related("phase__edition", "reader__person")[: asked["number"]])
    _write_and_send(readers[:1], "warm")
    took: list[float] = []
    busy, began = time.process_time(), time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        sent = _write_and_send(readers, "letter", took)
    busy, whole = time.process_time() - busy, time.perf_counter() - began
    if sent != len(readers):
        raise SystemExit(f"The mail server took {sent} of {len(readers)} letters.")
    sending = (whole - sum(took)) / sent
    return _timed([one + sending for one in took], busy / sent, len(seen.captured_queries) / sent)


def _write_and_send(readings: list[Reading], key: str, took: list[float] | None = None) -> int:
    at = timezone.now()
    for number, reading in enumerate(readings):
        before = time.perf_counter()
        mail.write(
            key=f"bench:{key}:{number}",
            to=reading.reader.person,
            kind="reader_reminder",
            template="reviews/mail/reminder.txt",
            context={
                "edition": reading.phase.edition,
                "left": number + 1,
                "phase": reading.phase,
                "link": "http://127.0.0.1/",
            },
            at=at,
        )
        if took is not None:
            took.append(time.perf_counter() - before)
    return mail.send_due(at=at, limit=len(readings))


def _timed(took: list[float], busy: float, statements: float) -> Facts:
    ordered = sorted(took)
    return {
        "median_ms": median(ordered) * 1000,
        "p95_ms": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000,
        "per_second": len(ordered) / sum(ordered),
        "busy_ms": busy * 1000,
        "statements": round(statements),
        "number": len(ordered),
    }


TASKS: dict[str, Callable[[Mapping[str, Any]], Facts]] = {"fill": fill, "count": count, "letters": letters}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
