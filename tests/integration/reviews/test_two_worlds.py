"""Two worlds that differ only in what is hidden from a reader answer the reader with the same bytes.

Each test visits everything that the person can reach, changes one hidden fact and nothing else, and visits again. The
fact is changed in the database itself, so that keys and codes stay as they were: nothing is masked but the security
code of forms and the random names that a response makes anew each time. The last test of each part changes something
that the person may see, and must notice it: a comparison that could not fail would prove nothing.
"""

import contextlib
import difflib
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from kinolab.applications.actions import files, scores, submission
from kinolab.applications.models import Answer, Application, Attachment, Snapshot, TeamMember
from kinolab.applications.queries import table
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question
from kinolab.labs.domain.roles import Role
from kinolab.reviews.actions import readings
from kinolab.reviews.domain.lifecycle import Recommendation
from kinolab.reviews.models import Reading, Score
from tests.factories import applications as teams
from tests.factories import reviews as make
from tests.factories.reviews import NOW
from tests.integration.applications.test_files import PDF
from tests.kit import client_of, shut

pytestmark = [pytest.mark.slow, pytest.mark.only_sqlite]

CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+|("X-CSRFToken": ")[^"]+')
Seen = dict[str, tuple[int, bytes]]


# --- Visiting --------------------------------------------------------------------------------------------------------
def answer(response: Any) -> tuple[int, bytes]:
    """Status, the headers that could tell something, and the body; security codes are masked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [f"{name}: {response[name]}" for name in ("Content-Disposition", "Location", "ETag") if name in response]
    shut(response)
    return response.status_code, "\n".join(headers).encode() + CSRF.sub(rb"\1\2-", body)


def visit(person: Any, addresses: list[str], posts: list[tuple[str, dict[str, str]]]) -> Seen:
    """What the person gets at each address, one after another, and to each form sent; nothing that they do stays."""
    client, seen = client_of(person, looking=False), {}
    cache.clear()
    with (
        undone()
    ):  # once: the missing guard of the record makes SQLite read all tables' definitions anew whenever it goes back
        seen = {address: answer(client.get(address)) for address in addresses}
    for address, data in posts:
        with undone():
            seen[f"{address} {data}"] = answer(client.post(address, data))
    return seen


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """What is done inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def differences(before: Seen, after: Seen) -> list[str]:
    """The addresses that answer otherwise now; what differs is printed, for whoever reads a failure."""
    assert before.keys() == after.keys()
    for address in before:
        lines = [page[1].decode(errors="replace").splitlines() for page in (before[address], after[address])]
        for line in difflib.unified_diff(*lines, f"{address} before", f"{address} after", lineterm="", n=0):
            print(line[:300])
    return [address for address in before if before[address] != after[address]]


def readers_addresses(*own: Reading) -> tuple[list[str], list[tuple[str, dict[str, str]]]]:
    """Everything for somebody who only reads: home and rooms in three languages, files, and every form."""
    pages, posts = [], []
    for one in own:
        story = make.field(one, "story")
        for verb in ("read", "submit"):
            pages.append(reverse(f"reviews:{verb}", args=(one.pk,)))
        pages += [
            reverse("reviews:file", args=(one.pk, code))
            for code in Attachment.objects.order_by("pk").values_list("file__code", flat=True)
        ]
        save = reverse("reviews:save", args=(one.pk,))
        posts += [
            (save, {"field": story, "value": "3", "version": "0"}),
            (save, {"field": story, "value": "9", "version": "0"}),
            (save, {"field": "private_note", "value": "x", "version": "7"}),
            (reverse("reviews:submit", args=(one.pk,)), {"recommendation": "yes", "recommendation-version": "0"}),
            (reverse("reviews:reopen", args=(one.pk,)), {}),
            (reverse("reviews:abstain", args=(one.pk,)), {"reason": "other"}),
            (reverse("reviews:abstain", args=(one.pk,)), {"reason": "conflict"}),
        ]
    pages.append(reverse("reviews:mine"))
    pages = [page.replace("/en/", f"/{language}/", 1) for page in pages for language in ("en", "ky", "ru")]
    return pages, posts


