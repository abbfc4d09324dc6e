"""Rows of any table, written quickly: tests make so many."""

from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from kinolab.foundation.prepared import add_row

M = TypeVar("M", bound=Model)
BY_LINK_ONLY = make_password(None)  # of whoever has no password


def kept(thing: M) -> M:
    """The object, written as a new row by a statement that is made once."""
    add_row(thing)
    return thing
