"""What an upheld appeal changes in selection: results that were announced already."""

from django.db import transaction

from kinolab.applications.events import AppealUpheld
from kinolab.foundation.audit import actions as audit
from kinolab.selection.actions.deciding import Change, Ranks, changed, hold, keep, said
from kinolab.selection.domain.lifecycle import BEST_FIRST, Outcome
from kinolab.selection.models import Decision


def on_appeal_upheld(event: AppealUpheld) -> None:
    """Answer `AppealUpheld`: the application gets the panel's result, at this instant; the letter is the appeal's.

    In several strands it changes what is worse than that result, in those named (none: in all of them).
    """
    with transaction.atomic():
        result = Outcome(event.result)
        worse = BEST_FIRST[BEST_FIRST.index(result) + 1 :]
        rows = Decision.objects.select_related("candidacy__strand", "application__call__edition")
        rows = rows.filter(application=event.application, outcome__in=worse).order_by("pk")
        for decision in rows.filter(candidacy__strand__slug__in=event.strands) if event.strands else rows:
            edition = decision.application.call.edition
            hold(edition)
            before = said(decision)
            changed(decision, Change(decision.candidacy, result), Ranks(edition), event.by, event.at)
            decision.version += 1
            decision.announced_at = event.at
            keep([decision])
            decision.save(update_fields=["announced_at"])
            audit.record(by=event.by, at=event.at, verb="decided", thing=decision, scope=edition.scope,
                         before=before, after=said(decision))  # fmt: skip
