"""The shape of what makers type. Nothing is saved here."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from kinolab.catalogue.models import Film
from kinolab.labs.models import Organisation

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
