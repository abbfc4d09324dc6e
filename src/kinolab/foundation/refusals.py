"""Why not, as a code with its facts.

A rule answers an expected *no* with a `Refusal`; the room's `words.py` turns the code into a sentence in the
reader's language. An action that meets a refusal raises `Denied`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason: a short stable `code` and the `facts` its sentence needs (values, never sentences)."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)


class Denied(Exception):
    """Raised by an action that may not go on; the view shows the sentence of `refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def stop_if(refusal: Refusal | None) -> None:
    """Raise `Denied` when there is a reason not to go on; `None` means yes."""
    if refusal is not None:
        raise Denied(refusal)
