"""The page of a call: what stands on it, in which state, in which zones and languages, and what it costs."""

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from kinolab.labs import queries as labs
from kinolab.labs.domain.roles import Role
from tests.factories import news
from tests.integration.calls_public.world import CLOSES, NOW, OPENS, PAGE, a_call, everywhere, more, the_usual_rules
from tests.kit import at, client_of, same_cost


def visit(when: datetime = NOW, path: str = PAGE, client: Any = None, **extra: Any) -> Any:
    with at(when):
        return (client or client_of()).get(path, **extra)


def text_of(response: Any) -> str:
    words = re.sub(r"<(script|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


# --- What stands on it -----------------------------------------------------------------------------------------------
def test_page_of_an_open_call_tells_everything_and_offers_to_apply():
    call = a_call()
    the_usual_rules(call)
    more(call)

    shown = text_of(visit())

    for words in (
        "What will it change? (en)", "Six days (en)", "Directors and producers (en)", "Readers only (en)",
        "Rule country (en)", "Question films (en)", "Cover 0 (en)", "Own 0 (en)", "Strand 0 (en)", "Why 0 (en)", "Tutor 0",
        "Module 0 (en)", "Tunduk (en)", "labs@example.org", "early October 2026", "Kyrgyz, Russian and English", "Open call",
    ):  # fmt: skip
        assert words in shown


def test_page_links_to_the_form_while_open_only():
    a_call()
    address = "/en/labs/impact-lab/2026/apply/"

    assert f'href="{address}"' in visit().content.decode()
    assert address not in visit(OPENS - timedelta(days=1)).content.decode()
    assert address not in visit(CLOSES + timedelta(minutes=5)).content.decode()


def test_page_is_the_same_for_a_stranger_who_is_signed_in():
    a_call()
    stranger = news.person("Farrukh")

    with at(NOW):
        response = client_of(stranger).get(PAGE)

    assert response.status_code == 200
    assert "What will it change? (en)" in text_of(response)


@pytest.mark.parametrize("published_at", [None, NOW + timedelta(hours=1)])
def test_page_of_a_call_that_is_not_published_is_not_there(published_at):
    a_call(published_at=published_at)

    assert visit().status_code == 404


def test_page_that_is_being_prepared_is_seen_by_those_who_work_on_it_alone():
    call = a_call(published_at=None)
    elsewhere = news.member("Farrukh", Role.OWNER, news.organisation("elsewhere"))
    coordinator = news.member("Bakyt", Role.COORDINATOR, call.edition.programme.organisation, call.edition)

    with at(NOW):
        answers = [client_of(one).get(f"{PAGE}{more}") for one in (elsewhere, coordinator) for more in ("", "check/")]

    assert [one.status_code for one in answers] == [404, 404, 200, 200]
    shown = answers[2].content.decode()
    assert "Only the people who work on this call see the page." in text_of(answers[2])
    assert ("noindex" in shown, "ld+json" in shown, "calendar.ics" in shown, "/apply/" in shown) == (
        True,
        False,
        False,
        False,
    )
    assert "no-cache" in answers[2]["Cache-Control"]


def test_page_of_another_programme_is_not_there():
    a_call()

    assert visit(path="/en/labs/teen-lab/2026/").status_code == 404


# --- States ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "words"),
    [
        (OPENS - timedelta(seconds=1), "Applications are not taken yet. Opens: 12 August 2026, 12:00 (Bishkek, UTC+6)"),
        (OPENS, "Until the close"),
        (CLOSES + timedelta(seconds=59), "Until the close"),
        (CLOSES + timedelta(seconds=60), "Applications are closed."),
        (CLOSES + timedelta(minutes=5), "The call closed: 11 September 2026, 23:59 (Bishkek, UTC+6)"),
        (CLOSES + timedelta(days=3), "Applications are closed."),
        (datetime(2026, 12, 1, 12, tzinfo=UTC), "Applications are closed."),
        (datetime(2026, 12, 1, 18, 1, tzinfo=UTC), "This edition is over."),
    ],
)
def test_page_tells_where_the_call_stands(when, words):
    a_call(published_at=OPENS - timedelta(days=5))

    assert words in text_of(visit(when))


