"""A column for texts whose links lead to this site, wherever it is served."""

from typing import Any

from django.conf import settings
from django.db import models

_HERE = "\ue0f8/"  # in the table, in place of the site's address; of the private use area: nobody types it


class TextWithLinks(models.TextField):
    """A text. Our own addresses in it fit where the site is served when it is read, not where it was when it was written.

    Letters wait: they are written by a command or on another port or name, and leave from where the site is then.
    """

    def get_prep_value(self, value: Any) -> Any:
        """As it is kept: without the address."""
        plain = super().get_prep_value(value)
        return plain.replace(_site(), _HERE) if isinstance(plain, str) else plain

    def from_db_value(self, value: str | None, *context: object) -> str | None:
        """As it is read: with the address of now."""
        return value.replace(_HERE, _site()) if value else value


def _site() -> str:
    return f"{settings.KINOLAB_URL}/"
