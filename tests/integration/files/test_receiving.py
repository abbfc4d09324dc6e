"""Bytes of an upload, over a real connection to a real server: as they come, broken off, damaged, twice at once."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from kinolab.config import ready
from kinolab.foundation.files import coming, receiving, tickets
from tests.integration.files.receiver import SESSION, Sender, checksum, running

MB = 1 << 20
FILE = os.urandom(3 * MB + 17)


@pytest.fixture(scope="module")
def port():
    with running() as number:
        yield number


@pytest.fixture
def sender(port, own_files) -> Sender:
    coming.begin("upload")
    return Sender(port, len(FILE))


def lying() -> bytes:
    return coming.place("upload").read_bytes()


def test_parts_follow_one_another_until_the_file_is_whole(sender):
    first = sender.patch(FILE[:MB], 0)
    second = sender.patch(FILE[MB : 2 * MB], MB, Upload_Checksum=checksum(FILE[MB : 2 * MB]))
    last = sender.patch(FILE[2 * MB :], 2 * MB, Upload_Checksum=checksum(FILE[2 * MB :], "sha1"))

    assert [(one.status, one.offset, one.headers["tus-resumable"]) for one in (first, second, last)] == [
        (204, MB, "1.0.0"), (204, 2 * MB, "1.0.0"), (204, len(FILE), "1.0.0"),
    ]  # fmt: skip
    assert lying() == FILE
    assert list(coming.place("upload").parent.iterdir()) == [coming.place("upload")]


def test_part_of_unknown_length_is_taken(sender):
    def pieces():
        for at in range(0, len(FILE), 300_000):
            yield FILE[at : at + 300_000]

    assert sender.patch(pieces(), 0).offset == len(FILE)  # chunked
    assert lying() == FILE


def test_proxy_that_lets_no_patch_through_is_gone_round(sender):
    assert sender.patch(FILE[:5], 0, method="POST", X_HTTP_Method_Override="PATCH").offset == 5


@pytest.mark.parametrize("method, address", [("POST", None), ("GET", None), ("PATCH", "/elsewhere/")])
def test_everything_else_is_for_the_door(sender, method, address):
    sender.address = address or sender.address
    assert (sender.patch(b"", 0, method=method).text, lying()) == ("the door", b"")


# --- Broken off ------------------------------------------------------------------------------------------------------
def test_connection_that_breaks_leaves_what_had_come(sender):
    line = sender.open(len(FILE), 0)
    line.sendall(FILE[: 2 * MB + 345])
    while coming.arrived("upload") < MB:
        time.sleep(0.01)
    time.sleep(0.1)  # the server has the rest too, in its memory
    line.close()

    sender.arrives(2 * MB + 345)
    assert sender.patch(FILE[2 * MB + 345 :], 2 * MB + 345).offset == len(FILE)
    assert lying() == FILE


def test_connection_that_breaks_in_a_part_with_a_checksum_leaves_nothing_of_the_part(sender):
    sender.patch(FILE[:MB], 0)
    line = sender.open(2 * MB, MB, Upload_Checksum=checksum(FILE[MB : 3 * MB]))
    line.sendall(FILE[MB : 2 * MB + 99])
    time.sleep(0.05)
    assert coming.arrived("upload") == MB  # what is not checked does not count meanwhile
    line.close()

    sender.arrives(MB)
    assert lying() == FILE[:MB]


def test_connection_that_says_nothing_any_more_lets_go(sender, monkeypatch):
    monkeypatch.setattr(receiving, "PATIENCE", 0.05)
    line = sender.open(len(FILE), 0)
    line.sendall(FILE[:1000])

    assert line.recv(100).startswith(b"HTTP/1.1 408")
    line.close()
    sender.arrives(1000)


def test_file_cut_at_nearly_all_of_its_five_gigabytes_goes_on(port, own_files):
    whole, cut = 5_000_000_000, 4_900_000_000
    coming.begin("upload")
    os.truncate(coming.place("upload"), cut)  # sparse: a real disk need not hold it
    sender = Sender(port, whole)

    assert sender.patch(b"x", 4_899_999_999).status == 409
    assert sender.patch(FILE[:MB], cut, Upload_Checksum=checksum(FILE[:MB])).offset == cut + MB
    os.truncate(coming.place("upload"), whole - MB)
    assert sender.patch(FILE[:MB], whole - MB).offset == whole
    assert sender.patch(b"x", whole).status == 413


# --- Wrong ------------------------------------------------------------------------------------------------------------
def test_damaged_part_is_thrown_away(sender):
    sender.patch(FILE[:MB], 0)
    answer = sender.patch(FILE[MB : 2 * MB], MB, Upload_Checksum=checksum(FILE[:MB]))

    assert (answer.status, answer.text) == (460, "A part of the file was damaged on its way. It is sent once more.")
    assert lying() == FILE[:MB]
    assert sender.patch(FILE[MB : 2 * MB], MB, Upload_Checksum=checksum(FILE[MB : 2 * MB])).status == 204


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"Tus_Resumable": "0.2.2"}, 400),
        ({"Tus_Resumable": None}, 400),
        ({"Content_Type": "text/plain"}, 400),
        ({"Upload_Offset": None}, 400),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "x"}, 400),
        ({"Upload_Checksum": "md5 AAAA"}, 400),
        ({"Upload_Checksum": "sha256 %%%"}, 400),
        ({"Upload_Checksum": "sha256 AAAA"}, 400),
        ({"Upload_Offset": "7"}, 409),
        ({"Cookie": None}, 403),
        ({"Cookie": "kino_session=of-another-person"}, 403),
    ],
)
def test_part_that_is_not_said_rightly_changes_nothing(sender, headers, status):
    assert (sender.patch(b"12345", 0, **headers).status, lying()) == (status, b"")


def test_more_than_was_announced_is_not_kept(sender):
    assert (sender.patch(FILE + b"x", 0).status, lying()) == (413, b"")

    def pieces():
        yield FILE
        yield b"x"

    assert (sender.patch(pieces(), 0).status, lying()) == (413, b"")


def test_upload_that_was_given_up_is_gone(sender):
    coming.remove("upload")
    assert sender.patch(b"12345", 0).status == 410


def test_address_that_was_changed_or_is_too_old_opens_nothing(sender, settings):
    forged = Sender(sender.port, 5)
    forged.address = sender.address.replace("/uploads/W", "/uploads/X", 1)
    settings.KINOLAB_UPLOAD_DAYS = -1

    assert [forged.patch(b"12345", 0).status, sender.patch(b"12345", 0).status] == [403, 403]


def test_refusal_is_said_in_the_language_of_the_page(sender):
    from django.utils import translation

    with translation.override("ru"):
        sender.address = tickets.address("upload", len(FILE), SESSION)
    answer = sender.patch(b"12345", 5)
    assert answer.headers["content-language"] == "ru"
    with translation.override("ru"):
        from kinolab.foundation.files import words

        assert answer.text == str(words.REASONS["upload_elsewhere"])


def test_disk_that_is_full_before_a_byte_of_the_part_came_costs_nothing(sender):
    sender.patch(FILE[:MB], 0)
    coming.place("upload").with_suffix(".noting").symlink_to("/dev/full")
    refused = sender.patch(FILE[MB:], MB, Upload_Checksum=checksum(FILE[MB:]))

    assert (refused.status, coming.arrived("upload")) == (507, MB)
    assert sender.patch(FILE[MB:], MB, Upload_Checksum=checksum(FILE[MB:])).status == 204
    assert lying() == FILE


# --- At once ---------------------------------------------------------------------------------------------------------
def test_of_two_connections_at_once_the_second_is_told_to_wait(sender):
    line = sender.open(len(FILE), 0)
    line.sendall(FILE[:MB])
    while coming.arrived("upload") < MB:
        time.sleep(0.01)
    second = sender.patch(FILE[MB:], MB)
    line.sendall(FILE[MB:])

    assert second.status == 423
    assert line.recv(100).startswith(b"HTTP/1.1 204")
    line.close()
    assert lying() == FILE


def test_many_connections_with_the_same_part_keep_it_once(sender):
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(sender.patch(FILE[:MB], 0).status)) for _ in range(8)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count(204) == 1
    assert set(answers) <= {204, 409, 423}
    assert lying() == FILE[:MB]


# --- A server of its own, killed or without room ----------------------------------------------------------------------
@pytest.fixture
def program(settings, tmp_path):
    """The real program in a process of its own, with this test's folder."""
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    coming.begin("upload")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = ready.variables(
        KINOLAB_DATA=str(tmp_path / "data"), KINOLAB_SECRET_KEY=django_settings.SECRET_KEY, KINOLAB_INSIDE="no",
        DJANGO_SETTINGS_MODULE="kinolab.config.settings", KINOLAB_DATABASE="",
    )  # fmt: skip
    command = [sys.executable, "-m", "uvicorn", "kinolab.config.asgi:application", "--port", str(port),
               "--log-level", "critical"]  # fmt: skip
    process = subprocess.Popen(command, env=variables)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield process, Sender(port, len(FILE))
    process.kill()
    process.wait()


