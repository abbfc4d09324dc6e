"""All that a member of the team may take away of an application: answers, what was sent, files, their letters.

What others of the team have said in their own parts stays theirs: it is neither in the answers nor among the files. What
was sent is taken as the pages show it to the team.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from kinolab.applications.models import Application, Attachment, TeamMember
from kinolab.applications.queries import paper, snapshot
from kinolab.applications.queries.dossier import dossier
from kinolab.foundation.files.archives import Entry
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.files.queries import pieces
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person

KEPT_OF_OTHERS = ("number", "name", "role", "state", "is_lead", "organisation", "position")


def everything(application: Application, part: TeamMember, *, by: Person, at: datetime, language: str) -> list[Entry]:
    """What goes into the archive; contents are read as it is made, everything else is asked for now. Eight queries."""
    now = _own(snapshot.content(dossier(application), version=0, by=by, at=at), part)
    sent = list(application.snapshots.all())
    shown = {"application": application, "content": now, "sections": snapshot.shown_sections(now), "at": at}
    shown |= {"call": application.call, "edition": application.call.edition, "sent": sent, "language": language}
    entries = [
        _text("answers.html", render_to_string("applications/takeaway/answers.html", shown), at),
        _text("answers.json", json.dumps(now, ensure_ascii=False, indent=2, sort_keys=True), at),
    ]
    for one in sent:
        told = snapshot.written(snapshot.for_member(one.content, part.pk))
        entries.append(Entry(f"sent/{one.version}.json", [told], one.taken_at, packed=True))
        entries.append(Entry(f"sent/{one.version}.pdf", _printed(one, language, part), one.taken_at))
    contents = [now, *(one.content for one in sent)]
    for question, stored in _files(application, part, contents):
        entries.append(Entry(f"files/{question}/{stored.name}", pieces(stored), stored.created_at))
    for number, letter in enumerate(_letters(application, by), start=1):
        assert letter.sent_at is not None
        entries.append(_text(f"letters/{number:03}.txt", f"{letter.subject}\n\n{letter.body}", letter.sent_at))
    return entries


def _own(content: Mapping[str, Any], part: TeamMember) -> dict[str, Any]:
    """The content without what others have said of themselves."""
    sections = [
        {**section, "questions": [one for one in section["questions"] if one.get("member") in (None, part.pk)]}
        for section in content["sections"]
    ]
    team = [
        one if one["number"] == part.pk else {name: one.get(name) for name in KEPT_OF_OTHERS} for one in content["team"]
    ]
    return {**content, "sections": [one for one in sections if one["questions"]], "team": team}


def _files(
    application: Application, part: TeamMember, contents: list[Mapping[str, Any]]
) -> Iterator[tuple[str, StoredFile]]:
    """The files that the answers name or that what was sent names, each once, with the key of its question."""
    named = {
        file["code"]
        for content in contents
        for section in content["sections"]
        for one in section["questions"]
        for file in one.get("files", ())
    }
    rows = Attachment.objects.filter(application=application, file__code__in=named).select_related("file", "question")
    for one in rows.order_by("question__section__order", "question__order", "pk"):
        if one.member_id in (None, part.pk):
            yield one.question.key, one.file


def _letters(application: Application, by: Person) -> list[Letter]:
    """The person's letters that speak of this application: each links to its page."""
    about = Letter.objects.filter(person=by, scope=application.call.edition.scope, state="sent")
    return list(about.filter(body__contains=application.code).order_by("sent_at", "pk"))


def _printed(sent: Any, language: str, part: TeamMember) -> Iterator[bytes]:
    """Set when its turn comes: it takes half a second."""
    yield paper.pdf(sent, language, member=part.pk)


def _text(name: str, text: str, at: datetime) -> Entry:
    return Entry(name, [text.encode()], at, packed=True)
