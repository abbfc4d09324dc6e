"""Addresses under the language's prefix, /ky/…: routes are worked out once for all languages.

Django works out anew for each language how the addresses of all routes are made, three times over: two megabytes and a
twentieth of a second for each of seven. But routes are not translated here; only the prefix differs.
"""

import re
from typing import Any

from django.urls import URLResolver, include
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override


class Prefix(LocalePrefixPattern):
    """The language before an address; where addresses are made, each room adds it itself."""

    @property
    def regex(self) -> re.Pattern[str]:
        """What Django puts before the routes of the rooms when it works out how addresses are made: nothing."""
        return re.compile("")


PREFIX = Prefix()


class Room(URLResolver):
    """The routes of a room, the same in every language."""

    def _populate(self) -> None:
        if not self._populated:
            with override(None):  # so they are kept under no language
                super()._populate()

    def _kept(self, by_language: dict[Any, Any]) -> Any:
        self._populate()
        return by_language[None]

    @property
    def reverse_dict(self) -> MultiValueDict[Any, Any]:
        """How the addresses of its routes are made, without the language."""
        return self._kept(self._reverse_dict)

    @property
    def namespace_dict(self) -> dict[str, Any]:
        """Rooms within it."""
        return self._kept(self._namespace_dict)

    @property
    def app_dict(self) -> dict[str, Any]:
        """Names of rooms within it."""
        return self._kept(self._app_dict)

    def _reverse_with_prefix(self, lookup_view: Any, _prefix: str, *args: Any, **kwargs: Any) -> str:
        return super()._reverse_with_prefix(lookup_view, _prefix + PREFIX.language_prefix, *args, **kwargs)


def under_language(*rooms: str) -> list[URLResolver]:
    """The rooms whose `urls` modules are named, under the language; each has a name of its own (`app_name`)."""
    return [URLResolver(PREFIX, [_room(*include(room)) for room in rooms])]


def _room(urls: Any, app_name: str | None, namespace: str | None) -> Room:
    return Room(RoutePattern(""), urls, None, app_name, namespace)
