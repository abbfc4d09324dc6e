"""The record: who did what and when, before and after; filtered, taken away, and never more than one may know."""

import csv
import io
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from kinolab.applications.actions import hiding, screening, submission
from kinolab.calls.domain.eligibility import Outcome
from kinolab.desk import words as desk_words
from kinolab.desk.queries.record_words import told
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access
from kinolab.labs.domain.roles import Permission, Role
from kinolab.selection.models import Decision
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of, same_cost

SOURCE = Path(desk_words.__file__).parents[1]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def call():
    return office.call()


def address(call, name="record"):
    return reverse(f"desk:{name}", args=(call.edition.programme.slug, call.edition.slug))


def rows(response):
    """Who, what was done, to what: row by row."""
    found = []
    for row in re.findall(r"<tr><td.*?</tr>", response.content.decode(), flags=re.DOTALL):
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, flags=re.DOTALL)
        found.append(tuple(" ".join(unescape(re.sub("<[^>]+>", " ", cell)).split()) for cell in cells[1:4]))
    return found


def exported(who, call, query=""):
    body = b"".join(client_of(who).get(address(call, "record_export") + query).streaming_content)
    return body, list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


# --- Who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["record", "record_export"])
def test_record_is_for_those_who_may_see_it(call, name):
    other = office.member(make.call("teen-lab"), "Bermet", Role.OWNER)
    allowed = {Role.OWNER, Role.LEAD, Role.COORDINATOR}

    for role in Role:
        status = client_of(office.member(call, role.value.title(), role)).get(address(call, name)).status_code
        assert status == (200 if role in allowed else 403)
    for who in (other, make.person("Farrukh")):
        assert client_of(who).get(address(call, name)).status_code == 404


def test_record_tells_in_words_the_newest_first(call):
    aigul = office.owner(call)
    sent = make.submitted_application(call, country="DE", title="Берлин")
    screening.override(
        finding=office.finding(sent), outcome=Outcome.YES, reason="A co-production", tell=False, by=aigul,
        at=make.NOW + timedelta(minutes=5),
    )  # fmt: skip

    page = client_of(aigul).get(address(call))

    assert rows(page)[0] == ("Aigul", "Decided otherwise than the rule", "Берлин Application")
    assert ("Meerim", "Application sent", "Берлин Application") in rows(page)
    before_after = "<dt>Country</dt><dd><del>No</del> <ins>Yes</ins></dd>"
    assert before_after in page.content.decode()
    assert "1 September 2026, 12:05" in page.content.decode()  # in Bishkek
    assert "Times: Bishkek" in page.content.decode()


def test_what_changed_is_named_in_the_reader_s_language(call):
    audit.record(
        by=None, at=make.NOW, verb="decided", thing=call.edition, scope=call.edition.scope, after={"rationale": "x"}
    )
    page = client_of(office.owner(call)).get(address(call).replace("/en/", "/ky/"))

    assert "<dt>Себеби</dt><dd><ins>x</ins></dd>" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "name", "value", "en", "ky"),
    [
        ("applications.application", "stage", "submitted", "Submitted", "Жөнөтүлдү"),
        ("applications.application", "role", "producer", "Producer", "Продюсер"),
        ("applications.application", "fields", ["birth_date", "role"], "Date of birth and Role in the team", None),
        ("selection.decision", "outcome", "waitlist", "Waiting list", "Күтүү тизмесинде"),
        ("labs.membership", "role", "juror", "Juror", "Калыстар тобунун мүчөсү"),
        ("production.segment", "state", "rough", "first cut", None),
        ("impact.roadmap", "part", "goal", "Goals", None),
        ("reviews.reading", "reason", "conflict", "Conflict of interest", None),
        ("reviews.reviewphase", "see_names", "False", "no", "жок"),
        ("reviews.reader", "languages", ["ky", "uz"], "Kyrgyz and Uzbek", None),
        ("calls.call", "closes_at", "2026-09-01T06:00:00Z", "1 September 2026, 12:00", None),
        ("news.article", "title", {"ky": "Аты", "en": "Name"}, "Kyrgyz: Аты; English: Name", None),
        ("news.article", "people", {"id": 4, "name": "Meerim"}, "Meerim", None),
        ("questions.question", "limits", {"unit": "chars"}, '{"unit": "chars"}', None),
        ("a.kind_that_is_no_more", "on", "2026-13-45", "2026-13-45", None),
        ("selection.decision", "rank", 3, "3", "3"),
        ("selection.decision", "outcome", None, "", ""),
    ],
)
def test_value_on_the_record_is_told_in_words(kind, name, value, en, ky):
    for language, said in (("en", en), ("ky", ky)):
        if said is not None:
            with translation.override(language):
                assert told(kind, "changed", name, value, "Asia/Bishkek") == said


