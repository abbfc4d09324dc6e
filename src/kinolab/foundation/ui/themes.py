"""Day and projection room: which look a person chose."""

from collections.abc import Mapping

THEMES = ("light", "dark")
COOKIE = "kino_theme"
COOKIE_AGE = 365 * 24 * 3600  # seconds


def chosen(cookies: Mapping[str, str]) -> str:
    """Return "light" or "dark", or "" when the page follows the system."""
    theme = cookies.get(COOKIE, "")
    return theme if theme in THEMES else ""