def staff_addresses(call: Any) -> list[str]:
    """Everything of an edition for its team: dashboard, table in every tab, order and filter, files, board, record."""
    edition = call.edition
    where = (edition.programme.slug, edition.slug)
    applications = reverse("applications:table", args=where)
    queries = [f"?tab={tab}" for tab in table.TABS] + [
        f"?sort={sort}" for sort in table.SORTS
    ]  # either way tells an order
    queries += [
        "?q=The+Well",
        "?q=Meerim",
        "?q=Asanova",
        "?q=1",
        "?q=2",
        "?few=1",
        "?few=2",
        "?country=KG",
        "?language=en",
    ]
    names = ("desk:edition", "desk:record", "desk:record_export", "applications:export_csv", "reviews:board",
             "reviews:from_file", "reviews:export", "reviews:proposal", "selection:board", "selection:announce",
             "selection:letters", "selection:results", "desk:organiser")  # fmt: skip
    pages = [reverse(name, args=() if name == "desk:organiser" else where) for name in names]
    pages += [f"{applications}{query}" for query in queries]
    pages += [f"{reverse('applications:export_csv', args=where)}?sort={way}score" for way in ("", "-")]
    pages += [f"{reverse('desk:record', args=where)}?q={words}" for words in ("Well", "Nodira", "submitted")]
    pages += [
        reverse("applications:detail", args=(*where, code))
        for code in Application.objects.values_list("code", flat=True)
    ]
    pages += [
        reverse("reviews:reader", args=(*where, number))
        for number in edition.readers.order_by("pk").values_list("pk", flat=True)
    ]
    return pages


def staff_posts(call: Any) -> list[tuple[str, dict[str, str]]]:
    """Forms of the office that show something."""
    where = (call.edition.programme.slug, call.edition.slug)
    return [(reverse("reviews:remind", args=where), {})]


@pytest.fixture(autouse=True)
def changeable_record(db: None) -> None:
    """Another world may have another record: in this test's transaction alone the database lets its rows change."""
    on = ' ON "audit_entry"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for trigger in ("audit_entry_change", "audit_entry_delete"):
            cursor.execute(f"DROP TRIGGER {trigger}{on}")


def record() -> QuerySet[Entry]:
    """The record as nobody else gets it: rows that can be changed."""
    return QuerySet(Entry)


# --- The world -------------------------------------------------------------------------------------------------------
@pytest.fixture
def hers(call: Any) -> Application:
    """An application whose author's name stands wherever a name may stand."""
    author = teams.person("Meerim", name="Meerim Asanova")
    draft = teams.complete(call, author, title="The Well")
    upload = SimpleUploadedFile("Meerim Asanova CV.pdf", PDF)
    files.attach(application=draft, question=teams.question(call, "script"), upload=upload, by=author, at=NOW)
    submission.submit(application=draft, by=author, at=NOW)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def other(call: Any) -> Application:
    """Another application, so that there is an order to get wrong."""
    return make.application(call, "The Salt", lead=teams.person("Azamat"))


def rename(application: Application, name: str) -> None:
    """Give its author another name everywhere at once, what was sent included."""
    Person.objects.filter(pk=application.lead_id).update(name=name, email=f"{name.split()[0].lower()}@example.net")
    TeamMember.objects.filter(application=application).update(name=name, email=f"{name.split()[0].lower()}@example.net")
    StoredFile.objects.filter(attachments__application=application).update(name=f"{name} CV.pdf")
    Application.objects.filter(pk=application.pk).update(people=name, search_text=f"the well {name.lower()} 1")
    for sent in Snapshot.objects.filter(application=application):
        sent.content["team"][0] |= {"name": name, "email": "x@example.net", "about": name}
        for section in sent.content["sections"]:
            for question in section["questions"]:
                for file in question.get("files", ()):
                    file["name"] = f"{name} CV.pdf"
        sent.content["taken_by"] = name
        Snapshot.objects.filter(pk=sent.pk).update(content=sent.content)
    record().filter(kind="applications.application", key=str(application.pk)).update(actor=None)


# --- Names -----------------------------------------------------------------------------------------------------------
def test_authors_name_changes_nothing_for_a_reader_who_may_not_see_names(phase, nodira, hers, other):
    mine, second = make.reading(phase, nodira, hers), make.reading(phase, nodira, other)
    make.hand_in(second)
    addresses = readers_addresses(mine, second)

    before = visit(nodira.person, *addresses)
    rename(hers, "Zamira Ysakova")

    assert differences(before, visit(nodira.person, *addresses)) == []
    assert all(b"Meerim" not in body and b"Asanova" not in body for _, body in before.values())


