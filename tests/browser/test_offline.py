"""A form opened without a network: the text that waits on the device is shown, and nothing private was kept to show it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import axe_clean, no_sideways_scroll, sign_in
from tests.browser.test_apply import begin, call, field, section  # noqa: F401  (a fixture)
from tests.browser.test_weight import address  # noqa: F401  (a fixture)
from tests.factories import applications as make

CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) found.push([new URL(one.url).pathname, await (await cache.match(one)).text()]);
  }
  return found;
}"""


@pytest.fixture
def phone(browser, address):  # noqa: F811
    """A phone with everything a browser has."""
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640}, locale="en")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def prepared(page):
    """Wait until the page for when there is no network is kept."""
    for _ in range(100):
        if page.evaluate(CACHED):
            return
        page.wait_for_timeout(50)
    pytest.fail("the page was not kept")


def test_form_without_a_network_shows_what_waits_and_sends_it_later(phone, call):  # noqa: F811
    application = begin(call, make.person("Meerim", name="Мээрим Асанова"), logline="Сыр.")
    page = phone.new_page()
    sign_in(page, application.lead)
    page.goto(section(application))
    prepared(page)
    assert [path for path, _ in page.evaluate(CACHED)] == [reverse("ui:offline")]
    kept = page.evaluate(CACHED)[0][1]
    assert application.code not in kept and "Мээрим" not in kept and "Сыр" not in kept and "csrf" not in kept

    phone.set_offline(True)
    field(page, call, "title").fill("Суу")
    page.close()
    page = phone.new_page()
    page.goto(section(application))
    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    text = page.get_by_role("textbox", name="Title")
    expect(text).to_have_value("Суу")
    no_sideways_scroll(page)
    axe_clean(page)
    text.fill("Суу бөлгүч")

    phone.set_offline(False)
    expect(field(page, call, "title")).to_have_value("Суу бөлгүч")  # the page opened by itself
    page.locator("[data-kino-save-state]", has_text="Saved").first.wait_for()
    application.refresh_from_db()
    assert application.title == "Суу бөлгүч"


def test_another_persons_text_is_not_shown_and_other_pages_are_left_alone(phone, call):  # noqa: F811
    application = begin(call, make.person())
    page = phone.new_page()
    sign_in(page, application.lead)
    page.goto(section(application))
    prepared(page)
    phone.set_offline(True)
    field(page, call, "title").fill("Суу")
    page.evaluate("localStorage.removeItem('kino-person')")  # as signing out does
    page.close()
    page = phone.new_page()
    page.goto(section(application))
    expect(page.get_by_text("Nothing waits here")).to_be_visible()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(reverse("desk:mine"))
