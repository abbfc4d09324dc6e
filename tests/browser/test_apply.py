"""Applying, in a real browser: two people write one draft, the network drops, the application is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kinolab.applications.actions import submission
from kinolab.applications.models import Application, TeamMember
from tests.browser.conftest import axe_clean, no_sideways_scroll, sign_in
from tests.factories import applications as make

# `window.dead = true` is a network that answers nothing.
DEAD = """{ const real = window.fetch;
window.fetch = (...asked) => window.dead ? Promise.reject(new TypeError("dead")) : real(...asked); }"""


@pytest.fixture
def call():
    """A call that is open now."""
    now = timezone.now()
    return make.call(opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=5))


def field(page, call, key):
    return page.locator(f"#q{make.question(call, key).pk}")


def saved(page, call, key):
    page.locator(f"[data-kino-saved='q{make.question(call, key).pk}']", has_text="Saved").wait_for()


def section(application, key="project"):
    return reverse("applications:section", args=(application.code, key))


def begin(call, person, **answers):
    return make.application(call, person, at=timezone.now(), **answers)


def test_from_first_letter_to_receipt(open_page, call):
    meerim = make.person()
    page = open_page(person=meerim)
    page.goto(reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug)))
    axe_clean(page)
    field(page, call, "title").press_sequentially("Суу бөлгүч")
    saved(page, call, "title")
    application = Application.objects.get()
    assert page.url.endswith(section(application))
    field(page, call, "logline").fill("Кыз түнкүсүн суу бөлөт.")
    saved(page, call, "logline")
    page.reload()  # the draft, not another one
    assert Application.objects.count() == 1
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")
    field(page, call, "country").select_option("KG")
    page.get_by_label("Editing").check()
    saved(page, call, "stage")
    axe_clean(page)
    page.get_by_role("button", name="More").click()
    page.get_by_label("Agreed").check()
    page.get_by_role("button", name="Check and send").click()
    axe_clean(page)
    page.get_by_role("link", name="Team", exact=True).first.click()
    axe_clean(page)
    page.locator("#own").get_by_label("Role").select_option("director")
    page.get_by_role("button", name="Save my part").click()
    page.get_by_role("link", name="Check and send").click()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    axe_clean(page)
    application.refresh_from_db()
    assert (application.stage, application.number) == ("submitted", 1)


def test_two_people_write_one_draft(open_page, call):
    application = begin(call, make.person(), title="Суу")
    TeamMember.objects.create(
        application=application, person=make.person("Azamat"), email="azamat@example.org", name="Azamat",
        role="producer", state="joined", invited_at=timezone.now(),
    )  # fmt: skip
    director, producer = open_page(person=application.lead), open_page(person=make.person("Azamat"))
    for page in (director, producer):
        page.goto(section(application))
    field(producer, call, "title").fill("Суу бөлгүч")
    saved(producer, call, "title")
    field(director, call, "title").fill("Арык")
    box = director.locator(".conflict")
    expect(box).to_contain_text("Суу бөлгүч")
    expect(box).to_contain_text("Azamat")
    axe_clean(director)
    application.refresh_from_db()
    assert application.title == "Суу бөлгүч"
    director.get_by_role("button", name="Take the saved text").click()
    expect(field(director, call, "title")).to_have_value("Суу бөлгүч")
    field(director, call, "logline").fill("Кыз.")
    saved(director, call, "logline")
    application.refresh_from_db()
    assert application.answers.count() == 2


def test_text_typed_without_a_network_arrives_when_it_is_back(open_page, call):
    application = begin(call, make.person())
    page = open_page(person=application.lead)
    page.add_init_script(DEAD)
    page.goto(section(application))
    page.evaluate("window.dead = true")
    field(page, call, "title").fill("Суу бөлгүч")
    page.locator("[data-kino-save-state]", has_text="Kept on this device").wait_for()
    page.reload()  # a crash: the text is still on the device
    saved(page, call, "title")
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")
    application.refresh_from_db()
    assert application.title == "Суу бөлгүч"


def test_expired_session_keeps_the_text(open_page, call):
    application = begin(call, make.person())
    page = open_page(person=application.lead)
    page.goto(section(application))
    cookies = page.context.cookies()
    page.context.clear_cookies(name="kino_session")
    field(page, call, "title").fill("Суу бөлгүч")
    page.locator("[data-kino-save-state] a").wait_for()
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")
    page.context.add_cookies(cookies)
    page.goto(section(application))
    saved(page, call, "title")
    application.refresh_from_db()
    assert application.title == "Суу бөлгүч"


def test_another_language_keeps_text_that_was_not_sent(open_page, call):
    application = begin(call, make.person())
    page = open_page(person=application.lead)
    page.add_init_script(DEAD)
    page.goto(section(application))
    page.evaluate("window.dead = true")
    field(page, call, "title").fill("Суу бөлгүч")
    page.goto(section(application).replace("/en/", "/ky/"))
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")
    page.locator("[data-kino-save-state]:not(:empty)").wait_for()


def test_visitor_types_first_and_signs_in_after(open_page, call):
    page = open_page()
    start = reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug))
    page.goto(start)
    field(page, call, "title").fill("Суу бөлгүч")
    page.get_by_role("button", name="Sign in and continue").click()
    page.wait_for_url("**/sign-in/**")
    sign_in(page, make.person())
    page.goto(start)
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")
    assert Application.objects.get().title == "Суу бөлгүч"


# Every page stands in both lights at every width in test_every_page; here, full and in use, at two opposite corners.
@pytest.mark.parametrize("size, scheme, language", [("desktop", "light", "en"), ("phone", "dark", "ru")])
def test_every_page_is_accessible_and_fits(open_page, call, size, scheme, language):
    meerim = make.person()
    draft = begin(call, meerim, title="Суу бөлгүч", logline="сөз " * 60)
    sent = make.complete(call, meerim, at=timezone.now(), title="Апамдын колдору")
    submission.submit(application=sent, by=meerim, at=timezone.now())
    page = open_page(size=size, scheme=scheme, language=language, person=meerim)
    for name, arguments in (
        ("applications:start", (call.edition.programme.slug, call.edition.slug)),
        ("applications:section", (draft.code, "project")),
        ("applications:section", (draft.code, "more")),
        ("applications:team", (draft.code,)),
        ("applications:edit", (draft.code,)),
        ("applications:edit", (sent.code,)),
        ("applications:snapshot", (sent.code, 1)),
        ("desk:mine", ()),
    ):
        page.goto(reverse(name, args=arguments).replace("/en/", f"/{language}/"))
        axe_clean(page)
        no_sideways_scroll(page)


def test_form_works_with_the_keyboard_alone(open_page, call):
    application = begin(call, make.person())
    page = open_page(person=application.lead)
    page.goto(section(application))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == f"q{make.question(call, 'title').pk}":
            break
    page.keyboard.type("Суу")
    page.keyboard.press("Tab")
    saved(page, call, "title")
    application.refresh_from_db()
    assert application.title == "Суу"


def test_form_works_without_a_script(open_page, call):
    application = begin(call, make.person())
    page = open_page(person=application.lead, script=False)
    page.goto(section(application))
    field(page, call, "title").fill("Суу бөлгүч")
    page.get_by_role("button", name="More").click()
    assert page.url.endswith(section(application, "more"))
    application.refresh_from_db()
    assert application.title == "Суу бөлгүч"
