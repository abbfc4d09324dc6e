"""Long words on public pages: Markdown, a text in another language, the picture of a dye."""

import json
from datetime import date

from babel.dates import format_date
from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui import breaking, paths
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
# Files that hold named views for other ratios.
_FOR_PHONES = {"impact.svg"}
_DRAWN_WIDE = {"impact.svg", "development.svg"}
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def breakable(text: object) -> str:
    """A headline whose long words may break by a hyphen."""
    return breaking.breakable(str(text))


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
def dye_picture(dye: object, *, whole: bool = False) -> SafeString:
    """The picture of a dye for a wide frame (1.85), decorative; `whole` for any other. Its disc is never cut."""
    name, width, height = PICTURES.get(str(dye), _LINE)
    address = static(f"ui/art/{name}") + ("#wide" if name in _DRAWN_WIDE and not whole else "")
    crop = SafeString(" data-crop") if whole else ""
    return format_html('<img src="{}" alt="" width="{}" height="{}" loading="lazy"{}>', address, width, height, crop)


@register.simple_tag
def dye_banner(dye: object) -> SafeString:
    """The picture of a dye for a banner: on a phone the part of it that was drawn for a phone, if there is one."""
    name, width, height = PICTURES.get(str(dye), _LINE)
    image = format_html('<img src="{}" alt="" width="{}" height="{}">', static(f"ui/art/{name}"), width, height)
    if name not in _FOR_PHONES:
        return image
    source = '<picture><source media="(max-width: 60rem)" srcset="{}#phone">{}</picture>'
    return format_html(source, static(f"ui/art/{name}"), image)


@register.simple_tag
def absolute_url(name: str, *args: object) -> str:
    """The full address of a page, as others need it."""
    return settings.KINOLAB_URL + reverse(name, args=args)


@register.simple_tag
def address_in(language: str, name: str, *args: object) -> str:
    """The path of a page in another language."""
    return paths.in_language(reverse(name, args=args), language)


@register.simple_tag
def linked_data(data: object) -> SafeString:
    """Facts for machines (schema.org) as a data block: never run, so the content policy does not concern it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')


@register.filter
def month_name(day: date) -> str:
    """The month alone, as it stands by itself: September, сентябрь."""
    return format_date(day, "LLLL", locale=formats.locale())


@register.filter
def plain(number: float) -> str:
    """A number for an attribute: with a point, whatever the language of the page."""
    return f"{number:g}"
