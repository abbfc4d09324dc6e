"""The shape of what the newsroom types. Nothing is saved here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.foundation.i18n import formats
from kinolab.foundation.lines import normalise
from kinolab.labs.models import Edition, Organisation
from kinolab.news import words
from kinolab.news.models import Rubric

TITLE_LONGEST = 200  # characters
LEAD_LONGEST = 400


class NewArticleForm(forms.Form):
    """A title in one language, and what the article is about."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LONGEST)
    language = forms.ChoiceField(
        label=_("Written in"), help_text=_("The original: the other languages are translated from it.")
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=words.kinds,
        initial="article",
        widget=forms.RadioSelect,
        help_text=_("A standing page has no date: about us, for the press, contacts."),
    )
    about = forms.ChoiceField(label=_("About"))

    def __init__(
        self, *args: object, organisations: Sequence[Organisation], editions: Sequence[Edition], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(tag, formats.language_name(tag)) for tag, _name in settings.LANGUAGES]
        self._found = {f"edition-{one.pk}": (one.programme.organisation, one) for one in editions}
        self._found |= {f"organisation-{one.pk}": (one, None) for one in organisations}
        self.fields["about"].choices = [
            (key, str(edition or organisation)) for key, (organisation, edition) in self._found.items()
        ]

    def clean_kind(self) -> str:
        """News, where nothing is chosen."""
        return self.cleaned_data["kind"] or "article"

    def chosen(self) -> tuple[Organisation, Edition | None]:
        """The organisation and the edition that were chosen."""
        return self._found[self.cleaned_data["about"]]


class SettingsForm(forms.Form):
    """What an article has once, whatever its languages."""

    slug = forms.SlugField(label=_("Address"), help_text=_("The last part of the page's address."))
    rubric = forms.ChoiceField(label=_("Rubric"), required=False)
    edition = forms.ChoiceField(label=_("About the edition"), required=False)
    place = forms.ChoiceField(label=_("Where it is linked from"), required=False)
    order = forms.IntegerField(
        label=_("Place among them"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=_("The smallest stands first."),
    )
    source_url = forms.URLField(
        label=_("Source"), required=False, assume_scheme="https", help_text=_("Where the facts were first published.")
    )

    def __init__(
        self, *args: object, editions: Sequence[Edition], rubrics: Sequence[Rubric], is_page: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {str(one.pk): one for one in editions}
        self._rubrics = {str(one.pk): one for one in rubrics}
        self.fields["edition"].choices = [
            ("", _("None: about the organisation")),
            *((key, str(one)) for key, one in self._editions.items()),
        ]
        self.fields["rubric"].choices = [
            ("", pgettext_lazy("rubric", "None")),
            *((key, str(one)) for key, one in self._rubrics.items()),
        ]
        self.fields["place"].choices = [("", pgettext_lazy("place of a page", "Nowhere")), *words.places]
        for name in ("rubric", "edition", "source_url") if is_page else ("place", "order"):
            del self.fields[name]

    def chosen_edition(self) -> Edition | None:
        """The edition that was chosen, if any."""
        return self._editions.get(self.cleaned_data.get("edition", ""))

    def chosen_rubric(self) -> Rubric | None:
        """The rubric that was chosen, if any."""
        return self._rubrics.get(self.cleaned_data.get("rubric", ""))


class TextForm(forms.Form):
    """The words of one language; `seen` is the version they began from, `of` the version of the original beside them."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LONGEST, required=False)
    lead = forms.CharField(
        label=_("Introduction"),
        max_length=LEAD_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences; they also stand in lists and in the feed."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "An empty line begins a paragraph, ## a heading, - a list, > a quotation, [words](address) a link."
        ),
    )
    slip = forms.BooleanField(
        label=_("Only a slip of the pen: the translations stay right as they are"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    of = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: object, versions: Mapping[str, int] | None = None, **kwargs: object) -> None:
        """`versions`: which of the typed texts the page shows, by field; without them nothing is kept while one types."""
        super().__init__(*args, **kwargs)
        for name, version in (versions or {}).items():
            self.fields[name].widget.attrs["data-kino-version"] = version
        self.fields["slip"].widget.attrs["data-kino-manual"] = ""

    def clean_body(self) -> str:
        """As it was typed, lines ending as they do here."""
        return normalise(self.cleaned_data["body"]).strip("\n")


class AskForm(forms.Form):
    """Who is to look at the article."""

    of = forms.ChoiceField(label=_("Who looks at it"), required=False)

    def __init__(self, *args: object, people: Sequence[object], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["of"].choices = [
            ("", _("Anybody who writes here")),
            *((key, str(one)) for key, one in self._people.items()),
        ]

    def chosen(self) -> object | None:
        """The colleague that was chosen; None is anybody."""
        return self._people.get(self.cleaned_data["of"])


class BackForm(forms.Form):
    """What is to be changed before the article may go out."""

    remark = forms.CharField(
        label=_("What should be changed"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ScheduleForm(forms.Form):
    """When the article appears, on the clock of the organisation."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def wall(self) -> datetime:
        """What the clock on the wall shows then."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])


class TextsForm(forms.Form):
    """A short text in the languages that are kept complete: the name of a rubric, a correction."""

    def __init__(self, *args: object, label: str, initial: Mapping[str, str] | None = None, long: bool = False,
                 needed: bool = False, **kwargs: object) -> None:  # fmt: skip
        super().__init__(*args, initial=dict(initial or {}), **kwargs)
        for tag in settings.KINOLAB_COMPLETE_LANGUAGES:
            widget = forms.Textarea(attrs={"rows": 3, "lang": tag}) if long else forms.TextInput(attrs={"lang": tag})
            self.fields[tag] = forms.CharField(
                label=f"{label} ({formats.language_name(tag)})", max_length=1000 if long else 60, required=False,
                widget=widget,
            )  # fmt: skip

        self._is_needed = needed

    def clean(self) -> dict[str, str]:
        """One language at least, where it is needed."""
        if self._is_needed and not self.texts() and not self.errors:
            raise forms.ValidationError(_("Write it in one language at least."))
        return self.cleaned_data

    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        tags = settings.KINOLAB_COMPLETE_LANGUAGES
        return {tag: self.cleaned_data[tag] for tag in tags if self.cleaned_data.get(tag)}


class RubricForm(TextsForm):
    """A rubric: its address and its name."""

    slug = forms.SlugField(label=_("Address"), help_text=_("The last part of the page's address."))
