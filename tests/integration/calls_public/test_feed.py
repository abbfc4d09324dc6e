"""The list of open calls for machines and for other people's pages."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from icalendar import Calendar

from kinolab.calls.models import Strand
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership, Organisation, Programme
from tests.factories import labs
from tests.integration.calls_public.world import CLOSES, NOW, OPENS, a_call, everywhere
from tests.kit import at, client_of, same_cost

JSON, ICS = "/feeds/v1/calls.json", "/feeds/v1/calls.ics"
LATE = CLOSES + timedelta(days=3)


def fetch(path: str = JSON, when: datetime = NOW, **headers: str) -> Any:
    with at(when):
        return client_of().get(path, headers=headers)


def calls(path: str = JSON, when: datetime = NOW) -> list[dict[str, Any]]:
    return json.loads(fetch(path, when).content)["calls"]


def test_json_tells_a_call_whole_with_instants_in_two_clocks() -> None:
    call = a_call(extended_from=CLOSES - timedelta(days=2), roles=["director", "producer"], sealed=True)
    call.role_closes = {"producer": {"at": LATE.isoformat(), "before": CLOSES.isoformat()}}
    call.save()
    for order, (slug, closes) in enumerate((("short", None), ("long", LATE))):
        Strand.objects.create(call=call, order=order, slug=slug, name=everywhere(slug), closes_at=closes)

    answer = fetch()

    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/json", "*")
    assert answer["Cache-Control"] == "public, max-age=300"
    told = json.loads(answer.content)
    assert (told["version"], told["generated_at"]) == (1, "2026-09-01T06:00:00Z")
    closes = {"utc": "2026-09-11T17:59:00Z", "local": "2026-09-11T23:59:00+06:00", "zone": "Asia/Bishkek"}
    late = {"utc": "2026-09-14T17:59:00Z", "local": "2026-09-14T23:59:00+06:00", "zone": "Asia/Bishkek"}
    before = {"utc": "2026-09-09T17:59:00Z", "local": "2026-09-09T23:59:00+06:00", "zone": "Asia/Bishkek"}
    links = told["calls"][0].pop("links")
    assert links == {
        name: {tag: f"{settings.KINOLAB_URL}/{tag}/labs/impact-lab/2026/{end}" for tag in ("ky", "ru", "en")}
        for name, end in (("page", ""), ("calendar", "calendar.ics"))
    }
    assert told["calls"] == [
        {
            "id": "impact-lab/2026", "state": "open", "name": {"en": "Impact Lab 2026"},
            "headline": everywhere("What will it change?"), "lead": everywhere("Six days"),
            "organisation": {"slug": "tunduk", "name": everywhere("Tunduk")},
            "programme": {"slug": "impact-lab", "name": {"en": "Impact Lab"}},
            "edition": {
                "slug": "2026", "mode": "onsite", "city": everywhere("Bishkek"), "country": "KG",
                "starts": {"date": "2026-11-26", "precision": "day"}, "ends": {"date": "2026-12-01", "precision": "day"},
            },
            "languages": ["ky", "ru", "en"], "answer_languages": ["ky", "ru", "en"],
            "opens": {"utc": "2026-08-12T06:00:00Z", "local": "2026-08-12T12:00:00+06:00", "zone": "Asia/Bishkek"},
            "closes": closes, "hour_known": True, "extended_from": before, "sealed": True,
            "strands": [
                {"slug": "short", "name": everywhere("short"), "closes": None, "extended_from": None},
                {"slug": "long", "name": everywhere("long"), "closes": late, "extended_from": None},
            ],
            "roles": [
                {"role": "director", "closes": None, "extended_from": None},
                {"role": "producer", "closes": late, "extended_from": closes},
            ],
            "results": {"date": "2026-10-01", "precision": "early_month"},
        }
    ]  # fmt: skip


def test_json_lists_what_is_open_or_announced_the_nearest_close_first() -> None:
    a_call(slug="soon", opens_at=NOW + timedelta(days=2), closes_at=NOW + timedelta(days=20))
    a_call(slug="later", closes_at=CLOSES + timedelta(days=5))
    a_call(slug="now")
    a_call(slug="hidden", published_at=None)
    a_call(slug="cancelled", cancelled_at=NOW)
    a_call(slug="past", opens_at=OPENS - timedelta(days=90), closes_at=OPENS)

    assert [one["id"] for one in calls()] == ["impact-lab/now", "impact-lab/later", "impact-lab/soon"]


@pytest.mark.parametrize(("seconds", "listed"), [(0, 1), (59, 1), (60, 0)])
def test_json_lists_a_call_to_the_end_of_its_closing_minute(seconds: int, listed: int) -> None:
    a_call()

    assert len(calls(when=CLOSES + timedelta(seconds=seconds))) == listed


def test_json_lists_a_call_until_its_last_strand_has_closed() -> None:
    a_call(own_closes_at=LATE)

    assert [len(calls(when=when)) for when in (CLOSES + timedelta(days=1), LATE, LATE + timedelta(minutes=1))] == [
        1,
        1,
        0,
    ]


def test_texts_in_one_language_say_which_language_they_are_in() -> None:
    a_call()

    told = calls(f"{JSON}?lang=ky")[0]

    assert told["headline"] == {"lang": "ky", "text": "What will it change? (ky)"}
    assert told["name"] == {"lang": "en", "text": "Impact Lab 2026"}  # there is no other
    assert fetch(f"{JSON}?lang=xx").status_code == 404


def test_organisation_has_a_list_of_its_own_and_a_stranger_none() -> None:
    a_call()
    other = Organisation.objects.create(slug="other", name={"en": "Other"})
    a_call(slug="theirs", programme=Programme.objects.create(slug="teen", organisation=other, name={"en": "Teen"}))

    assert [one["id"] for one in calls("/feeds/v1/other/calls.json")] == ["teen/theirs"]
    assert [fetch(f"/feeds/v1/nobody/{name}").status_code for name in ("calls.json", "calls.ics")] == [404, 404]


def test_calendar_holds_every_close_with_its_zone() -> None:
    call = a_call()
    for order, (slug, closes) in enumerate((("short", None), ("long", LATE))):
        Strand.objects.create(call=call, order=order, slug=slug, name=everywhere(slug), closes_at=closes)
    a_call(slug="almaty", timezone="Asia/Almaty")

    answer = fetch(f"{ICS}?lang=en")

    told = Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {str(zone["tzid"]) for zone in told.walk("VTIMEZONE")} == {"Asia/Bishkek", "Asia/Almaty"}
    assert {str(event["uid"]): event["dtend"].dt.astimezone(UTC) for event in told.walk("VEVENT")} == {
        "deadline.2026.impact-lab@kinolab": CLOSES,
        "deadline-strand-long.2026.impact-lab@kinolab": LATE,
        "deadline.almaty.impact-lab@kinolab": CLOSES,
    }
    assert "Impact Lab 2026: applications close (long (en))" in {str(event["summary"]) for event in told.walk("VEVENT")}


@pytest.mark.parametrize("path", [JSON, ICS, "/en/embed/"])
def test_lists_cost_the_same_with_one_call_and_with_three(path: str) -> None:
    numbers = iter("3456")

    def more() -> None:
        call = a_call(slug=next(numbers))
        Strand.objects.create(call=call, order=0, slug="all", name=everywhere("all"))

    more()

    assert same_cost(lambda: fetch(path), more) == 2


def test_list_is_made_once_in_a_while_and_not_sent_twice() -> None:
    a_call()
    first = fetch()
    again = fetch(**{"If-None-Match": first["ETag"]})

    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


# --- The block -------------------------------------------------------------------------------------------------------
def test_block_may_stand_in_a_frame_of_another_page_and_carries_nothing_of_the_visitor() -> None:
    a_call()
    with at(NOW):
        answer = client_of(labs.person()).get("/ky/embed/tunduk/")

    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert (len(answer.cookies), "<script" in answer.content.decode()) == (0, False)
    assert 'target="_top"' in answer.content.decode()
    assert fetch("/en/embed/nobody/").status_code == 404


def test_block_without_a_call_says_so() -> None:
    assert "No call is open today" in fetch("/en/embed/").content.decode()


def test_page_for_organisers_gives_the_code_to_copy() -> None:
    call = a_call()
    aigul = labs.person()
    Membership.objects.create(
        person=aigul, organisation=call.edition.programme.organisation, role=Role.OWNER, added_at=NOW
    )
    with at(NOW):
        page = client_of(aigul).get("/en/desk/impact-lab/2026/call/website/").content.decode()
        with override_settings(KINOLAB_EMBED=[]):
            closed = client_of(aigul).get("/en/desk/impact-lab/2026/call/website/").content.decode()

    assert ("&lt;iframe src=" in page, "/feeds/v1/tunduk/calls.json" in page) == (True, True)
    assert "&lt;iframe" not in closed
