"""What an upheld appeal makes of an announced result."""

from datetime import timedelta

import pytest

from kinolab.applications.events import AppealUpheld
from kinolab.foundation.audit.models import Entry
from kinolab.selection.actions.appeals import on_appeal_upheld
from kinolab.selection.models import Announcement, Decision
from tests.factories import applications as make
from tests.integration.applications import office

LATER = make.NOW + timedelta(days=40)


@pytest.mark.parametrize(("result", "rank"), [("selected", None), ("waitlist", 2)])
def test_on_appeal_upheld_gives_the_panels_result_at_once_and_the_last_place_in_the_queue(result, rank):
    call = office.call()
    owner, saltanat = office.owner(call), make.person("Saltanat")
    Announcement.objects.create(edition=call.edition, announced_at=make.NOW, announced_by=owner)
    told = {"decided_at": make.NOW, "decided_by": owner, "announced_at": make.NOW}
    waits = make.submitted_application(call, make.person("Timur"), at=make.NOW)
    Decision.objects.create(application=waits, candidacy=waits.candidacies.get(), outcome="waitlist", rank=1, **told)
    application = make.submitted_application(call, at=make.NOW)
    Decision.objects.create(
        application=application, candidacy=application.candidacies.get(), outcome="rejected", **told
    )

    on_appeal_upheld(AppealUpheld(application.pk, result, saltanat, LATER))

    decision = Decision.objects.get(application=application)
    assert (decision.outcome, decision.rank, decision.version) == (result, rank, 2)
    assert (decision.decided_by, decision.decided_at, decision.announced_at) == (saltanat, LATER, LATER)
    entry = Entry.objects.get(verb="decided")
    assert (entry.before["outcome"], entry.after["outcome"], entry.actor) == ("rejected", result, saltanat)
