"""Codes that the lab gives out, as somebody types them or opens them as a link."""

from django.db.models import QuerySet

from kinolab.calls.models import Call, LateCode

LENGTH = 10


def said(call: Call, typed: str, among: QuerySet[LateCode] | None = None) -> LateCode | None:
    """The code of the call that somebody typed, in whatever case and with whatever between. One query, or none."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())[:LENGTH]
    if not letters:
        return None
    found = (LateCode.objects.all() if among is None else among).filter(call=call, code=letters).first()
    if found is not None:
        found.call = call
    return found
