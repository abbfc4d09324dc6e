"""Large libraries that few pages need: loaded when one of them does, so that a worker without such pages stays small."""

from importlib import import_module
from typing import Any


class Later:
    """A module by its name, imported when something of it is first asked for.

    For whoever checks types it is imported as ever: `if TYPE_CHECKING: import …; else: … = Later("…")`.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, what: str) -> Any:
        found = getattr(import_module(self.name), what)
        setattr(self, what, found)
        return found
