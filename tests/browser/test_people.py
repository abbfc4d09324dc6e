"""Coming in by a letter, and one's own settings, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from kinolab.foundation.mail import actions
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.factories import labs

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(settings):
    """Letters lie in the folder of this installation, open in the browser."""
    settings.EMAIL_BACKEND = "kinolab.foundation.mail.folder.FolderBackend"
    settings.KINOLAB_MAIL_OPEN = True


@pytest.mark.parametrize(("size", "scheme", "language"), [("desktop", "light", "en"), ("phone", "dark", "ky")])
def test_link_from_the_folder_lets_in_and_leads_on(open_page, folder, size, scheme, language):
    labs.person("Aida", language=language)
    page = open_page(size=size, scheme=scheme, language=language)

    def looked_at():
        axe_clean(page)
        no_sideways_scroll(page)

    page.goto(f"/{language}/settings/")
    looked_at()
    page.locator("#id_email").fill("aida@example.org")
    page.locator("#id_email").press("Enter")
    page.locator("main a[href$='/mail/']").wait_for()
    looked_at()
    actions.send_due()
    page.locator("main a[href$='/mail/']").click()
    looked_at()
    page.locator(".letters a").first.click()
    looked_at()
    page.locator("a[href*='token=']").click()
    looked_at()
    page.locator("main button").click()
    page.wait_for_url(re.compile(f"/{language}/settings/$"))
    for fold in page.locator("details.fold").all():
        fold.locator("summary").click()
    looked_at()

    page.goto(f"/{language}/mail/")
    page.locator(".letters a").first.click()
    page.context.clear_cookies()
    page.locator("a[href*='token=']").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked_at()


def test_name_typed_is_there_in_another_language_and_forgotten_once_saved(open_page):
    aida = labs.person("Aida")
    page = open_page(person=aida)
    page.goto("/en/settings/")
    page.locator("#id_name").fill("Аида Сыдыкова")

    page.goto("/ky/settings/")
    expect(page.locator("#id_name")).to_have_value("Аида Сыдыкова")
    page.locator("#id_name").press("Enter")
    page.get_by_role("status").wait_for()

    aida.refresh_from_db()
    assert aida.name == "Аида Сыдыкова"
    type(aida).objects.filter(pk=aida.pk).update(name="Changed elsewhere")
    page.goto("/en/settings/")
    expect(page.locator("#id_name")).to_have_value("Changed elsewhere")
