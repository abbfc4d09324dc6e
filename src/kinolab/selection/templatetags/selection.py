"""Small things the board needs."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.templatetags import ui
from kinolab.reviews.domain.scoring import SCALE
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.domain.quotas import Meter, MeterState
from kinolab.selection.queries.board import Row

register = template.Library()

TONES = {Outcome.SELECTED: "ok", Outcome.WAITLIST: "info", Outcome.HOLD: "lamp", Outcome.INELIGIBLE: "bad"}
SIGNS = {Outcome.WAITLIST: "list-checks", Outcome.REJECTED: "minus"}
METER_TONES = {MeterState.OK: "ok", MeterState.SHORT: "lamp", MeterState.OVER: "bad"}


@register.simple_tag
def outcome_tag(outcome: str, words: Mapping[str, Promise], rank: int | None = None) -> SafeString:
    """What was decided, as a tag; with the place on the waiting list."""
    kind = Outcome(outcome)
    text = f"{words[outcome]} {formats.number(rank)}" if rank else str(words[outcome])
    return ui.tag(text, tone=TONES.get(kind, ""), sign=SIGNS.get(kind, ""))


@register.simple_tag
def scores_chart(row: Row) -> SafeString:
    """From the severest reader to the kindest, with a dot at the mean."""
    low, high, mean = row.scores[0], row.scores[-1], row.summary.mean
    said = {"mean": formats.score(mean), "low": formats.score(low), "high": formats.score(high)}
    # Translators: read out instead of the drawing in a table
    label = _("Mean %(mean)s, lowest %(low)s, highest %(high)s") % said
    return SafeString(render_to_string("ui/_interval.html", ui.interval(low, mean, high, label, top=SCALE)))


@register.filter
def meter_tone(state: MeterState) -> str:
    """The tone of a quota's meter."""
    return METER_TONES[state]


@register.simple_tag
def meter_bar(meter: Meter) -> str:
    """How full the meter is: of its greatest number, else of its least."""
    whole = meter.quota.maximum or meter.quota.minimum or 1
    return ui.meter(meter.count, whole, tone=METER_TONES[meter.state], thin=True)


@register.simple_tag(takes_context=True)
def querystring_with(context: Context, name: str, value: Any) -> str:
    """The words of the address with one more value under this name."""
    query = context["request"].GET.copy()
    if value not in query.getlist(name):
        query.appendlist(name, value)
    for other in {"add", "remove"} - {name}:
        query.setlist(other, [one for one in query.getlist(other) if one != value])
    return query.urlencode()
