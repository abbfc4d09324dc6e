"""The gallery in a real browser: clean at both sizes and in both themes, and its small helpers at work."""

import pytest

from tests.browser.conftest import SIZES, axe_clean, no_sideways_scroll


@pytest.mark.parametrize("scheme, language", [("light", "ky"), ("dark", "en")])
@pytest.mark.parametrize("size", SIZES)
def test_gallery_is_clean(open_page, size, scheme, language):
    page = open_page(size=size, scheme=scheme, language=language)
    page.goto(f"/{language}/gallery/")
    axe_clean(page)
    no_sideways_scroll(page)


def test_gallery_holds_at_320_pixels(open_page):
    page = open_page(size="phone", language="ky")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/ky/gallery/")
    no_sideways_scroll(page)


def test_theme_turns_at_once_and_stays(page):
    page.goto("/en/gallery/")
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark theme").first.click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_theme_and_language_work_without_a_script(open_page):
    page = open_page(script=False)
    page.goto("/en/gallery/?a=1")
    page.get_by_role("button", name="Dark theme").first.click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.locator("details.lang-menu summary").first.click()
    page.get_by_role("link", name="Кыргызча").first.click()
    assert page.url.endswith("/ky/gallery/?a=1")


def test_menu_closes_on_escape_and_gives_the_focus_back(page):
    page.goto("/en/gallery/")
    page.locator("details.lang-menu summary").first.click()
    page.keyboard.press("Escape")
    assert page.locator("details.lang-menu[open]").count() == 0
    assert page.evaluate("document.activeElement.closest('details')?.className") == "menu lang-menu"


def test_table_keys_move_and_select_and_the_bar_counts(page):
    page.goto("/en/gallery/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tr[data-cursor]").inner_text().strip().startswith("Садои об")
    assert page.locator("[data-kino-picked]").inner_text() == "1"
    assert page.locator(".bulk").is_visible()


def test_text_survives_another_language_and_a_reload(page):
    page.goto("/en/gallery/")
    page.locator("#id_synopsis").fill("Он төрт жаштагы Айпери суу бөлөт.")
    assert page.locator("#id_synopsis_count").inner_text() == "6 / 30"
    page.locator("details.lang-menu summary").first.click()
    page.get_by_role("link", name="Русский").first.click()
    assert page.locator("#id_synopsis").input_value() == "Он төрт жаштагы Айпери суу бөлөт."
    page.reload()
    assert page.locator("#id_synopsis").input_value() == "Он төрт жаштагы Айпери суу бөлөт."


def test_dialog_opens_and_closes(page):
    page.goto("/en/gallery/")
    page.get_by_role("button", name="Open a dialog").click()
    axe_clean(page)
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
