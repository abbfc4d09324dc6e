"""The shape of a rule that is put together on a page: its conditions, its consequence, its words. Nothing is saved."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinolab.calls import words
from kinolab.calls.domain import shapes, told
from kinolab.calls.domain.branches import Branch, changed, read, row
from kinolab.calls.domain.shapes import Join, Joined, Part, Past, Shape
from kinolab.calls.domain.told import facts_told
from kinolab.calls.forms import RowForm, countries_in
from kinolab.calls.models import Call
from kinolab.calls.queries.country_sets import ShownSet
from kinolab.calls.queries.rule_sentences import Names, fact_name, role_name, value_name
from kinolab.foundation.i18n import formats
from kinolab.foundation.lines import normalise
from kinolab.foundation.questions.domain.answers import Kind

# Which facts a shape looks at: those that need no question, and kinds of questions that tell one.
BUILT_IN: dict[Shape, tuple[str, ...]] = {
    Shape.PLACE: ("person.country", "person.residence", "person.citizenship", "organisation.country"),
    Shape.AGE: ("person.birth_date",),
    Shape.CHOICE: ("person.role", "application.strand", "application.language", "team.roles"),
    Shape.AMOUNT: ("person.films_made", "team.size"),
    Shape.ORDINAL: ("person.films_made",),
    Shape.DATE: (),
    Shape.PRESENCE: (
        "person.participated",
        "history.participated",
        "person.birth_date",
        "application.without_project",
        "application.invitation_code",
        "application.late_code",
        "organisation.name",
    ),
    Shape.SHARE: (),
    Shape.TEAM: (shapes.TEAM_FACT,),
    Shape.HISTORY: (
        "history.decisions",
        "history.decisions_in_category",
        "history.attempts",
        "history.project_attempts",
        "person.other_applications",
        "application.others",
    ),
}
OF_A_ROLE = {
    Shape.PLACE: ("country", "residence", "citizenship"),
    Shape.AGE: ("birth_date",),
    Shape.AMOUNT: ("films_made",),
    Shape.ORDINAL: ("films_made",),
    Shape.PRESENCE: ("participated",),
}
KINDS: dict[Shape, frozenset[str]] = {
    Shape.PLACE: frozenset({Kind.COUNTRY.value, Kind.CHOICE.value, Kind.MANY.value}),
    Shape.AGE: frozenset({Kind.DATE.value}),
    Shape.CHOICE: frozenset({Kind.CHOICE.value, Kind.MANY.value, Kind.LANGUAGE.value, Kind.TEXT.value}),
    Shape.DATE: frozenset({Kind.DATE.value}),
    Shape.TEAM: frozenset(),
    Shape.HISTORY: frozenset(),
}
NOT_A_NUMBER = frozenset(
    {
        Kind.TEXT,
        Kind.LONG_TEXT,
        Kind.CHOICE,
        Kind.DATE,
        Kind.COUNTRY,
        Kind.LANGUAGE,
        Kind.LINK,
        Kind.CONSENT,
        Kind.FILE,
        Kind.MODULES,
        Kind.FINANCE_PLAN,
    }
)
LISTED = frozenset({Kind.FILMS.value, Kind.MANY.value})  # how many there are is counted
FIELDS: dict[Shape, tuple[str, ...]] = {
    Shape.PLACE: ("fact", "none", "set", "countries"),
    Shape.AGE: ("fact", "least", "most", "on"),
    Shape.CHOICE: ("fact", "none", "choices"),
    Shape.AMOUNT: ("fact", "least", "most"),
    Shape.ORDINAL: ("fact", "which"),
    Shape.DATE: ("fact", "first", "last"),
    Shape.PRESENCE: ("fact", "how"),
    Shape.SHARE: ("fact", "of", "least", "most"),
    Shape.TEAM: ("roles",),
}
NEEDED: dict[Shape, tuple[str, ...]] = {
    Shape.AGE: ("least", "most", "on"),
    Shape.CHOICE: ("choices",),
    Shape.ORDINAL: ("which",),
    Shape.TEAM: ("roles",),
    Shape.PRESENCE: ("how",),
}
_NONE = [("", "—")]


# Which fields are shown depends on these: a script asks for the form again.
_SHOW_AGAIN = {
    "hx-post": "", "hx-trigger": "change", "hx-target": "#conditions", "hx-select": "#conditions", "hx-swap": "outerHTML",
    "hx-select-oob": "#rule-preview",
}  # fmt: skip


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PartForm(forms.Form):
    """One condition. Only the fields of its shape are shown; each may stay empty: the rule says what is missing."""

    shape = forms.ChoiceField(label=_("What is asked"))
    fact = forms.ChoiceField(label=_("What it looks at"), widget=forms.Select(attrs=_SHOW_AGAIN))
    none = forms.BooleanField(label=_("It must be none of these"), required=False)
    set = forms.ChoiceField(label=_("A set of countries"), required=False)
    countries = forms.CharField(
        label=_("Or single countries"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names or codes of two letters, with commas between them."),
    )  # fmt: skip
    choices = forms.MultipleChoiceField(label=_("Which ones"), required=False, widget=forms.CheckboxSelectMultiple)
    least = forms.DecimalField(label=_("At least"), required=False)
    most = forms.DecimalField(label=_("At most"), required=False)
    on = forms.ChoiceField(label=_("On which day the age is counted"), required=False)
    which = forms.CharField(
        label=_("Which in order"), required=False, help_text=_("Numbers with commas between them, for example 1, 2."),
    )  # fmt: skip
    first, last = _day(), _day()
    how = forms.ChoiceField(label=_("What must be so"), required=False)
    of = forms.ChoiceField(label=_("As a share of"), required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)
    past = forms.ChoiceField(label=_("What must be so"), required=False, widget=forms.Select(attrs=_SHOW_AGAIN))
    decisions = forms.MultipleChoiceField(
        label=_("Which decisions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, call: Call, names: Names, sets: Sequence[ShownSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.names = call, names
        self.shape_now = self._shape()
        fields = self.fields
        fields["shape"].choices = [(one.value, label) for one, (label, _about) in words.SHAPES.items()]
        fields["fact"].choices = _NONE + self._facts(self.shape_now, self._now("fact"))
        fields["of"].choices = _NONE + self._facts(Shape.SHARE, self._now("of"))
        named = [(one.key, f"{one.name} ({one.version})") for one in sets]
        fields["set"].choices = _NONE + _with(named, self._now("set"))
        fields["on"].choices = [(one.value, label) for one, label in words.REFERENCE_DATES.items()]
        fields["how"].choices = [(one.value, label) for one, label in words.THERE.items()]
        fields["past"].choices = [(one.value, label) for one, label in words.PAST.items()]
        fields["roles"].choices = [(role, role_name(role)) for role in call.roles]
        fields["decisions"].choices = list(words.DECISIONS.items())
        fields["first"].label, fields["last"].label = _("First day"), _("Last day")
        self._offer_choices()
        fields["fact"].required = self.shape_now is not Shape.TEAM
        fields["fact"].error_messages["required"] = _("Choose what the condition looks at.")
        _keep_typing(fields[name] for name in _TYPED)
        for name in self._needed():
            fields[name].required = True
            fields[name].error_messages["required"] = _("The condition needs this.")

    def _now(self, name: str) -> str:
        value = self.data.get(self.add_prefix(name)) if self.is_bound else self.get_initial_for_field(
            self.fields[name], name
        )  # fmt: skip
        return str(value or "")

    def _shape(self) -> Shape:
        try:
            return Shape(self._now("shape"))
        except ValueError:
            return Shape.PLACE

    def _facts(self, shape: Shape, now: str) -> list[tuple[str, str]]:
        of_roles = [f"role_holder.{role}.{name}" for role in self.call.roles for name in OF_A_ROLE.get(shape, ())]
        known = [fact for fact, kind in self.names.kinds.items() if _fits(shape, kind)]
        known += [fact for fact in facts_told(self.names.kinds.items()) if _fits_below(shape, fact, self.names)]
        listed = dict.fromkeys((*known, *BUILT_IN[shape], *of_roles))
        return _with([(fact, fact_name(fact, self.names)) for fact in listed], now)

    def _offer_choices(self) -> None:
        """The choices that the question offers; as codes in a line where it offers none."""
        fact = self._now("fact")
        offered = self.names.choices.get(fact)
        if fact in ("person.role", "team.roles"):
            pairs = [(role, role_name(role)) for role in self.call.roles]
        elif fact == "application.strand" and not offered:
            pairs = [(one.slug, str(one.name)) for one in self.call.strands.all()]
        elif fact == "application.language":
            pairs = [(tag, value_name(fact, tag, self.names)) for tag in self.call.answer_languages]
        elif offered:
            pairs = [(key, str(label)) for key, label in offered.items()]
        else:
            self.fields["choices"] = _Codes(label=_("Which ones"), required=False)
            return
        kept = self.get_initial_for_field(self.fields["choices"], "choices") or ()
        self.fields["choices"].choices = pairs + [(one, one) for one in kept if one not in dict(pairs)]

    def shown(self) -> list[forms.BoundField]:
        """The fields of the shape."""
        return [self[name] for name in self._wanted()]

    def _needed(self) -> tuple[str, ...]:
        if self.shape_now is Shape.HISTORY:
            return self._wanted()[1:]
        return NEEDED.get(self.shape_now, ())

    def _wanted(self) -> tuple[str, ...]:
        if self.shape_now is Shape.HISTORY:
            past = self._now("past")
            last = {Past.UNIQUE.value: (), Past.ATTEMPTS.value: ("most",), Past.OTHERS.value: ("most",)}
            return ("fact", "past", *last.get(past, ("decisions",)))
        return FIELDS[self.shape_now]

    @property
    def about(self) -> object:
        """What the shape is for."""
        return words.SHAPES[self.shape_now][1]

    def clean_countries(self) -> list[str]:
        """Countries by name or code, each once."""
        return countries_in(self.cleaned_data["countries"])

    def clean_which(self) -> list[int]:
        """Whole numbers, each once."""
        found = re.split(r"[,;\s]+", self.cleaned_data["which"].strip())
        if any(one and not one.isdecimal() for one in found):
            raise forms.ValidationError(_("Give whole numbers from 1, for example 1, 2."))
        return list(dict.fromkeys(int(one) for one in found if one))

    def part(self) -> Part:
        """What was filled in."""
        given = self.cleaned_data
        wanted = [name for name in self._wanted() if name != "fact"]
        filled = {name: _plain(given.get(name)) for name in wanted if given.get(name) not in (None, "", [], False)}
        fact = str(given.get("fact") or "")
        if self.shape_now is Shape.AMOUNT and (
            self.names.kinds.get(fact) in LISTED or fact.rpartition(".")[2] in told.LISTS
        ):
            filled["count"] = True
        return Part(self.shape_now, fact, filled)

    @staticmethod
    def initial_of(part: Part) -> dict[str, Any]:
        """A part as its form shows it."""
        shown = dict(part.filled) | {"shape": part.shape.value, "fact": part.fact}
        if "countries" in shown:
            shown["countries"] = formats.listing(formats.country_name(one) for one in shown["countries"])
        if "which" in shown:
            shown["which"] = ", ".join(str(one) for one in shown["which"])
        return shown


class _Codes(forms.CharField):
    """Values as a line of codes."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return list(dict.fromkeys(one.strip() for one in str(super().clean(value)).split(",") if one.strip()))


