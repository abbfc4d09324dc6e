"""Long words on public pages: Markdown, a text in another language, the picture of a dye."""

import json

from django.template import Library
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kinolab.foundation.ui import markdown as reader

register = Library()

# Which picture goes with which dye: its ground is that dye, so that banner and picture are two felts sewn together.
PICTURES = {
    "madder": ("impact.svg", 1200, 1200),
    "larkspur": ("teen.svg", 1200, 900),
    "spruce": ("film-adras.svg", 1480, 800),
    "firuza": ("film-glacier.svg", 1480, 800),
    "indigo": ("development.svg", 1200, 900),
    "mulberry": ("film-bus.svg", 1480, 800),
}
_LINE = ("screening.svg", 1480, 800)
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def markdown(text: object) -> SafeString:
    """Markdown as safe HTML."""
    return reader.to_html(text)


@register.simple_tag
def in_its_language(text: object) -> SafeString | str:
    """` lang="ru"` when a text of several languages shows another one than the page's; else nothing."""
    shown = getattr(text, "language_shown", "")
    return format_html(' lang="{}"', shown) if shown and shown != get_language() else ""


@register.simple_tag
def elsewhere(text: object) -> str:
    """The tag of the language that is shown in place of the page's; "" when the page's own is shown."""
    shown = getattr(text, "language_shown", "") or ""
    return "" if shown == get_language() else shown


@register.simple_tag
def dye_picture(dye: object, view: str = "") -> SafeString:
    """The picture of a dye, decorative; `view` names a part of it made for another ratio (impact.svg#phone)."""
    name, width, height = PICTURES.get(str(dye), _LINE)
    address = static(f"ui/art/{name}") + (f"#{view}" if view else "")
    return format_html('<img src="{}" alt="" width="{}" height="{}" loading="lazy">', address, width, height)


@register.simple_tag
def linked_data(data: object) -> SafeString:
    """Facts for machines (schema.org) as a data block: never run, so the content policy does not concern it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')
