"""Addresses of this site: the same page in another language, and which addresses are ours."""

from urllib.parse import urlsplit

from django.conf import settings


def without_language(path: str) -> str:
    """Return `path` without its language prefix: "/ky/news/" → "/news/"; a path without one is unchanged."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if slash and first in dict(settings.LANGUAGES) else path


def has_language(path: str) -> bool:
    """Whether the path begins with the prefix of one of our languages."""
    return without_language(path) != path


def in_language(path: str, language: str) -> str:
    """Return the same page in `language`; pages without a language lead to the home page of that language."""
    return f"/{language}{without_language(path)}" if has_language(path) else f"/{language}/"


def is_own_path(address: str) -> bool:
    """Whether `address` is a path on this site and nothing else.

    Refused are other hosts, "//host", back slashes (browsers read them as slashes), white space and control
    characters (browsers drop them, so "/\\t/host" would become "//host").
    """
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    if any(ord(char) <= 32 or ord(char) == 127 for char in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
