"""Corrections that the lab has asked for: which questions may be opened, and which are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from kinolab.applications.models import Application, Correction
from kinolab.applications.queries.dossier import asked_of_application
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.models import Question


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that may be opened, by the name that exports give it."""

    name: str
    label: Text
    section: Text
    question: Question


def name_of(question: Question) -> str:
    """A question's name: its section's key and its own, for keys repeat across sections."""
    return f"{question.section.key}.{question.key}"


def askable(application: Application) -> list[Askable]:
    """Everything that the application was asked, in order. One query."""
    return [Askable(name_of(one), one.label, one.section.title, one) for one in asked_of_application(application)]


def named(application: Application, names: Collection[str]) -> list[Askable]:
    """Those of these names. One query."""
    return [one for one in askable(application) if one.name in names]


def open_correction(application: Application) -> Correction | None:
    """The correction that is open, once per application object. One query."""
    known: Correction | bool | None = getattr(application, "correction_now", False)
    if known is False:
        known = application.corrections.filter(ended_at=None).first()
        application.correction_now = known
    return known if isinstance(known, Correction) else None


def in_time(application: Application, at: datetime) -> Correction | None:
    """The open correction while its time runs."""
    found = open_correction(application)
    return found if found is not None and at < found.until else None


def all_of(application: Application) -> Sequence[Correction]:
    """Every correction asked for, the latest first, with the words of its questions (their codes where they have gone)."""
    labels = {one.name: str(one.label) for one in askable(application)}
    found = list(application.corrections.select_related("asked_by").order_by("-asked_at"))
    for one in found:
        one.labels = [labels.get(name) or name for name in one.questions]
    return found
