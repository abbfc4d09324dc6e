"""A form that saves itself, against a server played by the test: every answer of the protocol."""

import json
from email.parser import BytesParser
from urllib.parse import parse_qsl

import pytest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from playwright.sync_api import expect

PAGE = "/en/gallery/?form"
ELSEWHERE = "/en/gallery/?elsewhere"
FORM = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form</title></head><body data-kino-person="P1">
<p role="status" data-kino-save-state></p><div data-kino-meter>0</div>
<form data-kino-autosave="/en/save/" method="post" autocomplete="off"><input type="hidden" name="csrfmiddlewaretoken" value="code">
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


def asked(request):
    """What a request said, without the name of its run of typing and whose page it was."""
    kind, body = request.headers["content-type"], request.post_data_buffer
    if kind.startswith("multipart"):
        parts = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body).get_payload()
        pairs = [
            (part.get_param("name", header="content-disposition"), part.get_payload(decode=True).decode())
            for part in parts
        ]
    else:
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
    return "&".join(f"{name}={value}" for name, value in pairs if name not in ("run", "person"))


class Server:
    """Plays the server: takes answers from a list, keeps what was asked."""

    def __init__(self, page):
        self.asked, self.answers = [], []
        with translation.override("en"):
            self.html = FORM % (render_to_string("ui/_autosave_words.html"), static("ui/autosave.js"))
        page.route("**/gallery/?form", lambda route: route.fulfill(body=self.html, content_type="text/html"))
        page.route(f"**{ELSEWHERE}", lambda route: route.fulfill(body="<p>Elsewhere</p>", content_type="text/html"))
        page.route("**/save/", self.answer)
        page.add_init_script(DEAD)

    def answer(self, route):
        """Answer with the next of the list; the last one stays."""
        self.asked.append(asked(route.request))
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        route.fulfill(status=status, body=json.dumps(body), content_type="application/json")


@pytest.fixture
def server(page):
    return Server(page)


def state(page, text):
    page.locator("[data-kino-save-state]", has_text=text).wait_for()


IN_DEVICE = """async () => {
  const asked = indexedDB.open("kinolab", 1);
  const db = await new Promise(resolve => { asked.onsuccess = () => resolve(asked.result); });
  const all = db.transaction("typed").objectStore("typed").getAll();
  const found = await new Promise(resolve => { all.onsuccess = () => resolve(all.result); });
  db.close();
  return found;
}"""


def kept(page):
    """What stands on the device, by field."""
    return {one["name"]: one for one in page.evaluate(IN_DEVICE)}


def forgotten(page):
    """Wait until nothing stands on the device any more."""
    for _ in range(100):
        if not kept(page):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"still on the device: {kept(page)}")


def test_typing_is_kept_at_once_sent_after_a_second_and_forgotten_when_saved(page, server):
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32", "meter": "<b>7</b>"})]
    page.goto(PAGE)
    page.locator("#a").fill("жаңы")
    assert kept(page)["a"]["value"] == ["жаңы"]
    state(page, "Saved 14:32")
    assert server.asked == ["field=a&version=3&value=жаңы"]
    assert kept(page) == {}
    assert page.locator("[name='a-version']").input_value() == "4"
    assert page.locator("[data-kino-saved]").inner_text() == "Saved 14:32"
    assert page.locator("[data-kino-meter] b").inner_text() == "7"
    page.locator("#a").fill("more")
    page.locator("#a").blur()
    forgotten(page)
    assert server.asked[1] == "field=a&version=4&value=more"


def test_ticked_boxes_go_together_and_none_is_one_empty_value(page, server):
    server.answers = [(200, {"field": "b", "version": 1}), (200, {"field": "b", "version": 2})]
    page.goto(PAGE)
    page.locator("[value='1']").check()
    state(page, "Saved")
    page.locator("[value='1']").uncheck()
    forgotten(page)
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
    expect(page.locator("#a")).to_have_value("kept")
    state(page, "Saved 14:33")
    forgotten(page)


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


def test_second_author_choice_pressed_as_slowly_as_people_press_is_taken(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "theirs", "by": "Azamat"}),
                      (200, {"field": "a", "version": 10, "saved_at_text": "14:34"})]  # fmt: skip
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.get_by_role("button", name="Keep my text").hover()
    page.mouse.down()  # the field is left, and says once more what was typed
    page.evaluate("new Promise(done => setTimeout(done, 200))")
    page.mouse.up()
    state(page, "Saved 14:34")
    assert server.asked == ["field=a&version=3&value=mine", "field=a&version=9&value=mine"]