def test_what_is_taken_away_keeps_codes(call):
    sent = make.submitted_application(call)

    page = client_of(office.owner(call)).get(address(call)).content.decode()
    _, taken = exported(office.owner(call), call)

    assert "<dt>State</dt><dd><del>Draft</del> <ins>Submitted</ins></dd>" in page
    one = next(row for row in taken if row["did"] == "submitted" and row["key"] == str(sent.pk))
    assert json.loads(one["after"])["stage"] == "submitted"


def test_the_clock_is_named_where_nobody_acted(call):
    audit.record(by=None, at=make.NOW, verb="kept_at_close", thing=call.edition, scope=call.edition.scope)

    assert rows(client_of(office.owner(call)).get(address(call)))[0][:2] == (
        "the clock", "Last sent version kept at the close",
    )  # fmt: skip


def test_words_typed_in_a_draft_are_the_teams_alone_on_the_record_too(call):
    aigul = office.owner(call)
    draft = make.application(call, logline="Жашыруун эски")
    make.answer(draft, "logline", "Жашыруун жаңы", at=make.NOW + timedelta(hours=1))
    entry = Entry.objects.get(verb="answered")
    assert entry.after == {"logline": "Жашыруун жаңы"}  # kept, for the day somebody has to know

    page = client_of(aigul).get(address(call)).content.decode()
    body, taken = exported(aigul, call)

    assert "Answer changed" in page
    assert "The words are the team's alone." in page
    assert "Жашыруун" not in page
    assert "Жашыруун" not in body.decode()
    assert next(row["after"] for row in taken if row["did"] == "answered") == '{"logline": null}'


def test_application_hidden_by_a_conflict_is_not_on_the_record_of_that_person(call):
    aigul = office.owner(call)
    secret = make.submitted_application(call, title="Жээним")
    make.submitted_application(call, make.person("Farrukh"), title="Башка")
    hiding.hide(application=secret, person=aigul, reason="family", at=make.NOW)

    assert "Жээним" not in client_of(aigul).get(address(call)).content.decode()
    assert "Жээним" not in exported(aigul, call)[0].decode()
    assert "Жээним" in client_of(office.coordinator(call)).get(address(call)).content.decode()


def test_decisions_that_are_pending_are_for_those_who_may_read_reviews_now(call, monkeypatch):
    aigul = office.owner(call)
    sent = make.submitted_application(call, title="Берлин")
    decided = Decision.objects.create(
        application=sent, candidacy=sent.candidacies.get(), outcome="selected", decided_at=make.NOW, decided_by=aigul
    )
    audit.record(
        by=aigul, at=make.NOW, verb="decided", thing=decided, scope=call.edition.scope, after={"outcome": "selected"}
    )
    assert rows(client_of(aigul).get(address(call)))[0] == ("Aigul", "Decision noted", "Берлин · selected Decision")

    # Somebody of the team who still has something to read does not see what others think.
    monkeypatch.setattr(
        access, "_suspensions", [lambda person, edition: {Permission.READ_REVIEWS: Refusal("reads_first")}]
    )
    assert "Decision noted" not in client_of(aigul).get(address(call)).content.decode()
    assert "decided" not in [row["did"] for row in exported(aigul, call)[1]]


def test_record_of_another_edition_is_its_own(call):
    make.application(make.call("teen-lab"), title="Алардыкы")

    assert "Алардыкы" not in client_of(office.owner(call)).get(address(call)).content.decode()


