"""Markdown to safe HTML: the words of articles and of calls.

Two locks: raw HTML in the text is printed as text, and what comes out passes a list of allowed elements. Headings
begin at the second level, for the page has its own first one; a picture becomes a link to it.
"""

from functools import cache, lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_ALLOWED = {"p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "s", "code", "pre", "a"}
_LOWER = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}


def to_html(text: object) -> SafeString:
    """Return the text as HTML that may stand in a page whatever it was; empty text gives nothing."""
    return _drawn(str(text))


@lru_cache(maxsize=512)  # the texts of a call are drawn anew with each page, and change once a year
def _drawn(text: str) -> SafeString:
    tokens = _reader().parse(text)
    for token in tokens:
        _settle(token)
    drawn = _reader().renderer.render(tokens, _reader().options, {})
    return mark_safe(nh3.clean(drawn, tags=_ALLOWED, url_schemes={"https", "http", "mailto", "tel"}))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("strikethrough").disable("image")


def _settle(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = _LOWER[token.tag]