def test_hidden_answers_change_nothing_for_a_reader(phase, nodira, hers):
    Question.objects.filter(key="logline").update(seen_by="deciders")
    sent = hers.snapshots.get()
    logline = sent.content["sections"][0]["questions"][1]
    logline["seen_by"] = "deciders"
    Snapshot.objects.update(content=sent.content)
    mine = make.reading(phase, nodira, hers)
    addresses = readers_addresses(mine)

    before = visit(nodira.person, *addresses)
    logline["value"] = "сөз " * 5000  # long enough to change an honest guess at the time
    Snapshot.objects.update(content=sent.content)
    Answer.objects.filter(question__key="logline").update(value="сөз " * 5000)

    assert differences(before, visit(nodira.person, *addresses)) == []


def test_names_are_noticed_where_the_phase_shows_them(phase, nodira, hers):
    phase.see_names = True
    phase.save()
    mine = make.reading(phase, nodira, hers)
    addresses = readers_addresses(mine)

    before = visit(nodira.person, *addresses)
    rename(hers, "Zamira Ysakova")

    room = reverse("reviews:read", args=(mine.pk,))
    assert room in differences(before, visit(nodira.person, *addresses))


# --- What others think -----------------------------------------------------------------------------------------------
def another_mind(reading: Reading) -> None:
    """The same reader thinks otherwise: marks, advice, words, and all that follows from them."""
    Score.objects.filter(reading=reading).update(value=0)
    Reading.objects.filter(pk=reading.pk).update(
        score=Decimal("0.000"), recommendation=Recommendation.NO.value, shareable_note="Weak", private_note="Weak too"
    )
    said = scores.Scored(Decimal(0), Decimal(4), 1)
    standing = reading.application.candidacies.values_list("pk", flat=True)
    scores.keep_scores(application=reading.application, whole=said, candidacies=dict.fromkeys(standing, said))
    record().filter(verb="submitted_reading").update(after={"score": "0.000"})


@pytest.fixture
def judged(phase: Any, call: Any, hers: Application, other: Application) -> tuple[Reading, Reading]:
    """What Timur handed in about the first application, and Inga about the second."""
    timur, inga = make.reader(call.edition, "Timur"), make.reader(call.edition, "Inga")
    first = make.hand_in(
        make.reading(phase, timur, hers), story=5, film=5, shareable_note="Strong", private_note="Mine"
    )
    second = make.hand_in(make.reading(phase, inga, other), story=3, film=3)
    return first, second


@pytest.mark.parametrize("seeing", ["never", "after_own"])
def test_others_scores_change_nothing_for_a_reader_before_their_own(phase, nodira, judged, hers, seeing):
    phase.see_others = seeing
    phase.save()
    mine = make.reading(phase, nodira, hers)
    make.write(mine, story="3")
    addresses = readers_addresses(mine)

    before = visit(nodira.person, *addresses)
    another_mind(judged[0])

    assert differences(before, visit(nodira.person, *addresses)) == []


@pytest.mark.parametrize("role", [Role.JUROR, Role.COORDINATOR, Role.LEAD, Role.SCREENER])
def test_others_scores_change_nothing_for_one_of_the_team_who_still_reads(phase, call, nodira, judged, hers, role):
    make.staff(call.edition, "Nodira", role)
    mine = make.reading(phase, nodira, hers)
    pages, posts = readers_addresses(mine)
    addresses = pages + staff_addresses(call), posts + staff_posts(call)

    before = visit(nodira.person, *addresses)
    another_mind(judged[0])

    assert differences(before, visit(nodira.person, *addresses)) == []


def test_juror_who_still_reads_is_told_when_scores_show(phase, call, nodira, hers, now):
    make.staff(call.edition, "Nodira", Role.JUROR)
    make.reading(phase, nodira, hers)
    board = reverse("selection:board", args=(call.edition.programme.slug, call.edition.slug))
    client = client_of(nodira.person)

    waiting = client.get(board)
    now.move_to(make.ENDS)
    over = client.get(board)
    phase.ends_at, phase.see_others = None, "always"
    phase.save()

    assert (waiting.status_code, over.status_code, client.get(board).status_code) == (403, 200, 200)
    assert "You still have something to read here." in waiting.content.decode()


