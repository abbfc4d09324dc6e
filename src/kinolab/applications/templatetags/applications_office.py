"""Tags of the office's pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kinolab.applications import words
from kinolab.applications.domain.lifecycle import Stage
from kinolab.foundation.audit import words as audit
from kinolab.foundation.i18n import formats
from kinolab.foundation.ui import charts
from kinolab.foundation.ui.templatetags.ui import tag

register = template.Library()
SIGNS = {
    "eligible": ("ok", "check"),
    "attention": ("lamp", "triangle-alert"),
    "ineligible": ("bad", "circle-x"),
    "unchecked": ("", "circle-dashed"),
}


@register.filter
def short_moment(at: datetime, zone: str) -> str:
    """Day, month and time in the zone."""
    return f"{formats.short_day(formats.day_in(at, zone))}, {formats.clock(at, zone)}"


@register.inclusion_tag("applications/office/_filter_menu.html")
def filter_menu(
    title: str,
    name: str,
    counted: Sequence[tuple[str, int]],
    chosen: Sequence[str],
    of: str,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A menu of boxes to filter by; `of` says how a value is called: country, language, or a choice of the form."""
    call = {"country": formats.country_name, "language": formats.language_name}.get(of)
    options = [
        (value, call(value) if call else (names or {}).get(value, value), count, value in chosen)
        for value, count in counted
    ]
    return {"title": title, "name": name, "options": options, "on": len(chosen)}


@register.simple_tag
def filled(done: int, of: int) -> SafeString:
    """How much of an application is there: a bar and the numbers."""
    share = charts.short(charts.share(done, of))
    return format_html(
        '<span class="share"><svg class="bar bar--thin" aria-hidden="true"><line x1="0" y1="50%" x2="{}%" y2="50%"/></svg>'
        "{}/{}</span>",
        share,
        done,
        of,
    )


@register.simple_tag
def check_tag(stage: str, checked: str) -> SafeString:
    """How the check of an application stands; its stage, while it is not sent."""
    return _check_tag(stage, checked, get_language())


@cache  # a few words in a few languages, on fifty rows
def _check_tag(stage: str, checked: str, language: str | None) -> SafeString:
    if stage != Stage.SUBMITTED:
        return tag(words.STAGES[Stage(stage)], state="draft", sign="pencil")
    tone, sign = SIGNS[checked]
    return tag(words.CHECKS[checked], tone=tone, sign=sign)


@register.filter
def role_word(role: str) -> Any:
    """A role in words."""
    return words.role_name(role)


@register.filter
def done_word(verb: str) -> Any:
    """What was done, in words."""
    return audit.verb(verb)


@register.filter
def signature_of(signatures: Mapping[int, Mapping[str, Any]], member: int) -> Mapping[str, Any] | None:
    """The signature of one of the team under what was sent last."""
    return signatures.get(member)


@register.filter
def instant(written: str) -> datetime | None:
    """An instant as data keeps it."""
    return parse_datetime(written)


@register.filter
def at_address(links: Mapping[str, Any], address: str) -> Any:
    """How the link with this address stands; nothing for one that was not asked yet."""
    return links.get(address)
