"""What an upheld appeal changes in selection: one result that was announced already."""

from itertools import count

from django.db import transaction

from kinolab.applications.events import AppealUpheld
from kinolab.foundation.audit import actions as audit
from kinolab.selection.actions.deciding import Change, changed, hold, keep, last_rank, said
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision


def on_appeal_upheld(event: AppealUpheld) -> None:
    """Answer `AppealUpheld`: the application gets the panel's result, at this instant; the letter is the appeal's."""
    with transaction.atomic():
        decision = Decision.objects.select_related("application__call__edition").get(application=event.application)
        edition = decision.application.call.edition
        hold(edition)
        before = said(decision)
        change = Change(decision.application, Outcome(event.result), decision.version)
        changed(decision, change, count(last_rank(edition) + 1), event.by, event.at)
        decision.version += 1
        decision.announced_at = event.at
        keep([decision])
        decision.save(update_fields=["announced_at"])
        audit.record(by=event.by, at=event.at, verb="decided", thing=decision, scope=edition.scope,
                     before=before, after=said(decision))  # fmt: skip
