"""What the form weighs on its first visit, fonts and all, as the real program sends it: compressed, from an empty cache."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from kinolab.foundation.ui.templatetags import ui
from tests.browser.conftest import no_sideways_scroll, sign_in
from tests.browser.test_apply import begin, call, section  # noqa: F401  (a fixture)
from tests.factories import applications as make

MOST = 120_000  # bytes, heads of the answers included


@pytest.fixture
def address(settings: Any, tmp_path: Path) -> Iterator[str]:
    """The program with its files hashed and compressed, as it stands on a server."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "kinolab.config.static.StaticFiles"}}
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", verbosity=0, interactive=False)
    ui._icon.cache_clear()
    server = LiveServerThread("localhost", static_handler=lambda handler: handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    settings.KINOLAB_URL = f"http://localhost:{server.port}"
    yield settings.KINOLAB_URL
    server.terminate()
    ui._icon.cache_clear()


def first_visit(browser: Browser, address: str, path: str, person: Any) -> dict[str, int]:
    """Bytes that came over the line by address, on a phone of 320 pixels that has never been here."""
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640})
    page = context.new_page()
    sign_in(page, person)
    names, weights = {}, {}
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.requestWillBeSent", lambda told: names.update({told["requestId"]: told["request"]["url"]}))
    line.on("Network.loadingFinished", lambda told: weights.update({told["requestId"]: told["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")
    no_sideways_scroll(page)
    context.close()
    return {names[one]: int(weight) for one, weight in weights.items()}


def test_form_on_a_first_visit_is_light_in_every_language(browser, address, call):  # noqa: F811
    application = begin(call, make.person("Meerim", name="Мээрим Өмүрова"), title="Суу бөлгүч / The Water Divider")
    make.member(application, at=timezone.now())
    start = reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug))
    for language in ("ky", "ru", "en"):
        for path in (section(application), section(application, "more"), start):
            weighed = first_visit(browser, address, path.replace("/en/", f"/{language}/"), application.lead)
            told = "\n".join(f"{weight:7} {name}" for name, weight in sorted(weighed.items(), key=lambda one: -one[1]))
            assert sum(weighed.values()) < MOST, f"{language} {path}: {sum(weighed.values())} bytes\n{told}"
            assert any(".woff2" in name for name in weighed), "the fonts came along"
