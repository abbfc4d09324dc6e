"""The clock turns every job, whatever one of them meets."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kinolab import switchboard
from kinolab.config import clock


class Stop(BaseException):
    """Ends what would go on for ever."""


@pytest.fixture
def jobs(monkeypatch: Any) -> list[str]:
    """Three jobs of which the second fails; the names of those that were called."""
    called: list[str] = []

    def job(name: str, error: Exception | None = None) -> Any:
        def call() -> None:
            called.append(name)
            if error:
                raise error

        return SimpleNamespace(name=name, call=call)

    monkeypatch.setattr(switchboard, "CLOCK", (job("first"), job("second", RuntimeError("no")), job("third")))
    return called


def test_turn_when_a_job_fails_goes_on_and_tells(jobs, caplog):
    assert clock.turn() == ["second"]
    assert jobs == ["first", "second", "third"]
    assert "The clock's job second failed" in caplog.text


def test_command_when_a_job_failed_says_so(jobs):
    with pytest.raises(CommandError, match="Failed: second"):
        call_command("clock", "--once", stdout=io.StringIO())


def test_clock_when_running_turns_again_after_a_pause(jobs, monkeypatch, settings):
    settings.KINOLAB_CLOCK = 7
    slept: list[int] = []

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise Stop

    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    monkeypatch.setattr(clock, "time", SimpleNamespace(sleep=sleep))
    with pytest.raises(Stop):
        clock.run()

    assert slept == [7, 7]
    assert jobs == ["first", "second", "third"] * 2


def test_clock_inside_the_web_process_has_three_threads_that_end_with_it(monkeypatch):
    started: list[tuple[str, bool]] = []

    class Thread:
        def __init__(self, *, target: Any, name: str, daemon: bool) -> None:
            self.told = (name, daemon)

        def start(self) -> None:
            started.append(self.told)

    real = clock.threading
    monkeypatch.setattr(clock, "threading", SimpleNamespace(Thread=Thread, get_native_id=real.get_native_id))
    clock.start()

    assert started == [("kinolab-clock", True), ("kinolab-letters", True), ("kinolab-tasks", True)]
