"""Closes of strands and roles, late codes, the seal: what is kept, what is refused, what the record and the pages say."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kinolab.calls import jobs
from kinolab.calls.actions import deadlines, files, publishing, rows
from kinolab.calls.models import Call, LateCode, Strand
from kinolab.calls.queries import closes
from kinolab.calls.queries.programme_file import programme_file
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.labs import access as labs_access
from kinolab.labs.domain.roles import Permission, Role
from kinolab.labs.models import Edition
from tests.factories import calls, labs
from tests.factories.labs import NOW, text

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LATE = calls.CLOSES + 3 * DAY


@pytest.fixture
def call() -> Call:
    """An open call with two strands and two roles."""
    made = calls.open_call()
    for order, slug in enumerate(("short", "long")):
        Strand.objects.create(call=made, order=order, slug=slug, name=text(slug.title()))
    return made


@pytest.fixture
def aigul(call: Call) -> Person:
    owner = labs.person("Aigul")
    labs.membership(owner, organisation=call.edition.programme.organisation)
    return owner


@pytest.fixture
def bakyt(call: Call) -> Person:
    """A coordinator: may not configure."""
    somebody = labs.person("Bakyt")
    labs.membership(somebody, Role.COORDINATOR, of=call.edition)
    return somebody


def refused(action: Any, **arguments: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**({"at": NOW} | arguments))
    return denied.value.refusal.code


def code_values(**fields: Any) -> dict[str, Any]:
    return {"until": LATE, "for_whom": "Nurlan", "email": "", "reason": "No light", "uses": 1} | fields


# --- Strands and roles -----------------------------------------------------------------------------------------------
def test_own_closes_of_a_strand_and_a_role_are_kept_with_what_is_struck_through(call: Call, aigul: Person) -> None:
    given = {"strand-short": LATE, "strand-long": None, "role-producer": LATE + DAY}

    changed = deadlines.set_own_closes(call=call, given=given, by=aigul, at=NOW)

    call.refresh_from_db()
    short = call.strands.get(slug="short")
    assert (changed, short.closes_at, short.extended_from) == (2, LATE, calls.CLOSES)
    assert closes.of_role(call, "producer") == closes.Close(LATE + DAY, calls.CLOSES)
    assert (closes.of_role(call, "director"), call.own_closes_at) == (None, LATE + DAY)
    assert Entry.objects.get(verb="extended_parts").after == {
        "strand-short": LATE.isoformat(), "role-producer": (LATE + DAY).isoformat(),
    }  # fmt: skip


def test_own_close_moved_again_keeps_the_first_instant(call: Call, aigul: Person) -> None:
    deadlines.set_own_closes(call=call, given={"strand-short": LATE}, by=aigul, at=NOW)
    deadlines.set_own_closes(call=call, given={"strand-short": LATE + DAY}, by=aigul, at=NOW)

    assert closes.of_strand(call.strands.get(slug="short")) == closes.Close(LATE + DAY, calls.CLOSES)


def test_own_closes_before_the_opening_are_free_and_strike_nothing_through(call: Call, aigul: Person) -> None:
    before = calls.OPENS - DAY
    deadlines.set_own_closes(call=call, given={"strand-short": LATE}, by=aigul, at=before)
    assert closes.of_strand(call.strands.get(slug="short")) == closes.Close(LATE)

    deadlines.set_own_closes(call=call, given={"strand-short": None}, by=aigul, at=before)

    call.refresh_from_db()
    assert (closes.of_strand(call.strands.get(slug="short")), call.own_closes_at) == (None, None)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"strand-none": LATE}, "own_close_unknown"),
        ({"role-editor": LATE}, "own_close_unknown"),
        ({"title": LATE}, "own_close_unknown"),
        ({"strand-short": calls.CLOSES}, "own_close_not_later"),
        ({"role-producer": calls.CLOSES - DAY}, "own_close_not_later"),
        ({"strand-long": LATE}, "extension_not_later"),  # as it is: LATE + 1 day
        ({"strand-long": None}, "extension_not_later"),
    ],
)
def test_own_closes_that_are_wrong_are_refused(call: Call, aigul: Person, given: dict[str, Any], why: str) -> None:
    deadlines.set_own_closes(call=call, given={"strand-long": LATE + DAY}, by=aigul, at=NOW)

    assert refused(deadlines.set_own_closes, call=call, given=given, by=aigul) == why


def test_own_close_in_the_past_is_refused(call: Call, aigul: Person) -> None:
    late = {"given": {"strand-short": LATE}, "at": LATE}

    assert refused(deadlines.set_own_closes, call=call, by=aigul, **late) == "extension_not_later"


def test_deadlines_of_others_are_refused_to_those_who_may_not_configure(
    call: Call, aigul: Person, bakyt: Person
) -> None:
    code = deadlines.issue_code(call=call, values=code_values(), by=aigul, at=NOW)

    for action, said in (
        (deadlines.set_own_closes, {"call": call, "given": {"strand-short": LATE}}),
        (deadlines.set_own_closes, {"call": call, "given": {}}),
        (deadlines.issue_code, {"call": call, "values": code_values()}),
        (deadlines.revoke_code, {"code": code}),
        (deadlines.seal, {"call": call, "sealed": True}),
    ):
        assert refused(action, by=bakyt, **said) == "not_permitted"


def test_strand_that_is_deleted_takes_its_close_along(call: Call, aigul: Person) -> None:
    deadlines.set_own_closes(call=call, given={"strand-short": LATE}, by=aigul, at=NOW)

    rows.delete(call=call, row=call.strands.get(slug="short"), by=aigul, at=NOW)

    call.refresh_from_db()
    assert call.own_closes_at is None


def test_programme_file_carries_own_closes_and_the_seal(call: Call, aigul: Person) -> None:
    deadlines.set_own_closes(call=call, given={"strand-short": LATE, "role-producer": LATE}, by=aigul, at=NOW)
    deadlines.seal(call=call, sealed=True, by=aigul, at=NOW)
    source = programme_file(Edition.objects.get(pk=call.edition_id)).replace("slug: '2026'", "slug: '2027'")

    copy = files.import_programme(source=source, by=aigul, at=NOW).call

    copy.refresh_from_db()
    assert closes.of_strand(copy.strands.get(slug="short")) == closes.Close(LATE)
    assert (closes.of_role(copy, "producer"), copy.own_closes_at) == (closes.Close(LATE), LATE)
    assert (copy.sealed, copy.sealed_until) == (True, LATE + MINUTE)


# --- Late codes ------------------------------------------------------------------------------------------------------
def test_code_is_issued_with_its_reason_and_leaves_by_letter(call: Call, aigul: Person) -> None:
    code = deadlines.issue_code(call=call, values=code_values(email="nurlan@example.org"), by=aigul, at=NOW)

    letter = Letter.objects.get()
    call.refresh_from_db()
    assert (len(code.code), code.used, code.issued_by, call.codes_until) == (10, 0, aigul, LATE)
    assert (letter.to_email, code.code in letter.body) == ("nurlan@example.org", True)
    assert Entry.objects.get(verb="issued_code").after["reason"] == "No light"


@pytest.mark.parametrize("until", [calls.CLOSES, NOW, NOW - DAY])
def test_code_that_gives_no_more_time_is_refused(call: Call, aigul: Person, until: datetime) -> None:
    assert refused(deadlines.issue_code, call=call, values=code_values(until=until), by=aigul) == "code_not_later"


def test_code_of_a_call_that_is_not_public_is_refused(call: Call, aigul: Person) -> None:
    Call.objects.update(published_at=None)

    assert refused(deadlines.issue_code, call=call, values=code_values(), by=aigul) == "not_published"


def test_code_is_taken_back_once_and_its_time_is_gone(call: Call, aigul: Person) -> None:
    code = deadlines.issue_code(call=call, values=code_values(), by=aigul, at=NOW)
    code.call = call

    deadlines.revoke_code(code=code, by=aigul, at=NOW)

    code.refresh_from_db()
    call.refresh_from_db()
    assert (code.revoked_by, closes.of_code(code), call.codes_until) == (aigul, None, None)
    assert refused(deadlines.revoke_code, code=code, by=aigul) == "late_code_revoked"


def test_code_is_used_so_often_by_whom_and_until_when_it_says(call: Call, aigul: Person) -> None:
    nurlan, zere = labs.person("Nurlan"), labs.person("Zere")
    open_ = deadlines.issue_code(call=call, values=code_values(uses=2), by=aigul, at=NOW)
    own = deadlines.issue_code(call=call, values=code_values(email="Nurlan@example.org"), by=aigul, at=NOW)
    gone = deadlines.issue_code(call=call, values=code_values(), by=aigul, at=NOW)
    gone.call = call
    deadlines.revoke_code(code=gone, by=aigul, at=NOW)

    typed = f" {open_.code[:5].lower()}-{open_.code[5:]} "
    assert deadlines.use_code(call=call, said=typed, by=nurlan, at=LATE + MINUTE - timedelta(seconds=1)) == open_
    assert deadlines.use_code(call=call, said=own.code, by=nurlan, at=NOW) == own
    told = [
        refused(deadlines.use_code, call=call, said=said, by=who, at=at)
        for said, who, at in (
            ("", nurlan, NOW), ("ABCDEFGHJK", nurlan, NOW), (gone.code, nurlan, NOW), (own.code, zere, NOW),
            (open_.code, zere, LATE + MINUTE), (own.code, nurlan, NOW),
        )
    ]  # fmt: skip
    assert told == [
        "late_code_unknown", "late_code_unknown", "late_code_revoked", "late_code_not_yours", "late_code_past",
        "late_code_used_up",
    ]  # fmt: skip
    assert LateCode.objects.get(pk=open_.pk).used == 1


def test_code_of_another_call_is_unknown_here(call: Call, aigul: Person) -> None:
    other = calls.open_call(labs.edition("2027"))
    code = deadlines.issue_code(call=other, values=code_values(), by=aigul, at=NOW)

    assert refused(deadlines.use_code, call=call, said=code.code, by=aigul) == "late_code_unknown"


# --- The seal --------------------------------------------------------------------------------------------------------
def test_sealed_call_lets_nobody_read_not_even_the_owner_and_opens_by_itself(call: Call, aigul: Person) -> None:
    Call.objects.update(grace_minutes=10)
    deadlines.seal(call=call, sealed=True, by=aigul, at=NOW)
    opens = calls.CLOSES + 11 * MINUTE

    def told(at: datetime) -> set[Permission]:
        with time_machine.travel(at, tick=False):
            edition = Edition.objects.get(pk=call.edition_id)
            return {one for one in Permission if labs_access.why_not(aigul, edition, one)}

    # Appeals are decided by a panel, never by an owner: that is no matter of the seal.
    assert told(opens - timedelta(seconds=1)) == {
        Permission.DECIDE_APPEALS,
        Permission.READ_APPLICATIONS, Permission.SCREEN, Permission.OVERRIDE_RULE, Permission.SEE_CONTACTS,
        Permission.READ_REVIEWS, Permission.DECIDE, Permission.EXPORT,
    }  # fmt: skip
    assert told(opens) == {Permission.DECIDE_APPEALS}
    with time_machine.travel(NOW, tick=False):
        edition = Edition.objects.get(pk=call.edition_id)
        why = labs_access.why_not(aigul, edition, Permission.DECIDE)
    assert why is not None
    assert (why.code, why.facts) == ("sealed", {"until": opens, "zone": "Asia/Bishkek"})


def test_seal_moves_with_an_extension_and_is_noted_once_when_it_opens(call: Call, aigul: Person) -> None:
    deadlines.seal(call=call, sealed=True, by=aigul, at=NOW)
    publishing.extend(call=call, closes=LATE, by=aigul, at=NOW)
    call.refresh_from_db()
    assert call.sealed_until == LATE + MINUTE

    with time_machine.travel(LATE, tick=False) as clock:
        assert jobs.note_opened_seals.call() == 0
        clock.move_to(LATE + MINUTE)
        assert (jobs.note_opened_seals.call(), jobs.note_opened_seals.call()) == (1, 0)
    assert Entry.objects.get(verb="seal_opened").actor is None


def test_seal_is_taken_off_before_the_opening_and_after_the_close_but_not_between(call: Call, aigul: Person) -> None:
    deadlines.seal(call=call, sealed=True, by=aigul, at=NOW)

    assert refused(deadlines.seal, call=call, sealed=False, by=aigul, at=NOW) == "seal_stays"
    deadlines.seal(call=call, sealed=False, by=aigul, at=calls.OPENS - DAY)
    deadlines.seal(call=call, sealed=False, by=aigul, at=calls.OPENS - DAY)  # as it is: no second line
    call.refresh_from_db()
    assert (call.sealed, call.sealed_until) == (False, None)
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["sealed", "unsealed"]


# --- The page --------------------------------------------------------------------------------------------------------
@pytest.fixture
def page(client: Client, aigul: Person, call: Call) -> Any:
    client.force_login(aigul)
    address = f"/en/desk/impact-lab/{call.edition.slug}/call/deadlines/"
    with time_machine.travel(NOW, tick=False):
        yield lambda way="", **data: client.post(address + way, data) if data else client.get(address + way)


def test_page_keeps_closes_on_the_clock_of_the_calls_zone_and_strikes_the_old_one(page: Any, call: Call) -> None:
    answer = page(**{"strand-short": "2026-09-14T12:00", "strand-long": "", "role-director": "", "role-producer": ""})

    assert (answer.status_code, call.strands.get(slug="short").closes_at) == (302, LATE)
    shown = page().content.decode()
    assert "<s>" in shown
    assert 'value="2026-09-14T12:00"' in shown


def test_page_asks_for_the_call_once(page: Any) -> None:
    page()
    with CaptureQueriesContext(connection) as seen:
        page()

    assert sum('FROM "calls_call"' in one["sql"] for one in seen.captured_queries) == 1


def test_page_explains_what_it_cannot_keep(page: Any) -> None:
    early = page(**{"strand-short": "2026-09-01T12:00"})
    nonsense = page(**{"strand-short": "soon"})

    assert (early.status_code, nonsense.status_code) == (422, 422)
    assert "can only close later than the call" in early.content.decode()


def test_page_issues_and_takes_back_codes(page: Any, call: Call) -> None:
    wrong = page("codes/", until="2026-09-01T12:00", for_whom="Nurlan", uses="1", reason="No light")
    empty = page("codes/", until="", for_whom="", uses="0", reason="")
    page("codes/", until="2026-09-14T12:00", for_whom="Nurlan", uses="2", reason="No light")
    code = LateCode.objects.get()
    assert (wrong.status_code, empty.status_code, code.until, code.uses) == (422, 422, LATE, 2)
    assert code.code in page().content.decode()

    page(f"codes/{code.pk}/revoke/", go="yes")
    again = page(f"codes/{code.pk}/revoke/", go="yes")

    assert again.status_code == 302
    assert f"<s>{code.code}</s>" in page().content.decode()


def test_page_seals_and_says_why_the_seal_stays(page: Any, call: Call) -> None:
    page("seal/", sealed="yes")
    page("seal/", sealed="no")

    call.refresh_from_db()
    assert call.sealed
    assert "applicants rely on it" in page().content.decode()
