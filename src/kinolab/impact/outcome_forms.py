"""The shape of what is typed about what became of people and films, by the lab and by alumni. Nothing is saved here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.applications.models import Application
from kinolab.applications.queries.form import countries
from kinolab.foundation.files.reading import Table
from kinolab.foundation.refusals import Refusal
from kinolab.impact import words
from kinolab.impact.domain.survey import MOST_TOLD
from kinolab.impact.domain.vocabularies import OutcomeKind
from kinolab.impact.forms import NOT_SAID
from kinolab.impact.models import Outcome
from kinolab.impact.queries import outcomes as queries
from kinolab.labs.models import Edition, Programme

FIRST_YEAR = 1990
YES_NO = [("yes", pgettext_lazy("publish", "Yes")), ("no", pgettext_lazy("publish", "No"))]
_SHORT = {"class": "input--short", "inputmode": "numeric"}


def _country(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Country"), choices=lambda: [*NOT_SAID, *countries()], required=False, **more
    )  # fmt: skip


# --- The lab ---------------------------------------------------------------------------------------------------------------
class OutcomeForm(forms.Form):
    """An outcome as the lab writes it down; about whom it is can be said only once."""

    about = forms.ChoiceField(label=_("Whom or what it is about"), required=False)
    name = forms.CharField(
        label=_("Or a name"), max_length=200, required=False,
        help_text=_("For somebody who has no account here. They cannot be asked by letter."),
    )  # fmt: skip
    edition = forms.ChoiceField(label=_("Of which edition"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.outcome_kinds)
    title = forms.CharField(
        label=_("What exactly"),
        max_length=300,
        help_text=_("The festival, the fund, the prize: as they call it themselves."),
    )
    rank = forms.IntegerField(
        label=_("Place reached"), min_value=1, max_value=999, required=False, widget=forms.TextInput(attrs=_SHORT)
    )
    on = forms.DateField(
        label=_("When"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    precision = forms.ChoiceField(label=_("How exact"), choices=words.precisions, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    country = _country()
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Who has reported it, and where.")
    )
    source_url = forms.URLField(
        label=_("Address of the source"), max_length=500, required=False, assume_scheme="https"
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is known about it, and what is not. Only the lab reads it."),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, programme: Programme, *args: Any, outcome: Outcome | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.programme = programme
        if outcome is not None:
            for name in ("about", "name", "edition"):
                del self.fields[name]
            return
        editions = list(programme.editions.order_by("-starts_on", "-pk"))
        self.fields["edition"].choices = [("", _("Not known")), *((str(one.pk), str(one)) for one in editions)]
        self.fields["about"].choices = [("", "—"), *_subjects(programme, editions)]

    def clean(self) -> dict[str, Any]:
        """Exactly one subject."""
        said = super().clean() or {}
        said["precision"] = said.get("precision") or "day"
        if "about" in self.fields and bool(said.get("about")) == bool(said.get("name")):
            self.add_error("about", _("Choose from the list, or write a name: one of the two."))
        return said

    @property
    def subject(self) -> dict[str, Any]:
        """Whom it is about, for the action."""
        kind, _colon, number = self.cleaned_data["about"].partition(":")
        match kind:
            case "person":
                return {"person": queries.alumni(self.programme).filter(pk=number).first()}
            case "project":
                return {"project_of": queries.chosen(self.programme).filter(pk=number).first()}
            case "film":
                return {"film": queries.chosen(self.programme).filter(pk=number).first()}
            case "edition":
                return {"edition_itself": True}
        return {"name": self.cleaned_data["name"]}

    @property
    def of_edition(self) -> Edition | None:
        """The edition that it counts for; an outcome of an edition itself names it."""
        kind, _colon, number = self.cleaned_data["about"].partition(":")
        wanted = number if kind == "edition" else self.cleaned_data["edition"]
        return self.programme.editions.filter(pk=wanted).first() if wanted else None


def _subjects(programme: Programme, editions: Sequence[Edition]) -> Iterator[tuple[Any, Any]]:
    people = [(f"person:{one.pk}", str(one)) for one in queries.alumni(programme)]
    films = [(f"film:{one.pk}", str(one)) for one in queries.chosen(programme).order_by("title", "pk")]
    groups = (
        (_("People"), people),
        (
            pgettext_lazy("with all its films", "Projects"),
            [(f"project:{one.pk}", str(one)) for one in queries.projects(programme)],
        ),
        (_("Films"), films),
        (_("Editions"), [(f"edition:{one.pk}", str(one)) for one in editions]),
    )
    yield from ((name, choices) for name, choices in groups if choices)


class SwitchForm(forms.Form):
    """What the programme does years later."""

    surveys = forms.BooleanField(
        label=_("Ask alumni once a year what became of them"), required=False,
        help_text=_("A year after the results, then every year. Whoever does not want it is never asked again."),
    )  # fmt: skip
    report_public = forms.BooleanField(
        label=_("Everybody may read the programme’s impact report"), required=False,
        help_text=_("Of road maps whose teams show them to everybody, and of nothing else."),
    )  # fmt: skip


# --- Files -----------------------------------------------------------------------------------------------------------------
COLUMNS = ("name", "email", "kind", "title", "year", "date", "place", "country", "rank", "source", "source_url", "note")


class FileForm(forms.Form):
    """A table of outcomes."""

    file = forms.FileField(label=_("CSV or XLSX file"), required=False)
    edition = forms.ChoiceField(label=_("Of which edition"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, programme: Programme, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        editions = programme.editions.order_by("-starts_on", "-pk")
        self.fields["edition"].choices = [("", _("Not known")), *((str(one.pk), str(one)) for one in editions)]


def rows_of(table: Table, programme: Programme) -> list[Mapping[str, Any] | Refusal]:
    """Each row as the action takes it, or why it cannot be read."""
    places = {name.strip().casefold(): place for place, name in enumerate(table.head)}
    people = {one.email: one for one in queries.alumni(programme)}
    return [
        _row({name: row[places[name]].strip() for name in COLUMNS if name in places}, people) for row in table.rows
    ]  # fmt: skip


def _row(said: Mapping[str, str], people: Mapping[str, Any]) -> Mapping[str, Any] | Refusal:
    email = said.get("email", "").lower()
    if email and email not in people:
        return Refusal("no_such_subject")
    form = OutcomeRowForm(
        {**said, "on": said.get("date") or (f"{said['year']}-01-01" if said.get("year") else "")}
    )  # fmt: skip
    if not form.is_valid():
        return Refusal("row_unreadable", {"columns": sorted(form.errors)})
    about = {"person": people[email]} if email else {"name": said.get("name", "")}
    return form.cleaned_data | {"about": about, "precision": "day" if said.get("date") else "year"}


class OutcomeRowForm(forms.Form):
    """One row of a file; the kind is its code, not its name in some language."""

    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in OutcomeKind])
    title = forms.CharField(max_length=300)
    on = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    place = forms.CharField(max_length=200, required=False)
    country = forms.RegexField(r"[A-Z]{2}", required=False)
    rank = forms.IntegerField(min_value=1, max_value=999, required=False)
    source = forms.CharField(max_length=300, required=False)
    source_url = forms.URLField(max_length=500, required=False, assume_scheme="https")
    note = forms.CharField(max_length=2000, required=False)


# --- Alumni ----------------------------------------------------------------------------------------------------------------
class AgainForm(forms.Form):
    """Somebody asks for a link."""

    email = forms.EmailField(label=_("Your e-mail"))


@dataclass(frozen=True, slots=True)
class KnownFields:
    """A known outcome with the fields about it."""

    outcome: Outcome
    subject: str
    wrong: forms.BoundField
    publish: forms.BoundField


class SurveyForm(forms.Form):
    """What somebody tells about themselves: what is wrong, what may be published, what is new."""

    def __init__(
        self, outcomes: Sequence[Outcome], films: Sequence[Application], this_year: int, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.outcomes, self.films = outcomes, films
        for one in outcomes:
            self.fields[f"publish_{one.pk}"] = forms.ChoiceField(
                label=_("May everybody read this on our site?"), choices=YES_NO, required=False, widget=forms.RadioSelect,
                initial={"agreed": "yes", "refused": "no", "withdrawn": "no"}.get(one.publishing),
            )  # fmt: skip
            self.fields[f"wrong_{one.pk}"] = forms.CharField(
                label=_("Is something wrong here? Say what is right"), required=False, max_length=1000,
                initial=one.objection,
            )  # fmt: skip
        for place in range(MOST_TOLD):
            self.fields |= _new_fields(place, films, this_year)

    def clean(self) -> dict[str, Any]:
        """What is new needs a kind, a title and a year, or nothing at all."""
        said = super().clean() or {}
        for place in range(MOST_TOLD):
            told = [said.get(f"{name}_new{place}") for name in ("kind", "title", "year")]
            if any(told) or said.get(f"url_new{place}"):
                for name, value in zip(("kind", "title", "year"), told, strict=True):
                    if not value and f"{name}_new{place}" not in self.errors:
                        self.add_error(f"{name}_new{place}", _("This is needed too."))
        return said

    @property
    def known(self) -> list[KnownFields]:
        """Each known outcome with its fields."""
        return [
            KnownFields(one, queries.subject(one), self[f"wrong_{one.pk}"], self[f"publish_{one.pk}"])
            for one in self.outcomes
        ]

    @property
    def fresh(self) -> list[list[forms.BoundField]]:
        """The fields of each new outcome."""
        return [
            [self[name] for name in self.fields if name.endswith(f"_new{place}")] for place in range(MOST_TOLD)
        ]  # fmt: skip

    @property
    def new(self) -> list[dict[str, Any]]:
        """What is told anew, by the names of the action."""
        said, films = self.cleaned_data, {str(one.pk): one for one in self.films}
        return [
            {
                "kind": said[f"kind_new{place}"], "title": said[f"title_new{place}"], "year": said[f"year_new{place}"],
                "country": said[f"country_new{place}"], "source_url": said[f"url_new{place}"],
                "film": films.get(said.get(f"about_new{place}", "")), "agrees": said[f"publish_new{place}"] == "yes",
            }
            for place in range(MOST_TOLD)
            if said.get(f"title_new{place}")
        ]  # fmt: skip

    @property
    def wrong(self) -> dict[int, str]:
        """What they say is wrong, where that is new."""
        said = {one.pk: self.cleaned_data[f"wrong_{one.pk}"] for one in self.outcomes}
        return {one.pk: said[one.pk] for one in self.outcomes if said[one.pk] != one.objection}

    @property
    def agrees(self) -> dict[int, bool]:
        """What may be published, where they have said it."""
        said = {one.pk: self.cleaned_data[f"publish_{one.pk}"] for one in self.outcomes}
        return {number: value == "yes" for number, value in said.items() if value}


def _new_fields(place: int, films: Sequence[Application], this_year: int) -> dict[str, forms.Field]:
    about = [("", _("Myself")), *((str(one.pk), str(one)) for one in films)]
    year = forms.IntegerField(
        label=_("In which year"), min_value=FIRST_YEAR, max_value=this_year, required=False,
        widget=forms.TextInput(attrs=_SHORT),
    )  # fmt: skip
    publish = forms.ChoiceField(
        label=_("May everybody read this on our site?"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    fields: dict[str, forms.Field] = {
        "kind": forms.ChoiceField(label=_("What happened"), choices=[*NOT_SAID, *words.outcome_kinds()], required=False),
        "title": forms.CharField(label=_("Where, or what exactly"), max_length=300, required=False),
        "year": year,
        "about": forms.ChoiceField(label=_("It is about"), choices=about, required=False),
        "country": _country(),
        "url": forms.URLField(
            label=_("A page where one can read it"), max_length=500, required=False, assume_scheme="https"
        ),
        "publish": publish,
    }  # fmt: skip
    return {f"{name}_new{place}": one for name, one in fields.items()}


def typed(data: Mapping[str, str], form: forms.Form) -> dict[str, str]:
    """What stands in the form as it was typed, for a draft."""
    return {name: str(data[name]) for name in form.fields if data.get(name)}


def initial(outcome: Outcome) -> dict[str, Any]:
    """What an outcome says now, for the lab's form."""
    names = ("kind", "title", "rank", "on", "precision", "place", "country", "source", "source_url", "note")
    return {name: getattr(outcome, name) for name in names} | {"seen": outcome.version}


def values(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the lab's form."""
    day: date | None = said["on"]
    names = ("kind", "title", "rank", "place", "country", "source", "source_url", "note")
    return {name: said[name] for name in names} | {"on": day, "precision": said["precision"]}
