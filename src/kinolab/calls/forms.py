"""The shape of what organisers type. Nothing is saved here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinolab.calls import words
from kinolab.calls.domain.teams import LARGEST
from kinolab.calls.domain.window import GRACE_MAXIMUM
from kinolab.calls.models import Call
from kinolab.calls.queries.closes import Listed
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.formats import language_name
from kinolab.foundation.lines import normalise
from kinolab.foundation.questions import words as question_words
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.questions.models import EACH
from kinolab.foundation.search.folding import search_text
from kinolab.labs import words as labs_words
from kinolab.labs.models import Edition

DAY = {"type": "date"}


def zones() -> list[tuple[str, str]]:
    """Every time zone of a place, by its name."""
    return [(name, name) for name in sorted(available_timezones()) if "/" in name and not name.startswith("Etc/")]


def countries() -> list[tuple[str, str]]:
    """Every country by its name in the active language; none first, then those of the labs."""
    return [("", "—"), *question_words.countries()]


class _Day(forms.DateField):
    """A day, from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **kwargs)


class _Hour(forms.TimeField):
    """An hour of the wall clock."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


def _precision() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How exactly it is known"), choices=labs_words.precisions)


class DatesForm(forms.Form):
    """When the call opens and closes on the wall clock of its zone, and when the edition takes place."""

    timezone = forms.ChoiceField(label=_("Time zone of the call"), choices=zones)
    opens_day = _Day(label=_("Opens on"))
    opens_hour = _Hour(label=_("Hour of the opening"), help_text=_("Without an hour: as the day begins."))
    closes_day = _Day(label=_("Closes on"))
    closes_hour = _Hour(label=_("Hour of the close"), help_text=_("Without an hour: as the day ends."))
    grace_minutes = forms.IntegerField(
        label=_("Minutes of grace"), min_value=0, max_value=GRACE_MAXIMUM,
        help_text=_("After the close, drafts that were begun in time may still be sent for so long. Nobody is told."),
    )  # fmt: skip
    results_on = _Day(label=_("Results"))
    results_precision = _precision()
    starts_on = _Day(label=_("The edition begins"))
    starts_precision = _precision()
    ends_on = _Day(label=_("The edition ends"))
    ends_precision = _precision()

    @staticmethod
    def initial_of(call: Call, opens: datetime | None, closes: datetime | None) -> dict[str, Any]:
        """What stands in the form; `opens` and `closes` are wall-clock times in the call's zone."""
        edition = call.edition
        told = {"timezone": call.timezone or edition.timezone, "grace_minutes": call.grace_minutes}
        told |= {"results_on": call.results_on, "results_precision": call.results_precision}
        for name in ("starts_on", "starts_precision", "ends_on", "ends_precision"):
            told[name] = getattr(edition, name)
        if opens:
            told |= {"opens_day": opens.date(), "opens_hour": opens.time()}
        if closes:
            told |= {"closes_day": closes.date(), "closes_hour": closes.time() if call.hour_known else None}
        return told

    def clean(self) -> dict[str, Any]:
        """An edition ends no earlier than it begins."""
        given: dict[str, Any] = super().clean() or {}
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The edition would end before it begins."))
        return given

    def moment(self, name: str) -> datetime | date | None:
        """The opening or the close as typed: a wall-clock time, a day alone, or nothing."""
        day: date | None = self.cleaned_data.get(f"{name}_day")
        hour: time | None = self.cleaned_data.get(f"{name}_hour")
        return datetime.combine(day, hour) if day and hour else day

    def of_edition(self) -> dict[str, Any]:
        """What belongs to the edition."""
        return {
            name: self.cleaned_data[name] for name in ("starts_on", "starts_precision", "ends_on", "ends_precision")
        }


class ExtendForm(forms.Form):
    """A later close on the wall clock of the call's zone."""

    closes = forms.CharField(
        label=_("New close"), widget=forms.TextInput(attrs={"type": "datetime-local"}),
        help_text=_("On the clock of the call’s time zone."),
    )  # fmt: skip

    def clean_closes(self) -> datetime:
        """A time without a zone."""
        try:
            return datetime.fromisoformat(self.cleaned_data["closes"]).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(_("Write the day and the hour, for example 2026-08-05T18:00.")) from None


