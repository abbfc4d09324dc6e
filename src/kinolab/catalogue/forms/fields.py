"""Fields that several forms share: a text per language, names of countries and languages, lengths, who is meant."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kinolab.catalogue import words
from kinolab.catalogue.domain.dates import clocked, seconds
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.queries import names
from kinolab.foundation.i18n import formats

TITLE_LONGEST = 300  # characters
NAME_LONGEST = 200
YEARS = (1888, 2100)


class NamesField(forms.CharField):
    """Names of countries or languages, separated by commas; cleaned they are codes, each once."""

    def __init__(self, kind: str, unknown: Any, *, single: bool = False, **more: Any) -> None:
        super().__init__(max_length=1000, required=False, **more)
        self.kind, self.unknown, self.single = kind, unknown, single
        self.widget.attrs.pop("maxlength", None)

    def prepare_value(self, value: Any) -> Any:
        """Codes are shown by their names; what somebody typed stays as it is."""
        if isinstance(value, list):
            return ", ".join(names.name_of(self.kind, one) for one in value)
        return value

    def clean(self, value: Any) -> list[str]:
        """The codes."""
        typed = super().clean(value)
        parts = [typed] if self.single else typed.replace(";", ",").split(",")
        codes = []
        for one in filter(str.strip, parts):
            code = names.code_of(self.kind, one)
            if not code:
                raise forms.ValidationError(self.unknown % {"name": one.strip()})
            codes.append(code)
        return list(dict.fromkeys(codes))


class LengthField(forms.CharField):
    """A running time as minutes and seconds; cleaned it is seconds, or None."""

    def prepare_value(self, value: Any) -> Any:
        """Seconds are shown as minutes and seconds."""
        return clocked(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """The seconds."""
        typed = super().clean(value)
        if not typed.strip():
            return None
        length = seconds(typed)
        if length is None:
            raise forms.ValidationError(_("Write minutes and seconds, as in 95:30."))
        return length


class LinesField(forms.CharField):
    """One thing a line; cleaned it is a list."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """A list is shown line by line."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        lines = [one.strip() for one in super().clean(value).splitlines() if one.strip()]
        if any(len(one) > TITLE_LONGEST for one in lines):
            raise forms.ValidationError(
                _("A title may have %(most)s characters at most.") % {"most": formats.number(TITLE_LONGEST)}
            )
        return lines


