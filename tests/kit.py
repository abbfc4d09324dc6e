"""Tools that tests share: a client that looks at every page, counted statements, travel in time, swaps compared."""

import asyncio
import contextlib
import datetime
import re
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import Any, ClassVar

import time_machine
from django.conf import settings
from django.core import signals
from django.core.cache import cache
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.template.base import FilterExpression
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kinolab.foundation.people import sessions

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFTOVER = re.compile(r"\{%|%\}|\{\{|\}\}|\{#|#\}|%\(\w+\)[sd]")
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


# --- Undefined template variables ------------------------------------------------------------------------------------
class Undefined(str):
    """Stands for `string_if_invalid` while testing: shows as nothing, and remembers which variable was missing.

    Django asks whether `string_if_invalid` is true at the very place where a variable was not found; the answer is no,
    so that filters such as `default` work as they do for readers, and the place is written down.
    """

    __slots__ = ()
    missing: ClassVar[list[str]] = []

    def __bool__(self) -> bool:
        """Note the expression that Django is resolving."""
        expression = sys._getframe(1).f_locals.get("self")
        if isinstance(expression, FilterExpression):
            filters = {function.__name__ for function, _ in expression.filters}
            if not filters & {"default", "default_if_none"}:
                self.missing.append(str(expression))
        return False

    def __contains__(self, part: object) -> bool:
        """`{% blocktranslate %}` asks this for a variable that its sentence names and nobody gave."""
        key = sys._getframe(1).f_locals.get("key")
        if part == "%s" and key is not None:
            self.missing.append(f"{key} (in a sentence)")
        return super().__contains__(part)  # type: ignore[operator]


# --- What is wrong with a page ---------------------------------------------------------------------------------------
class _Look(HTMLParser):
    """Walks a page and writes down what may not be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.pointed: list[tuple[str, str]] = []
        self.quiet = False  # inside <script>, where JSON may end in }}

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.quiet = self.quiet or tag == "script"
        if len(given) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice: {[name for name, _ in attrs]}")
        if tag == "style" or "style" in given:
            self.faults.append(f"inline style on <{tag}>")
        if tag == "script" and "src" not in given and "json" not in (given.get("type") or ""):
            self.faults.append("inline script")
        self.faults += [f"inline handler {name} on <{tag}>" for name in given if name.startswith("on")]
        self.faults += [f"<{tag} {name}={value!r}>" for name, value in attrs if value and LEFTOVER.search(value)]
        if tag == "img" and "alt" not in given:
            self.faults.append(f"<img src={given.get('src')!r}> without alt")
        if (given.get("href") or "").lower().startswith("javascript:"):
            self.faults.append("a javascript: address")
        if identity := given.get("id"):
            if identity in self.ids:
                self.faults.append(f"id {identity!r} twice")
            self.ids.add(identity)
        self.pointed += [(name, target) for name in POINTERS for target in (given.get(name) or "").split()]

    def handle_data(self, data: str) -> None:
        if not self.quiet and (found := LEFTOVER.search(data)):
            self.faults.append(f"unrendered {data[max(0, found.start() - 20) : found.end() + 30]!r}")


def faults(html: str) -> list[str]:
    """Everything that may not be in a page: inline code, duplicate ids, unrendered tags, pointers to nothing."""
    look = _Look()
    look.feed(html)
    look.close()
    if "<html" in html[:500]:
        look.faults += [f"{name} points to {target!r}, which is not there" for name, target in look.pointed
                        if target not in look.ids]  # fmt: skip
        if not re.search(r"<html[^>]* lang=", html[:500]):
            look.faults.append("<html> without lang")
        if not re.search(r"<title>\s*[^<\s]", html):
            look.faults.append("no title")
    return look.faults


GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _is_block(response: HttpResponse) -> bool:
    """Whether it is the one page made for frames of others: only there may the policy name who frames it."""
    match = getattr(response, "resolver_match", None)
    return response.status_code == 200 and match is not None and match.view_name in ("calls:block", "calls:block_of")


def header_faults(response: HttpResponse, signed_in: bool) -> list[str]:
    """What an answer lacks that guards whoever gets it: a strict policy, no sniffing, no frame, no cache of a page of one's own."""
    wanted = GUARDS | ({"X-Frame-Options": None} if _is_block(response) else {})
    found = [f"{name} is {response.get(name)!r}" for name, value in wanted.items() if response.get(name) != value]
    policy, kept = response.get("Content-Security-Policy", ""), response.get("Cache-Control", "")
    if ("default-src 'self'" not in policy and "default-src 'none'" not in policy) or "unsafe" in policy:
        found.append(f"policy {policy!r}")
    if not kept:
        found.append("nothing said about caches")
    own = signed_in and response.get("Content-Type", "").startswith("text/html")
    if "public" in kept and (own or response.cookies):
        found.append(f"a page of one's own may be kept: {kept}")
    return found