def test_others_scores_are_noticed_after_ones_own(phase, call, nodira, judged, hers):
    make.staff(call.edition, "Nodira", Role.JUROR)
    mine = make.hand_in(make.reading(phase, nodira, hers))
    pages, posts = readers_addresses(mine)
    addresses = pages + staff_addresses(call), posts
    where = (call.edition.programme.slug, call.edition.slug)

    before = visit(nodira.person, *addresses)
    another_mind(judged[0])

    changed = differences(before, visit(nodira.person, *addresses))
    assert reverse("reviews:read", args=(mine.pk,)) in changed
    assert reverse("selection:board", args=where) in changed
    assert f"{reverse('applications:table', args=where)}?sort=score" in changed


@pytest.mark.parametrize("role", [Role.JUROR, Role.COORDINATOR, Role.LEAD])
def test_notes_for_oneself_change_nothing_for_anybody_else(phase, call, nodira, judged, hers, role):
    make.staff(call.edition, "Nodira", role)
    mine = make.hand_in(make.reading(phase, nodira, hers))
    pages, posts = readers_addresses(mine)
    addresses = pages + staff_addresses(call), posts + staff_posts(call)

    before = visit(nodira.person, *addresses)
    Reading.objects.exclude(pk=mine.pk).update(private_note="Rewritten", versions={"private_note": 9})

    assert differences(before, visit(nodira.person, *addresses)) == []


# --- What is hidden by a conflict ------------------------------------------------------------------------------------
def rewritten(application: Application) -> None:
    """Another film altogether."""
    rename(application, "Zamira Ysakova")
    Application.objects.filter(pk=application.pk).update(
        title="Ash", search_text="ash", country="UZ", kind="short", language="uz", checked="ineligible", score=None
    )
    sent = application.snapshots.get()
    sent.content["title"] = sent.content["sections"][0]["questions"][0]["value"] = "Ash"
    Snapshot.objects.filter(pk=sent.pk).update(content=sent.content)
    label = "Ash"
    for kind in ("applications.application", "reviews.reading"):
        record().filter(kind=kind, label__startswith="The Well").update(label=label)


def gone(application: Application) -> None:
    """There is no such application, and nothing was ever done with it."""
    own = [str(pk) for pk in Reading.objects.filter(application=application).values_list("pk", flat=True)]
    record().filter(kind="applications.application", key=str(application.pk)).delete()
    record().filter(kind="reviews.reading", key__in=own).delete()
    Score.objects.filter(reading__application=application).delete()
    for related in ("readings", "conflicts", "attachments", "hidings", "snapshots", "answers", "findings"):
        getattr(application, related).all().delete()
    application.members.all().delete()
    application.candidacies.all().delete()
    application.delete()


def announcement(call: Any) -> str:
    """The one page that counts over everybody's head: nothing is announced while anything at all is undecided."""
    return reverse("selection:announce", args=(call.edition.programme.slug, call.edition.slug))


@pytest.mark.parametrize("role", [None, Role.JUROR, Role.COORDINATOR, Role.LEAD])
def test_conflicted_application_changes_nothing_for_its_reader(phase, call, nodira, other, judged, hers, role):
    """Not if it is another film altogether, and not if it is gone."""
    if role is not None:
        make.staff(call.edition, "Nodira", role)
    mine, stays = make.reading(phase, nodira, hers), make.reading(phase, nodira, other)
    readings.save_field(reading=mine, field="private_note", value="x", version=0, by=nodira.person, at=NOW)
    client_of(nodira.person).post(reverse("reviews:abstain", args=(mine.pk,)), {"reason": "conflict"})
    record().filter(verb="exported").delete()
    pages, posts = readers_addresses(stays, mine)
    addresses = pages + (staff_addresses(call) if role else []), posts + (staff_posts(call) if role else [])
    counts_all = [announcement(call)] if role in (Role.COORDINATOR, Role.LEAD) else []

    before = visit(nodira.person, *addresses)
    rewritten(hers)
    assert differences(before, visit(nodira.person, *addresses)) == []
    gone(hers)
    assert differences(before, visit(nodira.person, *addresses)) == counts_all

    rooms = [seen for address, seen in before.items() if f"/reading/{mine.pk}/" in address]
    assert {status for status, _ in rooms} == {404}


def test_application_without_a_conflict_is_noticed(phase, call, nodira, judged, hers):
    mine = make.reading(phase, nodira, hers)
    addresses = readers_addresses(mine)

    before = visit(nodira.person, *addresses)
    rewritten(hers)

    assert reverse("reviews:mine") in differences(before, visit(nodira.person, *addresses))
