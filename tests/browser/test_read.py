"""Reading, in a real browser: the office assigns, a reader marks by keys over a cut connection, the board shows it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kinolab.reviews.models import Conflict, Proposal, Reading, Score
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.browser.test_apply import DEAD
from tests.factories import reviews as make


@pytest.fixture
def call():
    """A call that is open now, with two applications sent."""
    now = timezone.now()
    made = make.call(opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=5))
    for title in ("The Well", "The Salt"):
        make.application(made, title, at=now)
    return made


@pytest.fixture
def phase(call):
    """Its phase of reading, one reading for each application."""
    now = timezone.now()
    return make.phase(call, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=9), readings_each=1)


@pytest.fixture
def nodira(call):
    return make.reader(call.edition)


@pytest.fixture
def two(phase, nodira, call):
    """Both applications given to Nodira."""
    return [make.reading(phase, nodira, one) for one in call.applications.order_by("number")]


def saved(page):
    page.locator("[data-kino-save-state]", has_text="Saved").wait_for()


def until(page, holds):
    """Wait at most five seconds until everything that was typed has arrived: each field saves itself when it is left."""
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    assert holds()


def focused(page):
    """Name and value of the control that has the focus."""
    return page.evaluate("[document.activeElement.name, document.activeElement.value]")


def test_from_assigning_to_the_board(open_page, call, phase, nodira):
    office = open_page(person=make.aigul(call.edition))
    board = reverse("reviews:board", args=(call.edition.programme.slug, call.edition.slug))
    office.goto(board)
    office.get_by_role("button", name="Propose a balanced assignment").click()
    expect(office.get_by_text("2 new readings. Nothing is given out yet.")).to_be_visible()
    axe_clean(office)
    office.get_by_role("button", name="Accept and write to the readers").click()
    expect(office.get_by_role("heading", name="0 of 2 readings are done.")).to_be_visible()

    page = open_page(person=nodira.person)
    page.add_init_script(DEAD)
    page.goto(reverse("reviews:mine"))
    axe_clean(page)
    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_role("heading", name="The Well")).to_be_visible()
    page.evaluate("window.dead = true")
    page.get_by_label("Story: 4").check()
    page.get_by_label("Notes for yourself").fill("Ask about the ferry")
    page.locator("[data-kino-save-state]", has_text="Kept on this device").wait_for()
    page.reload()  # a crash: marks and text are still on the device
    saved(page)
    expect(page.get_by_label("Story: 4")).to_be_checked()
    expect(page.get_by_label("Notes for yourself")).to_have_value("Ask about the ferry")
    page.get_by_label("Film: 1").check()
    page.get_by_label("Yes, if").check()
    page.get_by_label("Words for the authors").fill("The beginning is strong.")
    saved(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="The Salt")).to_be_visible()  # the next one
    first = Reading.objects.get(application__title="The Well")
    assert (first.state, str(first.score), first.private_note) == ("submitted", "3.000", "Ask about the ferry")

    office.goto(board)
    expect(office.get_by_role("heading", name="1 of 2 readings are done.")).to_be_visible()
    expect(office.get_by_role("row", name="Nodira")).to_contain_text("1/2")
    assert Proposal.objects.get().accepted_at is not None


def test_marking_with_the_keyboard_alone(open_page, two):
    page = open_page(person=two[0].reader.person)
    page.goto(reverse("reviews:read", args=(two[0].pk,)))
    story, film = make.field(two[0], "story"), make.field(two[0], "film")

    page.keyboard.press("4")  # nothing has the focus: the first criterion without a mark
    assert focused(page) == [story, "4"]
    page.keyboard.press("5")  # the same one again
    assert focused(page) == [story, "5"]
    page.keyboard.press("Tab")
    page.keyboard.press("0")
    assert focused(page) == [film, "0"]
    expect(page.locator("form [data-reading-marked]")).to_have_text("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert focused(page) == ["recommendation", "yes"]
    page.keyboard.press("Tab")
    page.keyboard.type("3 fingers")  # figures in a text are text
    expect(page.get_by_label("Notes for yourself")).to_have_value("3 fingers")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    until(page, lambda: dict(Score.objects.values_list("criterion__code", "value")) == {"story": 5, "film": 0})
    written = Reading.objects.filter(pk=two[0].pk).values_list("recommendation", "private_note")
    until(page, lambda: written.get() == ("yes", "3 fingers"))
    saved(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('reviews:read', args=(two[1].pk,))}")
    page.keyboard.press("k")
    page.wait_for_url(f"**{reverse('reviews:read', args=(two[0].pk,))}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    axe_clean(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_url(f"**{reverse('reviews:read', args=(two[1].pk,))}")


def test_two_windows_show_both_texts_and_one_is_chosen(open_page, two):
    reader = two[0].reader.person
    first, second = open_page(person=reader), open_page(person=reader)
    for page in (first, second):
        page.goto(reverse("reviews:read", args=(two[0].pk,)))
    first.get_by_label("Story: 4").check()
    saved(first)
    second.get_by_label("Story: 1").check()
    box = second.locator(".criterion .conflict")
    expect(box).to_contain_text("Your other window")
    expect(box.locator("[data-kino-theirs]")).to_have_text("4")
    axe_clean(second)
    second.get_by_role("button", name="Take the saved text").click()
    expect(second.get_by_label("Story: 4")).to_be_checked()
    assert Score.objects.get().value == 4


def test_conflict_is_declared_in_a_dialog_and_the_application_is_gone(open_page, two):
    page = open_page(person=two[0].reader.person)
    room = reverse("reviews:read", args=(two[0].pk,))
    page.goto(room)
    page.get_by_role("button", name="Conflict of interest").click()
    dialog = page.get_by_role("dialog", name="Conflict of interest")
    expect(dialog).to_be_visible()
    axe_clean(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert Conflict.objects.count() == 0
    page.get_by_role("button", name="Conflict of interest").click()
    dialog.get_by_label("A word about it").fill("My student")
    dialog.get_by_role("button", name="Declare the conflict").click()
    expect(page.get_by_text("Somebody else will read it.")).to_be_visible()
    expect(page.get_by_role("link", name="The Well")).to_have_count(0)
    assert Conflict.objects.get().note == "My student"
    assert page.goto(room).status == 404


def test_room_works_without_a_script(open_page, two):
    page = open_page(person=two[0].reader.person, script=False)
    page.goto(reverse("reviews:read", args=(two[0].pk,)))
    page.get_by_label("Story: 4").check()
    page.get_by_label("Notes for yourself").fill("Later")
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.get_by_label("Story: 4")).to_be_checked()
    page.get_by_label("Film: 1").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Hand in").click()
    two[0].refresh_from_db()
    assert (two[0].state, two[0].private_note) == ("submitted", "Later")


# Every page stands in both lights at every width in test_every_page; here, full and in use, at two opposite corners.
@pytest.mark.parametrize("size, scheme, language", [("desktop", "light", "ru"), ("phone", "dark", "ky")])
def test_every_page_is_accessible_and_fits(open_page, call, phase, two, size, scheme, language):
    lead, timur = make.aigul(call.edition), make.reader(call.edition, "Timur")
    other = make.reading(phase, timur, two[0].application)
    make.hand_in(other, at=timezone.now(), shareable_note="The beginning is strong.")
    make.conflict(timur, two[1].application, lead)
    done = make.hand_in(two[0], at=timezone.now(), private_note="Mine")
    where = (call.edition.programme.slug, call.edition.slug)

    reader = open_page(size=size, scheme=scheme, language=language, person=two[0].reader.person)
    office = open_page(size=size, scheme=scheme, language=language, person=lead)
    for page, name, arguments in (
        (reader, "reviews:mine", ()),
        (reader, "reviews:read", (two[1].pk,)),
        (reader, "reviews:read", (done.pk,)),
        (office, "reviews:board", where),
        (office, "reviews:reader", (*where, timur.pk)),
        (office, "reviews:from_file", where),
    ):
        page.goto(reverse(name, args=arguments).replace("/en/", f"/{language}/"))
        axe_clean(page)
        no_sideways_scroll(page)
    board = reverse("reviews:board", args=where).replace("/en/", f"/{language}/")
    for form in ("remind/", "propose/"):
        office.goto(board)
        office.locator(f"form[action$='{form}'] button").click()
        axe_clean(office)
        no_sideways_scroll(office)
