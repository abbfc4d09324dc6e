"""What was sent last, as the rules see it: a draft that has been taken up again does not count until it is sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.domain.parts import is_asked
from kinolab.applications.models import Answer, Application, Attachment, TeamMember
from kinolab.applications.queries.dossier import Dossier, asked_in, is_of_project, questions_in, team_of
from kinolab.applications.queries.parts import Part
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.models import Question

OWN_PART = (
    "name", "email", "role", "organisation", "position", "state", "is_lead", "residence", "citizenship", "gender",
    "films_made", "about",
)  # fmt: skip


def sent_dossier(application: Application) -> Dossier:
    """The dossier as its last snapshot has it; nothing in it is saved. Three queries."""
    content = application.snapshots.order_by("-version").values_list("content", flat=True).first() or {}
    return as_sent(application, content, asked_in(application.call))


def as_sent(application: Application, content: Mapping[str, Any], asked_here: Sequence[Question]) -> Dossier:
    """The dossier as this snapshot has it; `asked_here` is what the call asks. No query where the team is known."""
    application.without_project = content.get("without_project", application.without_project)
    wanted = {one.pk for one in asked_here}
    answers: dict[int | None, dict[int, Answer]] = defaultdict(dict)
    attachments: dict[int | None, dict[int, list[Attachment]]] = defaultdict(dict)
    for one in (one for section in content.get("sections", ()) for one in section["questions"]):
        number, member = one["number"], one.get("member")
        if number not in wanted:  # a question that has gone tells nothing
            continue
        attachments[member][number] = [_attachment(file) for file in one.get("files", ())]
        if one["kind"] != Kind.FILE and one["value"] is not None:
            answers[member][number] = Answer(application=application, question_id=number, value=one["value"])
    people = {member.pk: member.person_id for member in team_of(application)}
    team = [_member(application, one, people.get(one["number"])) for one in content.get("team", ())]
    asked = [
        one
        for one in _asked_then(application, content, asked_here)
        if not (application.without_project and is_of_project(one))
    ]
    parts = [
        Part(one, [asks for asks in asked if is_asked(asks.asked_of, one.role)], answers[one.pk], attachments[one.pk])
        for one in team
    ]
    of_team = [one for one in asked if not one.asked_of]
    return Dossier(application, of_team, answers[None], attachments[None], team, parts)


def _asked_then(
    application: Application, content: Mapping[str, Any], asked_here: Sequence[Question]
) -> Sequence[Question]:
    """What the form asked by which it was sent: a correction since then changes nothing of what was sent."""
    form = (content.get("form") or {}).get("number") or application.call.form_id
    return asked_here if form == application.call.form_id else questions_in(form, application.call)


def _attachment(file: Mapping[str, Any]) -> Attachment:
    return Attachment(file=StoredFile(code=file["code"], name=file["name"], size=file["size"]))


def _member(application: Application, one: Mapping[str, Any], person: int | None) -> TeamMember:
    born = date.fromisoformat(one["birth_date"]) if one["birth_date"] else None
    said = {name: one.get(name, "") for name in OWN_PART}
    state = MemberState(said.pop("state")).value
    return TeamMember(
        pk=one["number"],
        application=application,
        person_id=person,
        state=state,
        birth_date=born,
        token="",  # nothing of this is saved
        **said,
    )
