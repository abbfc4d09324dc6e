"""One page: when this has happened, also do that; and what the clock does each time it turns.

Rooms never call upwards. An early room publishes a past-tense event; the later rooms that answer are listed here, in
order. The answers run in the same transaction as what happened.
"""

from collections.abc import Callable

from django_tasks.base import Task

from kinolab.applications import jobs as application_jobs
from kinolab.applications.actions import moving, submission
from kinolab.applications.events import AppealUpheld, SentAgain, StrandsChosen
from kinolab.calls import jobs as call_jobs
from kinolab.calls.events import CallExtended, EditionCopied, FormCorrected, LateCodeRevoked
from kinolab.catalogue.events import FilmPublishing
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.audit.events import Recorded
from kinolab.foundation.files import jobs as file_jobs
from kinolab.foundation.mail import jobs as mail_jobs
from kinolab.foundation.search import actions as search
from kinolab.foundation.search import jobs as search_jobs
from kinolab.impact import jobs as impact_jobs
from kinolab.production import jobs as production_jobs
from kinolab.production.actions import cutting
from kinolab.reviews.actions import corrected, readers, readings
from kinolab.selection import jobs as selection_jobs
from kinolab.selection.actions import appeals, copying

ANSWERS: dict[type, tuple[Callable[..., object], ...]] = {
    Recorded: (search.on_recorded,),
    CallExtended: (submission.on_extended,),
    StrandsChosen: (readings.on_strands_chosen,),
    SentAgain: (corrected.on_sent_again,),
    AppealUpheld: (appeals.on_appeal_upheld,),
    LateCodeRevoked: (submission.on_code_revoked,),
    FormCorrected: (moving.on_form_corrected,),
    EditionCopied: (readers.on_edition_copied, copying.on_edition_copied),
    FilmPublishing: (cutting.on_film_publishing,),
}

# Each is safe to run twice and takes up whatever an earlier turn left.
CLOCK: tuple[Task, ...] = (
    call_jobs.freeze_opened,
    call_jobs.note_opened_seals,
    application_jobs.keep_at_close,
    application_jobs.lapse_corrections,
    application_jobs.remind_drafts,
    application_jobs.go_on_importing,
    application_jobs.make_books,
    application_jobs.count_moved,
    application_jobs.take_arrived,
    impact_jobs.take_evidence,
    production_jobs.take_files,
    impact_jobs.make_reports,
    impact_jobs.remind_reports,
    application_jobs.forget_removed,
    file_jobs.drop_expired,
    file_jobs.send_away,
    selection_jobs.go_on,
    impact_jobs.ask_alumni,
    mail_jobs.send_due,
    production_jobs.settle_notices,
    search_jobs.settle,
    application_jobs.check_links,
    application_jobs.fetch_imported,
)


# What visitors see is made of these rooms: whatever is recorded there, pages kept for visitors are drawn anew.
SHOWN = ("labs", "calls", "news", "catalogue", "selection")


def connect() -> None:
    """Listen for every event above. Called once, at start."""
    audit.show(*SHOWN)
    for event, answers in ANSWERS.items():
        events.listen(event, *answers)