@pytest.mark.only_sqlite
@pytest.mark.slow
@pytest.mark.parametrize("with_checksum, kept", [(False, 2 * MB), (True, MB)])
def test_server_that_is_killed_loses_nothing_that_counts(program, with_checksum, kept):
    process, sender = program
    sender.patch(FILE[:MB], 0)
    more = {"Upload_Checksum": checksum(FILE[MB:])} if with_checksum else {}
    line = sender.open(len(FILE) - MB, MB, **more)
    line.sendall(FILE[MB : 2 * MB])
    while coming.place("upload").stat().st_size < 2 * MB:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    line.close()

    assert coming.arrived("upload") == kept
    with running() as port:
        assert Sender(port, len(FILE)).patch(FILE[kept:], kept).offset == len(FILE)
    assert lying() == FILE


@pytest.mark.only_sqlite
@pytest.mark.slow
def test_full_disk_keeps_nothing_of_the_part_and_says_so(program):
    process, sender = program
    sender.patch(FILE[:MB], 0)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (2 * MB, resource.RLIM_INFINITY))

    answer = sender.patch(FILE[MB:], MB)

    assert answer.status == 507
    assert answer.text.startswith("The server has no room for this file now. Nothing of it was kept.")
    assert lying() == FILE[:MB]
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert sender.patch(FILE[MB:], MB).offset == len(FILE)
    assert lying() == FILE


@pytest.mark.only_sqlite
@pytest.mark.slow
def test_memory_of_the_server_stays_flat_however_much_comes(program):
    process, sender = program
    sender = Sender(sender.port, 200 * MB)

    def resident() -> int:
        status = Path(f"/proc/{process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024

    sender.patch(FILE[:MB], 0)
    before = resident()
    for at in range(1, 101, 50):
        sender.patch((FILE[:MB] for _ in range(50)), at * MB)
    assert coming.arrived("upload") == 101 * MB
    assert resident() - before < 12  # megabytes
