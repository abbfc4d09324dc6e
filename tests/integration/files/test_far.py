"""Whole files go to a storage that speaks S3: a real one, started for the test."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from boto3.exceptions import S3UploadFailedError
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.foundation.files import actions, far, jobs, queries
from kinolab.foundation.files.models import StoredFile
from tests.factories import labs
from tests.kit import shut, waited

pytestmark = pytest.mark.slow
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
SECRET = "secretsecret"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Where the storage answers, and the folder in which it keeps what it has."""
    folder = tmp_path_factory.mktemp("far")
    (folder / "films").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    rclone = Path(sys.executable).parent / "rclone"
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"KEY,{SECRET}",
               "--vfs-cache-mode", "writes", "--cache-dir", folder / "cache", "--config", folder / "none", folder]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    process.kill()
    process.wait()


@pytest.fixture
def use(settings):
    def use(port: int, secret: str = SECRET, prefix: str = "") -> None:
        options = {
            "access_key": "KEY", "secret_key": secret, "bucket_name": "films", "region_name": "us-east-1",
            "endpoint_url": f"http://127.0.0.1:{port}", "location": prefix,
        }  # fmt: skip
        settings.STORAGES = {
            **settings.STORAGES,
            "far": {"BACKEND": "kinolab.foundation.files.far.Far", "OPTIONS": options},
        }
        settings.KINOLAB_FILES_FAR = True

    return use


def keep(content: bytes = PDF) -> StoredFile:
    upload = SimpleUploadedFile("сценарий.pdf", content)
    return actions.keep(upload=upload, by=labs.person(), at=NOW, kinds=["pdf"], max_bytes=10**9)


def given(stored: StoredFile) -> bytes:
    answer = queries.as_attachment(stored)
    try:
        return b"".join(answer.streaming_content)
    finally:
        shut(answer)


@pytest.mark.parametrize("prefix", ["", "lab/2026/"])
def test_file_goes_to_the_storage_and_is_given_out_from_there(server, use, prefix):
    use(server, prefix=prefix)
    stored = keep()
    local = Path(stored.blob.path)
    assert jobs.send_all() == 1
    assert jobs.send_all() == 0
    stored.refresh_from_db()

    assert (stored.place, local.exists()) == ("far", False)
    answer = queries.as_attachment(stored, "A 17.pdf")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="A 17.pdf"'
    assert (answer["Content-Length"], answer["X-Content-Type-Options"]) == (str(len(PDF)), "nosniff")
    assert (answer["Content-Security-Policy"], answer["Cache-Control"]) == (
        "default-src 'none'; sandbox",
        "private, no-store",
    )
    assert b"".join(queries.pieces(stored)) == PDF


def test_large_file_goes_in_parts(server, use, monkeypatch):
    monkeypatch.setattr(far, "PART", 5 << 20)  # the smallest that S3 allows
    use(server)
    content = b"%PDF-1.7\n" + os.urandom(12 << 20) + b"\n%%EOF\n"
    stored = keep(content)
    seen: list[str] = []
    client = storages["far"].connection.meta.client
    client.meta.events.register("before-call.s3", lambda model, **more: seen.append(model.name))
    assert actions.send_away(stored=stored)

    assert seen == [
        "CreateMultipartUpload",
        "UploadPart",
        "UploadPart",
        "UploadPart",
        "CompleteMultipartUpload",
        "HeadObject",
    ]
    assert given(stored) == content


def test_browser_may_fetch_it_there_by_an_address_that_is_signed(server, use, settings):
    use(server)
    settings.KINOLAB_FILES_DIRECT = True
    stored = keep()
    assert given(stored) == PDF  # still on the disk
    actions.send_away(stored=stored)
    answer = queries.as_attachment(stored)

    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    with urllib.request.urlopen(answer["Location"]) as fetched:
        assert fetched.read() == PDF
        assert "%D1%81%D1%86%D0%B5%D0%BD" in fetched.headers["Content-Disposition"]
    unsigned, signed = answer["Location"].partition("?")[0], answer["Location"]
    for address in (unsigned, signed[:-3] + "000"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address)
        assert refused.value.code in {400, 403}
        refused.value.close()


def test_storage_that_is_away_or_says_no_leaves_the_file_on_the_disk(server, use):
    for port, secret, error in ((9, SECRET, BotoCoreError), (server, "wrong-secret", S3UploadFailedError)):
        use(port, secret)
        stored = keep()
        with pytest.raises(error):
            actions.send_away(stored=stored)
        stored.refresh_from_db()
        assert (stored.place, given(stored)) == ("disk", PDF)
        stored.delete()


def test_storage_that_holds_less_than_was_sent_is_not_believed(server, use, monkeypatch):
    use(server)
    stored = keep()
    Path(stored.blob.path).write_bytes(PDF[:-1])
    with pytest.raises(OSError, match="bytes of"):
        actions.send_away(stored=stored)
    stored.refresh_from_db()
    assert (stored.place, Path(stored.blob.path).exists()) == ("disk", True)


def test_file_that_is_forgotten_goes_from_the_storage(server, use, django_capture_on_commit_callbacks):
    use(server)
    stored = keep()
    actions.send_away(stored=stored)
    code = StoredFile(blob=stored.blob.name, place="far")
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(stored=stored)
    with pytest.raises(ClientError):
        list(far.pieces(code))


def test_two_processes_do_not_send_one_file(server, use):
    import fcntl

    use(server)
    stored = keep()
    with Path(stored.blob.path).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert not actions.send_away(stored=stored)
    assert actions.send_away(stored=stored)
    assert not actions.send_away(stored=StoredFile(blob=stored.blob.name))


def test_download_of_a_large_file_streams_through_the_door(server, use):
    from kinolab.config.asgi import Door

    use(server)
    content = b"%PDF-1.7\n" + os.urandom(3 << 20) + b"\n%%EOF\n"
    stored = keep(content)
    actions.send_away(stored=stored)
    sent: list[int] = []

    async def send(message):
        sent.append(len(message.get("body", b"")))

    async def nobody_leaves():
        await asyncio.Event().wait()

    waited(lambda: Door()._stream(queries.as_attachment(stored), asyncio.to_thread, nobody_leaves, send))
    assert sum(sent) == len(content)
    assert max(sent) <= 1 << 20


def test_clock_sends_nothing_where_no_storage_is_named(settings):
    keep()
    assert settings.KINOLAB_FILES_FAR is False
    assert jobs.send_away.call() is False
