"""Publish and listen: how an earlier room lets a later one react without knowing it.

Synchronous and in order: `publish` returns when every answer has run, in the caller's transaction. An answer that
raises stops the rest and reaches the publisher, so that nothing is half done.
"""

from collections.abc import Callable
from typing import Any

Answer = Callable[[Any], object]

_answers: dict[type, list[Answer]] = {}


def listen(event_type: type, *answers: Answer) -> None:
    """Add `answers` to those called, in this order, for events of exactly `event_type`.

    An answer that is already listening is not added again: wiring may run twice.
    """
    listening = _answers.setdefault(event_type, [])
    listening.extend(answer for answer in answers if answer not in listening)


def publish(event: object) -> None:
    """Call every answer for this event, in order, now."""
    for answer in tuple(_answers.get(type(event), ())):
        answer(event)


def listening() -> dict[type, tuple[Answer, ...]]:
    """Return what listens to what: for the page of the switchboard, and for tests."""
    return {event_type: tuple(answers) for event_type, answers in _answers.items()}


def clear() -> None:
    """Forget every answer."""
    _answers.clear()
