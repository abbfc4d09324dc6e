"""What was sent, on paper: a PDF of a snapshot, the same bytes for the same snapshot and language.

User text reaches the typesetter as JSON only, never as markup; it has neither network nor files but its fonts.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from kinolab.applications import words
from kinolab.applications.models import Snapshot
from kinolab.applications.queries import snapshot
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.ui import typesetting

SHEET = Path(__file__).with_name("paper.typ")
EDITION_OF_SHEET = 2  # counts up when the sheet changes, so that papers are made anew


def pdf(sent: Snapshot, language: str, *, eyes: snapshot.Eyes | None = None, member: int | None = None) -> bytes:
    """The paper of a snapshot in a language; made once, then kept by the snapshot's sum and by what is left out.

    `eyes` are those of whoever reads it: answers that they may not see are not on it. Without, it is for a `member` of
    the team, who does not read what the others have said of themselves alone.
    """
    content = snapshot.for_eyes(sent.content, eyes) if eyes else snapshot.for_member(sent.content, member)
    part = _left_out(sent.content, content) + ("" if eyes or content == sent.content else f"-{member or 0}")
    name = f"papers/{sent.sha256[:2]}/{sent.sha256}-{EDITION_OF_SHEET}-{language}{part}.pdf"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    with translation.override(language):
        made = typesetting.pdf(SHEET, _sheet(content, sent.sha256, language), snapshot.taken_at(content))
    default_storage.save(name, ContentFile(made))
    return made


def _left_out(whole: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """A name for what is missing; none where nothing is."""
    numbers, kept = (
        {(one["number"], one.get("member") or 0) for section in part["sections"] for one in section["questions"]}
        for part in (whole, content)
    )
    left = ",".join(map(str, sorted(numbers - kept)))
    return f"-{hashlib.sha256(left.encode()).hexdigest()[:12]}" if left else ""


def _sheet(content: Mapping[str, Any], sha256: str, language: str) -> dict[str, Any]:
    """Everything on the paper, in words of the active language."""
    at, zone = snapshot.taken_at(content), content["call"]["timezone"] or "UTC"
    return {
        "language": language,
        "title": content["title"] or gettext("Untitled"),
        "edition": str(Text(content["edition"])),
        "organisation": str(Text(content["organisation"])),
        "author": ", ".join(one["name"] or one["email"] for one in content["team"]),
        "head": [
            [gettext("Application number"), str(content["number"])],
            [gettext("Version"), str(content["version"])],
            [gettext("Sent"), formats.moment(at, zone)],
            [gettext("In universal time"), formats.moment(at, "UTC")],
            [gettext("Sent by"), content["taken_by"]],
        ],
        "team_title": gettext("Team"),
        "team": [_member(one) for one in content["team"]],
        "sections": [
            {
                "title": str(section.title),
                "answers": [_answer(answer) for answer in section.answers],
            }
            for section in snapshot.shown_sections(content)
        ],
        "privacy_title": gettext("Privacy text agreed to"),
        "privacy": str(Text(content["privacy"])),
        "sum": gettext("Checksum (SHA-256): %(sum)s") % {"sum": sha256},
    }


def _member(one: Mapping[str, Any]) -> list[str]:
    role = str(words.role_name(one["role"])) if one["role"] else ""
    country = formats.country_name(one["residence"]) if one["residence"] else ""
    place = [one.get("position", ""), one.get("organisation", "")]
    return [one["name"] or one["email"], ", ".join(filter(None, (role, *place, country))), _signature(one)]


def _signature(one: Mapping[str, Any]) -> str:
    """When somebody signed their own part, and its sum."""
    signature = one.get("signature")
    at = parse_datetime(signature["at"]) if signature else None
    if at is None:
        return ""
    return gettext("Own part signed: %(when)s. Checksum (SHA-256): %(sum)s") % {
        "when": formats.moment(at, "UTC"),
        "sum": signature["sha256"],
    }


def _answer(answer: snapshot.ShownAnswer) -> dict[str, Any]:
    lines = list(answer.lines[len(answer.rows) :] if answer.rows else answer.lines)
    lines += [
        gettext("%(name)s, %(size)s bytes, SHA-256 %(sum)s")
        % {"name": file["name"], "size": formats.number(file["size"]), "sum": file["sha256"]}
        for file in answer.files
    ]
    label = f"{answer.label} · {answer.by}" if answer.by else str(answer.label)
    table = {"head": list(answer.head), "rows": [list(row) for row in answer.rows]} if answer.rows else None
    return {"label": label, "lines": lines or ([] if table else [gettext("No answer")]), "table": table}
