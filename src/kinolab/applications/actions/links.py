"""Asking the links in answers, and telling a team once when theirs stops."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications.actions import submission
from kinolab.applications.domain import links
from kinolab.applications.domain.links import LinkState, Seen
from kinolab.applications.models import LinkCheck
from kinolab.applications.probing import probe
from kinolab.applications.queries.links import Due, due
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.outside import Visitor

A_TURN = 3  # addresses each time the clock turns: a slow site must not keep letters waiting
KEPT_EACH = 60  # checks of one address

Probe = Callable[[str, str], LinkState]


def check_due(*, at: datetime, ask: Probe | None = None) -> int:
    """Ask what is due, a few at a time; returns how many were asked."""
    visitor = Visitor(settings.KINOLAB_URL, private=settings.KINOLAB_LINKS_PRIVATE)
    waiting = due(at=at, limit=A_TURN)
    for one in waiting:
        state = ask(one.address, one.password) if ask else probe(visitor, one.address, one.password)
        note(due=one, state=state, at=at)
    return len(waiting)


def note(*, due: Due, state: LinkState, at: datetime) -> LinkCheck:
    """Write down what an address answered; if that is news, tell its team, or whose own answer it is."""
    answer, application = due.answer, due.answer.application
    seen = Seen(state, at, bool(due.password))
    with transaction.atomic():
        check = LinkCheck.objects.create(
            application=application,
            question=answer.question,
            address=due.address[:2000],
            state=state.value,
            had_password=seen.had_password,
            at=at,
        )
        if links.is_news([*due.history, seen]):
            check.told_at = at
            check.save(update_fields=["told_at"])
            submission.tell_team(
                application, "link_stopped", at, only=answer.member_id, mark=str(check.pk),
                more={"question": answer.question, "address": due.address, "state": check.get_state_display},
            )  # fmt: skip
            audit.record(
                by=None, at=at, verb="link_stopped", thing=application, scope=application.call.edition.scope,
                after={"question": answer.question.key, "state": state.value},
            )  # fmt: skip
        _forget_old(check)
    return check


def _forget_old(check: LinkCheck) -> None:
    """A history that goes on for months keeps its latest part."""
    same = LinkCheck.objects.filter(application=check.application, question=check.question, address=check.address)
    old = list(same.order_by("-at", "-pk").values_list("pk", flat=True)[KEPT_EACH:])
    if old:
        LinkCheck.objects.filter(pk__in=old).delete()
