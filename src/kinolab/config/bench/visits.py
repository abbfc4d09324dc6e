"""What each row asks for, whoever answers: the server over HTTP, or the program itself while statements are counted."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
RADIO = re.compile(r'type="radio" name="(c\d+)"')
VERSION = re.compile(r'name="([\w-]+)-version" value="(\d+)"')


class Answered(Exception):
    """The answer was not the expected one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        """As text."""
        return self.body.decode()


class Visitor(Protocol):
    """Somebody who asks, signed in by a session or not."""

    def get(self, path: str) -> Answer:
        """Ask for a page."""

    def post(self, path: str, fields: Mapping[str, str], *, script: bool = False) -> Answer:
        """Send a form, or what a script sends."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One go at a row: whose session, and what is done; returns how many bytes of pages came."""

    session: str
    make: Callable[[Visitor], int]


def visits(key: str, facts: Mapping[str, Any], turn: int) -> Visit:
    """The visit number `turn` of a row."""
    if key == "apply":
        draft = facts["drafts"][turn]
        return Visit(draft["session"], lambda visitor: _apply(visitor, draft))
    if key == "review":
        return Visit(facts["sessions"]["reader"], lambda visitor: _review(visitor, facts["readings"][turn]))
    path, who = facts["pages"][key]
    return Visit(facts["sessions"].get(who, ""), lambda visitor: len(_page(visitor, path).body))


def _page(visitor: Visitor, path: str) -> Answer:
    answer = visitor.get(path)
    if answer.status != 200:
        raise Answered(f"GET {path}: {answer.status}")
    return answer


def _sent(answer: Answer, path: str, status: int) -> None:
    if answer.status != status:
        raise Answered(f"POST {path}: {answer.status} {answer.text[:300]}")


def token_of(page: Answer) -> dict[str, str]:
    """The page's secret against forged forms, as a field; nothing where it has none."""
    found = TOKEN.search(page.text)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


def _apply(visitor: Visitor, draft: Mapping[str, str]) -> int:
    """Open a section of the form, save one answer as the script does, send the application."""
    page = _page(visitor, draft["section"])
    token = token_of(page)
    saved = {"field": draft["field"], "value": draft["value"], "version": draft["version"], **token}
    _sent(visitor.post(draft["save"], saved, script=True), draft["save"], 200)
    _sent(visitor.post(draft["submit"], token), draft["submit"], 302)
    return len(page.body)


def _review(visitor: Visitor, reading: Mapping[str, str]) -> int:
    """Open the reading room, hand in the whole form."""
    page = _page(visitor, reading["read"])
    versions = {f"{name}-version": number for name, number in VERSION.findall(page.text)}
    marks = dict.fromkeys(RADIO.findall(page.text), "3")
    said = {"recommendation": "yes_if", "private_note": "", "shareable_note": "Начало сильное."}
    _sent(visitor.post(reading["submit"], {**versions, **marks, **said, **token_of(page)}), reading["submit"], 302)
    return len(page.body)
