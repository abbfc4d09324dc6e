"""The shape of what deciders and senders type. Nothing is saved here."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinolab.foundation.i18n.formats import language_name
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail.actions import LONGEST_SUBJECT
from kinolab.selection import words
from kinolab.selection.domain import letters
from kinolab.selection.domain.lifecycle import LONGEST_RATIONALE, Outcome
from kinolab.selection.domain.team_letters import PLACEHOLDERS, Whom

LONGEST_LETTER = 20_000  # characters
LONGEST_NOTE = 2_000  # characters


class DecideForm(forms.Form):
    """What is decided about one application, and why."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=words.outcomes, widget=forms.RadioSelect)
    rationale = forms.CharField(
        label=_("Why"), required=False, max_length=LONGEST_RATIONALE, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the record. The team never sees it."),
    )  # fmt: skip
    feedback = forms.BooleanField(label=_("The readers’ notes for the team go with the letter"), required=False)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_outcome(self) -> Outcome:
        """The decision as one of ours."""
        return Outcome(self.cleaned_data["outcome"])


class QuotaForm(forms.Form):
    """A value that some of the slate should share, and how many."""

    what = forms.ChoiceField(label=_("What is counted"))
    genders = forms.MultipleChoiceField(
        label=_("Words that count for gender"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one word.")},
        help_text=_("People describe themselves, each in their own language. Tick every word that means the same."),
    )  # fmt: skip
    minimum = forms.IntegerField(label=_("At least"), min_value=0, max_value=10_000, required=False)
    maximum = forms.IntegerField(label=_("At most"), min_value=0, max_value=10_000, required=False)

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[Any, Iterable[tuple[str, str]]]],
        genders: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices
        self.fields["genders"].choices = [(word, word) for word in genders]

    def clean(self) -> dict[str, Any]:
        """Split what is counted into dimension and value; the value of gender is every word that was ticked."""
        given: dict[str, Any] = super().clean() or {}
        given["dimension"], _colon, given["value"] = given.get("what", "").partition(":")
        if given["dimension"] == "gender":
            given["value"] = "\n".join(given.get("genders", ()))
        else:
            self.errors.pop("genders", None)
        return given


class LetterForm(forms.Form):
    """The letter for one outcome: subject and text in each language of the call."""

    def __init__(self, *args: Any, languages: Sequence[str], subject: Text, body: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [tag for tag, _name in settings.LANGUAGES]
        more = [tag for tag in known if (tag in subject or tag in body) and tag not in languages]
        self.languages = [*languages, *more]
        for tag in self.languages:
            self.fields[f"subject_{tag}"] = forms.CharField(
                label=_("Subject"), required=False, max_length=LONGEST_SUBJECT, initial=subject.in_language(tag),
                widget=forms.TextInput(attrs={"lang": tag}),
            )  # fmt: skip
            self.fields[f"body_{tag}"] = forms.CharField(
                label=_("Text"), required=False, max_length=LONGEST_LETTER, initial=body.in_language(tag),
                widget=forms.Textarea(attrs={"lang": tag, "rows": 16}),
            )  # fmt: skip

    @property
    def shown(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Language, subject, text; in the order of the call's languages."""
        return [(tag, self[f"subject_{tag}"], self[f"body_{tag}"]) for tag in self.languages]

    def texts(self, part: str) -> dict[str, str]:
        """What was typed as subject or body, by language."""
        return {tag: self.cleaned_data[f"{part}_{tag}"] for tag in self.languages}


class TeamLetterForm(LetterForm):
    """A letter to chosen teams: as above, and who in each team gets it. `seen` is the version that was read before."""

    whom = forms.ChoiceField(label=_("Whom in each team"), choices=words.whom, widget=forms.RadioSelect)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_whom(self) -> Whom:
        """Whom, as one of ours."""
        return Whom(self.cleaned_data["whom"])

    def clean(self) -> dict[str, Any]:
        """Say beside its field which placeholder there is not."""
        given: dict[str, Any] = super().clean() or {}
        for name in [name for name in given if name.startswith(("subject_", "body_"))]:
            for problem in letters.problems(given[name], PLACEHOLDERS):
                self.add_error(name, explain(problem))
        return given


class OwnLetterForm(forms.Form):
    """A letter to one recipient, written by hand."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Text"), max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 18}), strip=False
    )


class AnnounceForm(forms.Form):
    """A word to the public in each language of the call, and the number of letters, typed by hand."""

    letters = forms.IntegerField(
        label=_("Number of letters"),
        min_value=0,
        help_text=_("Type the number that stands above: it cannot be undone."),
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for tag in languages:
            self.fields[f"note_{tag}"] = forms.CharField(
                label=language_name(tag), required=False, max_length=LONGEST_NOTE,
                widget=forms.Textarea(attrs={"lang": tag, "rows": 3}),
            )  # fmt: skip

    @property
    def notes(self) -> list[forms.BoundField]:
        """The fields of the word to the public."""
        return [self[f"note_{tag}"] for tag in self.languages]

    def note(self) -> dict[str, str]:
        """The word to the public, by language."""
        return {tag: self.cleaned_data[f"note_{tag}"].strip() for tag in self.languages}
