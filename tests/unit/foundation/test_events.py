from dataclasses import dataclass

import pytest

from kinolab.foundation import events


@dataclass(frozen=True)
class Withdrawn:
    """Something has been withdrawn."""

    key: int


@dataclass(frozen=True)
class Announced:
    """Something has been announced."""

    key: int


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_answers", {})


def test_publish_when_several_listen_calls_them_in_order_at_once() -> None:
    heard: list[tuple[str, object]] = []
    events.listen(
        Withdrawn, lambda event: heard.append(("first", event)), lambda event: heard.append(("second", event))
    )
    events.listen(Withdrawn, lambda event: heard.append(("third", event)))

    events.publish(Withdrawn(7))

    assert heard == [("first", Withdrawn(7)), ("second", Withdrawn(7)), ("third", Withdrawn(7))]


def test_publish_when_nobody_listens_to_this_kind_does_nothing() -> None:
    heard: list[object] = []
    events.listen(Withdrawn, heard.append)

    events.publish(Announced(1))

    assert heard == []


def test_listen_when_wired_twice_answers_once() -> None:
    heard: list[object] = []
    answer = heard.append
    events.listen(Withdrawn, answer)
    events.listen(Withdrawn, answer)

    events.publish(Withdrawn(1))

    assert heard == [Withdrawn(1)]


def test_publish_when_an_answer_fails_stops_and_tells_the_publisher() -> None:
    heard: list[object] = []

    def fail(event: object) -> None:
        raise LookupError(event)

    events.listen(Withdrawn, fail, heard.append)

    with pytest.raises(LookupError):
        events.publish(Withdrawn(1))
    assert heard == []


def test_clear_when_called_forgets_every_answer() -> None:
    events.listen(Withdrawn, repr)
    assert events.listening() == {Withdrawn: (repr,)}

    events.clear()

    assert events.listening() == {}