def test_second_author_the_saved_text_may_stay(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "theirs", "by": "Azamat"})]
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.get_by_role("button", name="Take the saved text").click()
    assert page.locator("#a").input_value() == "theirs"
    forgotten(page)
    assert len(server.asked) == 1


def test_same_text_from_two_tabs_is_no_quarrel(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "mine", "by": "me"})]
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    forgotten(page)
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
    expect(page.locator("[name=c]").first).to_have_value("one")
    expect(page.locator("[name=c]").last).to_have_value("two")
    state(page, "Saved")
    assert server.asked == ["field=c&version=0&value=one&value=two"]


def leave_behind(page, name, value, version, **more):
    """As if a page of this form had been closed before it could send; no page of it is open now."""
    page.wait_for_function("async () => (await indexedDB.databases()).some(one => one.name === 'kinolab')")
    page.goto(ELSEWHERE)
    entry = {"id": f"left-{name}-{value}", "form": "P1:/save/", "name": name, "value": [value], "version": version,
             "base": ["old"], "tab": "closed", "at": 1} | more  # fmt: skip
    page.evaluate(
        """async entry => {
          const asked = indexedDB.open("kinolab", 1);
  const db = await new Promise(resolve => { asked.onsuccess = () => resolve(asked.result); });
          const put = db.transaction("typed", "readwrite").objectStore("typed").put(entry);
          await new Promise(resolve => { put.onsuccess = resolve; });
          db.close();
        }""",
        entry,
    )


def test_text_of_another_page_of_the_form_is_sent_from_this_one(page, server):
    server.answers = [(200, {"field": "elsewhere", "version": 6})]
    page.goto(PAGE)
    leave_behind(page, "elsewhere", "x", 5)
    page.goto(PAGE)
    forgotten(page)
    assert server.asked == ["field=elsewhere&version=5&value=x"]


def test_text_that_an_older_page_left_in_plain_storage_is_taken_over(page, server):
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32"})]
    left = "localStorage.setItem('kino-autosave:P1:/save/', JSON.stringify({a: {value: ['x'], version: 3}}))"
    page.add_init_script(left)
    page.goto(PAGE)
    state(page, "Saved 14:32")
    assert server.asked == ["field=a&version=3&value=x"]
    assert page.evaluate("localStorage.length") == 0


def test_browser_without_a_database_keeps_the_text_in_plain_storage(page, server):
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('closed'); } })")
    page.goto(PAGE)
    page.evaluate("window.dead = true")
    page.locator("#a").fill("kept")
    state(page, "Kept on this device")
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:33"})]
    page.goto("about:blank")
    page.goto(PAGE)
    expect(page.locator("#a")).to_have_value("kept")
    state(page, "Saved 14:33")
    assert page.evaluate("localStorage.length") == 0


def test_two_texts_left_for_one_field_are_both_sent(page, server):
    server.answers = [(200, {"field": "a", "version": 4})]
    page.goto(PAGE)
    leave_behind(page, "a", "first", 3, at=1)
    leave_behind(page, "a", "second", 3, at=2)
    page.goto(PAGE)
    forgotten(page)
    assert server.asked == ["field=a&version=3&value=second", "field=a&version=3&value=first"]


def test_run_of_typing_keeps_its_name_while_answers_are_lost(page, server):
    runs = []
    page.on(
        "request",
        lambda request: runs.append(dict(parse_qsl(request.post_data)).get("run")) if request.post_data else None,
    )
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32"}),
                      (200, {"field": "a", "version": 5, "saved_at_text": "14:33"})]  # fmt: skip
    page.route("**/save/", lost_once(server))
    page.goto(PAGE)
    page.locator("#a").fill("one")
    state(page, "Saved 14:32")
    page.locator("#a").fill("two")
    state(page, "Saved 14:33")
    assert runs[0] == runs[1] != runs[2]


def lost_once(server):
    """A network that takes the first text and loses the answer."""
    lost = []

    def answer(route):
        if lost:
            server.answer(route)
        else:
            lost.append(route.request.post_data)
            route.fulfill(status=429, body="")

    return answer


def test_another_change_comes_in_and_the_caret_stays(page, server):
    merged = "Мээрим 🎬 суу бөлөт эми"
    server.answers = [
        (200, {"field": "a", "version": 5, "value": merged, "edits": [[16, 16, " эми"], [0, 3, "Мээрим"]]})
    ]
    page.goto(PAGE)
    page.locator("#a").fill("Кыз 🎬 суу бөлөт")
    page.locator("#a").evaluate("field => field.setSelectionRange(10, 10)")
    state(page, "Saved")
    expect(page.locator("#a")).to_have_value(merged)
    assert page.locator("#a").evaluate("field => field.selectionStart") == 13


