"""The shape of what is typed into a road map. Nothing is saved here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.applications.queries.form import countries
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Refusal
from kinolab.impact import words
from kinolab.impact.domain import figures, sdg
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Plan
from kinolab.impact.domain.vocabularies import Level, Measure
from kinolab.impact.models import COLUMNS, TABLES
from kinolab.impact.queries import editor

NOT_SAID = [("", pgettext_lazy("nothing chosen", "—"))]
_LONG = frozenset({"statement", "why_now", "notes", "goal", "text", "what_changed"})


class NumberField(forms.CharField):
    """A number as people write it, with a comma or spaces in it; words are refused with a sentence."""

    def __init__(
        self, *, measure: Measure = Measure.UNIT, places: int = 6, least: int | None = None, **more: Any
    ) -> None:
        self.measure, self.places, self.least = measure, places, least
        more.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "input--short"}))
        super().__init__(max_length=40, **more)

    def to_python(self, value: object) -> Decimal | None:
        """Read it."""
        found = figures.parse(str(value or ""), self.measure)
        if isinstance(found, Refusal):
            raise forms.ValidationError(reasons.explain(found))
        if found is not None and self.least is not None and found < self.least:
            raise forms.ValidationError(_("This cannot be below zero."))
        return found if found is None else found.quantize(Decimal(1).scaleb(-self.places))

    def prepare_value(self, value: Any) -> Any:
        """Show it without zeros behind it."""
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class RowForm(forms.Form):
    """Every column of one row of a part; `plan` gives what it may lead to."""

    def __init__(self, part: Part, plan: Plan, number: int | None, *args: Any, measure: Measure | None = None,
                 **more: Any) -> None:  # fmt: skip
        super().__init__(*args, **more)
        for name in COLUMNS[part]:
            self.fields[name] = _field(part, name, plan, number, measure)
            if number is None and self.fields[name].initial is None:  # what nobody has decided is as the table has it
                self.fields[name].initial = _default(part, name, plan)
        if part is Part.PROTECTED:
            self.fields["names"] = forms.CharField(
                label=words.label(part, "names"), help_text=words.hint(part, "names"), required=False, max_length=400,
                widget=forms.TextInput(attrs={"autocomplete": "off", "data-kino-manual": "", "data-kino-forget": ""}),
            )  # fmt: skip
        self.part = part

    def clean_sdg_indicator(self) -> str:
        """An indicator of the global list, or nothing."""
        said = str(self.cleaned_data["sdg_indicator"]).strip()
        if said and not sdg.target_of(said):
            raise forms.ValidationError(_("There is no such indicator. Write it as 5.3.1."))
        return said

    def clean(self) -> dict[str, Any]:
        """An end is not before its beginning."""
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end is before the beginning."))
        return said


def _default(part: Part, name: str, plan: Plan) -> object:
    if name == "currency":
        return plan.money.currency
    column = TABLES[part]._meta.get_field(name)
    return column.get_default() if column.has_default() else None


def _field(part: Part, name: str, plan: Plan, number: int | None, measure: Measure | None) -> forms.Field:
    column = TABLES[part]._meta.get_field(name)
    said: dict[str, Any] = {
        "label": words.label(part, name),
        "help_text": words.hint(part, name),
        "required": not column.blank and not isinstance(column, models.BooleanField),
    }
    if isinstance(column, models.ManyToManyField):
        found = editor.choices(plan, editor.LEADS_TO[name], leaving_out=number if name == "depends_on" else None)
        return forms.TypedMultipleChoiceField(
            choices=found, coerce=int, widget=forms.CheckboxSelectMultiple, **said | {"required": False}
        )
    if isinstance(column, models.ForeignKey):
        found = editor.choices(plan, editor.LEADS_TO[name])
        return forms.TypedChoiceField(choices=[*NOT_SAID, *found], coerce=int, empty_value=None, **said)
    return _plain(part, name, column, measure, said)


def _plain(part: Part, name: str, column: models.Field, measure: Measure | None, said: dict[str, Any]) -> forms.Field:
    if name == "country":
        return forms.ChoiceField(choices=lambda: [*NOT_SAID, *countries()], **said)
    if part is Part.SDG:
        return forms.ChoiceField(choices=editor.sdg_choices, **said)
    if column.choices:
        first = [] if said["required"] else NOT_SAID
        kind = forms.TypedChoiceField
        whole = isinstance(column, models.IntegerField)
        return kind(choices=[*first, *column.choices], coerce=int if whole else str, empty_value="", **said)
    match column:
        case models.DecimalField():
            return NumberField(
                measure=measure or Measure.UNIT, places=column.decimal_places,
                least=0 if name in ("quantity", "unit_cost", "contingency") else None, **said,
            )  # fmt: skip
        case models.DateField():
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **said)
        case models.BooleanField():
            return forms.BooleanField(**said | {"required": False})
        case models.IntegerField():
            most = 32767 if isinstance(column, models.PositiveSmallIntegerField) else 2_000_000_000
            return forms.IntegerField(
                min_value=0, max_value=most, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
                **said,
            )  # fmt: skip
        case models.URLField():
            return forms.URLField(max_length=column.max_length, assume_scheme="https", **said)
        case models.TextField():
            rows = 4 if name in _LONG else 3
            return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **said)
        case _:
            return forms.CharField(max_length=column.max_length, **said)


class SeenForm(forms.Form):
    """Which version of a row somebody has seen, and the text set aside that they decide about."""

    seen = forms.IntegerField(min_value=0, required=False)
    settles = forms.IntegerField(min_value=0, required=False)


class RemarkForm(forms.Form):
    """What is said about a step."""

    text = forms.CharField(label=_("Your remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    asks = forms.BooleanField(label=_("I ask for a change"), required=False)


class TutorForm(forms.Form):
    """Who is to accompany a road map."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)


class TemplateForm(forms.Form):
    """A template to be written."""

    title = forms.CharField(label=_("Name of the template"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class BringForm(forms.Form):
    """A file of somebody else."""

    file = forms.FileField(
        label=_("IATI file"), max_length=255, help_text=_("XML of the IATI standard, version 2. Only its results are read."),
        widget=forms.FileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
    )  # fmt: skip


class PublisherForm(forms.Form):
    """As what an organisation publishes."""

    ref = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9_.-]{2,98}$", label=_("Identifier of the organisation in IATI"),
        help_text=_("As the register of your country and the IATI registry know you, for example KG-MJR-12345."),
        error_messages={"invalid": _("Letters, digits, hyphens and points, without spaces.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=words.organisation_kinds)


class LevelForm(forms.Form):
    """To whom a road map is shown."""

    level = forms.ChoiceField(label=_("Who may see this road map"), choices=words.levels, widget=forms.RadioSelect)

    @property
    def chosen(self) -> Level:
        """The level."""
        return Level(self.cleaned_data["level"])


def initial(part: Part, plan: Plan, number: int) -> Mapping[str, Any]:
    """What the row says now, for its form."""
    row = editor.row_of(plan, part, number)
    return {name: getattr(row, name) for name in COLUMNS[part]} if row else {}


def given(part: Part, query: Mapping[str, str]) -> dict[str, str]:
    """What an address says a new row leads to: `?result=7`."""
    wanted: Sequence[str] = [name for name in ("goal", "result", "indicator", "period") if name in COLUMNS[part]]
    return {name: query[name] for name in wanted if name in query}
