"""A guide of docs/ as a script: what its numbered steps tell the reader to do is done in a real browser, in that order.

In a numbered step, and only there:

    `/en/sign-in/`              go to this page
    `Суу бөлгүч` … **Title**    write (or choose) the value in the field with this label
    **Publish the call**        press the button, link, tab or fold, or tick the box, with these words
    “The call is public”        these words stand on the page
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

MARK = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|“(?P<seen>[^”]+)”")
PATIENCE = 10  # seconds, as everything else waits here
PRESSED = ("button", "link", "tab", "radio", "checkbox")


@dataclass(frozen=True)
class Step:
    """One numbered step: its chapter, its text."""

    chapter: str
    text: str

    def marks(self) -> Iterator[tuple[str, str]]:
        """What kind of mark, and its words, in order."""
        for found in MARK.finditer(self.text):
            kind = found.lastgroup or ""
            yield kind, " ".join(found[kind].split())


def steps(guide: Path) -> list[Step]:
    """The numbered steps of a guide, with the heading under which each stands."""
    chapter, found = "", []
    inside = False
    for line in guide.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            chapter, inside = line.lstrip("# "), False
        elif re.match(r"\d+\. ", line):
            found.append(Step(chapter, line.partition(" ")[2].strip()))
            inside = True
        elif inside and line.startswith("   "):
            found[-1] = Step(chapter, f"{found[-1].text} {line.strip()}")
        else:
            inside = False
    return found


def follow(page: Page, step: Step, told: Mapping[str, Callable[[Page], str]]) -> None:
    """Do what the step says; whatever cannot be done fails with the step's own words.

    `told` holds the values that stand for something on the page (`the number`) and how to read it there.
    """
    value = None
    try:
        for kind, words in step.marks():
            if kind == "code" and words.startswith("/"):
                answer = page.goto(words)
                assert answer is not None and answer.ok, f"{answer and answer.status} {words}"
            elif kind == "code":
                assert value is None, f"{value} has no field"
                value = told[words](page) if words in told else words
            elif kind == "seen":
                expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()
            elif value is not None:
                _fill(page, words, value)
                value = None
            else:
                _press(page, words)
        assert value is None, f"{value} has no field"
    except Exception as fault:
        raise AssertionError(f"{step.chapter}: {step.text}\nat {page.url}\n{fault}") from fault


def _fill(page: Page, label: str, value: str) -> None:
    labelled = page.get_by_label(re.compile(rf"^\s*{re.escape(label)}"))
    field = page.locator("input, select, textarea").and_(labelled).filter(visible=True).first
    if field.evaluate("one => one.localName") == "select":
        field.select_option(label=value)
    else:
        field.fill(value)
        field.blur()


def _press(page: Page, words: str) -> None:
    """What is called exactly this; else what begins so (“Impact Lab 2027”); else where it is a word (“1 Call, now”)."""
    said = re.escape(words).replace(":", r"\s*:")  # what only a screen reader hears is parted from what one sees
    names = [re.compile(name) for name in (f"^{said}$", rf"^{said}(?!\w)", rf"(?<!\w){said}(?!\w)", said)]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:  # the page that a press before asked for may still be on its way
        page.wait_for_load_state()
        for name in names:
            for place in (page.locator("main"), page.locator("body")):
                if found := _called(place, name):
                    found.click()
                    page.wait_for_load_state()
                    return
        page.wait_for_timeout(100)
    raise AssertionError(f"nothing here is called «{words}»:\n{page.locator('body').aria_snapshot()}")


def _called(place: Locator, name: re.Pattern[str]) -> Locator | None:
    for role in PRESSED:
        one = place.get_by_role(role, name=name)  # type: ignore[arg-type]
        if one.count():
            return one.first
    folds = place.locator("summary").filter(has_text=name, visible=True)
    return folds.first if folds.count() else None
