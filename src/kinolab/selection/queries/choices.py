"""What a quota can count in an edition: the values that its form, its strands and its applications know."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kinolab.applications.queries.table import choice_names
from kinolab.foundation.i18n import formats
from kinolab.foundation.questions.models import Question
from kinolab.labs.models import Edition
from kinolab.selection import words
from kinolab.selection.queries import facts

Group = tuple[Promise, Sequence[tuple[str, str]]]
FACTS = {"kind": "project.kind", "stage": "project.stage"}


def quota_choices(edition: Edition) -> list[Group]:
    """Every value by dimension, as the groups of a select: `dimension:value` and its name. Four queries.

    Gender has no value there: which words count as one is said beside it (`gender_words`).
    """
    call, rows = edition.call, facts.in_force(edition.call)
    countries = rows.exclude(country="").order_by().values_list("country", flat=True).distinct()
    told = facts.recipients(rows).exclude(gender="").exists()
    known: dict[str, list[tuple[str, str]]] = {
        "country": [(code, formats.country_name(code)) for code in countries],
        "gender": [("", _("Gender, in the words ticked below"))] if told else [],
        "strand": [(one.slug, str(one.name)) for one in call.strands.all()],
        **_of_form(edition),
    }
    return [
        (label, [(f"{dimension}:{value}", name) for value, name in sorted(known[dimension], key=lambda one: one[1])])
        for dimension, label in words.DIMENSIONS.items()
        if known.get(dimension)
    ]


def gender_words(edition: Edition) -> list[str]:
    """How people of the edition describe their gender, each in words of their own; large and small letters are one."""
    told = facts.recipients(facts.in_force(edition.call)).exclude(gender="").order_by()
    return sorted({one.strip().casefold() for one in told.values_list("gender", flat=True).distinct()})


def _of_form(edition: Edition) -> dict[str, list[tuple[str, str]]]:
    """The choices of the questions about kind and stage."""
    names = choice_names(edition.call)
    asked = dict(
        Question.objects.filter(section__form=edition.call.form_id, fact__in=FACTS.values()).values_list(
            "fact", "choices"
        )
    )
    return {
        dimension: [(str(one["key"]), names[str(one["key"])]) for one in asked.get(fact, ())]
        for dimension, fact in FACTS.items()
    }