def _fits(shape: Shape, kind: str) -> bool:
    if shape is Shape.PRESENCE:
        return True
    return kind in KINDS[shape] if shape in KINDS else kind not in NOT_A_NUMBER


def _fits_below(shape: Shape, fact: str, names: Names) -> bool:
    """Whether a fact that is worked out fits: all of them are numbers, or lists that are counted."""
    return fact not in names.kinds and shape in (Shape.AMOUNT, Shape.ORDINAL, Shape.SHARE)


def _with(pairs: list[tuple[str, Any]], now: str) -> list[tuple[str, Any]]:
    """The choices, with the one that stands there now though nothing offers it any more."""
    return pairs if not now or now in dict(pairs) else [*pairs, (now, now)]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A condition on the page: its number, its form."""

    place: str
    part: PartForm


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """A group of conditions on the page: its number, its name in buttons, how it is joined, what stands in it."""

    place: str
    name: str
    join: forms.BoundField
    inner: Sequence["ShownPart | ShownBranch"]
    may_have_groups: bool

    @property
    def is_several(self) -> bool:
        """Whether it matters how they are joined."""
        return len(self.inner) > 1


class RuleBuilder(RowForm):
    """A rule: its conditions stand in forms of their own (`parts`); here its consequence and its words."""

    KIND, TEXTS, OPTIONAL_TEXTS = "rule", (("sentence", False), ("question", False), ("refusal", True)), True
    code = forms.SlugField(label=_("Code"), required=False, help_text=_("Empty: we make one."))
    severity = forms.ChoiceField(label=_("What a no means"))
    overridable = forms.BooleanField(label=_("A person may decide otherwise"), required=False, initial=True)
    join = forms.ChoiceField(label=_("Of several conditions"), required=False, initial=Join.ALL_OF.value)
    asked = forms.BooleanField(label=_("Ask it in the public check"), required=False, initial=True)

    def __init__(
        self, *args: Any, call: Call, names: Names, sets: Sequence[ShownSet], parts: Mapping[int, Mapping[str, Any]],
        tree: Branch, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, languages=call.languages or ["en"], **kwargs)
        self.fields["severity"].choices = list(words.SEVERITIES.items())
        self.tree = tree
        self.fields["join"].choices = [(one.value, label) for one, label in words.JOINS.items()]
        self.fields["join"].required = len(tree.children) > 1
        for group in tree.groups:
            if group.number:
                self.fields[f"g{group.number}-join"] = forms.ChoiceField(
                    label=_("Of these conditions"), initial=Join.ANY_OF.value,
                    choices=[(one.value, label) for one, label in words.JOINS.items()],
                )  # fmt: skip
        self.by_number = {
            number: PartForm(
                self.data if self.is_bound else None,
                prefix=f"p{number}",
                call=call,
                names=names,
                sets=sets,
                initial=parts.get(number, {"shape": Shape.PLACE.value}),
            )
            for number in tree.leaves
        }
        self.parts = list(self.by_number.values())

    def plain_of(self, row: Any) -> dict[str, Any]:
        """What the view gives as initial."""
        return {}

    def is_valid(self) -> bool:
        """With every condition."""
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def definition(self) -> dict[str, Any]:
        """The rule as it would be kept."""
        given = self.cleaned_data
        whole = self._joined(self.tree)
        consequence = {"severity": given["severity"]} | ({} if given["overridable"] else {"overridable": False})
        code = given["code"] or suggested_code([part.part() for part in self.parts])
        return shapes.built(code, whole.parts, whole.join, **consequence)

    def _joined(self, branch: Branch) -> Joined:
        said = self.cleaned_data.get(f"g{branch.number}-join" if branch.number else "join")
        found = (self.by_number[one].part() if isinstance(one, int) else self._joined(one) for one in branch.children)
        return Joined(Join(said or Join.ALL_OF), tuple(found))

    def part_at(self, places: Sequence[int]) -> PartForm:
        """The condition at a place of the definition; of a group the first."""
        one: int | Branch = self.tree
        for place in places:
            one = self._only(one)
            one = one if isinstance(one, int) else one.children[place]
        return self.by_number[one if isinstance(one, int) else one.leaves[0]]

    def _only(self, one: int | Branch) -> int | Branch:
        while isinstance(one, Branch) and self._joined(one).is_one:
            one = one.children[0]
        return one

    def branch(self) -> "ShownBranch":
        """The conditions as the page shows them."""
        return self._shown(self.tree, "")

    def _shown(self, branch: Branch, place: str) -> "ShownBranch":
        inner: list[ShownPart | ShownBranch] = []
        for number, one in enumerate(branch.children, start=1):
            at = f"{place}.{number}".lstrip(".")
            inner.append(ShownPart(at, self.by_number[one]) if isinstance(one, int) else self._shown(one, at))
        join = self[f"g{branch.number}-join" if branch.number else "join"]
        return ShownBranch(place, f"g{branch.number}", join, inner, self._may_have_groups(branch))

    def _may_have_groups(self, branch: Branch) -> bool:
        return changed(self.tree, f"group:g{branch.number}") != self.tree

    def texts(self) -> dict[str, dict[str, str]]:
        """What was typed, by text and language."""
        return {
            name: {tag: normalise(self.cleaned_data[f"{name}:{tag}"]).strip() for tag in self.languages}
            for name, _long in self.TEXTS
        }


_TYPED = ("countries", "least", "most", "which", "first", "last", "set", "on", "how", "of")


def _keep_typing(fields: Iterable[forms.Field]) -> None:
    """While the form is fetched again a person may type on: what stands in these controls then stays in them."""
    for one in fields:
        one.widget.attrs["hx-preserve"] = "true"


def as_typed(form: forms.Form) -> dict[str, Any]:
    """What was sent, as initial values of the same form: to show it again without judging it yet."""
    typed: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        typed[name] = value
    return typed


def suggested_code(parts: Iterable[Part]) -> str:
    """A code from the facts."""
    names = [part.fact.rpartition(".")[2] or part.shape.value for part in parts]
    return "-".join(dict.fromkeys(names))[:40] or "rule"


def tree_of(data: Mapping[str, Any]) -> Branch:
    """Which conditions were sent, and which stands in which."""
    return read(str(data.get("tree", ""))[:400]) or row(1)


def tree_for(whole: Joined) -> tuple[Branch, dict[int, Part], dict[str, str]]:
    """Places for the parts of a rule that is kept: the tree, the parts by number, the joins by field."""
    parts: dict[int, Part] = {}
    joins: dict[str, str] = {}

    def place(one: Joined) -> Branch:
        number = len(joins)
        joins[f"g{number}-join" if number else "join"] = one.join.value
        children: list[int | Branch] = []
        for part in one.parts:
            if isinstance(part, Joined):
                children.append(place(part))
            else:
                children.append(len(parts))
                parts[len(parts)] = part
        return Branch(number, tuple(children))

    return place(whole), parts, joins
