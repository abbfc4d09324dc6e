"""A form that saves itself, against a server played by the test: every answer of the protocol."""

import json

import pytest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation

PAGE = "/en/gallery/?form"
FORM = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form</title></head><body data-kino-person="P1">
<p role="status" data-kino-save-state></p><div data-kino-meter>0</div>
<form data-kino-autosave="/en/save/" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="code">
<div class="field"><label for="a">A</label><textarea id="a" name="a" data-kino-version="3">old</textarea>
<span data-kino-saved="a"></span></div>
<div class="field"><label><input type="checkbox" name="b" value="1">1</label>
<label><input type="checkbox" name="b" value="2">2</label></div>
<input type="hidden" name="a-version" value="3">
<label>c1<input name="c"></label><label>c2<input name="c"></label>
</form>%s<script type="module" src="%s"></script></body></html>"""


# `window.dead = true` is a network that answers nothing; a refused request of the driver would count as a fault.
DEAD = """{ const real = window.fetch;
window.fetch = (...asked) => window.dead ? Promise.reject(new TypeError("dead")) : real(...asked); }"""


class Server:
    """Plays the server: takes answers from a list, keeps what was asked."""

    def __init__(self, page):
        self.asked, self.answers = [], []
        with translation.override("en"):
            html = FORM % (render_to_string("ui/_autosave_words.html"), static("ui/autosave.js"))
        page.route("**/gallery/?form", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.route("**/save/", self.answer)
        page.add_init_script(DEAD)

    def answer(self, route):
        """Answer with the next of the list; the last one stays."""
        self.asked.append(route.request.post_data)
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        route.fulfill(status=status, body=json.dumps(body), content_type="application/json")


@pytest.fixture
def server(page):
    return Server(page)


def state(page, text):
    page.locator("[data-kino-save-state]", has_text=text).wait_for()


def kept(page):
    return page.evaluate("JSON.parse(localStorage.getItem('kino-autosave:P1:/save/') || '{}')")


def test_typing_is_kept_at_once_sent_after_a_second_and_forgotten_when_saved(page, server):
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32", "meter": "<b>7</b>"})]
    page.goto(PAGE)
    page.locator("#a").fill("жаңы")
    assert kept(page)["a"]["value"] == ["жаңы"]
    state(page, "Saved 14:32")
    assert server.asked == ["field=a&version=3&value=%D0%B6%D0%B0%D2%A3%D1%8B"]
    assert kept(page) == {}
    assert page.locator("[name='a-version']").input_value() == "4"
    assert page.locator("[data-kino-saved]").inner_text() == "Saved 14:32"
    assert page.locator("[data-kino-meter] b").inner_text() == "7"
    page.locator("#a").fill("more")
    page.locator("#a").blur()
    page.wait_for_function("!localStorage.getItem('kino-autosave:P1:/save/')")
    assert server.asked[1] == "field=a&version=4&value=more"


def test_ticked_boxes_go_together_and_none_is_one_empty_value(page, server):
    server.answers = [(200, {"field": "b", "version": 1}), (200, {"field": "b", "version": 2})]
    page.goto(PAGE)
    page.locator("[value='1']").check()
    state(page, "Saved")
    page.locator("[value='1']").uncheck()
    page.wait_for_function("!localStorage.getItem('kino-autosave:P1:/save/')")
    assert server.asked == ["field=b&version=0&value=1", "field=b&version=1&value="]


def test_dead_network_keeps_the_text_and_sends_it_later(page, server):
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32"})]
    page.goto(PAGE)
    page.evaluate("window.dead = true")
    page.locator("#a").fill("kept")
    state(page, "Kept on this device")
    assert (kept(page)["a"]["value"], server.asked) == (["kept"], [])
    page.evaluate("window.dead = false")
    state(page, "Saved 14:32")
    assert server.asked == ["field=a&version=3&value=kept"]


def test_busy_server_is_asked_again(page, server):
    server.answers = [(429, {}), (200, {"field": "a", "version": 4, "saved_at_text": "14:32"})]
    page.goto(PAGE)
    page.locator("#a").fill("kept")
    state(page, "Kept on this device")
    state(page, "Saved 14:32")
    assert len(server.asked) == 2


def test_crash_loses_nothing_the_next_visit_sends_it(page, server):
    page.goto(PAGE)
    page.evaluate("window.dead = true")
    page.locator("#a").fill("kept")
    state(page, "Kept on this device")
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:33"})]
    page.goto("about:blank")
    page.goto(PAGE)
    assert page.locator("#a").input_value() == "kept"
    state(page, "Saved 14:33")
    assert kept(page) == {}


def test_expired_session_keeps_the_text_and_shows_the_way_in(page, server):
    server.answers = [(403, {"signed_out": True, "sign_in": "/en/sign-in/?next=/x/"})]
    page.goto(PAGE)
    page.locator("#a").fill("kept")
    state(page, "You were signed out")
    assert page.get_by_role("link", name="Sign in").get_attribute("href") == "/en/sign-in/?next=/x/"
    assert kept(page)["a"]["value"] == ["kept"]


def test_second_author_both_texts_are_shown_and_one_is_chosen(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "theirs", "by": "Azamat"}),
                      (200, {"field": "a", "version": 10, "saved_at_text": "14:34"})]  # fmt: skip
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.locator(".conflict").wait_for()
    assert page.locator("[data-kino-theirs]").inner_text() == "theirs"
    assert page.locator("[data-kino-by]").inner_text() == "Azamat"
    page.get_by_role("button", name="Keep my text").click()
    state(page, "Saved 14:34")
    assert server.asked[1] == "field=a&version=9&value=mine"


def test_second_author_the_saved_text_may_stay(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "theirs", "by": "Azamat"})]
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.get_by_role("button", name="Take the saved text").click()
    assert page.locator("#a").input_value() == "theirs"
    assert kept(page) == {}
    assert len(server.asked) == 1


def test_same_text_from_two_tabs_is_no_quarrel(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "mine", "by": "me"})]
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.wait_for_function("!localStorage.getItem('kino-autosave:P1:/save/')")
    assert page.locator(".conflict").count() == 0


def test_mistake_stands_beside_the_field_and_the_text_stays(page, server):
    server.answers = [(422, {"field": "a", "error": "Write a number."})]
    page.goto(PAGE)
    page.locator("#a").fill("many")
    page.locator(".field__error", has_text="Write a number.").wait_for()
    assert page.locator("#a").input_value() == "many"


def test_closed_call_says_why_and_stops(page, server):
    server.answers = [(403, {"reason": "The call closed at 23:59."})]
    page.goto(PAGE)
    page.locator("#a").fill("late")
    state(page, "The call closed at 23:59.")
    page.locator("#a").fill("later")
    page.wait_for_timeout(1500)
    assert len(server.asked) == 1


def test_leaving_the_page_sends_what_waits(page, server):
    server.answers = [(200, {"field": "a", "version": 4})]
    page.goto(PAGE)
    page.locator("#a").fill("leaving")
    with page.expect_request("**/save/"):
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    state(page, "Saved")
    assert server.asked[0] == "field=a&version=3&value=leaving"


def test_lines_of_one_name_come_back_in_their_order(page, server):
    server.answers = [(200, {"field": "c", "version": 1})]
    page.goto(PAGE)
    page.evaluate("window.dead = true")
    page.locator("[name=c]").first.fill("one")
    page.locator("[name=c]").last.fill("two")
    state(page, "Kept on this device")
    page.goto("about:blank")
    page.goto(PAGE)
    assert [line.input_value() for line in page.locator("[name=c]").all()] == ["one", "two"]
    state(page, "Saved")
    assert server.asked == ["field=c&version=0&value=one&value=two"]


def test_text_of_another_page_of_the_form_is_sent_from_this_one(page, server):
    server.answers = [(200, {"field": "elsewhere", "version": 6})]
    page.goto(PAGE)
    page.evaluate(
        "localStorage.setItem('kino-autosave:P1:/save/', JSON.stringify({elsewhere: {value: ['x'], version: 5}}))"
    )
    page.reload()
    page.wait_for_function("!localStorage.getItem('kino-autosave:P1:/save/')")
    assert server.asked == ["field=elsewhere&version=5&value=x"]
