"""Large files in a real browser, on the server that takes their bytes: closed half-way, paused, the server gone meanwhile."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinolab.applications.models import Attachment
from kinolab.config.asgi import Door
from kinolab.foundation.files import coming
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.receiving import Receiver
from tests.browser.conftest import axe_clean, no_sideways_scroll, sign_in
from tests.factories import applications as make
from tests.integration.files.test_films import box, mvhd

SIZE = 24 << 20
SLOW = 6 << 20  # bytes a second of a throttled line


class StaticFiles(ASGIStaticFilesHandler):
    """Static files from where they lie, each read at once: Django leaves one open whose request is given up as it opens it."""

    def serve(self, request: HttpRequest) -> Any:
        response = super().serve(request)
        if not isinstance(response, FileResponse):
            return response
        with response.file_to_stream as file:
            return HttpResponse(file.read(), headers=response.headers)


@contextlib.contextmanager
def serving(port: int) -> Iterator[int]:
    """The program as it is really served."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        door = Receiver(StaticFiles(Door()))
        config = uvicorn.Config(door, lifespan="off", log_level="critical", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = server.force_exit = True
        thread.join(10)


@pytest.fixture
def switched() -> Iterator[dict[str, Any]]:
    """The server, which a test may switch off and on again on the same port."""
    held: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:

        def on(port: int = 0) -> int:
            held["running"] = stack.enter_context(contextlib.ExitStack())
            return held["running"].enter_context(serving(port))

        def off() -> None:
            held["running"].close()

        held["on"], held["off"] = on, off
        yield held


@pytest.fixture
def site(files_kept: None, transactional_db: Any, switched: dict[str, Any], settings: Any, tmp_path: Path) -> str:
    """In place of the usual server, which knows no PATCH."""
    settings.MEDIA_ROOT, settings.KINOLAB_MAIL_FOLDER = tmp_path / "files", tmp_path / "mail"
    settings.KINOLAB_DISK_RESERVE = 0
    switched["port"] = switched["on"]()
    settings.KINOLAB_URL = f"http://127.0.0.1:{switched['port']}"
    return settings.KINOLAB_URL


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of some minutes whose pictures are noise."""
    path = tmp_path / "суу_бөлгүч_монтаж.mp4"
    path.write_bytes(box(b"ftyp", b"isom\0\0\2\0isomiso2") + box(b"mdat", os.urandom(SIZE)) + box(b"moov", mvhd(5400)))
    return path


@pytest.fixture
def begun(open_page: Callable[..., Page]) -> Any:
    """A draft whose form asks for a film, and the way to its page."""
    now = timezone.now()
    call = make.call(opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=5))
    question = make.question(call, "script")
    question.limits = [{"unit": "megabytes", "maximum": 5000}, {"unit": "minutes", "maximum": 120}]
    question.save()
    application = make.application(call, make.person(), at=now)
    where = reverse("applications:section", args=(application.code, "more"))

    def go(*, slow: bool = False, language: str = "en", inside: Any = None, **how: Any) -> Page:
        if inside is None:
            page = open_page(person=application.lead, language=language, **how)
        else:
            page = inside.new_page()
            sign_in(page, application.lead)
        page.goto(where.replace("/en/", f"/{language}/"))
        if slow:
            line = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": SLOW}
            page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        return page

    go.field = f"#q{question.pk}"  # type: ignore[attr-defined]
    return go


def choose(page: Page, begun: Any, *paths: Path) -> None:
    page.locator(f"{begun.field}-file").set_input_files([str(path) for path in paths])


def come(least: int) -> str:
    """Wait until so much has arrived; the code of the upload."""
    for _ in range(400):
        upload = Upload.objects.first()
        if upload is not None and (coming.arrived(upload.code) or 0) >= least:
            return upload.code
        time.sleep(0.02)
    raise AssertionError("nothing arrives")


def taken(page: Page, film: Path) -> None:
    """The film is there, bit by bit."""
    page.locator(".upload[data-state=done]", has_text="1:30:00").wait_for(timeout=30_000)
    stored = Attachment.objects.get().file
    assert (stored.size, stored.sha256) == (film.stat().st_size, sha256(film.read_bytes()).hexdigest())
    assert Path(stored.blob.path).stat().st_size == stored.size


def test_closed_browser_goes_on_where_it_stopped(begun, film):
    page = begun(slow=True)
    choose(page, begun, film)
    code = come(3 << 20)
    page.close(run_before_unload=False)  # the browser is gone
    time.sleep(0.3)
    there = coming.arrived(code)
    assert 0 < there < SIZE

    page = begun()
    expect(page.locator(".upload[data-state=drop]")).to_contain_text("Choose the same file again")
    axe_clean(page)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.headers["upload-offset"]) if one.method == "PATCH" else None)
    choose(page, begun, film)
    taken(page, film)
    axe_clean(page)
    assert int(asked[0]) == there
    assert Upload.objects.count() == 1


def test_server_that_goes_away_and_comes_back_is_waited_for(begun, film, switched, browser):
    # A page of its own: that nobody answers is told on the console, and here it is meant.
    page = begun(inside=browser.new_context(base_url=f"http://127.0.0.1:{switched['port']}"), slow=True)
    choose(page, begun, film)
    code = come(2 << 20)
    switched["off"]()
    assert 0 < coming.arrived(code) < SIZE
    page.locator(".upload[data-state=drop]", has_text="The connection broke").wait_for()
    switched["on"](switched["port"])
    taken(page, film)
    page.context.close()


def test_paused_upload_stands_still_and_goes_on_by_hand(begun, film):
    page = begun(slow=True)
    choose(page, begun, film)
    come(1 << 20)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".upload[data-state=drop]")).to_contain_text("Paused at")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    axe_clean(page)
    time.sleep(0.3)
    there = coming.arrived(Upload.objects.get().code)
    time.sleep(0.5)
    assert coming.arrived(Upload.objects.get().code) == there
    page.get_by_role("button", name="Go on").click()
    taken(page, film)


def test_upload_that_is_given_up_leaves_nothing(begun, film):
    page = begun(slow=True)
    choose(page, begun, film)
    code = come(1 << 20)
    page.locator(".upload").get_by_role("button", name="Remove").click()
    expect(page.locator(".upload")).to_have_count(0)
    for _ in range(100):
        if not Upload.objects.exists() and coming.arrived(code) is None:  # its row goes first, then what had come
            break
        time.sleep(0.05)
    assert (Upload.objects.count(), coming.arrived(code)) == (0, None)


def test_small_files_go_in_one_piece_and_load_nothing(begun, tmp_path):
    papers = []
    for number in range(3):
        papers.append(tmp_path / f"{number}.pdf")
        papers[-1].write_bytes(b"%PDF-1.7\n%" + str(number).encode() + b"\n%%EOF\n")
    page = begun()
    loaded: list[str] = []
    page.on("request", lambda one: loaded.append(one.url))
    choose(page, begun, *papers)
    expect(page.locator(".upload[data-state=done]")).to_have_count(3)
    assert Attachment.objects.count() == 3
    assert [url for url in loaded if "/vendor/" in url] == []
    page.locator(".upload").first.get_by_role("button", name="Remove").click()
    expect(page.locator(".upload[data-state=done]")).to_have_count(2)


@pytest.mark.parametrize("name, content, sentence", [
    ("program.pdf", b"MZ" + b"x" * 2_000_000, "The contents of this file do not match its name."),
    ("small.pdf", b"MZ", "The contents of this file do not match its name."),
])  # fmt: skip
def test_file_that_is_something_else_is_refused_beside_the_question(begun, tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    page = begun()
    choose(page, begun, path)
    expect(page.locator(".upload[data-tone=bad]")).to_contain_text(sentence)
    axe_clean(page)
    assert Attachment.objects.count() == 0


def test_file_that_is_too_large_is_refused_before_a_byte_is_sent(begun, film, settings):
    settings.KINOLAB_FILE_MAX = 5_000_000
    page = begun()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method != "GET" else None)
    choose(page, begun, film)
    expect(page.locator(".upload[data-tone=bad]")).to_contain_text(
        "This file is too large: 25.2 MB. The limit here: 5 MB."
    )
    assert sent == []


def test_files_work_on_a_narrow_phone_in_kyrgyz_and_without_a_script(begun, film, tmp_path):
    page = begun(size="phone", scheme="dark", language="ky", slow=True)
    page.set_viewport_size({"width": 320, "height": 720})
    choose(page, begun, film)
    come(1 << 20)
    page.get_by_role("button", name="Токтотуу").click()
    no_sideways_scroll(page)
    axe_clean(page)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    plain = begun(script=False)
    choose(plain, begun, paper)
    plain.locator(f"button[form^=attach]:near({begun.field}-file)", has_text="Add the file").first.click()
    expect(plain.locator(".upload[data-state=done]")).to_have_count(1)
    expect(plain.locator(".upload[data-state=drop]")).to_have_count(1)
