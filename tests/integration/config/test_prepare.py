"""`./kinolab prepare`: two that start at once do not take each other's static files away."""

import fcntl
import io
import threading
from pathlib import Path

from kinolab.config.management.commands import prepare


def test_collect_when_another_is_at_it_waits_and_takes_what_that_one_made(settings: object, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"  # type: ignore[attr-defined]
    settings.STATIC_ROOT.mkdir()  # type: ignore[attr-defined]
    said = io.StringIO()
    second = threading.Thread(target=prepare.Command(stderr=said)._collect)

    with (tmp_path / "static" / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        second.start()
        second.join(0.1)
        waited = second.is_alive()
        (tmp_path / "static" / "sources.txt").write_text(prepare._static_sources(), encoding="utf-8")
    second.join(20)

    assert (waited, second.is_alive()) == (True, False)
    assert said.getvalue() == ""
    assert sorted(path.name for path in (tmp_path / "static").iterdir()) == ["sources.txt", "turn"]
