"""Which languages somebody reads."""

from django.conf import settings


def understood_by(tag: str) -> tuple[str, ...]:
    """The languages that a reader of this one understands, theirs first (`settings.KINOLAB_FALLBACKS`)."""
    return (tag, *settings.KINOLAB_FALLBACKS.get(tag, ()))
