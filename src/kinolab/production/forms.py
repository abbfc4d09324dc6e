"""The shape of what makers type. Nothing is saved here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinolab.calls import forms as calls
from kinolab.catalogue import words as catalogue
from kinolab.catalogue.models import Film
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Refusal
from kinolab.labs.models import Edition, Organisation
from kinolab.production import words
from kinolab.production.domain import lengths
from kinolab.production.domain.lifecycle import OUT
from kinolab.production.domain.rules import SQUARES
from kinolab.production.models import Borough, Day, Demand, Figure, Omnibus, Segment, Slot, Unit

TITLE_LONGEST = 200  # characters


class BeginForm(forms.Form):
    """A film of the catalogue, or the title of a new one."""

    film = forms.ChoiceField(label=_("Film of the catalogue"), required=False)
    title = forms.CharField(label=_("Title of a new film"), max_length=TITLE_LONGEST, required=False)
    organisation = forms.ChoiceField(label=_("Made by"))

    def __init__(
        self, *args: object, films: Sequence[Film], organisations: Sequence[Organisation], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self._films = {str(one.pk): one for one in films}
        self._organisations = {str(one.pk): one for one in organisations}
        self.fields["film"].choices = [
            ("", _("None: a new film")),
            *((key, str(one)) for key, one in self._films.items()),
        ]
        self.fields["organisation"].choices = [(key, str(one)) for key, one in self._organisations.items()]
        if not self._films:
            del self.fields["film"]
        if len(self._organisations) == 1:
            self.fields["organisation"].required = False
            self.fields["organisation"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, object]:
        """One of the two."""
        said = super().clean() or {}
        if not said.get("film") and not (said.get("title") or "").strip():
            self.add_error("title", _("Type a title, or choose a film."))
        return said

    @property
    def chosen_film(self) -> Film | None:
        """The film that was chosen, if any."""
        return self._films.get(self.cleaned_data.get("film") or "")

    @property
    def chosen_organisation(self) -> Organisation:
        """Who makes it; the first where only one can."""
        return self._organisations.get(self.cleaned_data.get("organisation") or "") or next(
            iter(self._organisations.values())
        )


# --- Rules of the film -----------------------------------------------------------------------------------------------
class LengthField(forms.CharField):
    """Minutes and seconds; the value is seconds, None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Seconds as people write them."""
        return lengths.written(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Seconds, or the reason why the text is no length."""
        text = super().clean(value)
        if not text:
            return None
        seconds = lengths.read(text)
        if isinstance(seconds, Refusal):
            raise forms.ValidationError(explain(seconds))
        return seconds


def _languages() -> list[tuple[str, str]]:
    return [(tag, formats.language_name(tag)) for tag, _name in settings.LANGUAGES]


def _genres() -> list[tuple[str, Any]]:
    return [("", _("Open")), *catalogue.GENRES.items()]