class _LocalMoment(forms.CharField):
    """A day and an hour on the clock of the call's zone, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "datetime-local"}), **kwargs)

    def clean(self, value: Any) -> datetime | None:
        """A time without a zone."""
        said = super().clean(value)
        if not said:
            return None
        try:
            return datetime.fromisoformat(said).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(_("Write the day and the hour, for example 2026-08-05T18:00.")) from None


class OwnClosesForm(forms.Form):
    """When each strand and role closes, where it does not close with the call."""

    def __init__(self, *args: Any, listed: Sequence[Listed], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in listed:
            at = one.close.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if one.close else None
            initial = at.isoformat(timespec="minutes") if at else ""
            self.fields[one.field] = _LocalMoment(label=str(one.name), required=False, initial=initial)


class CodeForm(forms.Form):
    """A code of the lab: what it gives, for whom, how often, why."""

    until = _LocalMoment(
        label=_("More time until"), required=False,
        help_text=_("On the clock of the call’s time zone. Empty: no more time than the call."),
    )  # fmt: skip
    invites = forms.BooleanField(
        label=_("It is an invitation"), required=False,
        help_text=_("Rules that ask for an invitation code of the lab are met by it."),
    )  # fmt: skip
    for_whom = forms.CharField(label=_("For whom"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False,
        help_text=_("With an address only this person can use the code, and it leaves by letter."),
    )  # fmt: skip
    uses = forms.IntegerField(label=_("For how many applications"), min_value=1, max_value=500, initial=1)
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands on the record; the person does not see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="code_%s", **kwargs)


def _codes(typed: str) -> list[str]:
    """Codes of roles with commas or spaces between them, each once."""
    codes = list(dict.fromkeys(code for code in re.split(r"[,\s]+", typed.strip()) if code))
    if any(not re.fullmatch(r"[a-z][a-z0-9_]*", code) for code in codes):
        raise forms.ValidationError(_("Codes are small Latin letters, figures and underscores."))
    return codes


class TeamForm(forms.Form):
    """What the call asks of teams: how many of each role, who sends, who signs, until when the list stays open."""

    signatures = forms.ChoiceField(label=_("Signatures"), choices=words.signatures, widget=forms.RadioSelect)
    locks_day = _Day(label=_("The list of the team closes on"))
    locks_hour = _Hour(label=_("Hour"))
    join_after_close = forms.BooleanField(
        label=_("Whoever was invited in time may still join after the close"), required=False,
        help_text=_("They see the application and write and sign their own part; the texts stay as they are."),
    )  # fmt: skip
    strands_max = forms.IntegerField(
        label=_("Strands of one application, at most"), min_value=1, max_value=100, required=False,
        help_text=_("Empty: as many as there are. Each strand is a candidacy of its own."),
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.roles, zone = list(call.roles), ZoneInfo(call.timezone or call.edition.timezone)
        told = {name: getattr(call, name) for name in ("signatures", "join_after_close", "strands_max")}
        if call.team_locks_at:
            local = call.team_locks_at.astimezone(zone)
            told |= {"locks_day": local.date(), "locks_hour": local.time().replace(tzinfo=None)}
        for role in self.roles:
            said = call.role_needs.get(role, {})
            told |= {f"least-{role}": said.get("min") or 0, f"most-{role}": said.get("max")}
            told[f"sends-{role}"] = role in call.senders
        super().__init__(*args, initial=told, **kwargs)
        for role in self.roles:
            self.fields[f"least-{role}"] = forms.IntegerField(label=_("At least"), min_value=0, max_value=LARGEST)
            self.fields[f"most-{role}"] = forms.IntegerField(
                label=_("At most"), min_value=1, max_value=LARGEST, required=False
            )
            self.fields[f"sends-{role}"] = forms.BooleanField(label=_("May send the application"), required=False)

    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each role by name, with its fields."""
        return [
            (words.role_name(role), [self[f"{name}-{role}"] for name in ("least", "most", "sends")])
            for role in self.roles
        ]

    def changes(self) -> dict[str, Any]:
        """What the call becomes; the lock as a wall-clock time of its zone."""
        given = self.cleaned_data
        numbers = {
            role: {"min": given[f"least-{role}"], "max": given[f"most-{role}"]}
            for role in self.roles
            if given[f"least-{role}"] or given[f"most-{role}"]
        }
        return {name: given[name] for name in ("signatures", "join_after_close", "strands_max")} | {
            "role_needs": numbers,
            "senders": [role for role in self.roles if given[f"sends-{role}"]],
            "team_locks_at": self._locks(),
        }

    def _locks(self) -> datetime | date | None:
        day, hour = self.cleaned_data["locks_day"], self.cleaned_data["locks_hour"]
        return datetime.combine(day, hour) if day and hour else day


