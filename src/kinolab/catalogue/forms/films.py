"""Beginning a film, its facts, its texts, the registers it stands in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kinolab.catalogue import words
from kinolab.catalogue.domain.identifiers import Scheme
from kinolab.catalogue.forms.fields import (
    TITLE_LONGEST,
    InLanguages,
    LengthField,
    LinesField,
    NamesField,
    SeenField,
    choices,
    year,
)
from kinolab.catalogue.models import Film
from kinolab.catalogue.queries import names
from kinolab.foundation.i18n import formats
from kinolab.labs.models import Organisation
from kinolab.labs.words import DYES

SYNOPSIS_LONGEST = 4000
MOST_PARTS = 200
_UNKNOWN_COUNTRY = _("“%(name)s” is no country we know. Separate countries by commas.")
_UNKNOWN_LANGUAGE = _("“%(name)s” is no language we know. Separate languages by commas.")
_ADDRESS = {"invalid": _("Only Latin letters, digits and hyphens, as in osh-2026.")}
_SHORT = {"class": "input--short", "inputmode": "numeric"}
PICTURES = {"almaty": pgettext_lazy("picture of a film", "A city in six upright frames")}


class NewFilmForm(forms.Form):
    """A title in one language, and what kind of film it is."""

    title = forms.CharField(label=pgettext_lazy("of a film", "Title"), max_length=TITLE_LONGEST)
    language = forms.ChoiceField(label=_("Language of the title"))
    kind = forms.ChoiceField(label=pgettext_lazy("of a film", "Kind"), choices=lambda: choices(words.KINDS))
    slug = forms.SlugField(
        label=pgettext_lazy("of a page", "Address"), max_length=80, required=False, error_messages=_ADDRESS,
        help_text=_("The last part of the page’s address, in Latin letters. Left empty, it is made of the title."),
    )  # fmt: skip
    organisation = forms.ChoiceField(label=_("Catalogue"))

    def __init__(self, *args: Any, organisations: list[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["language"].choices = [(tag, formats.language_name(tag)) for tag, _own in settings.LANGUAGES]
        self.fields["language"].initial = get_language()
        self._found = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [(key, str(one.name)) for key, one in self._found.items()]
        if len(organisations) == 1:
            del self.fields["organisation"]

    @property
    def of(self) -> Organisation:
        """The catalogue in which the film is begun."""
        key = self.cleaned_data.get("organisation") or next(iter(self._found))
        return self._found[key]


class FactsForm(forms.Form):
    """What is known of a film once, whatever the language. Every name but `slug` and `seen` is a fact of the film."""

    kind = forms.ChoiceField(label=pgettext_lazy("of a film", "Kind"), choices=lambda: choices(words.KINDS))
    slug = forms.SlugField(
        label=pgettext_lazy("of a page", "Address"), max_length=80, error_messages=_ADDRESS,
        help_text=_("The last part of the page’s address, in Latin letters. It stays once the film is published."),
    )  # fmt: skip
    original_title = forms.CharField(
        label=_("Original title"), max_length=TITLE_LONGEST, required=False,
        help_text=_("In its own script, as it stands in the film."),
    )  # fmt: skip
    original_language = NamesField(
        names.LANGUAGES, _UNKNOWN_LANGUAGE, single=True, label=_("Language of the original title")
    )
    working_titles = LinesField(
        label=_("Working titles"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One a line.")
    )
    year_production = year(_("Year of production"))
    year_festival = year(_("Year of the first festival"))
    year_release = year(_("Year of release"))
    running_time = LengthField(
        label=_("Running time"), required=False, widget=forms.TextInput(attrs={"class": "input--short"}),
        help_text=_("Minutes and seconds, as in 95:30. It is shown as stated and never made of the parts."),
    )  # fmt: skip
    parts_announced = forms.IntegerField(
        label=_("Number of novellas announced"), min_value=1, max_value=MOST_PARTS, required=False,
        widget=forms.TextInput(attrs=_SHORT), help_text=_("Said publicly, though not each of them is known yet."),
    )  # fmt: skip
    countries = NamesField(
        names.COUNTRIES, _UNKNOWN_COUNTRY, label=_("Countries of production"), help_text=_("Separated by commas.")
    )
    languages = NamesField(
        names.LANGUAGES, _UNKNOWN_LANGUAGE, label=_("Languages spoken in the film"), help_text=_("Separated by commas.")
    )
    subtitle_languages = NamesField(
        names.LANGUAGES, _UNKNOWN_LANGUAGE, label=_("Languages of the subtitles"), help_text=_("Separated by commas.")
    )
    genres = forms.MultipleChoiceField(
        label=_("Genres"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(words.GENRES.items()),
    )
    soundtrack_complete = forms.BooleanField(label=_("The list of the soundtrack is complete"), required=False)
    dye = forms.ChoiceField(label=_("Dye"), choices=lambda: list(DYES.items()), help_text=_("The colour of its page."))
    picture = forms.ChoiceField(
        label=_("Drawing"), required=False,
        choices=lambda: [("", pgettext_lazy("picture of a film", "That of the dye")), *PICTURES.items()],
    )  # fmt: skip
    seen = SeenField(required=False)

    FACTS = (
        "kind", "original_title", "original_language", "working_titles", "year_production", "year_festival",
        "year_release", "running_time", "parts_announced", "countries", "languages", "subtitle_languages", "genres",
        "soundtrack_complete", "dye", "picture",
    )  # fmt: skip

    def __init__(self, film: Film, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if film.published_at:
            self.fields["slug"].disabled = True

    def clean_original_language(self) -> str:
        """One code."""
        return next(iter(self.cleaned_data["original_language"]), "")

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they are kept, without the countries, which have a table of their own."""
        return {name: self.cleaned_data[name] for name in self.FACTS if name != "countries"}


def shown_facts(said: dict[str, Any]) -> dict[str, Any]:
    """Facts as the form shows them."""
    return said | {"original_language": [said["original_language"]] if said.get("original_language") else []}


class TextsForm(InLanguages):
    """Title and synopsis in each language."""

    texts = {
        "title": (TITLE_LONGEST, 0, pgettext_lazy("of a film", "Title")),
        "synopsis": (SYNOPSIS_LONGEST, 5, _("Synopsis")),
    }
    seen = SeenField(required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (_longest, _rows, label) in self.texts.items():
            for tag, _own in settings.LANGUAGES:
                self.fields[f"{name}_{tag}"].label = f"{label} · {formats.language_name(tag)}"

    def by_language(self) -> list[dict[str, Any]]:
        """The fields of each language, with what is told in it."""
        return [
            {
                "tag": tag,
                "name": formats.language_name(tag),
                "title": self[f"title_{tag}"],
                "synopsis": self[f"synopsis_{tag}"],
            }
            for tag, _own in settings.LANGUAGES
        ]


class RegistersForm(forms.Form):
    """The film in the registers of the world; an empty field takes it out."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for scheme in Scheme:
            self.fields[scheme.value] = forms.CharField(
                label=words.SCHEMES[scheme], max_length=60, required=False,
                help_text=format_lazy("{}: {}", _("For example"), words.SCHEME_HINTS[scheme]),
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )  # fmt: skip
