"""Until when: each draft by its own close, to the second, on every page, in every letter; late codes and sealed calls."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from kinolab.applications import access, jobs
from kinolab.applications.actions import draft, late, submission
from kinolab.applications.models import Application
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.queries.until import draft_window, gather
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.actions import deadlines, publishing
from kinolab.calls.models import Call, LateCode, Strand
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from tests.factories import applications as make
from tests.factories.applications import CLOSES, NOW
from tests.kit import queries, same_cost

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
LATE = CLOSES + 3 * DAY


@pytest.fixture
def aigul() -> Person:
    return make.person("Aigul")


@pytest.fixture
def call(aigul: Person) -> Call:
    """Two strands, ten minutes of grace."""
    made = make.call(grace_minutes=10)
    Strand.objects.create(call=made, order=2, slug="long", name={"en": "Long"})
    Membership.objects.create(
        person=aigul, organisation=made.edition.programme.organisation, role=Role.OWNER, added_at=NOW
    )
    return made


def later(call: Call, aigul: Person, **given: datetime) -> Call:
    deadlines.set_own_closes(call=call, given={k.replace("_", "-"): v for k, v in given.items()}, by=aigul, at=NOW)
    call.refresh_from_db()
    return call


def code_for(call: Call, aigul: Person, **fields: Any) -> LateCode:
    values = {"until": LATE, "for_whom": "Nurlan", "email": "", "reason": "No light", "uses": 1} | fields
    made = deadlines.issue_code(call=call, values=values, by=aigul, at=fields.pop("at", NOW))
    call.refresh_from_db()
    made.call = call
    return made


def refused(action: Any, **arguments: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal.code


def sends(application: Application, at: datetime) -> str:
    """Nothing where the application can be sent then, else the reason."""
    fresh = Application.objects.select_related("call__edition__programme").get(pk=application.pk)
    why = access.why_not_submit(fresh.lead, fresh, at)
    return why.code if why else ""


# --- Strands and roles -----------------------------------------------------------------------------------------------
def test_draft_in_a_later_strand_is_sent_until_its_own_close_and_others_until_the_calls(
    call: Call, aigul: Person
) -> None:
    late_one, plain = make.complete(call), make.complete(call)
    for one, slug in ((late_one, "long"), (plain, "all")):
        submission.choose_strands(application=one, strands=[slug], by=one.lead, at=NOW)
    later(call, aigul, strand_long=LATE)

    for close, one in ((CLOSES, plain), (LATE, late_one)):
        end = close + MINUTE
        assert [sends(one, at) for at in (close - SECOND, close, end - SECOND, end, end + 10 * MINUTE - SECOND)] == [
            ""
        ] * 5
        assert [sends(one, at) for at in (end + 10 * MINUTE, end + 10 * MINUTE + SECOND)] == ["past_deadline"] * 2


def test_draft_that_has_not_chosen_may_still_choose_the_last_strand_but_not_one_that_has_closed(
    call: Call, aigul: Person
) -> None:
    later(call, aigul, strand_long=LATE)
    one = make.complete(call)
    one.candidacies.all().delete()
    one.call = call
    at = CLOSES + DAY

    assert refused(submission.submit, application=one, by=one.lead, at=at) == "incomplete"
    submission.choose_strands(application=one, strands=["all", "long"], by=one.lead, at=at)
    assert refused(submission.submit, application=one, by=one.lead, at=at) == "strand_closed"
    submission.choose_strands(application=one, strands=["long"], by=one.lead, at=at)
    submission.submit(application=one, by=one.lead, at=at)

    assert list(one.candidacies.values_list("strand__slug", flat=True)) == ["long"]


def test_strand_is_what_the_answer_says_where_a_question_asks(call: Call, aigul: Person) -> None:
    Question.objects.filter(section__form=call.form, key="themes").update(
        fact="application.strand", choices=[{"key": "all", "label": {}}, {"key": "long", "label": {}}]
    )
    later(call, aigul, strand_long=LATE)
    short, both = make.complete(call, themes=["all"]), make.complete(call, themes=["all", "long"])

    assert (draft_window(short).closes, draft_window(both).closes) == (CLOSES, LATE)


def test_role_of_the_lead_gives_its_own_close(call: Call, aigul: Person) -> None:
    later(call, aigul, role_producer=LATE)
    director, producer = make.application(call), make.application(call)
    producer.members.update(role="producer")
    unsaid = make.application(call)
    unsaid.members.update(role="")

    assert [draft_window(one).closes for one in (director, producer, unsaid)] == [CLOSES, LATE, LATE]


def test_begun_after_the_calls_close_while_a_strand_is_open(call: Call, aigul: Person) -> None:
    later(call, aigul, strand_long=LATE)

    begun = make.application(call, at=LATE)

    assert begun.created_at == LATE
    assert refused(draft.begin, call=call, key="x" * 9, by=aigul, at=LATE + MINUTE, language="en") == "past_deadline"


def test_windows_cost_the_same_for_one_and_three_and_nothing_where_all_close_together(
    call: Call, aigul: Person
) -> None:
    def drafts() -> list[Application]:
        return list(Application.objects.select_related("call", "late_code").order_by("pk"))

    make.application(call)
    with queries(1):
        gather(drafts())
    later(call, aigul, strand_long=LATE, role_producer=LATE)

    assert same_cost(lambda: gather(drafts()), lambda: make.application(call)) == 5


# --- Kazakhstan's change, six zones ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Bishkek", (2026, 9, 11)),
        ("Asia/Almaty", (2024, 2, 29)),  # UTC+6 became UTC+5 at midnight: this last minute comes twice
        ("Asia/Tashkent", (2026, 9, 11)),
        ("Asia/Ashgabat", (2026, 9, 11)),
        ("Europe/Moscow", (2026, 9, 11)),
        ("Europe/Lisbon", (2024, 10, 26)),
        ("America/New_York", (2024, 11, 2)),
    ],
)
def test_draft_is_taken_to_the_last_second_of_the_grace_wherever_the_call_is_said(
    zone: str, day: tuple[int, int, int]
) -> None:
    closes = datetime(*day, 23, 59, tzinfo=ZoneInfo(zone))
    call = make.call(timezone=zone, opens_at=closes - 30 * DAY, closes_at=closes, grace_minutes=15)
    one = make.complete(call, at=closes - DAY)
    end = Call.objects.get().closes_at + MINUTE  # as the database gives it: universal time

    assert [sends(one, at) for at in (end - SECOND, end, end + 15 * MINUTE - SECOND)] == ["", "", ""]
    assert [sends(one, at) for at in (end + 15 * MINUTE, end + 15 * MINUTE + SECOND)] == ["past_deadline"] * 2


# --- Late codes ------------------------------------------------------------------------------------------------------
def test_draft_begun_with_a_code_after_the_close_is_filled_and_sent_without_it(call: Call, aigul: Person) -> None:
    code, nurlan = code_for(call, aigul), make.person("Nurlan")
    at = CLOSES + DAY

    begun = late.begin(call=call, key="late-0001", code=code.code.lower(), by=nurlan, at=at, language="en")
    again = late.begin(call=call, key="late-0001", code=code.code, by=nurlan, at=at, language="en")

    assert begun == again
    begun.members.update(role="director", name="Nurlan")
    begun = Application.objects.select_related("call__edition__programme").get(pk=begun.pk)
    for key, value in make.GOOD.items():
        make.answer(begun, key, value, by=nurlan, at=at)
    submission.choose_strands(application=begun, strands=["all"], by=nurlan, at=at)
    end = LATE + MINUTE
    assert [sends(begun, one) for one in (end - SECOND, end + 10 * MINUTE - SECOND, end + 10 * MINUTE)] == [
        "", "", "past_deadline",
    ]  # fmt: skip
    submission.submit(application=begun, by=nurlan, at=end - SECOND)
    assert LateCode.objects.get().used == 1


def test_code_put_into_a_draft_after_the_close_gives_it_time(call: Call, aigul: Person) -> None:
    code, mine, other = code_for(call, aigul), make.complete(call), make.complete(call)
    at = CLOSES + DAY
    assert sends(mine, at) == "past_deadline"

    late.use_code(application=mine, code=code.code, by=mine.lead, at=at)

    assert (sends(mine, at), sends(other, at)) == ("", "past_deadline")
    assert Entry.objects.get(verb="used_code").after["code"] == code.code
    assert refused(late.use_code, application=other, code=code.code, by=other.lead, at=at) == "late_code_used_up"
    mine.refresh_from_db()
    assert refused(late.use_code, application=mine, code=code.code, by=mine.lead, at=at) == "has_late_code"
    stranger = make.person("Stranger")
    assert refused(late.use_code, application=other, code=code.code, by=stranger, at=at) == "not_in_team"


def test_wrong_code_begins_nothing_and_counts_nothing(call: Call, aigul: Person) -> None:
    code_for(call, aigul)
    said = {"call": call, "key": "late-0001", "by": aigul, "at": CLOSES + DAY, "language": "en"}

    assert refused(late.begin, code="ABCDEFGHJK", **said) == "late_code_unknown"
    assert (Application.objects.count(), LateCode.objects.get().used) == (0, 0)


def test_code_taken_back_closes_its_draft_and_its_team_is_told(call: Call, aigul: Person) -> None:
    """The answer is `submission.on_code_revoked`, wired in the switchboard."""
    code, mine = code_for(call, aigul), make.complete(call)
    late.use_code(application=mine, code=code.code, by=mine.lead, at=NOW)

    deadlines.revoke_code(code=code, by=aigul, at=CLOSES + DAY)

    assert sends(mine, CLOSES + DAY) == "past_deadline"
    letter = Letter.objects.get(kind="code_revoked")
    assert (letter.person, "11 September 2026" in letter.body) == (mine.lead, True)


def test_sent_application_is_taken_up_again_with_a_code_and_kept_at_the_codes_end(
    call: Call, aigul: Person, now: time_machine.Traveller
) -> None:
    code, sent = code_for(call, aigul), make.submitted_application(call)
    late.use_code(application=sent, code=code.code, by=sent.lead, at=CLOSES + DAY)
    sent = Application.objects.select_related("call__edition__programme").get(pk=sent.pk)
    submission.reopen(application=sent, by=sent.lead, at=CLOSES + DAY)

    kept = []
    for at in (CLOSES + 2 * DAY, LATE + 11 * MINUTE - SECOND, LATE + 11 * MINUTE):
        now.move_to(at)
        kept.append(jobs.keep_at_close.call())

    assert kept == [0, 0, 1]


# --- The clock and the letters ---------------------------------------------------------------------------------------
def test_reminders_go_by_each_drafts_own_close(call: Call, aigul: Person, now: time_machine.Traveller) -> None:
    code = code_for(call, aigul, until=CLOSES + 6 * DAY)
    plain, in_strand, with_code = (make.application(call, make.person(name)) for name in ("Plain", "Strand", "Code"))
    submission.choose_strands(application=plain, strands=["all"], by=plain.lead, at=NOW)
    submission.choose_strands(application=in_strand, strands=["long"], by=in_strand.lead, at=NOW)
    submission.choose_strands(application=with_code, strands=["all"], by=with_code.lead, at=NOW)
    later(call, aigul, strand_long=LATE)
    late.use_code(application=with_code, code=code.code, by=with_code.lead, at=NOW)
    Letter.objects.all().delete()

    told = {}
    for days in (-1, 2, 5):  # the day before each of the three closes
        now.move_to(CLOSES + days * DAY)
        jobs.remind_drafts.call()
        jobs.remind_drafts.call()
        told[days] = sorted(Letter.objects.filter(kind="reminder").values_list("person__name", flat=True))
        Letter.objects.all().delete()

    # A week before its own close the draft with a code has the reminder of two weeks, which nobody sent in time.
    assert told == {-1: ["Code", "Plain"], 2: ["Strand"], 5: ["Code"]}


def test_extension_of_a_strand_is_told_to_its_drafts_alone_with_both_instants(call: Call, aigul: Person) -> None:
    late_one, plain = make.application(call, make.person("Late")), make.application(call, make.person("Plain"))
    submission.choose_strands(application=late_one, strands=["long"], by=late_one.lead, at=NOW)
    submission.choose_strands(application=plain, strands=["all"], by=plain.lead, at=NOW)

    later(call, aigul, strand_long=LATE)

    letter = Letter.objects.get(kind="extended")
    assert letter.person == late_one.lead
    assert ("11 September 2026" in letter.body, "14 September 2026" in letter.body) == (True, True)


def test_extension_of_the_call_is_told_to_those_who_close_with_it(call: Call, aigul: Person) -> None:
    late_one, plain = make.application(call, make.person("Late")), make.application(call, make.person("Plain"))
    submission.choose_strands(application=late_one, strands=["long"], by=late_one.lead, at=NOW)
    submission.choose_strands(application=plain, strands=["all"], by=plain.lead, at=NOW)
    later(call, aigul, strand_long=LATE)
    Letter.objects.all().delete()

    publishing.extend(call=call, closes=CLOSES + DAY, by=aigul, at=NOW)

    assert [one.person for one in Letter.objects.filter(kind="extended")] == [plain.lead]


# --- Pages -----------------------------------------------------------------------------------------------------------
def seen(client: Client, who: Person, address: str) -> str:
    client.force_login(who)
    return client.get(address).content.decode()


def test_every_page_that_says_the_close_says_the_drafts_own_and_strikes_the_old_one(
    client: Client, call: Call, aigul: Person
) -> None:
    one = make.submitted_application(call)
    one.candidacies.all().delete()
    one.candidacies.create(strand=call.strands.get(slug="long"))
    later(call, aigul, strand_long=LATE)
    own = f"/en/my/applications/{one.code}/"

    for address in (own, f"{own}sent/1/"):
        page = seen(client, one.lead, address)
        assert "14 September 2026" in page, address
        assert "<s>" in page, address
        assert "until: 11 September" not in page, address
    public = seen(client, one.lead, f"/en/labs/impact-lab/{call.edition.slug}/")
    start = seen(client, one.lead, f"/en/labs/impact-lab/{call.edition.slug}/apply/")
    assert all("14 September 2026" in page and "<s>" in page for page in (public, start))


def test_late_code_is_entered_on_the_page_of_the_call_after_the_close(
    client: Client, call: Call, aigul: Person, now: time_machine.Traveller
) -> None:
    code, nurlan = code_for(call, aigul), make.person("Nurlan")
    address = f"/en/labs/impact-lab/{call.edition.slug}/apply/"
    assert 'name="code"' not in seen(client, nurlan, address)  # open: nobody needs one
    now.move_to(CLOSES + DAY)
    assert 'name="code"' in seen(client, nurlan, address)

    wrong = client.post(f"{address}late/", {"code": "nonsense", "key": "late-0001"})
    right = client.post(f"{address}late/", {"code": code.code, "key": "late-0001"})

    made = Application.objects.get(lead=nurlan)
    assert (wrong.status_code, "no such code" in wrong.content.decode()) == (422, True)
    assert (right.status_code, right.headers["Location"]) == (302, f"/en/my/applications/{made.code}/")
    assert "more time than the call" in seen(client, nurlan, f"/en/my/applications/{made.code}/")


def test_late_code_is_entered_in_the_draft(
    client: Client, call: Call, aigul: Person, now: time_machine.Traveller
) -> None:
    code, one = code_for(call, aigul), make.complete(call)
    now.move_to(CLOSES + DAY)
    own = f"/en/my/applications/{one.code}/"
    assert "I have a code of the lab" in seen(client, one.lead, own)

    wrong = client.post(f"{own}late-code/", {"code": ""})
    right = client.post(f"{own}late-code/", {"code": code.code})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "more time than the call" in seen(client, one.lead, own)


def test_visitor_with_a_code_signs_in_first(client: Client, call: Call, aigul: Person) -> None:
    answer = client.post(f"/en/labs/impact-lab/{call.edition.slug}/apply/late/", {"code": "x"})

    assert (answer.status_code, "sign-in" in answer.headers["Location"]) == (302, True)


# --- Invitations -----------------------------------------------------------------------------------------------------
INVITED = {
    "code": "invited",
    "scope": "application",
    "field": "invitation_code",
    "op": "exists",
    "severity": "block_submit",
}


@pytest.fixture
def by_invitation(call: Call) -> Call:
    """The same, and only whoever the lab has invited sends."""
    call.rules.create(order=9, code="invited", definition=INVITED, sentence={"en": "By invitation only."})
    return call


def test_rule_sees_the_invitation_in_the_draft_until_it_is_taken_back(by_invitation: Call, aigul: Person) -> None:
    call = by_invitation
    time_only, invites = code_for(call, aigul), code_for(call, aigul, until=None, invites=True)
    mine = make.complete(call)
    late.use_code(application=mine, code=time_only.code, by=mine.lead, at=NOW)
    mine.refresh_from_db()
    by = {"application": mine, "by": mine.lead, "at": NOW}
    assert refused(submission.submit, **by) == "rule_blocks"  # more time alone invites nobody

    late.use_code(application=mine, code=invites.code, by=mine.lead, at=NOW)

    mine = Application.objects.get(pk=mine.pk)
    assert (mine.late_code, mine.invitation) == (time_only, invites)
    assert [one.outcome for rule, one in facts.findings(dossier(mine)) if rule.code == "invited"] == ["yes"]
    submission.submit(application=mine, by=mine.lead, at=NOW)
    submission.reopen(application=mine, by=mine.lead, at=NOW)
    deadlines.revoke_code(code=invites, by=aigul, at=NOW)
    again = Application.objects.get(pk=mine.pk)
    assert refused(submission.submit, application=again, by=mine.lead, at=NOW) == "rule_blocks"
    assert Letter.objects.get(kind="code_revoked").person == mine.lead


def test_code_that_gives_nothing_new_is_not_used_up(call: Call, aigul: Person) -> None:
    invites, again = (code_for(call, aigul, until=None, invites=True, uses=5) for _ in range(2))
    mine, ours = make.complete(call), make.complete(call)
    late.use_code(application=mine, code=invites.code, by=mine.lead, at=NOW)
    mine.refresh_from_db()
    said = {"call": call, "key": "late-0001", "by": aigul, "language": "en", "code": invites.code}

    assert [
        refused(late.use_code, application=mine, code=again.code, by=mine.lead, at=NOW),
        refused(late.use_code, application=ours, code=again.code, by=ours.lead, at=CLOSES + DAY),
        refused(late.begin, at=CLOSES + DAY, **said),
        refused(late.begin, at=call.opens_at - SECOND, **said),
        refused(code_for, call=call, aigul=aigul, until=None),
    ] == ["has_late_code", "past_deadline", "past_deadline", "not_yet_open", "code_gives_nothing"]
    assert [LateCode.objects.get(pk=one.pk).used for one in (invites, again)] == [1, 0]


def test_personal_link_brings_the_code_into_a_new_draft_or_one_that_was_begun(
    client: Client, call: Call, aigul: Person
) -> None:
    nurlan, draft_ = make.person("Nurlan"), make.application(call)
    code = code_for(call, aigul, until=None, invites=True, uses=2, email=nurlan.email)
    link = f"/en/labs/impact-lab/{call.edition.slug}/apply/"
    letter = Letter.objects.get(kind="late_code")
    assert f"{link.removeprefix('/en')}?code={code.code}" in letter.body

    unknown = client.get(link, {"code": code.code}).content.decode()
    signs_in = client.post(f"{link}late/", {"code": code.code, "key": "late-0001"})
    other = seen(client, draft_.lead, f"{link}?code={code.code}")
    his = seen(client, nurlan, f"{link}?code={code.code}")
    begun = client.post(f"{link}late/", {"code": code.code, "key": "late-0001"})

    assert "The lab invites you" in unknown
    assert signs_in.headers["Location"].endswith(f"apply%2F%3Fcode%3D{code.code}")
    assert ("The lab invites you" in other, "given to another address" in other) == (False, True)
    assert ("The lab invites you" in his, f'value="{code.code}"' in his) == (True, True)
    made = Application.objects.get(lead=nurlan)
    assert (begun.headers["Location"], made.invitation) == (f"/en/my/applications/{made.code}/", code)
    assert "The invitation code is in this application" in seen(client, nurlan, f"/en/my/applications/{made.code}/")


# --- Sealed calls ----------------------------------------------------------------------------------------------------
@pytest.fixture
def sealed(call: Call, aigul: Person) -> Application:
    """A sent application of a sealed call, with something in it that would be recognised anywhere."""
    deadlines.seal(call=call, sealed=True, by=aigul, at=NOW)
    one = make.submitted_application(call, make.person("Sezim"), title="Купуя ыр")
    make.complete(call, make.person("Sezim"), title="Купуя каралама")
    Membership.objects.filter(person=aigul).update(added_at=NOW)
    return one


def test_sealed_call_shows_its_staff_how_many_and_nothing_else(
    client: Client, call: Call, aigul: Person, sealed: Application, now: time_machine.Traveller
) -> None:
    desk = f"/en/desk/impact-lab/{call.edition.slug}/"
    closed = [
        f"{desk}applications/{way}"
        for way in (
            "?q=Купуя", "?tab=drafts", "all.csv", "all.xlsx", f"{sealed.code}/", f"{sealed.code}/sent/1.pdf",
        )
    ]  # fmt: skip
    rest = [desk, f"{desk}record/", f"{desk}record.csv", f"{desk}reading/", f"{desk}selection/", f"{desk}call/"]
    client.force_login(aigul)

    for address in closed + rest:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "Купуя" not in body.decode("utf-8", "ignore").replace("?q=Купуя", ""), address
        assert "Sezim" not in body.decode("utf-8", "ignore"), address
    assert [client.get(address).status_code for address in closed[2:]] == [403, 403, 403, 403]
    table = client.get(closed[0]).content.decode()
    assert ("The call is sealed" in table, '<dd class="num">1</dd>' in table) == (True, True)
    assert "1 applications in, 1 still in drafts" in client.get(desk).content.decode()

    now.move_to(CLOSES + 11 * MINUTE)
    assert "Купуя ыр" in client.get(f"{desk}applications/").content.decode()


def test_sealed_call_is_closed_to_its_readers_too(call: Call, sealed: Application, now: time_machine.Traveller) -> None:
    everything = Application.objects.all()
    counts = []
    for at in (NOW, CLOSES + 11 * MINUTE - SECOND, CLOSES + 11 * MINUTE):
        now.move_to(at)
        counts.append(visible_to(sealed.lead, everything).count())

    assert counts == [0, 0, 2]
