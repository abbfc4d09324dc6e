"""What was sent last, as the rules see it: a draft that has been taken up again does not count until it is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Application, Attachment, TeamMember
from kinolab.applications.queries.dossier import Dossier, questions_of, team_of
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.questions.domain.answers import Kind

OWN_PART = ("name", "email", "role", "state", "is_lead", "residence", "citizenship", "gender", "films_made", "about")


def sent_dossier(application: Application) -> Dossier:
    """The dossier as its last snapshot has it; nothing in it is saved. Three queries."""
    content = application.snapshots.order_by("-version").values_list("content", flat=True).first() or {}
    asked = {one["number"]: one for section in content.get("sections", ()) for one in section["questions"]}
    answers = {
        number: Answer(application=application, question_id=number, value=one["value"])
        for number, one in asked.items()
        if one["kind"] != Kind.FILE and one["value"] is not None
    }
    attachments = {number: [_attachment(file) for file in one.get("files", ())] for number, one in asked.items()}
    people = {member.pk: member.person_id for member in team_of(application)}
    team = [_member(application, one, people.get(one["number"])) for one in content.get("team", ())]
    return Dossier(application, questions_of(application.call), answers, attachments, team)


def _attachment(file: Mapping[str, Any]) -> Attachment:
    return Attachment(file=StoredFile(code=file["code"], name=file["name"], size=file["size"]))


def _member(application: Application, one: Mapping[str, Any], person: int | None) -> TeamMember:
    born = date.fromisoformat(one["birth_date"]) if one["birth_date"] else None
    said = {name: one[name] for name in OWN_PART}
    state = MemberState(said.pop("state")).value
    return TeamMember(pk=one["number"], application=application, person_id=person, state=state, birth_date=born, **said)