class LookingClient(Client):
    """Django's client; every page that comes back is looked at."""

    def request(self, **request: Any) -> HttpResponse:
        """Make the request and look at what comes back."""
        Undefined.missing.clear()
        response = super().request(**request)
        missing, Undefined.missing[:] = list(Undefined.missing), []
        where = f"{request.get('REQUEST_METHOD')} {request.get('PATH_INFO')}"
        unguarded = header_faults(response, settings.SESSION_COOKIE_NAME in self.cookies)
        assert not unguarded, f"{where}: " + "; ".join(unguarded)
        assert not missing, f"{where}: undefined in templates: {missing}"
        # What a page is made of is the same on both databases: it is read through on one.
        here = connection.vendor == "sqlite"
        if here and response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            found = faults(response.content.decode())
            assert not found, f"{where}: " + "; ".join(found)
        return response


def client_of(person: Any = None, *, looking: bool = True) -> Client:
    """A client of its own, signed in as the person (None: nobody); one that does not look where pages are only compared."""
    client = LookingClient() if looking else Client()
    if person is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
    return client


def session_of(person: Any) -> str:
    """The key of a new session in which the person is signed in, for a cookie: nobody has seen the sign-in page."""
    session = sessions.of(person)
    session.create()
    return session.session_key


def shut(response: HttpResponse) -> None:
    """Close a response that nobody reads to its end (a file), without closing the test's database with it."""
    signals.request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        signals.request_finished.connect(close_old_connections)


# --- What is asynchronous --------------------------------------------------------------------------------------------
def waited(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What comes of it, waited for in a thread of its own: a browser's driver leaves a running loop in the test's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


# --- Statements ------------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def queries(number: int) -> Iterator[None]:
    """Exactly this many statements are sent to the database inside; savepoints do not count."""
    with CaptureQueriesContext(connection) as seen:
        yield
    sent = [query["sql"] for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(sent) == number, f"{len(sent)} statements instead of {number}:\n" + "\n".join(sent)


def same_cost(visit: Callable[[], Any], grow: Callable[[], Any], *, times: int = 2) -> int:
    """Visit with what there is (one item), grow twice, visit again: the same statements. Returns how many."""
    visit()  # what is cached for good (permissions of types, templates) does not count
    first = _sent(visit)
    for _ in range(times):
        grow()
    last = _sent(visit)
    assert len(first) == len(last), f"{len(first)} statements, then {len(last)}:\n" + "\n".join(last)
    return len(first)


def _sent(visit: Callable[[], Any]) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        visit()
    return [query["sql"] for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]]


# --- Time ------------------------------------------------------------------------------------------------------------
def at(moment: datetime.datetime | str) -> Any:
    """Stand still at this moment: `with at("2026-03-01T12:00+06:00"): …` (aware; ISO text will do)."""
    when = datetime.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    assert when.tzinfo is not None, "a moment needs its zone"
    return time_machine.travel(when, tick=False)


# --- Swaps -----------------------------------------------------------------------------------------------------------
class _Tokens(HTMLParser):
    """The page as a list of tags and texts, without what differs from one answer to the next."""

    CHANGING = {"csrfmiddlewaretoken"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("name") in self.CHANGING:
            given["value"] = ""
        given.pop("hx-headers", None)
        self.tokens.append((tag, tuple(sorted(given.items(), key=str))))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.tokens.append(("/" + tag, None))

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.tokens.append(("", words))


def element(html: str, identity: str) -> list[tuple[str, Any]]:
    """The element with this id, as tokens; empty when it is not there."""
    parser = _Tokens()
    parser.feed(html)
    depth, taken = 0, []
    for tag, content in parser.tokens:
        begins = not depth and content and not isinstance(content, str) and ("id", identity) in content
        if depth or begins:
            taken.append((tag, content))
            if tag.startswith("/"):
                depth -= 1
            elif tag and tag not in VOID:
                depth += 1
            if not depth:
                break
    return taken


def swap_equals_reload(client: Client, page: str, swap: HttpResponse, identity: str) -> None:
    """What htmx swapped in (`swap`, element `identity`) is what a fresh load of `page` shows there.

    swap = client.post(address, data, headers={"HX-Request": "true"})
    """
    fresh = element(client.get(page).content.decode(), identity)
    swapped = element(swap.content.decode(), identity)
    assert fresh, f"{page} has no element #{identity}"
    assert swapped == fresh
