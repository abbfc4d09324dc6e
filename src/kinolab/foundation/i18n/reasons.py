"""From a refusal's code to a sentence in the reader's language. Rooms register their sentences when they are ready."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kinolab.foundation.i18n import formats
from kinolab.foundation.refusals import Refusal

_SENTENCES: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add a room's sentences; two rooms may share a code only if they mean the same words."""
    _SENTENCES.update(sentences)


def known() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_SENTENCES)


def explain(refusal: Refusal) -> str:
    """The refusal as a sentence, its facts shown the way the active language shows them.

    Where the facts have an address (`href`) on which it can be mended, the sentence leads there by a link.
    A code without a sentence is a programmer's mistake: KeyError.
    """
    sentence = str(_SENTENCES[refusal.code]) % facts_shown(refusal)
    if "href" not in refusal.facts:
        return sentence
    return format_html('{} <a href="{}">{}</a>', sentence, refusal.facts["href"], _("Open that page"))


def facts_shown(refusal: Refusal) -> dict[str, str]:
    """The facts as the active language shows them, for a sentence of another table."""
    zone = str(refusal.facts.get("zone", "UTC"))
    shown = {name: _shown(fact, zone) for name, fact in refusal.facts.items()}
    if "in_language" in shown:
        shown["in_language"] = formats.language_name(shown["in_language"])
    if isinstance(tags := refusal.facts.get("in_languages"), list):
        shown["in_languages"] = formats.listing(formats.language_name(tag) for tag in tags)
    return shown


def _shown(fact: object, zone: str) -> str:
    if isinstance(fact, datetime):
        return formats.moment(fact, zone)
    if isinstance(fact, date):
        return formats.day(fact)
    if isinstance(fact, bool):
        return str(fact)
    if isinstance(fact, int | float | Decimal):
        return formats.number(fact)
    if isinstance(fact, list | tuple | set | frozenset):
        return formats.listing(str(one) for one in fact)
    return str(fact)