def test_beginning_is_told_when_the_server_asks_for_it(page, server):
    server.answers = [
        (409, {"field": "a", "base_wanted": True}),
        (200, {"field": "a", "version": 9, "saved_at_text": "14:32"}),
    ]
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    state(page, "Saved 14:32")
    assert server.asked == ["field=a&version=3&value=mine", "field=a&version=3&value=mine&base=old"]


def test_text_that_the_server_keeps_aside_need_not_stay_on_the_device(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "theirs", "by": "Azamat", "aside": 12}),
                      (200, {"field": "a", "version": 10, "saved_at_text": "14:34"})]  # fmt: skip
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.locator(".conflict").wait_for()
    forgotten(page)
    page.get_by_role("button", name="Keep both").click()
    state(page, "Saved 14:34")
    assert server.asked[1] == "field=a&version=9&value=theirs\n\nmine&settles=12"
    assert page.locator(".conflict").count() == 0


def test_saved_text_that_stays_settles_the_other(page, server):
    server.answers = [(409, {"field": "a", "version": 9, "value": "theirs", "by": "Azamat", "aside": 12}),
                      (200, {"field": "a", "version": 9, "saved_at_text": "14:34"})]  # fmt: skip
    page.goto(PAGE)
    page.locator("#a").fill("mine")
    page.get_by_role("button", name="Take the saved text").click()
    state(page, "Saved 14:34")
    assert server.asked[1] == "field=a&version=9&value=theirs&settles=12"


def test_ten_thousand_cyrillic_characters_go_as_they_are(page, server):
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32"})]
    page.goto(PAGE)
    text = "Қымбаттуу эне 👩‍👧 e\u0301 " * 500
    page.locator("#a").fill(text)
    state(page, "Saved 14:32")
    assert server.asked == [f"field=a&version=3&value={text}"]


def test_second_tab_takes_in_what_the_first_has_saved(page, server):
    server.answers = [(200, {"field": "a", "version": 4, "saved_at_text": "14:32"})]
    page.goto(PAGE)
    other = page.context.new_page()
    other.route("**/gallery/?form", lambda route: route.fulfill(body=server.html, content_type="text/html"))
    other.goto(PAGE)
    page.locator("#a").fill("from the first")
    state(page, "Saved 14:32")
    expect(other.locator("#a")).to_have_value("from the first")
    assert other.locator("[name='a-version']").input_value() == "4"


def test_second_tab_leaves_to_the_first_what_the_first_still_holds(page, server):
    page.goto(PAGE)
    page.evaluate("window.dead = true")
    page.locator("#a").fill("held by the first")
    state(page, "Kept on this device")
    other = page.context.new_page()
    other.route("**/gallery/?form", lambda route: route.fulfill(body=server.html, content_type="text/html"))
    other.goto(PAGE)
    other.wait_for_timeout(700)
    expect(other.locator("#a")).to_have_value("old")
    assert (server.asked, len(kept(page))) == ([], 1)


def test_signed_in_again_elsewhere_the_text_goes_on_its_way(page, server):
    server.answers = [(403, {"signed_out": True, "sign_in": "/en/sign-in/"}),
                      (200, {"field": "a", "version": 4, "saved_at_text": "14:32"})]  # fmt: skip
    page.goto(PAGE)
    page.locator("#a").fill("kept")
    state(page, "You were signed out")
    page.evaluate("dispatchEvent(new Event('focus'))")
    state(page, "Saved 14:32")


def test_token_that_is_old_is_fetched_anew(page, server):
    page.goto(PAGE)
    server.html = server.html.replace('value="code"', 'value="newer"')
    tokens = []
    page.route("**/save/", lambda route: (
        tokens.append(route.request.headers["x-csrftoken"]),
        route.fulfill(status=403, body="<html></html>", content_type="text/html") if len(tokens) == 1
        else route.fulfill(body='{"field": "a", "version": 4, "saved_at_text": "14:32"}', content_type="application/json"),
    ))  # fmt: skip
    page.locator("#a").fill("kept")
    state(page, "Saved 14:32")
    assert tokens == ["code", "newer"]


def test_text_that_the_browser_puts_back_by_itself_is_not_taken_for_typed(page, server):
    page.goto(PAGE)
    page.evaluate("document.querySelector('#a').value = 'put back'")
    page.add_script_tag(type="module", content="import '" + static("ui/autosave.js") + "?again'")
    expect(page.locator("#a")).to_have_value("old")