def test_page_of_an_extended_call_strikes_the_old_instant_through():
    a_call(extended_from=CLOSES - timedelta(days=3))

    assert "<s>8 September 2026, 23:59 (Bishkek, UTC+6)</s>" in visit().content.decode()


def test_page_of_a_cancelled_edition_says_so_and_takes_nothing():
    a_call(cancelled_at=NOW)

    page = visit().content.decode()

    assert "This edition is cancelled." in page
    assert "/apply/" not in page
    assert '"eventStatus":"https://schema.org/EventCancelled"' in page


def test_page_tells_of_the_results_from_the_instant_they_are_announced(monkeypatch):
    a_call()
    announced = CLOSES + timedelta(days=20)
    monkeypatch.setattr(labs, "_milestones", [lambda edition: {"announced_at": announced}])

    assert "See the results" not in text_of(visit(announced - timedelta(seconds=1)))
    assert "Results are out" in text_of(visit(announced))


def test_page_after_the_announcement_links_to_the_results(monkeypatch):
    with translation.override("en"):
        results = reverse("selection:results", args=["impact-lab", "2026"])
    a_call()
    announced = CLOSES + timedelta(days=20)
    monkeypatch.setattr(labs, "_milestones", [lambda edition: {"announced_at": announced}])

    assert f'href="{results}"' in visit(announced).content.decode()


def test_page_of_a_finished_edition_tells_what_became_of_it():
    call = a_call()
    news.article("berger", call.edition.programme.organisation, edition=call.edition, title={"en": "Fiction Toolbox"})

    shown = text_of(visit(datetime(2027, 2, 1, tzinfo=UTC)))

    assert "Finished" in shown
    assert "What became of it" in shown
    assert "Fiction Toolbox" in shown


def test_results_and_dates_without_a_day_are_never_invented():
    a_call(starts_precision="month", ends_on=None)

    page = visit().content.decode()

    assert "November 2026" in page
    assert "26 November" not in page
    assert "startDate" not in page


# --- Zones -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Almaty", "11 September 2026, 22:59 (Almaty, UTC+5)"),
        ("Asia/Tashkent", "11 September 2026, 22:59 (Tashkent, UTC+5)"),
        ("Europe/London", "11 September 2026, 18:59 (London, UTC+1)"),
        ("America/Bogota", "11 September 2026, 12:59 (Bogota, UTC−5)"),
        ("Asia/Jakarta", "12 September 2026, 00:59 (Jakarta, UTC+7)"),
        ("Asia/Kolkata", "11 September 2026, 23:29 (Kolkata, UTC+5:30)"),
    ],
)
def test_deadline_stands_in_the_zones_of_the_call_of_the_visitor_and_in_utc(zone, words):
    a_call()
    client = client_of()
    client.cookies["kino_zone"] = zone

    shown = text_of(visit(client=client))

    assert "11 September 2026, 23:59 (Bishkek, UTC+6)" in shown
    assert f"Your time: {words}" in shown
    assert "11 September 2026, 17:59 (UTC)" in shown


def test_visitor_in_the_zone_of_the_call_reads_it_once():
    a_call()
    client = client_of()
    client.cookies["kino_zone"] = "Asia/Bishkek"

    assert "Your time" not in text_of(visit(client=client))


@pytest.mark.parametrize("cookie", ["", "Mars/Olympus", "../etc/passwd"])
def test_an_unknown_zone_is_left_to_the_script(cookie):
    a_call()
    client = client_of()
    client.cookies["kino_zone"] = cookie

    assert "data-kino-local" in visit(client=client).content.decode()


def test_zone_from_the_settings_of_a_person_wins():
    a_call()
    inga = news.person("Inga")
    inga.timezone = "Europe/Riga"
    inga.save()
    client = client_of(inga)
    client.cookies["kino_zone"] = "Asia/Tokyo"

    assert "Your time: 11 September 2026, 20:59 (Riga, UTC+3)" in text_of(visit(client=client))


