"""A real browser on a real server: pages by size, colour scheme and language; faults on the console fail the test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.http import HttpRequest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import checking
from tests.kit import session_of

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # A page lives for moments here: to make its scripts fast costs more than it gives, and axe comes anew with every page.
    "--js-flags=--no-maglev,--no-turbofan",
]  # fmt: skip
# Without fetching the style sheets once more for its rules: none that is switched on reads them; sounds and films it does load.
AXE = "axe.run({resultTypes: ['violations'], preload: {assets: ['media']}}).then(found => found.violations)"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
SEVERE = {"minor", "moderate", "serious", "critical"}
# An answer that refuses (403, 404, 409, 422…) is an expected answer, though the console calls it an error; so is no answer
# where a test has taken the network away, and that no page is kept for it.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "Service Worker registration blocked by Playwright",
)

Watched = Callable[..., Page]


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Every test here has a database that the server's threads see."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    found = checking.browser()
    if found is None:
        pytest.fail("No Chromium or Chrome here: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def files_kept() -> Iterator[None]:
    """A browser keeps style sheets, scripts and fonts, as it does those of a real server; it would ask for them on every page."""
    drawn = StaticFilesHandlerMixin.serve

    def serve(self: StaticFilesHandlerMixin, request: HttpRequest) -> Any:
        response = drawn(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", serve)
        yield


@pytest.fixture
def site(files_kept: None, live_server: Any, settings: Any, tmp_path: Path) -> str:
    """The address of a running Kinolab, without a slash at its end; links in letters lead there too."""
    settings.KINOLAB_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.KINOLAB_MAIL_FOLDER = tmp_path / "mail"
    return live_server.url


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Watched]:
    """`open_page(size="phone", scheme="dark", language="ky", person=…)`: a page of its own, watched to the end."""
    opened, faults = [], []

    def _open(*, size: str = "desktop", scheme: str = "light", language: str = "en", person: Any = None,
              script: bool = True) -> Page:  # fmt: skip
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=language, base_url=site,
            java_script_enabled=script, timezone_id="Asia/Bishkek", reduced_motion="reduce", has_touch=size == "phone",
            service_workers="block",  # one test has it: others play the server themselves
        )  # fmt: skip
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.extend(_faults(message)))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}")
                if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url) else None)  # fmt: skip
        if person is not None:
            sign_in(page, person)
        return page

    yield _open
    for context in opened:
        context.close()
    assert not faults, "\n".join(faults)


def _faults(message: ConsoleMessage) -> list[str]:
    """Errors and warnings of the console, refusals of the content security policy among them."""
    if message.type not in {"error", "warning"} or message.text.startswith(EXPECTED):
        return []
    return [f"console {message.type}: {message.text}"]


@pytest.fixture
def page(open_page: Watched) -> Page:
    """A visitor's page: desktop, light, English."""
    return open_page()


def sign_in(page: Page, person: Any) -> None:
    """Sign the page's context in by a session of the person's, without the sign-in page."""
    name, where = django_settings.SESSION_COOKIE_NAME, django_settings.KINOLAB_URL
    page.context.add_cookies([{"name": name, "value": session_of(person), "url": where}])


def axe_clean(page: Page) -> None:
    """Axe finds nothing on the page as it stands."""
    if not page.evaluate("'axe' in window"):  # once a page: the script is half a megabyte
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE)
    told = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
        + "\n    ".join(node["html"] for node in rule["nodes"][:5])
        for rule in found
        if rule["impact"] in SEVERE
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)


def no_sideways_scroll(page: Page) -> None:
    """The page is not wider than its window."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} is {over} px wider than the window"
