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
from kinolab.impact.domain import figures, reporting, sdg
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Activity, Plan
from kinolab.impact.domain.vocabularies import Level, Measure
from kinolab.impact.models import COLUMNS, TABLES
from kinolab.impact.queries import editor
from kinolab.impact.queries.reporting import Card

NOT_SAID = [("", pgettext_lazy("nothing chosen", "—"))]
_LONG = frozenset({"statement", "why_now", "notes", "goal", "text", "what_changed"})


class NumberField(forms.CharField):
    """A number as people write it, with a comma or spaces in it; words are refused with a sentence."""

    def __init__(
        self, *, measure: Measure = Measure.UNIT, places: int = 6, least: int | None = None, **more: Any
    ) -> None:
        self.measure, self.places, self.least = measure, places, least
        more.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "input--short"}))
        super().__init__(**more)  # no limit of letters: the value is a number, and a text that is too long is none

    def to_python(self, value: object) -> Decimal | None:
        """Read it."""
        found = figures.parse(str(value or ""), self.measure)
        if isinstance(found, Refusal):
            if found.code == "value_not_a_number" and self.least is not None:  # an amount has no words beside it
                found = Refusal("amount_not_a_number", found.facts)
            raise forms.ValidationError(reasons.explain(found))
        if found is not None and self.least is not None and found < self.least:
            raise forms.ValidationError(_("This cannot be below zero."))
        return found if found is None else found.quantize(Decimal(1).scaleb(-self.places))

    def prepare_value(self, value: Any) -> Any:
        """Show it without zeros behind it."""
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class WantedNumber(NumberField):
    """A number that is asked for; while one still writes, it may be missing."""

    def validate(self, value: object) -> None:
        """Nothing is wrong with none."""


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


class LinkForm(forms.Form):
    """For whom a link is, and how long it is good."""

    label = forms.CharField(
        label=_("Whom the link is for"), help_text=_("For your own list. It is shown to nobody else."), max_length=120
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good"), coerce=int, initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
    )  # fmt: skip


def initial(part: Part, plan: Plan, number: int) -> Mapping[str, Any]:
    """What the row says now, for its form."""
    row = editor.row_of(plan, part, number)
    return {name: getattr(row, name) for name in COLUMNS[part]} if row else {}


def given(part: Part, query: Mapping[str, str]) -> dict[str, str]:
    """What an address says a new row leads to: `?result=7`."""
    wanted: Sequence[str] = [name for name in ("goal", "result", "indicator", "period") if name in COLUMNS[part]]
    return {name: query[name] for name in wanted if name in query}


# --- Reports ---------------------------------------------------------------------------------------------------------------
class CardForm(forms.Form):
    """One value of a report with its parts and what stands behind it. What has been approved is not in it."""

    def __init__(self, card: Card, plan: Plan, *args: Any, **more: Any) -> None:
        super().__init__(*args, prefix=f"p{card.number}", initial=_said(card), **more)
        measure = card.asked.indicator.measure
        if card.row is None or not card.row.approved:
            if not card.in_words:
                kind = WantedNumber if card.asked.must else NumberField
                wanted = kind(measure=measure, label=_("Value"), required=card.asked.must)
                self._add("value", wanted, card.version)
            if card.share:
                counted = forms.IntegerField(
                    label=words.label(Part.ACTUAL, "out_of"), required=False, min_value=0, max_value=2_000_000_000,
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
                )  # fmt: skip
                self._add("out_of", counted, card.version)
            told = forms.CharField(
                label=_("In words") if card.in_words else _("In words, or why there is no value this time"),
                required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4 if card.in_words else 2}),
            )  # fmt: skip
            self._add("comment", told, card.version)
        for one in card.portions if not card.in_words else ():
            if one.row is None or not one.row.approved:
                self._add(one.key, NumberField(measure=measure, label=one.label, required=False), one.version)
        if plan.evidence:
            behind = forms.TypedMultipleChoiceField(
                label=words.PARTS[Part.EVIDENCE], choices=editor.choices(plan, Part.EVIDENCE), coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self._add("evidence", behind, card.version)

    def _add(self, name: str, field: forms.Field, version: int) -> None:
        field.widget.attrs["data-kino-version"] = str(version)
        field.widget.attrs.pop("maxlength", None)  # nobody comes near it: no counter
        self.fields[name] = field

    @property
    def portions(self) -> list[forms.BoundField]:
        """The fields of its parts."""
        return [self[name] for name in self.fields if name not in ("value", "out_of", "comment", "evidence")]

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of the value of all, but for what stands behind it."""
        return [self[name] for name in ("value", "out_of", "comment") if name in self.fields]


def _said(card: Card) -> dict[str, Any]:
    row = card.row
    said = {one.key: one.row.value for one in card.portions if one.row is not None}
    if row is None:
        return said
    return said | {"value": row.value, "out_of": row.out_of, "comment": row.comment, "evidence": list(row.evidence)}


class PortionForm(forms.Form):
    """A value of one country or one place."""

    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [*NOT_SAID, *countries()], required=False
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    def __init__(self, card: Card, *args: Any, **more: Any) -> None:
        super().__init__(*args, prefix=f"n{card.number}", **more)
        self.fields["value"] = NumberField(measure=card.asked.indicator.measure, label=_("Value"))

    def clean(self) -> dict[str, Any]:
        """A country or a place is said."""
        said = super().clean() or {}
        if not said.get("country") and not said.get("place") and not self.errors:
            self.add_error("place", _("Say of which country or place."))
        return said


class ActivitiesForm(forms.Form):
    """How far each activity has come, in one go."""

    def __init__(self, activities: Sequence[Activity], versions: Mapping[int, int], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in activities:
            field = forms.ChoiceField(label=one.title, choices=words.progress, initial=one.progress.value)
            field.widget.attrs["class"] = "input"
            field.widget.attrs["data-kino-version"] = str(versions.get(one.number, 0))
            self.fields[f"a{one.number}"] = field


class DaysForm(forms.Form):
    """The days that a report covers, and when it is due."""

    starts = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    due = forms.DateField(label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


AS_EDITION = -1  # a road map that reports as often as its edition says


class RhythmForm(forms.Form):
    """How often teams report; `own`: one team, which may do as its edition says."""

    months = forms.TypedChoiceField(label=_("How often teams report"), choices=words.rhythms, coerce=int)
    days = forms.IntegerField(
        label=_("Days to hand in after the last day"), min_value=0, max_value=reporting.MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, own: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if own:
            self.fields["months"].label = _("How often this team reports")
            self.fields["months"].choices = [(AS_EDITION, _("As the edition says")), *words.rhythms()]


class ReturnForm(forms.Form):
    """What is to be changed in a report."""

    text = forms.CharField(label=_("What is to be changed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(forms.Form):
    """Another value in place of an approved one, and why."""

    reason = forms.CharField(
        label=_("Why it is corrected"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands beside the value for everybody who sees it."),
    )  # fmt: skip
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, measure: Measure, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if measure is not Measure.QUALITATIVE:
            self.fields["value"] = NumberField(measure=measure, label=_("The right value"), required=False)
            self.order_fields(["value", "reason"])


class FileForm(forms.Form):
    """A file to send up."""

    file = forms.FileField()