# --- Asking ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query, expected",
    [
        ("?verb=submitted", [("Meerim", "Application sent")]),
        ("?verb=submitted&verb=looked", [("Aigul", "Contacts looked at"), ("Meerim", "Application sent")]),
        ("?q=айг", []),
        ("?q=AIG", [("Aigul", "Contacts looked at")]),
        ("?q=meerim@example.org&verb=submitted", [("Meerim", "Application sent")]),
        ("?q=берл&verb=looked", [("Aigul", "Contacts looked at")]),
        ("?verb=nonsense", []),
    ],
)
def test_record_is_filtered_by_what_was_done_and_searched_by_title_and_person(call, query, expected, now):
    aigul = office.owner(call)
    sent = make.submitted_application(call, title="Берлин")
    now.move_to(make.NOW + timedelta(minutes=1))
    client = client_of(aigul)
    client.get(office.address(call, "detail", sent.code))

    assert [row[:2] for row in rows(client.get(address(call) + query))] == expected


def test_filters_offer_what_was_done_with_counts(call):
    make.application(call)
    make.application(call)

    page = client_of(office.owner(call)).get(address(call) + "?verb=began").content.decode()

    assert re.findall(r'value="(\w+)"( checked)?><span>([^<]+) <span class="dim num">(\d+)', page) == [
        ("began", " checked", "Draft begun", "2")
    ]


def test_nothing_found_and_nothing_there_are_said(call):
    client = client_of(office.owner(call))

    assert "Nothing on the record yet" in client.get(address(call)).content.decode()
    assert "Nothing on the record matches" in client.get(address(call) + "?q=x").content.decode()


def test_hostile_words_are_shown_as_they_are(call):
    sent = make.submitted_application(call, make.person("A", name=HOSTILE), title=HOSTILE)
    submission.withdraw(application=sent, reason=HOSTILE, by=sent.lead, at=make.NOW)

    page = client_of(office.owner(call)).get(address(call) + f"?q={HOSTILE}").content.decode()
    assert HOSTILE not in page


# --- Taking away -----------------------------------------------------------------------------------------------------
def test_export_has_what_was_asked_for_with_before_and_after(call):
    aigul = office.owner(call)
    sent = make.submitted_application(call, title="=1+1")
    submission.withdraw(application=sent, reason="Үй", by=sent.lead, at=make.NOW)

    body, taken = exported(aigul, call, "?verb=withdrew")

    assert body.startswith(b"\xef\xbb\xbfat,who,did,kind,key,what,before,after\r\n")
    assert taken == [
        {
            "at": "2026-09-01T06:00:00+00:00", "who": "Meerim", "did": "withdrew", "kind": "applications.application",
            "key": str(sent.pk), "what": "'=1+1", "before": '{"stage": "submitted"}',
            "after": '{"stage": "withdrawn", "reason": "Үй"}',
        }
    ]  # fmt: skip


def test_taking_the_record_away_is_on_the_record(call):
    aigul = office.owner(call)

    exported(aigul, call)

    entry = Entry.objects.get(verb="exported")
    assert (entry.actor, entry.after) == (aigul, {"as": "record.csv"})


# --- What it costs, and that nothing is nameless -----------------------------------------------------------------------
def test_record_costs_the_same_for_one_entry_and_for_three(call):
    make.application(call)
    client = client_of(office.owner(call))

    assert same_cost(lambda: client.get(address(call)), lambda: make.application(call)) <= 13


def test_record_cannot_be_changed_or_deleted(call):
    entry = audit.record(by=None, at=make.NOW, verb="began", thing=call)

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_everything_that_is_written_on_the_record_has_words():
    written = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "audit" in text:
            written |= set(re.findall(r'verb="(\w+)"', text))
            written |= set(re.findall(r'_(?:record|tell)\w*\(\s*"(\w+)"', text))
            written |= set(re.findall(r'_record\(\w+, "(\w+)"', text))
            written |= set(re.findall(r'\btake_step\(\w+, Step\.\w+, "(\w+)"', text))

    assert {"submitted", "withdrew", "joined", "added_member", "published", "abstained"} <= written
    assert written - desk_words.VERBS.keys() == set()
