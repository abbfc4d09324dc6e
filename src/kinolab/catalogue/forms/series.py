"""Series and the films of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.catalogue import words
from kinolab.catalogue.domain.works import EntryState
from kinolab.catalogue.forms.fields import TITLE_LONGEST, InLanguages, SeenField, choices, chosen, year
from kinolab.catalogue.models import Series
from kinolab.labs.models import Organisation

ABOUT_LONGEST = 600
NOTE_LONGEST = 400


class SeriesForm(InLanguages):
    """What a series is called, what it is about, and within which other it stands."""

    texts = {
        "title": (TITLE_LONGEST, 0, pgettext_lazy("of a series", "Title")),
        "about": (ABOUT_LONGEST, 3, _("About the series")),
    }
    organisation = forms.ChoiceField(label=_("Catalogue"))
    within = forms.ChoiceField(label=_("Stands within"), required=False)
    seen = SeenField(required=False)

    def __init__(
        self,
        *args: Any,
        organisations: list[Organisation] | None = None,
        others: list[Series] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._organisations = {str(one.pk): one for one in organisations or ()}
        self._others = {str(one.pk): one for one in others or ()}
        self.fields["organisation"].choices = [(key, str(one.name)) for key, one in self._organisations.items()]
        none = pgettext_lazy("stands within no other series", "No other")
        self.fields["within"].choices = [("", none), *((key, str(one)) for key, one in self._others.items())]
        if len(self._organisations) < len("ab"):
            del self.fields["organisation"]
        if others is None:
            del self.fields["within"]

    def clean(self) -> dict[str, Any]:
        """A series has a title."""
        said = super().clean() or {}
        if not self.errors and not self.text("title"):
            self.add_error(None, _("Write the title in at least one language."))
        return said

    @property
    def of(self) -> Organisation:
        """The catalogue in which the series is begun."""
        key = self.cleaned_data.get("organisation") or next(iter(self._organisations))
        return self._organisations[key]

    @property
    def outer(self) -> Series | None:
        """The series within which it stands."""
        return self._others.get(self.cleaned_data.get("within", ""))


class EntryForm(InLanguages):
    """A film of a series: in this catalogue, elsewhere, to come, or never made."""

    texts = {
        "title": (TITLE_LONGEST, 0, pgettext_lazy("of a film", "Title")),
        "working_title": (TITLE_LONGEST, 0, _("Working title")),
        "note": (NOTE_LONGEST, 0, _("Note")),
    }
    name = forms.CharField(
        label=_("Film of the catalogue"), max_length=TITLE_LONGEST, required=False,
        help_text=_("Type its title, in any alphabet. Left empty, the film is not in this catalogue."),
    )  # fmt: skip
    film = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = SeenField(required=False)
    state = forms.ChoiceField(
        label=_("What became of it"), choices=lambda: choices(words.ENTRY_STATES), initial=EntryState.MADE.value
    )
    year = year(_("Year"))

    @property
    def chosen(self) -> int | None:
        """The number of the film that was chosen."""
        return chosen(self, "film")

    def clean(self) -> dict[str, Any]:
        """An entry is a film of the catalogue or has a title."""
        said = super().clean() or {}
        if self.errors:
            return said
        if self.chosen is None and said.get("name", "").strip() and said.get("film") != "none":
            self.add_error("name", _("Say below which film is meant, or that it is none of the catalogue."))
        elif self.chosen is None and not self.text("title"):
            self.add_error("name", _("Choose a film of the catalogue, or write a title below."))
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What the entry says, without its film."""
        return {
            "year": self.cleaned_data["year"],
            "state": EntryState(self.cleaned_data["state"]),
            "title": self.text("title"),
            "working_title": self.text("working_title"),
            "note": self.text("note"),
        }