class NumbersForm(forms.Form):
    """How long parts and film are meant to be, and in which languages."""

    shortest = LengthField(label=_("Shortest part"), help_text=_("Minutes and seconds, such as 7:30."))
    longest = LengthField(label=_("Longest part"))
    aim = LengthField(label=_("The whole film"), help_text=_("What you aim at, such as 95:00."))
    tolerance = LengthField(label=_("May differ by"), required=True, help_text=_("Nothing is corrected, you are told."))
    languages = forms.MultipleChoiceField(
        label=_("Languages of the film"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = _languages()


class TextsForm(forms.Form):
    """What the film is, in one language."""

    concept = forms.CharField(
        label=_("Concept"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What holds the parts together: the idea, the city, the time of day, who goes through."),
    )  # fmt: skip
    crew = forms.CharField(
        label=_("What everybody shares"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Crew, camera, days of the shoot and of the edit for each part."),
    )  # fmt: skip
    delivery = forms.CharField(
        label=_("How a segment is handed over"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Picture, sound, subtitles, list of credits."),
    )  # fmt: skip


class CallForm(forms.Form):
    """Which edition is the script call."""

    edition = forms.ChoiceField(label=_("Script call"), required=False)

    def __init__(self, *args: Any, editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {str(one.pk): one for one in editions}
        named = [(key, f"{one.programme} · {one}") for key, one in self._editions.items()]
        self.fields["edition"].choices = [("", _("None")), *named]

    def chosen(self) -> Edition | None:
        """The edition, if any."""
        return self._editions.get(self.cleaned_data["edition"])


class RowForm(calls.RowForm):
    """A row of the film: texts in the complete languages beside plain fields."""

    WORDS, SHORT_LONGEST = words.TEXTS, TITLE_LONGEST

    def __init__(self, *args: Any, omnibus: Omnibus, **kwargs: Any) -> None:
        self.omnibus = omnibus
        super().__init__(*args, languages=settings.KINOLAB_COMPLETE_LANGUAGES, **kwargs)


class DemandForm(RowForm):
    """A rule of the film."""

    KIND, TEXTS = "demands", (("text", True),)
    kind = forms.ChoiceField(label=_("Every segment"), choices=words.demand_kinds)


class FigureForm(RowForm):
    """A character that goes through several segments."""

    KIND, TEXTS = "figures", (("name", False), ("about", True))


class BoroughForm(RowForm):
    """A borough on its square."""

    KIND, TEXTS = "boroughs", (("name", False),)
    column = forms.IntegerField(label=_("Column, from the left"), min_value=1, max_value=SQUARES)
    row = forms.IntegerField(label=_("Row, from the top"), min_value=1, max_value=SQUARES)


class SlotForm(RowForm):
    """What is wanted in a slot."""

    KIND = "slots"
    borough = forms.ModelChoiceField(label=_("Borough"), queryset=Borough.objects.none(), required=False)
    genre = forms.ChoiceField(label=_("Genre"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["borough"].queryset = self.omnibus.boroughs.all()
        self.fields["borough"].empty_label = _("Open")
        self.fields["genre"].choices = _genres()
        self.fields["language"].choices = [("", _("Open")), *_languages()]


ROWS: dict[str, type[RowForm]] = {
    "demands": DemandForm,
    "figures": FigureForm,
    "boroughs": BoroughForm,
    "slots": SlotForm,
}


# --- Segments --------------------------------------------------------------------------------------------------------
class CommissionForm(forms.Form):
    """A segment of one's own."""

    kind = forms.ChoiceField(label=_("What it is"), choices=words.segment_kinds)
    title = forms.CharField(label=_("Title"), max_length=TITLE_LONGEST, required=False)
    language = forms.ChoiceField(label=_("Language"))
    planned = LengthField(label=_("Planned length"), help_text=_("Minutes and seconds, such as 7:30."))
    slot = forms.ModelChoiceField(label=_("Slot"), queryset=Slot.objects.none(), required=False)

    def __init__(self, *args: Any, omnibus: Omnibus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = {one: number for number, one in enumerate(omnibus.slots.values_list("pk", flat=True), start=1)}
        self.fields["slot"].queryset = omnibus.slots.filter(segment=None)
        self.fields["slot"].empty_label = _("None")
        self.fields["slot"].label_from_instance = lambda slot: str(numbers[slot.pk])
        self.fields["language"].choices = _languages()


class SegmentForm(forms.Form):
    """What is known of a segment."""

    kind = forms.ChoiceField(label=_("What it is"), choices=words.segment_kinds)
    planned = LengthField(label=_("Planned length"), help_text=_("Minutes and seconds, such as 7:30."))
    borough = forms.ModelChoiceField(label=_("Borough"), queryset=Borough.objects.none(), required=False)
    genre = forms.ChoiceField(label=_("Genre"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    figures = forms.ModelMultipleChoiceField(
        label=_("Characters that go through it"), queryset=Figure.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    keeps = forms.ModelMultipleChoiceField(
        label=_("Rules of the film that it keeps"), queryset=Demand.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note of the makers"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The team does not see it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, segment: Segment, **kwargs: Any) -> None:
        plain = {name: getattr(segment, name) for name in ("kind", "planned", "genre", "language", "note", "version")}
        many = {"figures": segment.figures.all(), "keeps": segment.keeps.all(), "borough": segment.borough_id}
        super().__init__(*args, initial=plain | many, **kwargs)
        omnibus = segment.omnibus
        self.fields["borough"].queryset = omnibus.boroughs.all()
        self.fields["borough"].empty_label = _("Not said")
        self.fields["genre"].choices = [("", _("Not said")), *catalogue.GENRES.items()]
        self.fields["language"].choices = [("", _("Not said")), *_languages()]
        for name in ("figures", "keeps"):
            rows = omnibus.figures.all() if name == "figures" else omnibus.demands.all()
            if rows:
                self.fields[name].queryset = rows
            else:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """What the segment becomes."""
        return {"figures": [], "keeps": []} | {key: one for key, one in self.cleaned_data.items() if key != "version"}


class VersionForm(forms.Form):
    """A cut of a segment."""

    length = LengthField(label=_("Length"), required=True, help_text=_("Minutes and seconds, such as 7:30."))
    link = forms.URLField(label=_("Link to look at it"), required=False, assume_scheme="https", max_length=500)
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A small film; a large one is given as a link.")
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="cut_%s", **kwargs)  # it stands beside the form of the segment


class TermsForm(forms.Form):
    """What is agreed with the team of a segment."""

    rights = forms.CharField(
        label=_("Rights"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Which, where, for how long, and what comes back to the team when."),
    )  # fmt: skip
    standalone = forms.ChoiceField(label=_("May the team show it by itself"), choices=words.standalones)
    cut_right = forms.ChoiceField(label=_("May it be shortened or dropped"), choices=words.cut_rights)
    credit_order = forms.CharField(
        label=_("Order of credits"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip
    music = forms.ChoiceField(label=_("Music"), choices=words.musics)
    note = forms.CharField(label=_("What else was agreed"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    language = forms.ChoiceField(label=_("Written in"))
    file = forms.FileField(label=_("The contract as a file"), required=False, help_text=_("PDF or a text document."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="terms_%s", **kwargs)
        self.fields["language"].choices = _languages()


# --- The shoot -------------------------------------------------------------------------------------------------------
class UnitForm(forms.Form):
    """A crew that shoots."""

    name = forms.CharField(label=_("Name of a crew"), max_length=100)


class DayForm(forms.Form):
    """A day of a unit."""

    unit = forms.ModelChoiceField(label=_("Crew"), queryset=Unit.objects.none(), empty_label=None)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    segment = forms.ModelChoiceField(label=_("Segment"), queryset=Segment.objects.none(), empty_label=None)
    calls_at = forms.TimeField(
        label=_("The crew meets at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, omnibus: Omnibus, day: Day | None = None, **kwargs: Any) -> None:
        names = ("unit", "on", "segment", "calls_at", "place", "note", "version")
        initial = {name: getattr(day, name) for name in names} if day else {}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["unit"].queryset = omnibus.units.all()
        self.fields["segment"].queryset = omnibus.segments.exclude(state__in=OUT).select_related("film")

    def values(self) -> dict[str, Any]:
        """What the day becomes."""
        return {key: one for key, one in self.cleaned_data.items() if key != "version"}
