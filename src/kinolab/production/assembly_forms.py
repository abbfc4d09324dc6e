"""The shape of what makers type about the assembly, cuts, the lock and the hand-over. Nothing is saved here."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.catalogue.domain.works import Role
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Refusal
from kinolab.production import words
from kinolab.production.domain import lengths
from kinolab.production.domain.cutting import Said, Way
from kinolab.production.domain.terms import CutReason, SegmentKind
from kinolab.production.queries.cuts import Around

LONGEST_NAME = 200  # characters
LONGEST_NOTICE = 3000
INSERTED = (SegmentKind.TRANSITION, SegmentKind.BRIDGE, SegmentKind.OPENING, SegmentKind.CLOSING)


class LengthField(forms.CharField):
    """Minutes and seconds, as 7:30."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def clean(self, value: object) -> int | None:
        """Whole seconds; nothing where nothing is typed."""
        text = super().clean(value)
        if not text.strip():
            return None
        read = lengths.read(text)
        if isinstance(read, Refusal):
            raise forms.ValidationError(reasons.explain(read))
        return read


class InsertForm(forms.Form):
    """A piece between two others, with its own credits."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[(one.value, words.SEGMENT_KINDS[one]) for one in INSERTED])
    title = forms.CharField(label=_("Title"), max_length=LONGEST_NAME, required=False)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=999)
    length = LengthField(label=_("Length"), required=False, help_text=_("Minutes and seconds, as 0:45."))
    director = forms.CharField(label=_("Director"), max_length=LONGEST_NAME, required=False)
    writer = forms.CharField(label=_("Screenwriter"), max_length=LONGEST_NAME, required=False)

    def clean_kind(self) -> SegmentKind:
        """The kind itself."""
        return SegmentKind(self.cleaned_data["kind"])

    def named(self) -> list[tuple[Role, str]]:
        """Who is credited, in order."""
        typed = ((Role.DIRECTOR, "director"), (Role.WRITER, "writer"))
        return [(role, self.cleaned_data[name].strip()) for role, name in typed if self.cleaned_data[name].strip()]


_FATES = [("dropped", _("It is not in the film")), ("standalone_only", _("It is shown by itself alone"))]
_RETURNED = [("yes", _("Yes, the rights go back")), ("no", _("No, they stay with the film"))]


class CutForm(forms.Form):
    """What is said when a segment is dropped."""

    proposer = forms.CharField(label=_("Proposed by"), max_length=LONGEST_NAME)
    decider = forms.CharField(
        label=_("Decided by"), max_length=LONGEST_NAME, help_text=_("May be the same person; both are on the record.")
    )
    on = forms.DateField(
        label=_("Date of the decision"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[(one.value, words.CUT_REASONS[one]) for one in CutReason])
    wording = forms.CharField(
        label=_("How the credits name it"),
        max_length=300,
        help_text=_("As agreed, such as “With thanks to the team of …”."),
    )
    returned = forms.ChoiceField(
        label=_("Do the rights go back to the team?"), choices=_RETURNED, widget=forms.RadioSelect
    )
    rights_note = forms.CharField(
        label=_("Note on the rights"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where they stay with the film: why, and until when."),
    )  # fmt: skip
    fate = forms.ChoiceField(label=_("What becomes of it"), choices=_FATES, initial="dropped", widget=forms.RadioSelect)

    def said(self) -> Said:
        """It as the rules see it."""
        typed = self.cleaned_data
        return Said(
            typed["proposer"], typed["decider"], CutReason(typed["reason"]), typed["on"], typed["wording"],
            typed["returned"] == "yes", typed["rights_note"],
        )  # fmt: skip


class WhyForm(forms.Form):
    """A reason in words."""

    why = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))


class ToldForm(forms.Form):
    """How and when somebody was told by hand."""

    way = forms.ChoiceField(
        label=pgettext_lazy("told by hand", "How"), choices=[(one.value, words.WAYS[one]) for one in Way]
    )
    on = forms.DateField(
        label=pgettext_lazy("told by hand", "When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST_NAME)


_TOLD_ROLES = [
    ("director", pgettext_lazy("who is told", "Director")),
    ("producer", pgettext_lazy("who is told", "Producer")),
]


class AnotherForm(forms.Form):
    """Somebody else who must know of a cut."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    role = forms.ChoiceField(label=_("Role"), choices=_TOLD_ROLES)
    email = forms.EmailField(label=_("Address"), required=False, help_text=_("Without one they are told by hand."))


class NoticeTextForm(forms.Form):
    """What the notice of a cut says around its facts, in each language in which it goes."""

    def __init__(self, *args: Any, says: Mapping[str, Around], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags = list(says)
        for tag, said in says.items():
            for name, label, text in (
                ("opening", _("Before the facts"), said.opening),
                ("closing", _("After the facts"), said.closing),
            ):
                self.fields[f"{name}_{tag}"] = forms.CharField(
                    label=label, required=False, max_length=LONGEST_NOTICE, initial=text,
                    widget=forms.Textarea(attrs={"rows": 4, "lang": tag}),
                )  # fmt: skip

    def by_language(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Its fields, language by language."""
        return [(tag, [self[f"opening_{tag}"], self[f"closing_{tag}"]]) for tag in self.tags]

    def texts(self) -> dict[str, Around]:
        """What was typed, by language."""
        typed = self.cleaned_data
        return {tag: Around(typed[f"opening_{tag}"], typed[f"closing_{tag}"]) for tag in self.tags}


class DeliverableForm(forms.Form):
    """Something that must be handed over."""

    name = forms.CharField(label=_("What is handed over"), max_length=LONGEST_NAME)
    specification = forms.CharField(label=_("Specification"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class HandOverForm(forms.Form):
    """Where it lies, if no file is sent."""

    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https", max_length=500)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField()


class NoteForm(forms.Form):
    """What is to be mended."""

    note = forms.CharField(label=_("What is to be mended"), widget=forms.Textarea(attrs={"rows": 3}))
