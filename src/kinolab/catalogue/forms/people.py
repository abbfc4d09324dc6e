"""The shape of what is said of people, groups and companies."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.catalogue import words
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.models import Agent
from kinolab.foundation.i18n import formats
from kinolab.labs.models import Organisation

LONGEST_NAME = 200  # characters
LONGEST_TEXT = 1200


def languages() -> list[tuple[str, str]]:
    """Languages of texts, by their names."""
    return [(tag, formats.language_name(tag)) for tag, _name in settings.LANGUAGES]


class NewAgentForm(forms.Form):
    """A name in one language, and what kind bears it."""

    name = forms.CharField(label=pgettext_lazy("of somebody", "Name"), max_length=LONGEST_NAME)
    language = forms.ChoiceField(label=pgettext_lazy("of a name", "Written in"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("of somebody", "Kind"), choices=words.choices(words.AGENT_KINDS), initial=AgentKind.PERSON
    )
    organisation = forms.ChoiceField(label=_("Catalogue of"))

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()
        self._organisations = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [(key, str(one)) for key, one in self._organisations.items()]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = str(organisations[0].pk)

    def chosen(self) -> Organisation:
        """In whose catalogue."""
        return self._organisations[self.cleaned_data["organisation"]]


class AgentForm(forms.Form):
    """Names and a short text in each language; whether visitors find a page."""

    kind = forms.ChoiceField(label=pgettext_lazy("of somebody", "Kind"), choices=words.choices(words.AGENT_KINDS))
    shown = forms.BooleanField(
        label=_("A page of its own for visitors"), required=False,
        help_text=_("Without it the name stays on the pages of its films and leads nowhere."),
    )  # fmt: skip

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        said = {"kind": agent.kind, "shown": agent.shown}
        super().__init__(*args, initial=said, **kwargs)
        for tag, language in languages():
            self.fields[f"name_{tag}"] = forms.CharField(
                label=language.capitalize(), max_length=LONGEST_NAME, required=False,
                initial=agent.name.in_language(tag), widget=forms.TextInput(attrs={"lang": tag}),
            )  # fmt: skip
            del self.fields[f"name_{tag}"].widget.attrs["maxlength"]  # nobody counts the letters of a name
            self.fields[f"about_{tag}"] = forms.CharField(
                label=language.capitalize(), max_length=LONGEST_TEXT, required=False,
                initial=agent.about.in_language(tag), widget=forms.Textarea(attrs={"rows": 4, "lang": tag}),
            )  # fmt: skip

    @property
    def names(self) -> Iterable[forms.BoundField]:
        """One a language."""
        return [self[f"name_{tag}"] for tag, _name in languages()]

    @property
    def texts(self) -> Iterable[forms.BoundField]:
        """One a language."""
        return [self[f"about_{tag}"] for tag, _name in languages()]

    def said(self) -> dict[str, Any]:
        """What `actions.people.describe_agent` takes."""
        given = self.cleaned_data

        def texts(name: str) -> dict[str, str]:
            return {tag: text for tag, _name in languages() if (text := given[f"{name}_{tag}"])}

        return {
            "kind": AgentKind(given["kind"]),
            "name": texts("name"),
            "about": texts("about"),
            "shown": given["shown"],
        }


class SpellingForm(forms.Form):
    """Another spelling of a name."""

    name = forms.CharField(label=pgettext_lazy("of a name", "Spelling"), max_length=LONGEST_NAME)
    language = forms.ChoiceField(label=pgettext_lazy("of a name", "Written in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("not known")), *languages()]
        del self.fields["name"].widget.attrs["maxlength"]
