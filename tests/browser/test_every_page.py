"""Every page behind a door, in a real browser: by day and in the dark, wide and narrow, in Kyrgyz and in English.

Each page is loaded once per language and then turned: light and dark, 1440, 390 and 320 pixels wide; the next one begins
as the last one ended. The keyboard walks each page once, in English, from the skip link to its last control.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.house import world as worlds
from tests.house.doors import DOORS, YES, Door

pytestmark = pytest.mark.slow

# Whoever of these may enter visits the page: everybody's pages as a visitor, the lab's as its owner.
WHO = ("visitor", "author", "reader", "owner", "coordinator", "juror", "stranger")
SIDES = {"public": ("visitor", "author"), "desk": ("reader", "owner", "coordinator", "juror", "stranger")}
FRAMED = {"calls:block", "calls:block_of"}  # a few links in a frame of somebody else's page: nothing there to skip
PIECES = {"desk:suggest"}  # a list that a script puts into a page: no page of its own
# Colours are the same in all languages, and so is what a page is built of: in one, axe looks by day and in the dark, at a
# wide and at a narrow window. Words differ: whether they fit is seen everywhere.
WIDTHS = (1440, 390, 320)
AXE_LOOKS = {"ky": {1440: "light", 390: "dark"}}

SHAPE = """() => ({
  headings: [...document.querySelectorAll("h1")].filter(h => h.checkVisibility()).length,
  title: document.title.trim(),
  silent: [...document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label], [aria-labelledby])")]
    .filter(image => !image.querySelector(":scope > title")?.textContent.trim())
    .map(image => image.outerHTML.slice(0, 120)),
  keys: [...document.body.querySelectorAll("h1, h2, h3, a, button, label, legend, th, summary, p")]
    .filter(one => /^[a-z]+(_[a-z]+)+$/.test(one.textContent.trim())).map(one => one.outerHTML.slice(0, 120)),
})"""
# What the keyboard must reach: one stop for each control, one for each group of radio buttons.
STOPS = """() => {
  const groups = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one => {
    if (!one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) return false;
    if (one.matches(":disabled, [type=hidden], [tabindex='-1']") || one.closest("[inert]")) return false;
    if (one.type !== "radio") return true;
    const group = one.form?.id + one.name;
    return !groups.has(group) && groups.add(group);
  }).map(one => one.type === "radio" ? `radio ${one.name}` : one.outerHTML.slice(0, 140));
}"""
# What the keyboard met: at each press of Tab, what has the focus until then, whether one sees it, whether something lies over
# it. The page writes it down itself, so that nobody has to ask it after every press.
WATCH = """() => {
  const ringed = other => other && parseFloat(getComputedStyle(other).outlineWidth) >= 2
    && getComputedStyle(other).outlineStyle !== "none";
  const here = () => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const seen = [one, one.nextElementSibling, one.parentElement, one.closest("label"), one.labels?.[0]].some(ringed);
    const box = one.getBoundingClientRect();
    const small = box.width <= 1 || box.height <= 1 || getComputedStyle(one).opacity === "0";
    const open = small || [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]].some(([x, y]) => {
      const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
      return top && (one.contains(top) || top.contains(one));
    });
    return {seen, open, what: one.type === "radio" ? `radio ${one.name}` : one.outerHTML.slice(0, 140)};
  };
  const all = [], end = () => all.findIndex((one, place) => !one || (place > 1 && one.what === all[0].what));
  window.met = {look: () => all.push(here()), round: () => end() >= 0, once: () => all.slice(0, end())};
  document.addEventListener("keydown", event => event.key === "Tab" && met.look(), true);
}"""


def _pages() -> Iterator[tuple[Door, str]]:
    """Every door that is opened by looking, and who goes through it; each address once."""
    for door in DOORS:
        visitor = next((who for who in WHO if door.answers[who] == YES), None)
        if door.method == "get" and visitor:
            yield door, visitor


PAGES = list(_pages())


class Tour:
    """A walk through all pages of a side: one browser page per person, addresses in one language."""

    def __init__(self, open_page: Any, language: str, side: str) -> None:
        self.world = worlds.build()
        self.open_page, self.language, self.side = open_page, language, side
        self.pages: dict[str, Page] = {}

    def __iter__(self) -> Iterator[tuple[str, Page]]:
        """Door's name and the page as it stands when it has been loaded; files and redirects are passed by."""
        for door, who in PAGES:
            if who not in SIDES[self.side] or door.name in PIECES:
                continue
            address = reverse(door.name, kwargs=door.address(self.world)).replace("/en/", f"/{self.language}/", 1)
            if not address.endswith("/"):  # a file
                continue
            page = self._page(who)
            answer = page.goto(address)
            if answer.ok and not answer.request.redirected_from:
                yield door.name, page

    def _page(self, who: str) -> Page:
        if who not in self.pages:
            self.pages[who] = self.open_page(language=self.language, person=self.world.people[who])
            if self.language in AXE_LOOKS:
                self.pages[who].add_init_script(AXE_SCRIPT)
        return self.pages[who]


