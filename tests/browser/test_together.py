"""Two real browsers side by side fill one application, one of them offline for a while; nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kinolab.applications.models import Answer, Application, Snapshot
from kinolab.calls.models import Call
from kinolab.foundation.i18n import formats
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.browser.test_apply import begin, field, saved, section
from tests.factories import applications as make

LONG = "Кыз түнкүсүн суу бөлөт.\nАгасы аны күндүз сатат.\n\nАйыл уктабайт."


@pytest.fixture
def call():
    """A call that is open now."""
    now = timezone.now()
    return make.call(opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=5))


@pytest.fixture
def pair(open_page, call):
    """A draft, and the pages of its director in Bishkek and its producer in Almaty."""
    application = begin(call, make.person(), logline=LONG)
    make.member(application, at=timezone.now())
    director = open_page(person=application.lead)
    producer = open_page(person=make.person("Azamat"), size="phone")
    for page in (director, producer):
        page.goto(section(application))
    return application, director, producer


def text_of(application, key):
    return Answer.objects.get(application=application, question__key=key).value


def look_up(page):
    """Look back at the page: it asks at once who is there, and need not be waited for."""
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")


def test_director_and_producer_fill_one_application_and_send_it_twenty_seconds_before_the_close(pair, call):
    application, director, producer = pair
    field(director, call, "title").press_sequentially("Суу бөлгүч")
    saved(director, call, "title")
    look_up(producer)
    expect(producer.locator("[data-kino-around]").first).to_contain_text("Meerim", timeout=30_000)
    expect(producer.locator("[data-kino-here-at]")).to_have_text("Here now: Meerim", timeout=30_000)
    expect(field(producer, call, "title")).to_have_value("Суу бөлгүч", timeout=30_000)  # came by itself
    axe_clean(producer)
    no_sideways_scroll(producer)

    producer.context.set_offline(True)
    logline = field(producer, call, "logline")
    logline.fill(LONG.replace("уктабайт", "түнү бою уктабайт"))
    logline.blur()
    expect(producer.locator("[data-kino-save-state]").first).to_contain_text("Kept on this device")
    expect(producer.locator(f"[data-kino-saved='q{make.question(call, 'logline').pk}']")).to_have_text(
        "Kept on this device"
    )
    field(director, call, "logline").fill(LONG.replace("Кыз", "Айзада"))
    saved(director, call, "logline")
    producer.context.set_offline(False)
    both = LONG.replace("уктабайт", "түнү бою уктабайт").replace("Кыз", "Айзада")
    expect(logline).to_have_value(both, timeout=20_000)
    look_up(director)
    expect(field(director, call, "logline")).to_have_value(both, timeout=30_000)
    assert text_of(application, "logline") == both

    field(producer, call, "country").select_option("KG")
    producer.get_by_label("Editing").check()
    saved(producer, call, "stage")
    director.get_by_role("button", name="More").click()
    director.get_by_label("Agreed").check()
    saved(director, call, "agreed")
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() + timedelta(seconds=20))
    director.get_by_role("button", name="Check and send").click()
    director.get_by_role("button", name="Send the application").click()
    expect(director.get_by_role("heading", name="Receipt")).to_be_visible()
    sent = Snapshot.objects.get(application=application)
    producer.goto(reverse("applications:snapshot", args=(application.code, 1)))
    receipt = producer.locator("section.apply").first
    for zone in ("Asia/Bishkek", "Asia/Almaty", "UTC"):  # the call's clock, the producer's own, and everybody's
        expect(receipt).to_contain_text(formats.moment(sent.taken_at, zone))
    assert "түнү бою" in str(sent.content) and "Айзада" in str(sent.content)


def test_tab_closed_at_any_keystroke_loses_none(pair, call):
    application, director, _ = pair
    director.context.set_offline(True)
    # Nor does it go out as the tab is closed, if the line is back by then.
    director.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('dead')); }")
    title = field(director, call, "title")
    for letter in "Суу":
        title.press_sequentially(letter)
    director.close()  # no pause, no save: the device alone has heard
    context = title.page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(section(application))
    expect(field(again, call, "title")).to_have_value("Суу")
    saved(again, call, "title")
    assert text_of(application, "title") == "Суу"


def test_text_kept_offline_is_sent_from_another_part_of_the_form(pair, call):
    application, director, _ = pair
    director.context.set_offline(True)
    field(director, call, "title").fill("Суу бөлгүч")
    expect(director.locator("[data-kino-save-state]").first).to_contain_text("Kept on this device")
    context = director.context
    director.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(section(application, "more"))
    again.locator("[data-kino-save-state]", has_text="Saved").first.wait_for()
    assert text_of(application, "title") == "Суу бөлгүч"


def test_two_texts_of_one_place_wait_on_the_server_after_the_browser_is_closed(pair, call):
    application, director, producer = pair
    field(producer, call, "logline").fill("Азамат башынан жазды.")
    saved(producer, call, "logline")
    field(director, call, "logline").fill("Мээрим да башынан жазды.")
    expect(director.locator(".conflict")).to_be_visible()
    director.close()
    producer.goto(section(application))  # another device, another person
    box = producer.locator(".conflict")
    expect(box).to_contain_text("Мээрим да башынан жазды.")
    axe_clean(producer)
    no_sideways_scroll(producer)
    box.get_by_role("button", name="Keep both").click()
    expect(field(producer, call, "logline")).to_have_value("Азамат башынан жазды.\n\nМээрим да башынан жазды.")
    producer.get_by_role("link", name="Earlier versions").first.click()
    axe_clean(producer)
    no_sideways_scroll(producer)
    # The newer one shows what it took away, too.
    producer.locator(".version", has_text="Агасы").last.get_by_role("button").click()
    expect(field(producer, call, "logline")).to_have_value(LONG)
    assert text_of(application, "logline") == LONG


PASTED = "“Word” — pasted\u00a0text\tტ 👩‍👧 e\u0301 Қымбат Өмүр סרט\r\nкийинки сап"


def test_pasted_and_unusual_letters_come_back_as_they_were(pair, call):
    application, director, _ = pair
    name = "ا" * 60 + "Қ" * 20
    field(director, call, "title").fill(name)  # a right-to-left name at the limit of eighty
    field(director, call, "logline").fill(PASTED + "ң" * 10_000)
    saved(director, call, "logline")
    saved(director, call, "title")
    director.reload()
    expect(field(director, call, "title")).to_have_value(name)
    assert text_of(application, "logline") == PASTED.replace("\r\n", "\n") + "ң" * 10_000
    no_sideways_scroll(director)


def test_draft_begun_without_a_network_is_begun_once_and_keeps_its_first_words(open_page, call):
    page = open_page(person=make.person())
    start = reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug))
    page.goto(start)
    page.context.set_offline(True)
    field(page, call, "title").fill("Суу бөлгүч")
    expect(page.locator("[data-kino-save-state]").first).to_contain_text("Kept on this device")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(start)
    expect(field(again, call, "title")).to_have_value("Суу бөлгүч")
    saved(again, call, "title")
    application = Application.objects.get()
    assert (application.title, again.url.endswith(section(application))) == ("Суу бөлгүч", True)


def test_draft_whose_first_answer_was_lost_is_not_begun_twice(open_page, call):
    page = open_page(person=make.person())
    start = reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug))
    page.goto(start)

    def lose(route):
        route.fetch()  # the server has begun the draft
        page.context.set_offline(True)
        route.abort("internetdisconnected")

    page.route("**/apply/?key=*", lose)
    field(page, call, "title").fill("Суу")
    expect(page.locator("[data-kino-save-state]").first).to_contain_text("Kept on this device")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(start)
    saved(again, call, "title")
    assert Application.objects.get().title == "Суу"
