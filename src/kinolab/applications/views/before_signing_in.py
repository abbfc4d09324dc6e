"""What a visitor typed on the page of a call before signing in: held in their session until a draft begins with it.

The link of a letter opens in another tab, often in a browser without our scripts' memory of the first: only the server sees both.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from django.http import HttpRequest, QueryDict

from kinolab.calls.models import Call

HELD = timedelta(hours=2)  # somebody else may sit down at a shared computer
LONGEST = 8000  # characters, as they are sent; a session is read with every request
_TYPED = "typed_before_signing_in"


class _Typed(TypedDict):
    key: str
    fields: str
    at: float


def hold(request: HttpRequest, call: Call, key: str, names: Iterable[str], at: datetime) -> None:
    """Hold what was sent in the fields with these names, and the key of the page it stood on."""
    sent = QueryDict(mutable=True)
    for name in names:
        sent.setlist(name, request.POST.getlist(name))
    fields = sent.urlencode()
    if any(text.strip() for _, texts in sent.lists() for text in texts) and len(fields) <= LONGEST:
        typed: _Typed = {"key": key, "fields": fields, "at": at.timestamp()}
        request.session[_TYPED] = {**request.session.get(_TYPED, {}), str(call.pk): typed}


def held(request: HttpRequest, call: Call, at: datetime) -> tuple[str, QueryDict] | None:
    """The key of the page and its fields as they were sent, if anything is held for this call."""
    typed: _Typed | None = request.session.get(_TYPED, {}).get(str(call.pk))
    if typed is None or at.timestamp() - typed["at"] > HELD.total_seconds():
        return None
    return typed["key"], QueryDict(typed["fields"])


def let_go(request: HttpRequest, call: Call) -> None:
    """A draft has begun: nothing is held any more."""
    typed = request.session.get(_TYPED, {})
    if typed.pop(str(call.pk), None):
        request.session[_TYPED] = typed
