"""Small things the pages of applications need: names, lengths, sentences in the call's zone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kinolab.applications import words
from kinolab.applications.domain.lifecycle import LadderStep, Stage
from kinolab.applications.models import Application, FormMove, TeamMember
from kinolab.applications.queries import corrections, snapshot
from kinolab.applications.queries.dossier import Dossier
from kinolab.applications.queries.form import Field, countries
from kinolab.applications.queries.own import sum_of
from kinolab.applications.queries.until import draft_window
from kinolab.calls.domain import window
from kinolab.calls.domain.window import Window
from kinolab.calls.models import Call
from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.questions import words as question_words
from kinolab.foundation.questions.domain.answers import MEGABYTE
from kinolab.foundation.questions.domain.links import is_address
from kinolab.foundation.questions.domain.tables import Column, Sort
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal

register = Library()
SELECTED = SafeString(" selected")
TALLEST = 14  # rows of a field before it scrolls


@register.filter
def member_name(member: TeamMember) -> str:
    """A member's name as printed, or the address until it is known."""
    return member.name or (member.person.name if member.person else "") or member.email


@register.filter
def role_name(role: str) -> str | Promise:
    """A role in words."""
    return words.role_name(role)


@register.filter
def role_names(roles: Sequence[str]) -> str:
    """Roles in words, as a list."""
    return formats.listing(str(words.role_name(role)) for role in roles)


@register.filter
def answer_languages(call: Call) -> str:
    """The languages in which one may write, as a list."""
    return formats.listing(formats.language_name(tag) for tag in call.answer_languages or call.languages)


@register.filter
def until(application: Application) -> Window:
    """Until when this application may be written and sent."""
    return draft_window(application)


@register.filter
def days_left(application: Application, at: datetime) -> int:
    """Whole days until its close."""
    return max((window.closing(draft_window(application)) - at).days, 0)


@register.filter
def rows(field: Field) -> int:
    """The height of a text field for the length its question allows."""
    longest = max((one.maximum * (7 if one.unit == "words" else 1) for one in field.counts), default=600)
    return max(3, min(TALLEST, longest // 150))


@register.filter
def shown_sections(content: Mapping[str, Any]) -> list[snapshot.ShownSection]:
    """A snapshot's answers in words of the active language."""
    return snapshot.shown_sections(content)


@register.filter
def megabytes(size: int) -> str:
    """A size in megabytes, one decimal."""
    return _("%(size)s MB") % {"size": formats.number(max(round(size / MEGABYTE, 1), 0.1))}


@register.filter
def running_time(seconds: float) -> str:
    """How long a film lasts, as a clock would show it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def correction_until(application: Application, at: datetime) -> datetime | None:
    """Until when what the lab has opened for correction is open. A query only for what is being changed."""
    found = corrections.in_time(application, at) if application.stage == Stage.REOPENED else None
    return found.until if found else None


@register.simple_tag
def tus_client() -> str:
    """The address of the script that sends large files; nothing where it could not be set up."""
    return static(settings.KINOLAB_TUS_CLIENT) if settings.KINOLAB_TUS_CLIENT else ""


@register.simple_tag
def sum_of_part(dossier: Dossier, member: TeamMember) -> str:
    """The sum of somebody's own part as the page shows it."""
    return sum_of(dossier, member)


@register.simple_tag
def options(choices: Sequence[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a list, the chosen one marked."""
    return _options(tuple(choices), chosen)


@lru_cache(maxsize=256)  # two hundred countries are drawn once for each choice and language
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    marked = ((key, SELECTED if key == chosen else "", name) for key, name in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


@register.filter
def account(move: FormMove, call: Call) -> list[str]:
    """What a correction changed, a line a question, by the words that the question has or had. Two queries."""
    labels = {
        key: label
        for form in (move.before_id, move.after_id)
        for key, label in Question.objects.filter(section__form=form).values_list("key", "label")
    }
    return [
        question_words.changed(one["change"], labels.get(one["key"]) or one["key"], one["parts"])
        for one in move.account.get("changes", ())
    ]


@register.filter
def column_name(name: str) -> str | Promise:
    """A column of a table in words."""
    return question_words.COLUMNS[name]


@register.filter
def cell_options(field: Field, column: Column) -> Sequence[tuple[str, str]]:
    """What can be chosen in a column."""
    if column.sort is Sort.COUNTRY:
        return countries()
    if column.sort is Sort.STATUS:
        return [(key, str(name)) for key, name in question_words.STATUSES.items()]
    if column.sort is Sort.CURRENCY:
        return [(code, code) for code in field.currencies]
    return field.options


@register.filter
def plan_lines(field: Field) -> list[str]:
    """A finance plan summed up in words, a line a currency."""
    return [snapshot.plan_in_words(plan) for plan in field.plans]


@register.simple_tag
def plan_pattern() -> str:
    """The sentence of a finance plan with its places left open, for counting while typing."""
    places = ("currency", "confirmed", "total", "percent")
    return str(snapshot.PLAN) % {name: f"{{{name}}}" for name in places}


@register.filter
def urls_as_links(text: str) -> str:
    """A web address as a link, anything else as it is."""
    if not is_address(text):
        return text
    return format_html('<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>', text)


@register.filter
def at_place(texts: Sequence[str], place: int) -> str:
    """The text at a place, or nothing."""
    return texts[place] if place < len(texts) else ""


@register.simple_tag
def explain_here(refusal: Refusal, call: Call) -> str:
    """A refusal as a sentence, its times in the call's zone."""
    return reasons.explain(Refusal(refusal.code, {"zone": call.timezone or "UTC", **refusal.facts}))


@register.simple_tag
def zone_of(person: Any, call: Call) -> str:
    """The zone in which a person reads times: their own, else the call's."""
    return getattr(person, "timezone", "") or call.timezone or "UTC"


@register.filter
def step_name(step: LadderStep) -> str | Promise:
    """Where an application stands, in words."""
    return words.LADDER[step]