class SettingsForm(forms.Form):
    """Languages, team, place, contact."""

    languages = forms.MultipleChoiceField(label=_("Languages of the page"), widget=forms.CheckboxSelectMultiple)
    answer_languages = forms.MultipleChoiceField(
        label=_("Languages in which one may apply"), widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(label=_("Roles in a team"), required=False, widget=forms.CheckboxSelectMultiple)
    more_roles = forms.CharField(
        label=_("Other roles"), required=False,
        help_text=_("In small Latin letters with commas between them, for example composer. They are shown as written."),
    )  # fmt: skip
    team_min = forms.IntegerField(label=_("Least size of a team"), min_value=1, max_value=50)
    team_max = forms.IntegerField(label=_("Greatest size of a team"), min_value=1, max_value=50)
    contact_email = forms.EmailField(label=_("Address for questions"), required=False)
    dye = forms.ChoiceField(label=_("Dye"), choices=labs_words.dyes)
    mode = forms.ChoiceField(label=_("Where"), choices=labs_words.modes)
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    edition_timezone = forms.ChoiceField(label=_("Time zone of the place"), choices=zones)
    capacity_projects = forms.IntegerField(label=_("Seats for projects"), min_value=1, max_value=10_000, required=False)
    capacity_people = forms.IntegerField(label=_("Seats for people"), min_value=1, max_value=10_000, required=False)

    CALL = ("languages", "answer_languages", "roles", "team_min", "team_max", "contact_email")
    EDITION = ("dye", "mode", "country", "capacity_projects", "capacity_people")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags = [(tag, language_name(tag)) for tag, _name in settings.LANGUAGES]
        self.fields["languages"].choices = self.fields["answer_languages"].choices = tags
        self.fields["roles"].choices = words.roles(self.initial["roles"])

    @classmethod
    def initial_of(cls, call: Call) -> dict[str, Any]:
        """What stands in the form."""
        told = {name: getattr(call, name) for name in cls.CALL}
        told |= {name: getattr(call.edition, name) for name in cls.EDITION}
        return told | {"edition_timezone": call.edition.timezone}

    def clean_more_roles(self) -> list[str]:
        """Codes, each once."""
        codes = _codes(self.cleaned_data["more_roles"])
        if EACH in codes:
            raise forms.ValidationError(_("Codes are small Latin letters, figures and underscores."))
        return codes

    def clean(self) -> dict[str, Any]:
        """There is a role; the greatest team is no smaller than the least."""
        given: dict[str, Any] = super().clean() or {}
        given["roles"] = list(dict.fromkeys([*given.get("roles", []), *given.get("more_roles", [])]))
        if not given["roles"] and "more_roles" in given:
            self.add_error("roles", _("Choose at least one role."))
        if given.get("team_min") and given.get("team_max") and given["team_max"] < given["team_min"]:
            self.add_error("team_max", _("The greatest size of a team is smaller than the least."))
        return given

    def of_call(self) -> dict[str, Any]:
        """What belongs to the call."""
        return {name: self.cleaned_data[name] for name in self.CALL}

    def of_edition(self) -> dict[str, Any]:
        """What belongs to the edition."""
        told = {name: self.cleaned_data[name] for name in self.EDITION}
        return told | {"timezone": self.cleaned_data["edition_timezone"]}


class TextsForm(forms.Form):
    """Texts by key, each in several languages: one field per text and language, named `KEY:LANGUAGE`."""

    def __init__(self, *args: Any, rows: Iterable[Any], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.languages = list(rows), list(languages)
        for row in self.rows:
            for tag in self.languages:
                attrs = {"lang": tag} | ({"rows": 4} if row.long else {})
                widget = forms.Textarea(attrs=attrs) if row.long else forms.TextInput(attrs=attrs)
                self.fields[f"{row.key}:{tag}"] = forms.CharField(
                    label=language_name(tag), required=False, widget=widget, initial=row.text.in_language(tag)
                )

    def shown(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each text with its fields."""
        return [(row, [self[f"{row.key}:{tag}"] for tag in self.languages]) for row in self.rows]

    def texts(self) -> dict[str, dict[str, str]]:
        """The texts that were changed, by key and language: what others write meanwhile stays."""
        changed: dict[str, dict[str, str]] = {}
        for row in self.rows:
            for tag in self.languages:
                typed = normalise(self.cleaned_data[f"{row.key}:{tag}"]).strip()
                if typed != row.text.in_language(tag).strip():
                    changed.setdefault(row.key, {})[tag] = typed
        return changed


class CopyForm(forms.Form):
    """Which edition to copy, how many years later, and under which name."""

    source = forms.ChoiceField(label=_("Copy from"))
    years = forms.IntegerField(label=_("Years later"), min_value=0, max_value=20, initial=1)
    slug = forms.SlugField(label=_("Address of the new edition"), help_text=_("For example 2027."))

    def __init__(self, *args: Any, editions: Sequence[Edition], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {str(one.pk): one for one in editions}
        self.fields["source"].choices = [(key, str(one)) for key, one in self._editions.items()]
        self._languages = list(languages)
        for tag in self._languages:
            self.fields[f"name_{tag}"] = forms.CharField(
                label=_("Name: %(language)s") % {"language": language_name(tag)}, required=False, max_length=200
            )
        self.fields[f"name_{self._languages[0]}"].help_text = _("In at least one language.")

    def clean(self) -> dict[str, Any]:
        """A name in at least one language."""
        given: dict[str, Any] = super().clean() or {}
        if not self.name_in(given):
            self.add_error(f"name_{self._languages[0]}", _("Give the edition a name in at least one language."))
        return given

    def name_in(self, given: Mapping[str, Any]) -> dict[str, str]:
        """The name by language."""
        return {tag: given[f"name_{tag}"] for tag in self._languages if given.get(f"name_{tag}")}

    def chosen(self) -> dict[str, Any]:
        """Arguments for the copy."""
        given = self.cleaned_data
        edition = self._editions[given["source"]]
        return {"edition": edition, "slug": given["slug"], "years": given["years"], "name": self.name_in(given)}


class FileForm(forms.Form):
    """A programme file."""

    LONGEST = 1_000_000  # bytes

    file = forms.FileField(
        label=_("Programme file (YAML)"),
        help_text=_(
            "Any edition can be downloaded as such a file from its page “Call”. Change it, and bring it back here."
        ),
    )

    def text(self) -> str | None:
        """Its text; None when it is far too large or not in UTF-8."""
        upload = self.cleaned_data["file"]
        if upload.size > self.LONGEST:
            return None
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None


# --- Rows of the call's lists ----------------------------------------------------------------------------------------
class RowForm(forms.Form):
    """A row of one of the lists: texts in some languages beside plain fields. See `ROWS`."""

    TEXTS: tuple[tuple[str, bool], ...] = ()  # field of the model, is it long
    KIND = ""
    WORDS: Mapping[str, Any] = words.TEXTS
    SHORT_LONGEST: int | None = None  # characters of a text that is not long

    def __init__(self, *args: Any, languages: Sequence[str], row: Any = None, **kwargs: Any) -> None:
        initial = dict(self.plain_of(row)) if row is not None else {}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.languages, self.row = list(languages), row
        for name, long in self.TEXTS:
            for tag in self.languages:
                attrs = {"lang": tag} | ({"rows": 3} if long else {})
                self.fields[f"{name}:{tag}"] = forms.CharField(
                    label=language_name(tag), required=False, max_length=None if long else self.SHORT_LONGEST,
                    widget=forms.Textarea(attrs=attrs) if long else forms.TextInput(attrs=attrs),
                    initial=getattr(row, name).in_language(tag) if row is not None else "",
                )  # fmt: skip

    def plain_of(self, row: Any) -> dict[str, Any]:
        """The plain fields of a row."""
        return {name: getattr(row, name) for name in self.base_fields}

    def clean(self) -> dict[str, Any]:
        """The first text is there in at least one language."""
        given: dict[str, Any] = super().clean() or {}
        first = self.TEXTS[0][0] if self.TEXTS else ""
        if first and not self.OPTIONAL_TEXTS and not any(given.get(f"{first}:{tag}") for tag in self.languages):
            self.add_error(f"{first}:{self.languages[0]}", _("Write it in at least one language."))
        return given

    OPTIONAL_TEXTS = False

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are not texts."""
        return [self[name] for name in self.base_fields]

    def text_fields(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each text's label with its fields."""
        return [
            (self.WORDS[f"{self.KIND}.{name}"], [self[f"{name}:{tag}"] for tag in self.languages])
            for name, _long in self.TEXTS
        ]

    def values(self) -> dict[str, Any]:
        """What the row becomes; languages that are not shown stay as they are."""
        told = {name: self.cleaned_data[name] for name in self.base_fields}
        for name, _long in self.TEXTS:
            kept = dict(getattr(self.row, name)) if self.row is not None else {}
            typed = {tag: normalise(self.cleaned_data[f"{name}:{tag}"]).strip() for tag in self.languages}
            told[name] = {tag: text for tag, text in (kept | typed).items() if text}
        return told


class StrandForm(RowForm):
    """A strand."""

    KIND, TEXTS = "strand", (("name", False), ("about", True))
    slug = forms.SlugField(label=_("Code"))
    roles = forms.MultipleChoiceField(
        label=_("Needed roles"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Somebody in the team must have one of these roles. None chosen: any."),
    )  # fmt: skip
    without_project = forms.BooleanField(label=_("People without a project may apply"), required=False)
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=1_000,
        help_text=_("How many can be selected in this strand; the board counts. Empty: as many as the edition has."),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dict.fromkeys([*roles, *(self.row.roles if self.row else ())])
        self.fields["roles"].choices = [(role, words.role_name(role)) for role in own]


class CoverForm(RowForm):
    """Something paid for, or not."""

    KIND, TEXTS = "cover", (("text", False),)
    covered = forms.BooleanField(label=_("The programme pays for it"), required=False, initial=True)


class FaqForm(RowForm):
    """A frequent question."""

    KIND, TEXTS = "faq", (("question", False), ("answer", True))


class TutorForm(RowForm):
    """A tutor."""

    KIND, TEXTS, OPTIONAL_TEXTS = "tutor", (("title", False), ("about", True)), True
    name = forms.CharField(label=_("Name"), max_length=200)


class ModuleForm(RowForm):
    """A dated block in a place."""

    KIND, TEXTS = "module", (("name", False), ("city", False))
    mode = forms.ChoiceField(label=_("Where"), choices=labs_words.modes)
    starts_on = _Day(label=_("Begins"))
    ends_on = _Day(label=_("Ends"))
    precision = _precision()
    timezone = forms.ChoiceField(label=_("Time zone of the place"), choices=zones)
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    mandatory = forms.BooleanField(label=_("Everybody takes part"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """A module ends no earlier than it begins."""
        given = super().clean()
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("It would end before it begins."))
        return given


class CriterionForm(RowForm):
    """A criterion of the rubric with a text for each step from 0 to 5."""

    KIND, TEXTS = "criterion", (("name", False), ("help", True))
    STEPS = ("0", "1", "2", "3", "4", "5")
    code = forms.SlugField(label=_("Code"))
    weight = forms.DecimalField(
        label=_("Weight"), min_value=0.01, max_value=100, max_digits=5, decimal_places=2, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anchors = self.row.anchors if self.row is not None else {}
        for step in self.STEPS:
            for tag in self.languages:
                self.fields[f"anchor-{step}:{tag}"] = forms.CharField(
                    label=language_name(tag), required=False, widget=forms.TextInput(attrs={"lang": tag}),
                    initial=anchors.get(step, {}).get(tag, ""),
                )  # fmt: skip

    def text_fields(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The texts, then the steps."""
        steps = [
            (_("What %(step)s means") % {"step": step}, [self[f"anchor-{step}:{tag}"] for tag in self.languages])
            for step in self.STEPS
        ]
        return [*super().text_fields(), *steps]

    def values(self) -> dict[str, Any]:
        """With the steps that have words."""
        kept = self.row.anchors if self.row is not None else {}
        anchors = {}
        for step in self.STEPS:
            typed = {tag: self.cleaned_data[f"anchor-{step}:{tag}"].strip() for tag in self.languages}
            anchors[step] = {tag: text for tag, text in (kept.get(step, {}) | typed).items() if text}
        return super().values() | {"anchors": {step: texts for step, texts in anchors.items() if texts}}


class RuleForm(RowForm):
    """A regulation: its sentences, and its definition as YAML."""

    KIND, TEXTS = "rule", (("sentence", False), ("question", False), ("refusal", True))
    definition = forms.CharField(
        label=_("Definition"), widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "class": "code"}),
        help_text=_("As in a programme file: code, scope, field, op, value, severity."),
    )  # fmt: skip

    def plain_of(self, row: Any) -> dict[str, Any]:
        """The definition comes as text from the view."""
        return {}


ROWS: dict[str, type[RowForm]] = {
    "strands": StrandForm,
    "covers": CoverForm,
    "faqs": FaqForm,
    "modules": ModuleForm,
    "tutors": TutorForm,
    "rules": RuleForm,
    "criteria": CriterionForm,
}


# --- The form --------------------------------------------------------------------------------------------------------
class SectionForm(RowForm):
    """A section of the form."""

    KIND, TEXTS = "section", (("title", False), ("help", True))
    key = forms.SlugField(label=_("Code"))
    of_project = forms.BooleanField(
        label=_("About the project"), required=False,
        help_text=_("Not asked of somebody who applies without a project."),
    )  # fmt: skip


def countries_in(typed: str) -> list[str]:
    """Codes of the countries that a line names, in the active language or by code; ValidationError for what is none."""
    known = {search_text(name): code for code, name in formats.countries(COUNTRIES)}
    found, unknown = [], []
    for word in (one.strip() for one in re.split(r"[,;\n]+|\s+(?:and|и|жана)\s+", typed)):
        code = word.upper() if word.upper() in COUNTRIES else known.get(search_text(word), "")
        if word and not code:
            unknown.append(word)
        elif code:
            found.append(code)
    if unknown:
        raise forms.ValidationError(_("This is no country: %(words)s"), params={"words": ", ".join(unknown)})
    return list(dict.fromkeys(found))


class CountrySetForm(forms.Form):
    """Countries under a name, in a version."""

    code = forms.SlugField(label=_("Code"), help_text=_("The same for every version, for example silk_road."))
    version = forms.SlugField(
        label=_("Version"), max_length=20, help_text=_("A year, for example 2026. A version never changes.")
    )
    countries = forms.CharField(
        label=_("Countries"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Names or codes of two letters, with commas between them."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Where the list was published, and when.")
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for tag in self.languages:
            self.fields[f"name:{tag}"] = forms.CharField(
                label=language_name(tag), required=False, max_length=200, widget=forms.TextInput(attrs={"lang": tag})
            )

    def clean_countries(self) -> list[str]:
        """Countries by name or code, each once."""
        return countries_in(self.cleaned_data["countries"])

    def clean(self) -> dict[str, Any]:
        """A name in at least one language."""
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(f"name:{tag}") for tag in self.languages):
            self.add_error(f"name:{self.languages[0]}", _("Write it in at least one language."))
        return given

    def names(self) -> list[forms.BoundField]:
        """The fields of the name."""
        return [self[f"name:{tag}"] for tag in self.languages]

    def values(self) -> dict[str, Any]:
        """Arguments for the action."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("code", "version", "countries", "source")}
        return told | {"name": {tag: given[f"name:{tag}"] for tag in self.languages if given[f"name:{tag}"]}}
