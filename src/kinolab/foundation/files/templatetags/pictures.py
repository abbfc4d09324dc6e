"""A picture on a page, in the sizes and formats from which a browser takes what it needs."""

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kinolab.foundation.files import derivatives
from kinolab.foundation.files.models import Picture

register = Library()

_MIDDLE = 50  # hundredths
_USUAL = 960  # pixels: the width for browsers that choose nothing


@register.simple_tag
def picture(one: Picture, sizes: str = "100vw", alt: object = None, eager: bool = False) -> SafeString:
    """The picture; `sizes` says how wide it stands on the page.

    `alt` replaces its words ("" where a link beside it says the same). `eager` is for what is seen first.
    """
    code, widths = one.file.code, derivatives.widths(one)
    *better, plain = derivatives.FORMATS
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((derivatives.FORMATS[ending].content_type, _set(code, widths, ending), sizes) for ending in better),
    )
    words, spoken = (one.alt, one.alt.language_shown) if alt is None else (alt, "")
    language = format_html(' lang="{}"', spoken) if spoken and spoken != get_language() and words else ""
    usual = next((width for width in widths if width >= _USUAL), widths[-1])
    image = format_html(
        '<img src="{}" srcset="{}" sizes="{}" alt="{}"{} width="{}" height="{}"{}{} decoding="async">',
        _address(code, usual, plain), _set(code, widths, plain), sizes, words, language, one.width, one.height,
        _focus(one), SafeString(' fetchpriority="high"' if eager else ' loading="lazy"'),
    )  # fmt: skip
    return format_html("<picture>{}{}</picture>", sources, image)


def _set(code: str, widths: list[int], ending: str) -> str:
    return ", ".join(f"{_address(code, width, ending)} {width}w" for width in widths)


def _address(code: str, width: int, ending: str) -> str:
    return reverse("files:picture", args=[code, f"{width}.{ending}"])


def _focus(one: Picture) -> SafeString:
    """In tens, for the style sheet has a rule for each; nothing for the middle."""
    said = (("x", round(one.focus_x, -1)), ("y", round(one.focus_y, -1)))
    return format_html_join("", ' data-focus-{}="{}"', (pair for pair in said if pair[1] != _MIDDLE))
