"""Files on their way in, as they lie on the disk: `files/coming/<code>` holds what has arrived, and nothing else does.

The size of that file *is* the offset of tus. One writer at a time: it holds a lock of the operating system, which all
processes of this machine share and which ends with its holder, however it ends.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Busy(Exception):
    """Somebody else is writing this upload, or taking it."""


def place(code: str) -> Path:
    """Where an upload lies until it is taken: on the same disk as kept files, so that taking it is a rename."""
    return Path(settings.MEDIA_ROOT) / "coming" / code


def bare(code: str) -> Path:
    """Where a picture lies while it is taken, without what a camera wrote beside it."""
    return place(code).with_suffix(".bare")


def begin(code: str) -> None:
    """An empty file for a new upload."""
    path = place(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def arrived(code: str) -> int | None:
    """How many bytes have come for good; None where there is no such upload."""
    try:
        size = place(code).stat().st_size
    except FileNotFoundError:
        return None
    checked = _checked(code)
    return size if checked is None else min(size, checked)


def remove(code: str) -> None:
    """Forget what has arrived."""
    place(code).unlink(missing_ok=True)
    _note(code).unlink(missing_ok=True)


def free() -> int:
    """Bytes of the disk that may still be filled."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free - settings.KINOLAB_DISK_RESERVE


def listed(*, older_than: float) -> list[str]:
    """Codes of what lies here and has not changed for so many seconds."""
    folder = Path(settings.MEDIA_ROOT) / "coming"
    over = time.time() - older_than
    return [one.name for one in folder.glob("*") if not one.suffix and one.stat().st_mtime < over]


@contextlib.contextmanager
def held(code: str) -> Iterator[int]:
    """The upload's file, open for writing, for one holder alone. Raises Busy, or FileNotFoundError."""
    hand = hold(code)
    try:
        yield hand
    finally:
        os.close(hand)


def hold(code: str) -> int:
    """Open and lock; closing it unlocks. A part that a killed process left unchecked goes first."""
    hand = os.open(place(code), os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(hand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.fstat(hand).st_nlink:  # it was taken or removed while we waited
            raise FileNotFoundError(code)
        if (checked := _checked(code)) is not None:
            os.ftruncate(hand, min(checked, os.fstat(hand).st_size))
            _note(code).unlink()
    except BlockingIOError:
        os.close(hand)
        raise Busy(code) from None
    except BaseException:
        os.close(hand)
        raise
    return hand


def note(code: str, offset: int) -> None:
    """Write beside the file that only so much of it is checked; until `settle`, whatever follows counts for nothing.

    The note is there whole or not at all: half a note, on a full disk, would cost all that has come.
    """
    writing = place(code).with_suffix(".noting")
    try:
        writing.write_text(str(offset), encoding="ascii")
        writing.replace(_note(code))
    finally:
        writing.unlink(missing_ok=True)


def settle(code: str) -> None:
    """All of the file is checked."""
    _note(code).unlink(missing_ok=True)


def _note(code: str) -> Path:
    return place(code).with_suffix(".checked")


def _checked(code: str) -> int | None:
    try:
        said = _note(code).read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    return int(said)
