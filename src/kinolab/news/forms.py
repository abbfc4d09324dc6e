"""The shape of what the newsroom types. Nothing is saved here."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinolab.foundation.i18n import formats
from kinolab.labs.models import Edition, Organisation

TITLE_LONGEST = 200  # characters
LEAD_LONGEST = 400


class NewArticleForm(forms.Form):
    """A title in one language, and what the article is about."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LONGEST)
    language = forms.ChoiceField(label=_("Written in"))
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

    def chosen(self) -> tuple[Organisation, Edition | None]:
        """The organisation and the edition that were chosen."""
        return self._found[self.cleaned_data["about"]]


class SettingsForm(forms.Form):
    """What an article has once, whatever its languages."""

    slug = forms.SlugField(label=_("Address"), help_text=_("The last part of the page's address."))
    edition = forms.ChoiceField(label=_("About the edition"), required=False)
    source_url = forms.URLField(
        label=_("Source"), required=False, assume_scheme="https", help_text=_("Where the facts were first published.")
    )

    def __init__(self, *args: object, editions: Sequence[Edition], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {str(one.pk): one for one in editions}
        self.fields["edition"].choices = [
            ("", _("None: about the organisation")),
            *((key, str(one)) for key, one in self._editions.items()),
        ]

    def chosen_edition(self) -> Edition | None:
        """The edition that was chosen, if any."""
        return self._editions.get(self.cleaned_data["edition"])


class TextForm(forms.Form):
    """The words of one language."""

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
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "An empty line begins a paragraph, ## a heading, - a list, > a quotation, [words](address) a link."
        ),
    )
