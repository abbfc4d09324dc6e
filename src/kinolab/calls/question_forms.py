"""The shape of a question as an organiser builds it. Nothing is saved here."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kinolab.calls import words as call_words
from kinolab.calls.condition_forms import ConditionForms
from kinolab.calls.forms import RowForm
from kinolab.calls.models import Call
from kinolab.calls.queries import asking
from kinolab.foundation.files import words as file_words
from kinolab.foundation.i18n.formats import language_name
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.lines import normalise
from kinolab.foundation.questions import queries as questions
from kinolab.foundation.questions import words
from kinolab.foundation.questions.domain.answers import DETAILS, MEASURES, Kind
from kinolab.foundation.questions.domain.kinds import as_number
from kinolab.foundation.questions.domain.tables import COLUMNS, USUAL
from kinolab.foundation.questions.models import EACH, Question, Section

PII = (
    ("0", _("None")),
    ("1", _("Name or contact")),
    ("2", _("About the person")),
    ("3", _("Health, passport")),
)
_LIMITS = 2  # on one question, by page; a file may say more


class QuestionForm(RowForm):
    """A question: its words, its kind with what that kind needs, its limits, when it shows, who sees the answer.

    `earlier` are the questions before it, `staff` the people who may be named, `taken` the codes that are used.
    """

    KIND, TEXTS = "asked", (("label", False), ("help", True))
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=words.kinds)
    asked_of = forms.ChoiceField(
        label=_("Who answers"), required=False,
        help_text=_("Nobody else can write what a person answers alone, and the team does not see personal answers."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("It must be answered"), required=False, initial=True)
    choices = forms.CharField(label=_("Choices"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    in_languages = forms.MultipleChoiceField(
        label=_("Asked in each of these languages on its own"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: one text, in a language of the team’s choice."),
    )  # fmt: skip
    precision = forms.ChoiceField(
        label=_("How exact the date must be"), choices=lambda: list(words.PRECISIONS.items()), required=False
    )
    password = forms.BooleanField(label=_("Ask for the password of a private video"), required=False)
    minutes = forms.CharField(
        label=_("Most minutes by choice"), required=False,
        help_text=_("For example trailer: 3, scenes: 10. The choices say what the video may be."),
    )  # fmt: skip
    accepts = forms.MultipleChoiceField(
        label=_("Files that are taken"), required=False, widget=forms.CheckboxSelectMultiple, choices=file_words.kinds,
        help_text=_(
            "None ticked: PDF and images; films too, if the limit is in minutes. "
            "The contents of a file are looked at, not its name."
        ),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Limit"), choices=words.units, required=False)
    minimum = forms.IntegerField(label=_("At least"), min_value=0, required=False)
    maximum = forms.IntegerField(label=_("At most"), min_value=1, required=False)
    unit2 = forms.ChoiceField(label=_("Second limit"), choices=words.units, required=False)
    minimum2 = forms.IntegerField(label=_("At least"), min_value=0, required=False)
    maximum2 = forms.IntegerField(label=_("At most"), min_value=1, required=False)
    when_more = forms.CharField(
        label=_("Condition of several parts"), required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "input code"}),
        help_text=_("As in a programme file: all, any or none, with a list of conditions."),
    )  # fmt: skip
    seen_by = forms.ChoiceField(label=_("Who sees the answer"), choices=words.seers, required=False, initial="readers")
    named = forms.MultipleChoiceField(
        label=_("Named people"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They alone see the answer; every look at sensitive ones is on the record."),
    )  # fmt: skip
    pii_level = forms.ChoiceField(label=_("Personal data"), choices=PII)
    fact = forms.CharField(
        label=_("Fact for the regulations"), required=False, max_length=60,
        help_text=_("For example project.country: the rules look at the answer under this name."),
    )  # fmt: skip
    key = forms.SlugField(label=_("Code"), required=False, help_text=_("Made from the words where you leave it empty."))
    PLAIN = ("key", "kind", "asked_of", "required", "fact")

    def __init__(
        self,
        *args: Any,
        earlier: Sequence[Question] | None = (),
        button: str = "",
        staff: Sequence[tuple[str, str]] = (),
        answer_languages: Sequence[str] = (),
        taken: Sequence[str] = (),
        roles: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.taken = set(taken)
        for kind in COLUMNS:
            self.fields[f"columns_{kind}"] = forms.MultipleChoiceField(
                label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.name, words.COLUMNS[one.name]) for one in COLUMNS[kind]],
                initial=self._columns_now(kind),
            )  # fmt: skip
        tags = dict.fromkeys([*(answer_languages or self.languages), *self._details.get("languages", ())])
        self.fields["in_languages"].choices = [(tag, language_name(tag)) for tag in tags]
        self.fields["named"].choices = list(staff)
        pairs = None if earlier is None else [(one.key, self._asks(one)) for one in earlier]
        kept = self.row.shown_if if self.row is not None else {}
        offered = {one.key: _offered(one) for one in earlier or () if one.choices}
        self.condition = ConditionForms(self.data if self.is_bound else None, kept, pairs, offered, button)
        held = [self.row.asked_of] if self.row is not None and self.row.asked_of not in ("", EACH) else []
        self.fields["asked_of"].choices = [
            ("", _("The team together")),
            (EACH, _("Each person alone")),
            *((role, call_words.role_name(role)) for role in dict.fromkeys([*roles, *held])),
        ]
        named = ", ".join(language_name(tag) for tag in self.languages)
        self.fields["choices"].help_text = _(
            "One in a line: code | words, with a bar between languages (%(order)s)."
        ) % {"order": named}

    @staticmethod
    def _asks(question: Question) -> str:
        label = str(question.label or question.key)
        if not question.asked_of:
            return label
        each = question.asked_of == EACH
        return f"{label} ({_('Each person alone') if each else call_words.role_name(question.asked_of)})"

    @property
    def _details(self) -> Mapping[str, Any]:
        return self.row.details if self.row is not None else {}

    def _columns_now(self, kind: Kind) -> list[str]:
        return list(self._details.get("columns") or USUAL[kind])

    def plain_of(self, row: Any) -> dict[str, Any]:
        """The question as its fields show it."""
        self.row = row
        told = {name: getattr(row, name) for name in self.PLAIN}
        told |= {"pii_level": str(row.pii_level), "seen_by": row.seen_by}
        told["named"] = [str(one.pk) for one in row.named.all()] if row.pk else []
        for suffix, limit in zip(("", "2"), [*row.limits[:_LIMITS], {}, {}], strict=False):
            told |= {f"{name}{suffix}": limit.get(name) for name in ("unit", "minimum", "maximum")}
        told |= {"in_languages": row.details.get("languages", []), "precision": row.details.get("precision", "day")}
        told["accepts"] = row.details.get("accepts", [])
        told["password"] = bool(row.details.get("password"))
        minutes = row.details.get("minutes", {})
        in_order = sorted(minutes, key=[str(one["key"]) for one in row.choices].index)
        told["minutes"] = ", ".join(f"{key}: {minutes[key]}" for key in in_order)
        if not ConditionForms(None, row.shown_if, (), {}).fits:
            told["when_more"] = yaml.safe_dump(dict(row.shown_if), allow_unicode=True, sort_keys=False)
        return told

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Choices are written in the order of the form's languages."""
        if field_name == "choices" and self.row is not None:
            return "\n".join(
                " | ".join([str(one["key"]), *(one["label"].get(tag, "") for tag in self.languages)])
                for one in self.row.choices
            )
        return super().get_initial_for_field(field, field_name)

    # --- Reading what was typed ---
    def clean_choices(self) -> list[dict[str, Any]]:
        """Choices as the question keeps them; words in languages that are not shown stay."""
        kept = {one["key"]: one["label"] for one in (self.row.choices if self.row is not None else [])}
        found = []
        for line in self.cleaned_data["choices"].splitlines():
            key, *said = (part.strip() for part in line.split("|"))
            if not key:
                continue
            if not re.fullmatch(r"[A-Za-z0-9_-]+", key) or not any(said) or len(said) > len(self.languages):
                raise forms.ValidationError(_("This line is not “code | words”: %(line)s"), params={"line": line})
            label = kept.get(key, {}) | dict(zip(self.languages, said, strict=False))
            found.append({"key": key, "label": {tag: text for tag, text in label.items() if text}})
        return found

    def clean_minutes(self) -> dict[str, int]:
        """Minutes by choice."""
        pairs = [part.partition(":") for part in self.cleaned_data["minutes"].split(",") if part.strip()]
        numbers = {key.strip(): as_number(most.strip()) for key, _colon, most in pairs}
        if any(most is None or most <= 0 for most in numbers.values()):
            raise forms.ValidationError(_("Write codes with minutes, for example trailer: 3, scenes: 10."))
        return {key: int(most) for key, most in numbers.items() if most is not None}

    def clean_when_more(self) -> dict[str, Any]:
        """A condition of several parts, read as YAML."""
        if not self.cleaned_data["when_more"].strip():
            return {}
        try:
            read = yaml.safe_load(self.cleaned_data["when_more"])
        except yaml.YAMLError:
            read = None
        if not isinstance(read, dict):
            raise forms.ValidationError(_("This condition cannot be read. Write it as in a programme file."))
        return read

    def values(self) -> dict[str, Any]:
        """What the question becomes; limits beyond those shown stay."""
        given = self.cleaned_data
        told: dict[str, Any] = {name: given[name] for name in self.PLAIN}
        told |= {"pii_level": int(given["pii_level"]), "seen_by": given["seen_by"] or "readers"}
        told |= {"choices": given["choices"], "limits": self._limits(), "details": self._told_details()}
        told |= {"shown_if": self._shown_if(), "named": [int(one) for one in given["named"]]}
        for name, _long in self.TEXTS:
            kept = dict(getattr(self.row, name)) if self.row is not None else {}
            typed = {tag: normalise(given[f"{name}:{tag}"]).strip() for tag in self.languages}
            told[name] = {tag: text for tag, text in (kept | typed).items() if text}
        return told | {"key": told["key"] or self._new_key(told["label"])}

    def _new_key(self, label: Mapping[str, str]) -> str:
        words_ = slugify(label.get("en", ""))[:40].strip("-")
        stem = words_.replace("-", "_") or self.cleaned_data["kind"]
        return next(one for one in (stem, *(f"{stem}_{number}" for number in range(2, 999))) if one not in self.taken)

    def _limits(self) -> list[dict[str, Any]]:
        rest = list(self.row.limits[_LIMITS:]) if self.row is not None else []
        given, found = self.cleaned_data, []
        for suffix in ("", "2"):
            bounds = {name: given.get(f"{name}{suffix}") for name in ("maximum", "minimum")}
            bounds = {name: bound for name, bound in bounds.items() if bound is not None}
            if given.get(f"unit{suffix}") and bounds:
                found.append({"unit": given[f"unit{suffix}"], **bounds})
        return [*found, *rest]

    def _told_details(self) -> dict[str, Any]:
        given, kind = self.cleaned_data, Kind(self.cleaned_data["kind"])
        columns = given.get(f"columns_{kind}", []) if kind in COLUMNS else []
        said = {
            "languages": given["in_languages"],
            "precision": given["precision"] if given["precision"] != "day" else "",
            "columns": columns if columns and set(columns) != set(USUAL[kind]) else [],
            "password": given["password"],
            "accepts": given["accepts"],
            "minutes": given["minutes"],
            "version": self._details.get("version"),
        }
        return {name: value for name, value in said.items() if value and name in DETAILS.get(kind, ())}

    def is_valid(self) -> bool:
        """With when it shows."""
        return all([super().is_valid(), self.condition.is_valid()])

    def _shown_if(self) -> dict[str, Any]:
        return dict(self.cleaned_data["when_more"]) or self.condition.value()

    # --- Showing ---
    def groups(self) -> dict[str, list[tuple[forms.BoundField, str]]]:
        """Fields that only some kinds need, each with the condition on the kind by which it shows."""
        by_unit = [kind for kind in MEASURES if MEASURES[kind]]
        shows: dict[str, Sequence[Kind]] = {
            "choices": (Kind.CHOICE, Kind.MANY, Kind.MONEY, Kind.COUNTRY, Kind.LANGUAGE, Kind.LINK, *COLUMNS),
            "in_languages": (Kind.TEXT, Kind.LONG_TEXT),
            "precision": (Kind.DATE,),
            "password": (Kind.LINK,),
            "minutes": (Kind.LINK,),
            "accepts": (Kind.FILE,),
            **{f"columns_{kind}": (kind,) for kind in COLUMNS},
        }
        limits: dict[str, Sequence[Kind]] = dict.fromkeys(
            ("unit", "minimum", "maximum", "unit2", "minimum2", "maximum2"), by_unit
        )
        return {
            "kind": [(self[name], _of_kinds(kinds)) for name, kinds in shows.items()],
            "limits": [(self[name], _of_kinds(kinds)) for name, kinds in limits.items()],
        }

    def unsaved(self) -> Question:
        """The question as far as it has been typed, for a look at it; nothing is kept."""
        told = self.values()
        for name in ("label", "help"):
            told[name] = Text(told[name])
        told.pop("named")
        condition, told["shown_if"] = told["shown_if"], {}
        made = Question(pk=0, **told)
        made.typed_condition = condition  # type: ignore[attr-defined]
        return made


