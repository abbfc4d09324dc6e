"""When a question shows, as an organiser puts it together: one look at an earlier answer, or several, in groups."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinolab.calls import words
from kinolab.calls.domain.branches import DEEPEST, MOST, Branch, changed, read, row
from kinolab.foundation.questions.domain import conditions
from kinolab.foundation.questions.domain.conditions import Group, Test
from kinolab.foundation.questions.domain.kinds import as_number
from kinolab.foundation.refusals import Refusal

TESTS = (
    ("is", _("is one of")),
    ("is_not", _("is none of")),
    ("answered", _("is answered")),
    ("unanswered", _("is not answered")),
    ("at_least", _("is at least")),
    ("at_most", _("is at most")),
)
TICKED = ("is", "is_not")
WITH_VALUE = (*TICKED, "at_least", "at_most")
Choices = Sequence[tuple[str, Any]]


class LookForm(forms.Form):
    """One look at an earlier answer; without a question it asks nothing.

    `offered` are the choices of each question that has some: they are ticked, where another answer is compared with what is
    typed. A choice that is looked for and is no longer there stays as its code.
    """

    question = forms.ChoiceField(label=_("Shows"), required=False)
    test = forms.ChoiceField(label=_("if the answer"), choices=TESTS, required=False)
    ticked = forms.MultipleChoiceField(label=_("Choices"), required=False, widget=forms.CheckboxSelectMultiple)
    value = forms.CharField(
        label=_("Value"), required=False, help_text=_("A number, or what is looked for, with commas between.")
    )

    def __init__(
        self, *args: Any, number: int, earlier: Choices, offered: Mapping[str, Choices], alone: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"w{number}", **kwargs)
        self.number = number
        self.offers = list(offered.get(self["question"].value() or "", ()))
        known = {code for code, _label in self.offers}
        gone = [one for one in self.initial.get("ticked", ()) if self.offers and one not in known]
        self.fields["ticked"].choices = [*self.offers, *((one, one) for one in gone)]
        self.fields["question"].label = _("Shows") if alone else _("Answer to")
        self.fields["test"].label = _("if the answer") if alone else _("The answer")
        self.fields["question"].choices = [("", _("Always") if alone else "—"), *earlier]

    def clean(self) -> dict[str, Any]:
        """With the value that the test needs."""
        given = self.cleaned_data
        test, value = given.get("test") or "answered", given.get("value", "").strip()
        if given.get("question") and test in TICKED and self.offers:
            if not given.get("ticked"):
                self.add_error("ticked", _("Tick at least one choice."))
        elif given.get("question") and test in WITH_VALUE and not value:
            self.add_error("value", _("The condition needs this."))
        elif given.get("question") and test in ("at_least", "at_most") and as_number(value) is None:
            self.add_error("value", _("Write a number, for example 12 or 12.5."))
        return given

    def look(self) -> dict[str, Any]:
        """The condition; empty where no question is chosen."""
        question, test = self.cleaned_data["question"], self.cleaned_data["test"] or "answered"
        value = self.cleaned_data["value"].strip()
        if not question:
            return {}
        if test in ("answered", "unanswered"):
            return {"question": question, "answered": test == "answered"}
        if test in ("at_least", "at_most"):
            number = as_number(value) or 0
            return {"question": question, test: float(number) if number % 1 else int(number)}
        if self.offers:
            return {"question": question, test: self.cleaned_data["ticked"]}
        return {"question": question, test: [one.strip() for one in value.split(",") if one.strip()]}

    @property
    def shows(self) -> Mapping[str, str]:
        """When its fields show, by the answers before them."""
        name, test = self.add_prefix("question"), self.add_prefix("test")
        typed = [one for one in WITH_VALUE if one not in TICKED or not self.offers]
        return {
            "test": f'{{"field": "{name}", "answered": true}}',
            "ticked": json.dumps({"field": test, "is": TICKED}),
            "value": json.dumps({"field": test, "is": typed}),
        }


@dataclass(frozen=True, slots=True)
class ShownLook:
    """A look on the page, with its number."""

    place: str
    look: LookForm


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group on the page: its number, its name in buttons, how it is joined, what stands in it."""

    place: str
    name: str
    way: forms.BoundField
    inner: Sequence["ShownLook | ShownGroup"]
    may_have_groups: bool

    @property
    def is_several(self) -> bool:
        """Whether it matters how they are joined."""
        return len(self.inner) > 1


