"""How letters are shown."""

from django.template import Library

register = Library()
TONES = {"held": "lamp", "sent": "ok", "failed": "bad"}


@register.filter
def letter_tone(state: str) -> str:
    """The tone of a letter's state."""
    return TONES.get(state, "")
