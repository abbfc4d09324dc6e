"""What the record's verbs, kinds and fields are called. The rooms know; the desk, which knows all rooms, registers them."""

from collections.abc import Mapping

from django.utils.functional import Promise

_VERBS: dict[str, Promise] = {}
_KINDS: dict[str, Promise] = {}
_FIELDS: dict[str, Promise] = {}


def register(
    *, verbs: Mapping[str, Promise], kinds: Mapping[str, Promise], fields: Mapping[str, Promise] | None = None
) -> None:
    """Add words of verbs ("submitted"), of kinds ("applications.application") and of what changed ("rationale")."""
    _VERBS.update(verbs)
    _KINDS.update(kinds)
    _FIELDS.update(fields or {})


def verb(code: str) -> str | Promise:
    """What was done, in words; a verb that nobody has named is shown as it is kept."""
    return _VERBS.get(code, code.replace("_", " "))


def kind(code: str) -> str | Promise:
    """What kind of thing it was done to."""
    return _KINDS.get(code, code.rpartition(".")[2].replace("_", " "))


def field(name: str) -> Promise | None:
    """What changed of it, in words; None for a name that only the code knows."""
    return _FIELDS.get(name)