class ConditionForms:
    """All looks of one question, and which stands in which group."""

    def __init__(
        self,
        data: Any,
        shown_if: Mapping[str, Any],
        earlier: Choices | None,
        offered: Mapping[str, Choices],
        button: str = "",
    ) -> None:
        self.is_bound = data is not None
        self.fits = True
        kept = self._kept(shown_if)
        tree = (read(str(data.get("when-tree", ""))[:400]) if self.is_bound else None) or kept[0]
        self.tree = changed(tree, button) if button else tree
        alone = len(self.tree.leaves) == 1
        self.looks = {
            number: LookForm(
                data,
                number=number,
                earlier=[(data.get(f"w{number}-question", ""), "")] if earlier is None else earlier,
                offered=_as_ticked(data, number) if earlier is None else offered,
                alone=alone,
                initial=kept[1].get(number, {}),
            )
            for number in self.tree.leaves
        }
        self.ways = forms.Form(data, prefix="when", initial=kept[2])
        for group in self.tree.groups:
            self.ways.fields[f"g{group.number}"] = forms.ChoiceField(
                label=_("Of these conditions") if group.number else _("Of several conditions"),
                choices=list(words.SHOWN_WAYS.items()),
                required=len(group.children) > 1,
            )
        if button:
            for one in (*self.looks.values(), self.ways):
                one.errors.clear()

    def _kept(self, shown_if: Mapping[str, Any]) -> tuple[Branch, dict[int, dict[str, Any]], dict[str, str]]:
        parsed = conditions.parse(shown_if) if shown_if else None
        if parsed is None or isinstance(parsed, Refusal):
            self.fits = not shown_if
            return row(1), {}, {}
        looks: dict[int, dict[str, Any]] = {}
        ways: dict[str, str] = {}

        def place(group: Group) -> Branch:
            number = len(ways)
            ways[f"g{number}"] = group.way
            children: list[int | Branch] = []
            for part in group.parts:
                if isinstance(part, Group):
                    children.append(place(part))
                else:
                    children.append(len(looks))
                    looks[len(looks)] = _as_typed(part)
            return Branch(number, tuple(children))

        tree = place(parsed if isinstance(parsed, Group) else Group("all", (parsed,)))
        self.fits = len(looks) <= MOST and tree.deep <= DEEPEST
        return (tree, looks, ways) if self.fits else (row(1), {}, {})

    def is_valid(self) -> bool:
        """With every look."""
        return all([self.ways.is_valid(), *(one.is_valid() for one in self.looks.values())])

    def value(self) -> dict[str, Any]:
        """The condition; empty for always."""
        return self._value(self.tree)

    def _value(self, branch: Branch) -> dict[str, Any]:
        way = self.ways.cleaned_data.get(f"g{branch.number}") or "all"
        told = [self.looks[one].look() if isinstance(one, int) else self._value(one) for one in branch.children]
        parts = [one for one in told if one]
        if len(parts) == 1 and way != "none":
            return parts[0]
        return {way: parts} if parts else {}

    @property
    def is_full(self) -> bool:
        """Whether the page has room for no more."""
        return len(self.looks) >= MOST

    @property
    def is_several(self) -> bool:
        """Whether there is more than one."""
        return len(self.looks) > 1

    def group(self) -> ShownGroup:
        """Everything as the page shows it."""
        return self._shown(self.tree, "")

    def _shown(self, branch: Branch, place: str) -> ShownGroup:
        inner: list[ShownLook | ShownGroup] = []
        for number, one in enumerate(branch.children, start=1):
            at = f"{place}.{number}".lstrip(".")
            inner.append(ShownLook(at, self.looks[one]) if isinstance(one, int) else self._shown(one, at))
        name = f"g{branch.number}"
        may = changed(self.tree, f"group:{name}") != self.tree
        return ShownGroup(place, name, self.ways[name], inner, may)


def _as_typed(test: Test) -> dict[str, Any]:
    if test.test == "answered":
        return {"question": test.question, "test": "answered" if test.value else "unanswered"}
    if isinstance(test.value, tuple):
        return {
            "question": test.question,
            "test": test.test,
            "value": ", ".join(test.value),
            "ticked": list(test.value),
        }
    return {"question": test.question, "test": test.test, "value": str(test.value)}


def _as_ticked(data: Any, number: int) -> dict[str, Choices]:
    return {data.get(f"w{number}-question", ""): [(one, one) for one in data.getlist(f"w{number}-ticked")]}
