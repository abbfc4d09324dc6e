"""Links in answers: which are due to be asked, and how each of an application stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, Max, Q, When

from kinolab.applications.domain import links
from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.domain.links import LinkState, Seen
from kinolab.applications.models import Answer, Application, LinkCheck
from kinolab.foundation.questions.domain.answers import Kind

QUIET = timedelta(minutes=1)  # nobody has finished typing an address before
WATCHED = timedelta(days=120)  # from the last change of an application
LOOKED_AT = 200  # answers, in search of those that are due


@dataclass(frozen=True, slots=True)
class Due:
    """An answer whose address is to be asked, with what was seen of it before, oldest first."""

    answer: Answer
    address: str
    password: str
    history: Sequence[Seen]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a link stands, for a page."""

    check: LinkCheck
    broken: bool

    @property
    def tone(self) -> str:
        """The tone in which it is shown."""
        return "bad" if self.broken else "ok" if LinkState(self.check.state) in links.GOOD else "lamp"


def due(*, at: datetime, limit: int) -> list[Due]:
    """The answers to ask now: first what somebody has just written, the latest first. Three queries, or one.

    Many are looked through and few are found, so only those come with their application and its call.
    """
    watched = Q(application__stage__in=[Stage.DRAFT.value, Stage.SUBMITTED.value, Stage.REOPENED.value])
    rows = (
        Answer.objects.filter(watched, question__kind=Kind.LINK.value, application__changed_at__gt=at - WATCHED)
        .filter(changed_at__lte=at - QUIET)
        .exclude(value="")
        .annotate(
            asked_at=Max("application__link_checks__at", filter=Q(application__link_checks__question=F("question")))
        )
        .filter(Q(asked_at=None) | Q(asked_at__lte=at - links.AFTER_SILENCE) | Q(changed_at__gt=F("asked_at")))
        .annotate(is_new=Case(When(Q(asked_at=None) | Q(changed_at__gt=F("asked_at")), then=0), default=1))
        .order_by("is_new", Case(When(is_new=0, then=F("changed_at"))).desc(), "asked_at", "pk")[:LOOKED_AT]
    )
    answers = rows.values_list("pk", "application_id", "question_id", "value", "changed_at")
    histories = _histories(Q(application__in={application for _, application, *_ in answers})) if answers else {}
    found: dict[int, tuple[str, str, Sequence[Seen]]] = {}
    for number, application, question, value, changed_at in answers:
        address, password = links.address_of(value)
        history = histories.get((application, question, address), [])
        again = links.next_at([seen for seen in history if seen.at >= changed_at])
        if len(found) < limit and address and (again is None or again <= at):
            found[number] = (address, password, history)
    whole = Answer.objects.select_related("application__call__edition__programme__organisation", "question")
    by_number = whole.in_bulk(found) if found else {}
    return [Due(by_number[number], *told) for number, told in found.items()]


def of_application(application: Application) -> Mapping[tuple[int, str], Shown]:
    """The last check of every address, by question number and address. One query."""
    latest: dict[tuple[int, str], LinkCheck] = {}
    seen: dict[tuple[int, str], list[Seen]] = {}
    for one in application.link_checks.order_by("at", "pk"):
        key = (one.question_id, one.address)
        latest[key] = one
        seen.setdefault(key, []).append(_seen(one))
    return {key: Shown(one, links.is_broken(seen[key])) for key, one in latest.items()}


def _histories(within: Q) -> dict[tuple[int, int, str], list[Seen]]:
    found: dict[tuple[int, int, str], list[Seen]] = {}
    for one in LinkCheck.objects.filter(within).order_by("at", "pk"):
        found.setdefault((one.application_id, one.question_id, one.address), []).append(_seen(one))
    return found


def _seen(check: LinkCheck) -> Seen:
    return Seen(LinkState(check.state), check.at, check.had_password, check.told_at is not None)
