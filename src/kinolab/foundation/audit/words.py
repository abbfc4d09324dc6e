"""What the record's verbs and kinds are called. The rooms know; the desk, which knows all rooms, registers them."""

from collections.abc import Mapping

from django.utils.functional import Promise

_VERBS: dict[str, Promise] = {}
_KINDS: dict[str, Promise] = {}


def register(*, verbs: Mapping[str, Promise], kinds: Mapping[str, Promise]) -> None:
    """Add words of verbs ("submitted") and of kinds ("applications.application")."""
    _VERBS.update(verbs)
    _KINDS.update(kinds)


def verb(code: str) -> str | Promise:
    """What was done, in words; a verb that nobody has named is shown as it is kept."""
    return _VERBS.get(code, code.replace("_", " "))


def kind(code: str) -> str | Promise:
    """What kind of thing it was done to."""
    return _KINDS.get(code, code.rpartition(".")[2].replace("_", " "))