class SeenField(forms.CharField):
    """What stood in the form when it was opened, so that nobody overwrites what they have not seen.

    A text out of sight, not a hidden field: the browser keeps what is typed together with what it was typed over.
    """

    widget = forms.TextInput(attrs={"hidden": True, "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """A mapping is sent signed; what has been sent stays as it is."""
        return value if isinstance(value, str) else signing.dumps(value or {}, compress=True)

    def clean(self, value: Any) -> dict[str, Any] | None:
        """The mapping again; None where there is nothing readable, and then nothing was seen."""
        try:
            return signing.loads(super().clean(value))
        except signing.BadSignature:
            return None


def year(label: Any, **more: Any) -> forms.IntegerField:
    """A year of film history."""
    attrs = {"class": "input--short", "inputmode": "numeric"}
    first, last = YEARS
    return forms.IntegerField(
        label=label, required=False, min_value=first, max_value=last, widget=forms.TextInput(attrs=attrs), **more
    )


class InLanguages(forms.Form):
    """A form with texts in each language of the pages: `texts` names them with their longest, rows and label."""

    texts: Mapping[str, tuple[int, int, Any]] = {}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (longest, rows, _label) in self.texts.items():
            for tag, _own in settings.LANGUAGES:
                self.fields[f"{name}_{tag}"] = _text(tag, longest, rows)

    def groups(self) -> list[dict[str, Any]]:
        """Each text with its fields, and how many of them say something."""
        found = []
        for name, (_longest, _rows, label) in self.texts.items():
            bound = [self[f"{name}_{tag}"] for tag, _own in settings.LANGUAGES]
            told = sum(1 for one in bound if one.value())
            found.append(
                {"name": name, "label": label, "fields": bound, "told": told, "open": any(b.errors for b in bound)}
            )
        return found

    def text(self, name: str) -> dict[str, str]:
        """What was typed under the name, per language."""
        typed = {tag: self.cleaned_data.get(f"{name}_{tag}", "").strip() for tag, _own in settings.LANGUAGES}
        return {tag: text for tag, text in typed.items() if text}

    def keeping(self, name: str, before: Mapping[str, str]) -> dict[str, str]:
        """The same, beside texts in languages that the form does not ask for."""
        asked = {tag for tag, _own in settings.LANGUAGES}
        return {tag: text for tag, text in before.items() if tag not in asked} | self.text(name)


def _text(tag: str, longest: int, rows: int) -> forms.CharField:
    attrs = {"lang": tag, **({"rows": rows} if rows else {})}
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=formats.language_name(tag), max_length=longest, required=False, widget=widget)


def texts_of(**given: Mapping[str, str]) -> dict[str, str]:
    """Initial values of texts per language."""
    return {f"{name}_{tag}": text for name, by_tag in given.items() for tag, text in by_tag.items()}


# --- Who is meant ----------------------------------------------------------------------------------------------------
NEW = {f"new-{kind.value}": kind for kind in AgentKind}
SOMEBODY_NEW = {
    AgentKind.PERSON: pgettext_lazy("somebody not in the catalogue yet", "A new person"),
    AgentKind.GROUP: pgettext_lazy("somebody not in the catalogue yet", "A new group"),
    AgentKind.COMPANY: pgettext_lazy("somebody not in the catalogue yet", "A new company"),
}


def chosen(form: forms.Form, name: str) -> int | None:
    """The number of the row of the catalogue that was chosen; nothing where it is a new one, or none."""
    number = str(form[name].value() or "")
    return int(number) if number.isascii() and number.isdigit() else None


class WhoForm(forms.Form):
    """Somebody by name: whoever is in the catalogue, or somebody new. `known` are the numbers that may be meant."""

    name = forms.CharField(
        label=pgettext_lazy("of a person, group or company", "Name"),
        max_length=NAME_LONGEST,
        error_messages={"required": _("Write the name.")},
        help_text=_("In any alphabet. Whoever is in the catalogue already is offered below."),
    )
    who = forms.CharField(required=False, widget=forms.HiddenInput)
    name_language = forms.ChoiceField(
        label=_("Written in"),
        required=False,
        help_text=_("Of somebody new: the language in which the name is written."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name_language"].choices = [(tag, formats.language_name(tag)) for tag, _own in settings.LANGUAGES]
        self.fields["name_language"].initial = get_language()
        self.order_fields(["role", "name", "name_language", "who"])

    @property
    def chosen(self) -> int | None:
        """The number of whoever was chosen from the catalogue."""
        return chosen(self, "who")

    def look_in(self, address: str) -> None:
        """Offer whoever may be meant while the name is typed, from this address."""
        self.fields["name"].widget.attrs |= looking(address)

    @property
    def new_kind(self) -> AgentKind | None:
        """What somebody new is."""
        return NEW.get(str(self["who"].value() or ""))

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen, or said to be new."""
        said = super().clean() or {}
        if not self.new_kind and self.chosen is None and "name" not in self.errors:
            self.add_error("name", _("Say below who is meant: somebody of the catalogue, or somebody new."))
        return said

    @property
    def new_name(self) -> dict[str, str]:
        """The name of somebody new in its language."""
        return {self.cleaned_data["name_language"] or get_language(): self.cleaned_data["name"].strip()}


def looking(address: str) -> dict[str, str]:
    """What a field needs to look up what is typed into it: the answers stand in the element `found`."""
    return {
        "autocomplete": "off", "hx-get": address, "hx-trigger": "input changed delay:300ms", "hx-target": "#found",
        "hx-swap": "outerHTML", "hx-include": "#found",
    }  # fmt: skip


def choices(table: Mapping[Any, Any], empty: Any = None) -> list[tuple[str, Any]]:
    """A table of words as choices, with an empty one first where there may be none."""
    first: Iterable[tuple[str, Any]] = [] if empty is None else [("", empty)]
    return [*first, *words.choices(table)]