def _offered(question: Question) -> list[tuple[str, str]]:
    """Its choices with their words; the code where a language has none yet."""
    return [(str(one["key"]), str(Text(one["label"])) or str(one["key"])) for one in question.choices]


def _of_kinds(kinds: Sequence[Kind]) -> str:
    listed = ", ".join(f'"{kind}"' for kind in kinds)
    return f'{{"field": "kind", "is": [{listed}]}}'


def question_form(
    data: Any, call: Call, section: Section, row: Question | None = None, button: str = ""
) -> QuestionForm:
    """The form of a question of this section, with what stands before it; after a button of its conditions, unjudged."""
    listed = questions.in_order(section.form)
    before = sum(1 for one in listed if one.section.order <= section.order)
    place = [one.pk for one in listed].index(row.pk) if row else before
    made = QuestionForm(
        data,
        button=button,
        languages=call.languages or ["en"],
        row=row,
        earlier=listed[:place],
        staff=asking.staff(call),
        answer_languages=call.answer_languages,
        taken=[one.key for one in listed if row is None or one.pk != row.pk],
        roles=call.roles,
    )
    if button:
        made.errors.clear()
    return made


def as_typed(data: Any, call: Call) -> Question | None:
    """A question as far as it has been typed, for a look at it; None while it cannot be shown. Nothing is kept."""
    form = QuestionForm(
        data, languages=call.languages or ["en"], answer_languages=call.answer_languages, roles=call.roles, earlier=None
    )
    form.fields["named"].choices = [(number, "") for number in data.getlist("named")]
    form.is_valid()
    for name in (f"{text}:{tag}" for text, _long in form.TEXTS for tag in form.languages):
        form.cleaned_data.setdefault(name, data.get(name, ""))  # as it was typed: nothing yet, or too much
    wanted = {*form.PLAIN, "choices", "minutes", "in_languages", "accepts", "pii_level", "when_more"}
    good = wanted <= set(form.cleaned_data) and form.condition.is_valid()
    return form.unsaved() if good else None
