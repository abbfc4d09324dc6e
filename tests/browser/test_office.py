"""The office in a real browser: by keyboard alone, on a phone, without a script; clean by day and in the dark."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kinolab.applications.actions import screening, submission
from kinolab.applications.models import Application
from kinolab.foundation.audit.models import Entry
from kinolab.labs.domain.roles import Role
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.factories import applications as make
from tests.factories import labs
from tests.integration.applications import office

TITLES = (("Суу бөлгүч", "KG"), ("Апамдын колдору", "KG"), ("Кара көпүрө", "KZ"), ("Берлин", "DE"), ("Ак жол", "KG"))


@pytest.fixture
def call():
    """A call that is open now, with five applications: one from a country that the rule does not name."""
    now = timezone.now()
    made = office.call(opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=5))
    for place, (title, country) in enumerate(TITLES):
        lead = make.person(f"Lead{place}", name=f"Автор {place}")
        application = make.complete(made, lead, at=now, title=title, country=country, runtime=90)
        submission.submit(application=application, by=lead, at=now)
    return made


@pytest.fixture
def aigul(call):
    who = labs.person()
    labs.membership(who, Role.OWNER, of=call.edition)
    return who


def rows(page):
    return page.locator("[data-kino-rows] tbody tr")


def test_search_filter_select_and_confirm_by_keyboard_alone(open_page, call, aigul):
    page = open_page(person=aigul)
    page.goto(office.address(call, "table"))
    expect(rows(page)).to_have_count(5)

    page.keyboard.press("/")  # to the search, and by a Latin spelling
    page.keyboard.type("qara k")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Кара көпүрө")

    page.get_by_role("link", name="Clear").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Country").focus()  # a filter opens, is ticked and shown
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    expect(page.locator("summary", has_text="Country: 1")).to_be_visible()
    expect(rows(page)).to_have_count(3)  # the country with most applications stands first

    page.goto(office.address(call, "table") + "?tab=to_check")
    expect(rows(page)).to_have_count(1)
    page.goto(office.address(call, "table"))
    for key in "jxjjx":  # the first row and the third
        page.keyboard.press(key)
    expect(page.locator(".bulk")).to_be_visible()
    expect(page.locator("[data-kino-picked]")).to_have_text("2")
    assert page.locator("tr:has(input:checked) .title").all_text_contents() == ["Ак жол", "Кара көпүрө"]
    page.get_by_role("button", name="Confirm findings").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Confirm findings")).to_be_visible()  # names and count, nothing done yet
    expect(page.locator("main")).to_contain_text("will be confirmed for 2 applications")
    assert not Entry.objects.filter(verb="confirmed").exists()
    axe_clean(page)
    page.get_by_role("button", name="Confirm", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 applications confirmed.")).to_be_visible()
    assert Entry.objects.filter(verb="confirmed").count() == 2


def test_keys_open_a_row_and_tell_of_themselves(open_page, call, aigul):
    page = open_page(person=aigul)
    page.goto(office.address(call, "table"))

    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    axe_clean(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1, name="Ак жол")).to_be_visible()


def test_letters_typed_into_the_search_are_letters(open_page, call, aigul):
    page = open_page(person=aigul)
    page.goto(office.address(call, "table"))

    page.keyboard.press("/")
    page.keyboard.type("jxko?/")

    expect(page.locator("[data-kino-filter]")).to_have_value("jxko?/")
    expect(page.locator("tr[data-cursor]")).to_have_count(0)


def test_head_of_the_table_stays_while_one_scrolls(open_page, call, aigul):
    make.many(call, 45)
    page = open_page(person=aigul)
    page.goto(office.address(call, "table"))

    page.mouse.wheel(0, 1200)
    page.wait_for_function("scrollY > 600")
    assert abs(page.locator("thead th").nth(2).bounding_box()["y"]) < 2


def test_select_all_counts_and_none_hides_the_bar(open_page, call, aigul):
    page = open_page(person=aigul)
    page.goto(office.address(call, "table"))

    page.get_by_label("Select all on this page").check()
    expect(page.locator("[data-kino-picked]")).to_have_text("5")
    rows(page).first.locator("input").uncheck()
    expect(page.locator("[data-kino-picked]")).to_have_text("4")
    assert page.get_by_label("Select all on this page").evaluate("box => box.indeterminate")
    page.get_by_label("Select all on this page").check()
    page.get_by_label("Select all on this page").uncheck()
    expect(page.locator(".bulk")).to_be_hidden()


def test_rows_are_cards_on_a_phone_and_the_bar_fits(open_page, call, aigul):
    page = open_page(size="phone", language="ky", person=aigul)
    page.goto(office.address(call, "table").replace("/en/", "/ky/"))

    assert rows(page).first.evaluate("row => getComputedStyle(row).display") == "grid"
    rows(page).first.locator("input").check()
    expect(page.locator(".bulk")).to_be_visible()
    no_sideways_scroll(page)
    axe_clean(page)


def test_finding_is_decided_otherwise_with_a_reason_and_a_refusal_keeps_it(open_page, call, aigul):
    sent = Application.objects.get(title="Берлин")
    page = open_page(person=aigul)
    page.goto(office.address(call, "detail", sent.code))
    finding = page.locator(f"#finding-{office.finding(sent).pk}")

    finding.get_by_label("Yes", exact=True).check()
    finding.get_by_role("button", name="Note the decision").click()
    expect(page.get_by_role("alert")).to_have_text("Write a reason: the team and your colleagues will read it.")
    expect(page.locator("article input[value=yes]").first).to_be_checked()
    axe_clean(page)
    page.locator(f"#finding-{office.finding(sent).pk} textarea").fill("Биргелешкен өндүрүш")
    page.locator(f"#finding-{office.finding(sent).pk}").get_by_role("button", name="Note the decision").click()
    expect(page.locator("main")).to_contain_text("Decided otherwise: Aigul")
    assert office.finding(sent).decision_reason == "Биргелешкен өндүрүш"


def test_office_works_without_a_script(open_page, call, aigul):
    page = open_page(person=aigul, script=False)
    page.goto(office.address(call, "table"))

    page.get_by_label("Search applications").fill("Берлин")
    page.get_by_role("button", name="Show").click()
    expect(rows(page)).to_have_count(1)
    rows(page).first.locator("input").check()
    page.get_by_role("button", name="Confirm findings").click()
    page.get_by_label("Write to the team").check()
    page.get_by_role("button", name="Confirm", exact=True).click()
    assert Application.objects.get(title="Берлин").checked == "ineligible"
    assert "q=%D0%91" in page.url  # back to the same rows


# Every page stands in both lights at every width in test_every_page; here, full and in use, at two opposite corners.
@pytest.mark.parametrize("size, scheme, language", [("desktop", "dark", "en"), ("phone", "light", "ky")])
def test_every_page_in_use_is_accessible_and_fits(open_page, call, aigul, size, scheme, language):
    sent = Application.objects.get(title="Берлин")
    now = timezone.now()
    screening.confirm(finding=office.finding(sent), tell=True, by=aigul, at=now, reason="Германия")
    submission.object_to_finding(finding=office.finding(sent), objection="Биз Ошто жашайбыз", by=sent.lead, at=now)
    page = open_page(size=size, scheme=scheme, language=language, person=aigul)
    slugs = (call.edition.programme.slug, call.edition.slug)
    for name, arguments, query in (
        ("desk:organiser", (), ""),
        ("desk:edition", slugs, ""),
        ("applications:table", slugs, ""),
        ("applications:table", slugs, "?country=KG&few=2&sort=-score"),
        ("applications:table", slugs, "?tab=drafts"),
        ("applications:detail", (*slugs, sent.code), ""),
        ("desk:record", slugs, "?verb=confirmed"),
    ):
        page.goto(reverse(name, args=arguments).replace("/en/", f"/{language}/") + query)
        page.evaluate("document.querySelectorAll('main details:not(.menu)').forEach(one => { one.open = true; })")
        axe_clean(page)
        no_sideways_scroll(page)
    page.goto(office.address(call, "table").replace("/en/", f"/{language}/"))
    for menu in page.locator(".filters details.menu > summary").all():
        menu.click()
        axe_clean(page)
        no_sideways_scroll(page)
        page.keyboard.press("Escape")
