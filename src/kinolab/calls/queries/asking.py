"""What the form of a call tells the rules, and who of the staff may be named for an answer."""

from django.db.models import Q

from kinolab.calls.domain import eligibility
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.models import Call
from kinolab.foundation.questions.models import Form, Question
from kinolab.foundation.questions.queries import in_order as questions_of
from kinolab.labs.models import Membership

__all__ = ["correction_of", "facts_told", "questions_of", "rules_asking", "staff"]


def facts_told(form: Form) -> set[str]:
    """The facts that the answers of a form tell."""
    return set(Question.objects.filter(section__form=form).exclude(fact="").values_list("fact", flat=True))


def rules_asking(call: Call, facts: set[str]) -> list[str]:
    """The rules of the call, by code, that look at one of these facts or at what is worked out from it."""
    found = []
    for rule in call.rules.all():
        read = parse_rule(rule.definition)
        keys = () if isinstance(read, list) else eligibility.fact_keys(read)
        if any(key == fact or key.startswith(f"{fact}.") for key in keys for fact in facts):
            found.append(rule.code)
    return found


def staff(call: Call) -> list[tuple[str, str]]:
    """Everybody who works on the edition, by number and name."""
    edition = call.edition
    held = Membership.objects.filter(
        Q(edition=edition) | Q(edition=None), organisation=edition.programme.organisation_id
    ).select_related("person")
    people = {one.person.pk: one.person.name or one.person.email for one in held}
    return [(str(number), name) for number, name in sorted(people.items(), key=lambda one: one[1])]


def correction_of(call: Call) -> Form | None:
    """The correction of the call's form that somebody is preparing."""
    return Form.objects.filter(replaces=call.form_id, frozen_at=None).first() if call.form_id else None
