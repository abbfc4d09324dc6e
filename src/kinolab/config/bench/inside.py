"""What has to happen inside the program: filling the database, counting statements, writing letters.

Runs as a process of its own, `python -m kinolab.config.bench.inside TASK`, with its task's values as JSON on the standard
input and the answer as JSON on the standard output.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Self

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinolab.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client as DjangoClient  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from tqdm import tqdm  # noqa: E402

from kinolab.applications.actions import files  # noqa: E402
from kinolab.applications.models import Answer as Kept  # noqa: E402
from kinolab.applications.models import Application, Candidacy, TeamMember  # noqa: E402
from kinolab.applications.queries.dossier import field_name, questions_of  # noqa: E402
from kinolab.calls.models import Call  # noqa: E402
from kinolab.config.bench import films, road_maps  # noqa: E402
from kinolab.config.bench.figures import percentile  # noqa: E402
from kinolab.config.bench.visits import Answer, visits  # noqa: E402
from kinolab.demonstration import crowd, people  # noqa: E402
from kinolab.foundation.files import tickets  # noqa: E402
from kinolab.foundation.mail import actions as mail  # noqa: E402
from kinolab.foundation.mail.models import Letter  # noqa: E402
from kinolab.foundation.people import sessions  # noqa: E402
from kinolab.foundation.people.models import Person  # noqa: E402
from kinolab.foundation.questions.models import Question, Section  # noqa: E402
from kinolab.labs.models import Edition  # noqa: E402
from kinolab.reviews.models import Reading  # noqa: E402
from kinolab.selection.actions import announcing  # noqa: E402
from kinolab.selection.domain.lifecycle import Outcome  # noqa: E402
from kinolab.selection.models import Decision  # noqa: E402
from kinolab.selection.queries import letters as queries  # noqa: E402

Facts = dict[str, Any]
PLACES, AT_ONCE = 12, 50
BOUNDARIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")


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
        "code": application.code,
        "session": _session(application.lead),
        "section": reverse("applications:section", args=(application.code, question.section.key)),
        "save": reverse("applications:save", args=(application.code,)),
        "submit": reverse("applications:submit", args=(application.code,)),
        "field": field_name(question),
        "value": "Мен бул өрөөндө чоңойдум. " * 12,
        "version": "1",
    }


def _session(person: Person) -> str:
    session = sessions.of(person)
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
    return _number_of(seen)


def _number_of(seen: CaptureQueriesContext) -> int:
    """Statements that ask or change something; where a transaction begins and ends is not counted."""
    return len([query for query in seen.captured_queries if not query["sql"].startswith(BOUNDARIES)])


# --- Letters ---------------------------------------------------------------------------------------------------------
def letters(asked: Mapping[str, int]) -> Facts:
    """Write and send letters, all over one connection to the mail server."""
    readers = list(Reading.objects.select_related("phase__edition", "reader__person")[: asked["number"]])
    _write_and_send(readers[:1], "warm")
    took: list[float] = []
    with _Watch() as watch:
        sent = _write_and_send(readers, "letter", took)
    if sent != len(readers):
        raise SystemExit(f"The mail server took {sent} of {len(readers)} letters.")
    sending = (watch.whole - sum(took)) / sent
    return _timed([one + sending for one in took], watch.busy / sent, watch.statements / sent)


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
    return mail.send_due(limit=len(readings))


def _timed(took: list[float], busy: float, statements: float, number: int = 0) -> Facts:
    ordered = sorted(took)
    return {
        "median_ms": median(ordered) * 1000,
        "p95_ms": percentile(ordered, 95) * 1000,
        "per_second": len(ordered) / sum(ordered),
        "busy_ms": busy * 1000,
        "statements": round(statements),
        "number": number or len(ordered),
    }


class _Watch:
    """Processor seconds of this process, seconds by the clock, and statements, of what is done inside."""

    def __enter__(self) -> Self:
        self._seen = CaptureQueriesContext(connection)
        self._seen.__enter__()
        self.busy, self.whole = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *error: object) -> None:
        self.busy, self.whole = time.process_time() - self.busy, time.perf_counter() - self.whole
        self._seen.__exit__(*error)
        self.statements = _number_of(self._seen)


# --- The announcement ------------------------------------------------------------------------------------------------
def announce(asked: Mapping[str, Any]) -> Facts:
    """Decide about everything, announce, write the letters, send them: as the page and the clock do it."""
    owner, at = Person.objects.get(email=people.ORGANISER.email), timezone.now()
    edition = _decided(owner, at)
    going = sum(one.goes for one in queries.rendered(edition, list(queries.decided(edition))))
    with _Watch() as saying:
        made = announcing.announce(edition=edition, letters=going, by=owner, at=at)
    with _Watch() as writing:
        written = announcing.write_letters(announcement=made, at=at)
    batches: list[float] = []
    with _Watch() as sending:
        sent = _send_all(batches)
    if not going == written == sent:
        raise SystemExit(f"Of {going} letters {written} were written and {sent} taken by the mail server.")
    each = [one + writing.whole / written for one in batches]
    statements = (writing.statements + sending.statements) / written
    return {
        "announcement": _timed([saying.whole], saying.busy, saying.statements),
        "result_letter": _timed(each, (writing.busy + sending.busy) / written, statements, written),
    }


def _decided(owner: Person, at: datetime) -> Edition:
    """The call closed, and a decision about every application in force."""
    Call.objects.filter(edition__programme__slug="otkol-impact-lab").update(closes_at=at - timedelta(days=1))
    edition = Edition.objects.select_related("programme__organisation", "call").get(programme__slug="otkol-impact-lab")
    rows = Candidacy.objects.filter(application__call=edition.call, application__stage="submitted")
    Decision.objects.bulk_create(
        Decision(
            candidacy=one,
            application_id=one.application_id,
            outcome=Outcome.SELECTED.value if place < PLACES else Outcome.REJECTED.value,
            feedback=place % 2 == 0,
            decided_at=at,
            decided_by=owner,
        )
        for place, one in enumerate(rows.order_by("-score", "application__number", "pk"))
    )
    Letter.objects.filter(state="waiting").delete()  # receipts that nobody has sent yet are not part of it
    return edition


def _send_all(batches: list[float]) -> int:
    """Send until nothing is left, noting the seconds a letter of each batch."""
    total, before = 0, time.perf_counter()
    while sent := mail.send_due(limit=AT_ONCE):
        now = time.perf_counter()
        batches.append((now - before) / sent)
        total, before = total + sent, now
    return total


# --- The last minutes ------------------------------------------------------------------------------------------------
def close(asked: Mapping[str, float]) -> Facts:
    """Let the call close in so many seconds, to the microsecond and without grace."""
    closes = timezone.now() + timedelta(seconds=asked["in"])
    closes = closes.replace(microsecond=max(closes.microsecond, 1))  # a whole minute would count to its end
    Call.objects.filter(edition__programme__slug="otkol-impact-lab").update(closes_at=closes, grace_minutes=0)
    return {"closes_at": closes.timestamp()}


def after(asked: Mapping[str, Any]) -> Facts:
    """Compare the tables with what people wrote down: what the server had said it holds, and when they sent."""
    diaries, closes = asked["diaries"], asked["closes_at"]
    codes = [diary["code"] for diary in diaries]
    found = {one.code: one for one in Application.objects.filter(code__in=codes).prefetch_related("snapshots")}
    held = {
        (code, f"q{question}"): value
        for code, question, value in Kept.objects.filter(application__code__in=codes).values_list(
            "application__code", "question", "value"
        )
    }
    sent = {code for code, one in found.items() if one.number is not None}
    numbers = list(Application.objects.exclude(number=None).values_list("call", "number"))
    team = TeamMember.objects.filter(application__code__in=sent, state="joined")
    due = [f"receipt:{application}:1:{person}" for application, person in team.values_list("application", "person")]
    receipts = Letter.objects.filter(key__in=due, state="sent").count()
    early = [one for one in diaries if one["answered_at"] and (closes is None or one["answered_at"] < closes)]
    late = [one for one in diaries if closes is not None and one["sent_at"] and one["sent_at"] >= closes]
    return {
        "sent": len(sent),
        "too late on purpose": len(late),
        "lost": sum(bool(one["text"]) and held.get((one["code"], one["field"])) != one["text"] for one in diaries),
        "doubled": len(numbers) - len(set(numbers)) + sum(found[code].snapshots.count() != 1 for code in sent),
        "taken late": sum(one["code"] in sent for one in late),
        "refused early": sum(one["code"] not in sent for one in early),
        "receipts": receipts,
        "receipts missing": len(due) - receipts,
    }


def upload(asked: Mapping[str, Any]) -> Facts:
    """A draft whose form asks for a film as large as asked, and the upload of it, begun."""
    size = crowd.Size(applications=10, people=12, readers=20, drafts=2, due=2)
    built = crowd.build_crowd(size, seed=1, now=timezone.now(), progress=lambda numbers, what: numbers)
    application = (
        Application.objects.filter(call=built.call, stage="draft").select_related("lead", "call").earliest("pk")
    )
    section = Section.objects.filter(form=application.call.form_id).latest("order")
    question = Question.objects.create(
        section=section, order=999, key="bench-film", kind="file", label={"en": "Film"}, required=False,
        limits=[{"unit": "megabytes", "maximum": asked["bytes"] // 1_000_000 + 1}, {"unit": "minutes", "maximum": 999}],
    )  # fmt: skip
    by, at, session = application.lead, timezone.now(), _session(application.lead)
    begun = files.begin_upload(
        application=application, question=question, name="film.mp4", size=asked["bytes"], mark="bench", by=by, at=at
    )
    with translation.override("en"):
        return {
            "session": session,
            "address": tickets.address(begun.code, begun.size, session),
            "page": reverse("applications:section", args=(application.code, section.key)),
            "finish": reverse("applications:finish_upload", args=(application.code, begun.code)),
        }


def build_road_maps(asked: Mapping[str, int]) -> Facts:
    """A programme with many road maps."""
    return road_maps.build(asked, _session)


def road_map_statements(facts: Mapping[str, Any]) -> Facts:
    """Statements of the report when it is worked out, when nothing has changed, and of a road map."""
    visitor = _Inside(facts["session"])
    visitor.get(facts["step"])  # once, so that the process is warm

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            visitor.get(facts[page])
        return _number_of(seen)

    return {"cold": asked("report"), "warm": asked("report"), "editor": asked("editor")}


def build_films(asked: Mapping[str, int]) -> Facts:
    """A catalogue of many films."""
    return films.build(asked)


def statements(asked: Mapping[str, Any]) -> Facts:
    """The most statements that a page of each kind takes, once the process is warm."""
    visitor = _Inside("")

    def most(addresses: Iterable[str]) -> int:
        numbers = []
        for address in addresses:
            with CaptureQueriesContext(connection) as seen:
                visitor.get(address)
            numbers.append(_number_of(seen))
        return max(numbers[1:] or numbers)

    return {key: most(addresses) for key, addresses in asked["pages"].items()}


TASKS: dict[str, Callable[[Mapping[str, Any]], Facts]] = {
    "fill": fill,
    "count": count,
    "letters": letters,
    "announce": announce,
    "close": close,
    "after": after,
    "upload": upload,
    "films": build_films,
    "statements": statements,
    "road_maps": build_road_maps,
    "road_map_statements": road_map_statements,
    "change_value": road_maps.touch,
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
