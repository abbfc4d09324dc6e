"""Credits, pieces of the soundtrack, showings, parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.catalogue import words
from kinolab.catalogue.domain.dates import MONTH_PARTS, Pieces, date_of, why_not_date
from kinolab.catalogue.domain.works import PartKind, ReleaseKind, Season
from kinolab.catalogue.forms.fields import (
    NAME_LONGEST,
    TITLE_LONGEST,
    InLanguages,
    NamesField,
    SeenField,
    WhoForm,
    choices,
    chosen,
    year,
)
from kinolab.catalogue.queries import names
from kinolab.foundation.i18n import formats, reasons
from kinolab.labs.domain.calendar import FuzzyDate, Precision
from kinolab.labs.words import PRECISIONS

NOTE_LONGEST = 400
EVENT_LONGEST = 200
MOST_PLACES = 9999
MONTHS, DAYS = 12, 31
_SHORT = {"class": "input--short", "inputmode": "numeric"}


def _place(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=pgettext_lazy("in an order", "Place"), min_value=1, max_value=MOST_PLACES, required=False,
        widget=forms.TextInput(attrs=_SHORT), **more,
    )  # fmt: skip


class CreditForm(WhoForm, InLanguages):
    """Who did what, and how the film writes it."""

    texts = {
        "credited_as": (NAME_LONGEST, 0, _("As the film writes the name")),
        "character": (NAME_LONGEST, 0, _("Character")),
        "note": (NOTE_LONGEST, 0, _("Note")),
    }
    role = forms.ChoiceField(label=pgettext_lazy("credit", "Role"), choices=lambda: choices(words.ROLES))
    place = _place(help_text=_("Among all in the same role. Left empty, it stays where it is, or comes last."))
    seen = SeenField(required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What the credit says, without who it is about."""
        return {"role": self.cleaned_data["role"]} | {name: self.text(name) for name in self.texts}


class TrackForm(WhoForm):
    """A piece of the soundtrack."""

    seen = SeenField(required=False)
    title = forms.CharField(
        label=_("Title of the piece"), max_length=TITLE_LONGEST, required=False, help_text=_("If it is known.")
    )


class ReleaseForm(InLanguages):
    """A showing, with as much of its date as is known."""

    texts = {"event": (EVENT_LONGEST, 0, _("Festival, cinema or occasion"))}
    kind = forms.ChoiceField(label=pgettext_lazy("of a showing", "Kind"), choices=lambda: choices(words.RELEASE_KINDS))
    year = year(_("Year"))
    season = forms.ChoiceField(
        label=_("Season"), required=False, choices=lambda: choices(words.SEASONS, pgettext_lazy("season", "not said"))
    )
    month = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None)
    part = forms.ChoiceField(
        label=_("Part of the month"), required=False,
        choices=lambda: [("", "—"), *((one.value, PRECISIONS[one]) for one in MONTH_PARTS)],
    )  # fmt: skip
    day = forms.IntegerField(
        label=_("Day"), min_value=1, max_value=DAYS, required=False, widget=forms.TextInput(attrs=_SHORT)
    )
    seen = SeenField(required=False)
    country = NamesField(
        names.COUNTRIES, _("“%(name)s” is no country we know."), single=True, label=_("Country of the showing")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        months = [(number, formats.month_name(number)) for number in range(1, MONTHS + 1)]
        self.fields["month"].choices = [("", "—"), *months]

    def clean_country(self) -> str:
        """One code."""
        return next(iter(self.cleaned_data["country"]), "")

    def clean(self) -> dict[str, Any]:
        """The pieces of the date go together, and the showing says something."""
        said = super().clean() or {}
        if self.errors:
            return said
        why = why_not_date(self.pieces)
        if why:
            self.add_error(FIELD_OF[why.code], reasons.explain(why))
        elif not (self.when or said["season"] or self.text("event")):
            self.add_error("year", _("Say at least the year, the season, or the occasion."))
        return said

    @property
    def pieces(self) -> Pieces:
        """The pieces of the date that were filled in."""
        said = self.cleaned_data
        return Pieces(
            said["year"], said["month"], Precision(said["part"]) if said["part"] else None, said["day"],
            Season(said["season"]) if said["season"] else None,
        )  # fmt: skip

    @property
    def when(self) -> FuzzyDate | None:
        """The date that they make."""
        return date_of(self.pieces)

    @property
    def values(self) -> dict[str, Any]:
        """What the showing says, for the action."""
        return {
            "kind": ReleaseKind(self.cleaned_data["kind"]),
            "on": self.when,
            "season": self.pieces.season,
            "event": self.text("event"),
            "country": self.cleaned_data["country"],
        }


FIELD_OF = {
    "day_without_month": "month",
    "part_of_no_month": "part",
    "month_without_year": "year",
    "season_and_month": "season",
    "no_such_day": "day",
}


class PlacedPartForm(forms.Form):
    """What a part is for in its film, and where it stands."""

    kind = forms.ChoiceField(label=pgettext_lazy("of a part", "Kind"), choices=lambda: choices(words.PART_KINDS))
    place = _place(help_text=_("Among the parts in the film. Left empty, it stays where it is."))


class PartForm(forms.Form):
    """A film that is to stand in another: one of the catalogue, or a new one."""

    title = forms.CharField(
        label=_("Title of the part"), max_length=TITLE_LONGEST, required=False,
        help_text=_("Films of the catalogue are offered below. A part that is not announced yet may have no title."),
    )  # fmt: skip
    film = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a part", "Kind"),
        choices=lambda: choices(words.PART_KINDS),
        initial=PartKind.STORY.value,
    )

    @property
    def chosen(self) -> int | None:
        """The number of the film that was chosen; nothing for a new one."""
        return chosen(self, "film")

    def clean(self) -> dict[str, Any]:
        """A film is chosen, or it is said to be new."""
        said = super().clean() or {}
        if self.chosen is None and said.get("film") != "new":
            self.add_error("title", _("Say below which film is meant: one of the catalogue, or a new one."))
        return said
