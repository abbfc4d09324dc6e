"""What an answer tells the rules: numbers as numbers, money by its amount, a finance plan by its sums."""

from collections.abc import Mapping

from kinolab.applications.queries.dossier import spec_of
from kinolab.calls.domain.eligibility import SoFar
from kinolab.calls.domain.regulations import as_day
from kinolab.calls.domain.told import FEATURE_MINUTES
from kinolab.foundation.questions.domain.answers import Kind, as_number, is_empty, problems
from kinolab.foundation.questions.domain.kinds import as_list, as_record
from kinolab.foundation.questions.domain.links import link_of
from kinolab.foundation.questions.domain.tables import plan_facts
from kinolab.foundation.questions.models import Question


def telling(question: Question, value: object) -> dict[str, object]:
    """The facts of one answer by name: the question's own, and what is worked out from it under names below that.

    A finance plan tells its `.total`, `.confirmed` and `.percent`, films their `.features` and `.shorts`, a date its
    `.year`, a link its `.minutes`. What is not known stays out.
    """
    told: dict[str, object] = {question.fact: _told(question, value)}
    kind = Kind(question.kind)
    if kind is Kind.FINANCE_PLAN:
        told |= {f"{question.fact}.{name}": number for name, number in plan_facts(value).items()}
    elif kind is Kind.FILMS:
        told |= {f"{question.fact}.{name}": films for name, films in _films(value).items()}
    elif kind is Kind.DATE and isinstance(value, str) and value[:4].isdecimal():
        told[f"{question.fact}.year"] = int(value[:4])
    elif kind is Kind.LINK and (minutes := link_of(value).minutes) is not None:
        told[f"{question.fact}.minutes"] = float(minutes)
    return {fact: one for fact, one in told.items() if one is not None}


def _films(value: object) -> dict[str, object]:
    """The long and the short films by title; where a film says no running time, more of either may come."""
    if value is None:
        return {}
    films = [as_record(one) for one in as_list(value)]
    timed = [(str(one.get("title", "")), as_number(one.get("runtime"))) for one in films]
    known = [(title, minutes) for title, minutes in timed if minutes is not None]
    found = {
        "features": [title for title, minutes in known if minutes >= FEATURE_MINUTES],
        "shorts": [title for title, minutes in known if minutes < FEATURE_MINUTES],
    }
    return dict(found) if len(known) == len(timed) else {name: SoFar(titles) for name, titles in found.items()}


def _told(question: Question, value: object) -> object:
    kind = Kind(question.kind)
    if kind is Kind.CONSENT:
        return None if value is None else not is_empty(value) and not problems(spec_of(question), value)
    if kind is Kind.MODULES:
        return None if value is None else not problems(spec_of(question), value)
    if is_empty(value):
        return None
    if kind is Kind.NUMBER:
        number = as_number(value)
        return None if number is None else float(number)
    if kind is Kind.MONEY and isinstance(value, Mapping):
        amount = as_number(value.get("amount"))
        return None if amount is None else float(amount)
    if kind is Kind.DATE:
        return as_day(value)
    if kind is Kind.FILE:
        return True
    if kind is Kind.LINK:
        return link_of(value).url or None
    return value
