"""Small things the pages of reading need."""

from django import template
from django.utils.safestring import SafeString

from kinolab.foundation.ui.templatetags.ui import tag
from kinolab.reviews import words
from kinolab.reviews.domain.lifecycle import ReadingState

register = template.Library()
SIGNS = {
    ReadingState.ASSIGNED: ("", "circle-dashed", ""),
    ReadingState.OPENED: ("", "eye", ""),
    ReadingState.DRAFT: ("", "pencil", "draft"),
    ReadingState.SUBMITTED: ("ok", "check", ""),
    ReadingState.ABSTAINED: ("lamp", "user-plus", ""),
    ReadingState.RELEASED: ("", "minus", ""),
}


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """Where a reading stands: a sign and a word."""
    tone, sign, outline = SIGNS[ReadingState(state)]
    return tag(words.READING_STATES[ReadingState(state)], tone=tone, sign=sign, state=outline)
