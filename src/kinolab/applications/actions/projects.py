"""Beginning an application from an earlier one of the same project."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft
from kinolab.applications.actions.team import OWN_PART
from kinolab.applications.models import Answer, Application, Attachment, Project, TeamMember
from kinolab.applications.queries import projects
from kinolab.calls.models import Call
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import stop_if


def begin_from(*, earlier: Application, call: Call, key: str, by: Person, at: datetime, language: str) -> Application:
    """Begin a draft for `call` from an application to another call: what fits comes along, marked as taken over.

    Both are of one project from now on. The earlier one stays as it is. Refused by access, and as `draft.begin`.
    """
    stop_if(access.why_not_begin_from(by, earlier, call))
    with transaction.atomic():
        begun = draft.begin(call=call, key=key, by=by, at=at, language=language)
        if begun.begun_from_id is not None:  # the same page sent twice
            return begun
        held = draft.lock(earlier)
        _project(held, by)
        begun.project, begun.begun_from = held.project, held
        if earlier.language in (call.answer_languages or call.languages):
            begun.language = earlier.language
        begun.save(update_fields=["project", "begun_from", "language"])
        _carry(begun, held, call, by, at)
        carried = _carry_files(begun, held, call, by, at)
        audit.record(
            by=by,
            at=at,
            verb="began_from",
            thing=begun,
            scope=call.edition.scope,
            after={"earlier": held.code} | ({"files": carried} if carried else {}),
        )
        begun.team_list = None
        draft.keep_in_step(begun, at)
    return begun


@transaction.atomic
def project_of(*, application: Application, by: Person) -> Project:
    """The project of an application; one that stands alone gets its own. Whoever asks has looked whether they may."""
    return _project(draft.lock(application), by)


def _project(held: Application, by: Person) -> Project:
    if held.project is None:
        held.project = Project.objects.create(begun_at=held.created_at, begun_by=by)
        held.save(update_fields=["project"])
    return held.project


def _carry_files(begun: Application, earlier: Application, call: Call, by: Person, at: datetime) -> list[str]:
    """Give the draft the same stored files under rows of its own, as far as one application may hold; their names."""
    part = TeamMember.objects.get(application=begun, person=by)
    carried = projects.files_carried(earlier, call, by)
    held = StoredFile.objects.select_for_update().filter(pk__in=[one.file_id for _, one in carried])
    sizes = {one.pk: one.size for one in held}  # held: none of them is forgotten meanwhile
    own, room = projects.own_questions([number for number, _ in carried]), settings.KINOLAB_APPLICATION_MAX
    made = []
    for number, one in carried:
        room -= sizes[one.file_id]
        if room >= 0:
            made.append(
                Attachment(
                    application=begun,
                    question_id=number,
                    member=part if number in own else None,
                    file_id=one.file_id,
                    carried=True,
                    added_at=at,
                    added_by=one.added_by,
                )
            )
    Attachment.objects.bulk_create(made)
    return [one.file.name for _, one in carried[: len(made)]]


def _carry(begun: Application, earlier: Application, call: Call, by: Person, at: datetime) -> None:
    part = TeamMember.objects.get(application=begun, person=by)
    before = TeamMember.objects.filter(application=earlier, person=by).order_by("-pk").first()
    if before is not None:
        for field in OWN_PART:
            setattr(part, field, getattr(before, field))
        part.role = before.role if before.role in call.roles else part.role
        part.save()
    values = projects.carried(earlier, call, by)
    own = projects.own_questions(list(values))
    Answer.objects.bulk_create(
        Answer(
            application=begun,
            question_id=question,
            member=part if question in own else None,
            value=value,
            carried=True,
            changed_at=at,
            changed_by=by,
        )
        for question, value in values.items()
    )