def _turns(page: Page) -> Iterator[int]:
    """Make the window as wide as each of the widths, beginning with the one it has."""
    begun = page.viewport_size["width"] if page.viewport_size else 0
    for width in WIDTHS if begun == WIDTHS[0] else reversed(WIDTHS):
        if width != begun:
            page.set_viewport_size({"width": width, "height": 900 if width > 1000 else 800})
        yield width


def _told(name: str, check: Any, *arguments: Any) -> list[str]:
    try:
        check(*arguments)
    except AssertionError as fault:
        return [f"{name}: {str(fault).splitlines()[0]}", *str(fault).splitlines()[1:]]
    return []


def _shape(page: Page) -> None:
    found = page.evaluate(SHAPE)
    assert found["headings"] == 1, f"{found['headings']} first headings"
    assert found["title"] not in {"", "Kinolab"} or page.url.endswith(("/en/", "/ky/")), f"title {found['title']!r}"
    assert not found["silent"], f"pictures without words: {found['silent']}"
    assert not found["keys"], f"keys where words should stand: {found['keys']}"


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("language", ["ky", "en"])
def test_every_page_is_clean_in_both_lights_at_all_widths_and_for_the_keyboard(open_page, language, side):
    faults, visited = [], 0
    for name, page in Tour(open_page, language, side):
        visited += 1
        for width in _turns(page):
            if scheme := AXE_LOOKS.get(language, {}).get(width):
                page.emulate_media(color_scheme=scheme)
                faults += _told(f"{name} {width} {scheme}", axe_clean, page)
            faults += _told(f"{name} {width}", no_sideways_scroll, page)
            if (language, width) == ("en", 1440) and name not in FRAMED:
                faults += _told(name, _walk, page)
            if width == WIDTHS[-1]:
                faults += _told(name, _shape, page)

    assert not faults, "\n".join(faults)
    assert visited > 10


def _walk(page: Page) -> None:
    page.evaluate("() => new Promise(requestAnimationFrame)")  # controls that say which light it is have heard of it
    stops = page.evaluate(STOPS)
    if page.evaluate("document.activeElement === document.body"):
        page.keyboard.press("Tab")
    else:  # a summary of mistakes has the focus already
        page.locator(".skip").focus()
    assert page.evaluate("document.activeElement.className") == "skip", "the skip link is not first"
    page.evaluate(WATCH)
    for _ in stops:  # Tab is held down
        page.keyboard.down("Tab")
    for _ in range(2 * len(stops) + 20):  # a date has a stop for its day, month, year and calendar
        if page.evaluate("met.round()"):
            break
        page.keyboard.down("Tab")
    else:
        raise AssertionError("the keyboard does not come round")
    page.keyboard.up("Tab")
    passed = page.evaluate("met.once()")
    hidden = [here["what"] for here in passed if not here["seen"]]
    covered = [here["what"] for here in passed if not here["open"]]
    missed = sorted(set(stops) - {here["what"] for here in passed})
    assert not hidden, "focus not to be seen:\n" + "\n".join(hidden)
    assert not covered, "focus under something:\n" + "\n".join(covered)
    assert not missed, "not reached:\n" + "\n".join(missed)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link does not lead to the content"