def test_deadline_before_and_after_kazakhstan_moved_its_clocks():
    a_call(timezone="Asia/Almaty", opens_at=datetime(2024, 2, 1, tzinfo=UTC), slug="2024",
           closes_at=datetime(2024, 2, 29, 17, 59, tzinfo=UTC), published_at=datetime(2024, 2, 1, tzinfo=UTC))  # fmt: skip
    a_call(timezone="Asia/Almaty", opens_at=datetime(2024, 2, 1, tzinfo=UTC), slug="2025",
           closes_at=datetime(2024, 3, 1, 18, 59, tzinfo=UTC), published_at=datetime(2024, 2, 1, tzinfo=UTC))  # fmt: skip
    before = datetime(2024, 2, 20, tzinfo=UTC)

    assert "29 February 2024, 23:59 (Almaty, UTC+6)" in text_of(visit(before, "/en/labs/impact-lab/2024/"))
    assert "1 March 2024, 23:59 (Almaty, UTC+5)" in text_of(visit(before, "/en/labs/impact-lab/2025/"))


# --- Languages -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_page_speaks_the_language_of_its_address(language):
    call = a_call()
    the_usual_rules(call)

    page = visit(path=f"/{language}/labs/impact-lab/2026/").content.decode()

    assert f'<html lang="{language}"' in page
    assert f"What will it change? ({language})" in page
    assert f"Rule country ({language})" in page


def test_text_that_is_not_translated_is_marked_and_said():
    a_call(who={"ru": "Режиссёры"})

    page = visit(path="/ky/labs/impact-lab/2026/").content.decode()

    assert '<div class="lead stack gap-3" lang="ru"><p>Режиссёры</p>' in page


def test_alternates_are_the_languages_of_the_call_and_the_address_is_canonical():
    a_call(languages=["ky", "ru"])

    page = visit().content.decode()

    assert set(re.findall(r'rel="alternate" hreflang="(\w+)"', page)) == {"ky", "ru"}
    assert f'<link rel="canonical" href="{settings.KINOLAB_URL}{PAGE}">' in page


def test_words_of_organisers_cannot_break_the_page():
    a_call(
        headline={"en": "</script><script>alert(1)</script>"},
        who={"en": "<b onclick=x>bold</b> **strong** [x](javascript:y)"},
    )

    page = visit().content.decode()

    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "<strong>strong</strong>" in page
    assert 'href="javascript' not in page


# --- Machines --------------------------------------------------------------------------------------------------------
def test_machines_read_the_same_dates():
    a_call()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', visit().content.decode())
    facts = json.loads(block[1])

    assert facts["startDate"] == "2026-11-26"
    assert facts["endDate"] == "2026-12-01"
    assert facts["offers"]["availabilityEnds"] == "2026-09-11T17:59:00+00:00"
    assert facts["location"]["address"]["addressCountry"] == "KG"


# --- Cost and keeping ------------------------------------------------------------------------------------------------
def test_page_costs_the_same_with_one_item_and_with_three():
    call = a_call()
    more(call)

    assert same_cost(visit, lambda: more(call)) == 8


def test_page_with_its_style_sheets_stays_below_100_kilobytes():
    call = a_call()
    the_usual_rules(call)
    for _ in range(5):
        more(call)
    page = visit().content
    static = Path(settings.SOURCE if hasattr(settings, "SOURCE") else "src/kinolab") / "foundation/ui/static"
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page.decode())

    weight = len(page) + sum((static / sheet).stat().st_size for sheet in sheets)

    assert len(sheets) == 4
    assert weight < 100_000
    assert len(gzip.compress(page)) < 12_000


def test_stranger_may_keep_the_page_and_hears_304_while_it_is_the_same():
    call = a_call()
    first = visit()

    again = visit(headers={"If-None-Match": first["ETag"]})
    call.headline = everywhere("Another headline")
    call.save()
    changed = visit(headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in first["Vary"]
    assert "Set-Cookie" not in first
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_theme_gives_another_page_and_another_mark():
    a_call()
    client = client_of()
    client.cookies["kino_theme"] = "dark"

    dark, light = visit(client=client), visit()

    assert 'data-theme="dark"' in dark.content.decode()
    assert "data-theme" not in light.content.decode()
    assert dark["ETag"] != light["ETag"]


def test_page_of_somebody_signed_in_is_kept_by_nobody():
    a_call()

    response = visit(client=client_of(news.person("Farrukh")))

    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response
