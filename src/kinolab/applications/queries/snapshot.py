"""What is sent, exactly, as data that needs nothing else to be read; and how such data is shown."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.applications.queries.asked import spec_of
from kinolab.applications.queries.dossier import Dossier
from kinolab.applications.queries.parts import Part
from kinolab.calls.domain.regulations import as_day
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.domain.answers import Kind, as_number, is_empty
from kinolab.foundation.questions.domain.counting import TEXT_UNITS, count
from kinolab.foundation.questions.models import Question

FORMAT = 1
SENSITIVE = 2  # from this level on an answer is for those alone who may see contacts


def content(dossier: Dossier, *, version: int, by: Person | None, at: datetime) -> dict[str, Any]:
    """Everything that is sent: labels in the call's languages, answers, team, files' sums, form, privacy text, time."""
    application = dossier.application
    call = application.call
    edition = call.edition
    sections: list[dict[str, Any]] = []
    for question, part in dossier.asked:
        if not sections or sections[-1]["key"] != question.section.key:
            sections.append({"key": question.section.key, "title": question.section.title.as_dict(), "questions": []})
        kept = _question(part or dossier, question)
        sections[-1]["questions"].append(kept | (_whose(question, part) if part else {}))
    present = [one for one in dossier.team if one.state in (MemberState.JOINED, MemberState.INVITED)]
    return {
        "format": FORMAT,
        "version": version,
        "number": application.number,
        "code": application.code,
        "title": application.title,
        "language": application.language,
        "taken_at": at.isoformat(),
        "taken_by": (by.name or by.email) if by else "",
        "begun_at": application.created_at.isoformat(),
        "organisation": edition.programme.organisation.name.as_dict(),
        "programme": edition.programme.name.as_dict(),
        "edition": edition.name.as_dict(),
        "call": {
            "closes_at": call.closes_at.isoformat(),
            "timezone": call.timezone,
            "languages": list(call.languages),
        },
        "form": {"number": call.form_id, "name": call.form.name, "frozen_at": _moment(call.form.frozen_at)},
        "privacy": call.privacy.as_dict(),
        "sections": sections,
        "team": [_member(one) | _signed(dossier.part_of(one)) for one in present],
    } | ({"without_project": True} if application.without_project else {})


def with_parts(last: Mapping[str, Any], now: Mapping[str, Any], members: Collection[int]) -> dict[str, Any]:
    """What was sent last, with the parts of these people and the team as they are `now`; every text of the team stays."""
    before = {
        section["key"]: {(one["number"], one.get("member")): one for one in section["questions"]}
        for section in last["sections"]
    }
    present = {one["number"] for one in now["team"]}
    sections = []
    for section in now["sections"]:
        sent = before.pop(section["key"], {})
        kept = []
        for one in section["questions"]:
            place = (one["number"], one.get("member"))
            found = sent.pop(place, None)
            if one.get("member") in members:
                kept.append(one)
            elif found is not None:
                kept.append(found)
        kept += [one for one in sent.values() if one.get("member") is None or one["member"] in present]
        if kept:
            sections.append({**section, "questions": kept})
    gone = [section for section in last["sections"] if section["key"] in before]
    team_before = {one["number"]: one for one in last["team"]}
    team = [one if one["number"] in members else team_before.get(one["number"], one) for one in now["team"]]
    told = {name: now[name] for name in ("version", "taken_at", "taken_by")}
    return {**last, **told, "sections": [*sections, *gone], "team": team}


def digest(content: Mapping[str, Any]) -> str:
    """The sum of a snapshot: SHA-256 of its JSON with sorted keys and no spaces."""
    return hashlib.sha256(written(content)).hexdigest()


def written(content: Mapping[str, Any]) -> bytes:
    """A snapshot as the bytes of which `digest` is the sum."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _whose(question: Question, part: Part) -> dict[str, Any]:
    """Of whom a question is asked, and who answered it."""
    member = part.member
    return {"asked_of": question.asked_of, "member": member.pk, "by": member.name, "by_role": member.role}


def _signed(part: Part | None) -> dict[str, Any]:
    """The signature that stands under a part as it is sent; nothing where none does."""
    signature = part.signature if part else None
    if part is None or signature is None or not part.is_signed:
        return {}
    at = signature.signed_at.isoformat()
    return {"signature": {"version": signature.version, "name": signature.name, "at": at, "sha256": signature.sha256}}


def _question(dossier: Dossier | Part, question: Question) -> dict[str, Any]:
    value = dossier.value(question)
    kept: dict[str, Any] = {
        "number": question.pk,
        "key": question.key,
        "kind": question.kind,
        "label": question.label.as_dict(),
        "required": question.required,
        "fact": question.fact,
        "readers_see": question.readers_see,
        "pii_level": question.pii_level,
        "limits": question.limits,
        "value": value if question.kind != Kind.FILE else None,
    }
    if question.choices:
        chosen = set(value if isinstance(value, list) else [value]) if isinstance(value, list | str) else set()
        kept["choices"] = [choice for choice in question.choices if choice["key"] in chosen]
    if isinstance(value, str):
        kept["counts"] = {
            limit.unit.value: count(value, limit.unit) for limit in spec_of(question).limits if limit.unit in TEXT_UNITS
        }
    if question.kind == Kind.FILE:
        kept["files"] = [
            {
                "code": one.file.code,
                "name": one.file.name,
                "kind": one.file.kind,
                "content_type": one.file.content_type,
                "size": one.file.size,
                "sha256": one.file.sha256,
            }
            for one in dossier.attachments.get(question.pk, ())
        ]
    return kept


def _member(member: TeamMember) -> dict[str, Any]:
    return {
        "number": member.pk,
        "name": member.name,
        "email": member.email,
        "role": member.role,
        "organisation": member.organisation,
        "position": member.position,
        "state": member.state,
        "is_lead": member.is_lead,
        "residence": member.residence,
        "citizenship": member.citizenship,
        "birth_date": member.birth_date.isoformat() if member.birth_date else None,
        "gender": member.gender,
        "films_made": member.films_made,
        "about": member.about,
    }


# --- Showing ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer in words. `lines` are paragraphs or items; empty where nothing was answered.

    Of somebody's own part, `by` is their name and `by_role` what they are in the team.
    """

    label: Text
    kind: str
    lines: Sequence[str]
    files: Sequence[Mapping[str, Any]] = ()
    readers_see: bool = True
    address: str = ""
    by: str = ""
    by_role: str = ""

    @property
    def is_prose(self) -> bool:
        """Whether it is a longer text in the author's own language."""
        return self.kind == Kind.LONG_TEXT


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its answers."""

    key: str
    title: Text
    answers: Sequence[ShownAnswer]


def shown_sections(content: Mapping[str, Any]) -> list[ShownSection]:
    """The answers of a snapshot in words, in the active language."""
    return [
        ShownSection(section["key"], Text(section["title"]), [_shown(question) for question in section["questions"]])
        for section in content["sections"]
    ]


def shown_answer(dossier: Dossier | Part, question: Question) -> ShownAnswer:
    """An answer as it stands now, in words of the active language."""
    return _shown(_question(dossier, question))


def for_eyes(content: Mapping[str, Any], *, sensitive: bool) -> Mapping[str, Any]:
    """The snapshot for somebody who may see answers to `sensitive` questions, or may not: then without them."""
    if sensitive:
        return content
    sections = [
        {**section, "questions": [one for one in section["questions"] if one.get("pii_level", 0) < SENSITIVE]}
        for section in content["sections"]
    ]
    return {**content, "sections": [section for section in sections if section["questions"]]}


def taken_at(content: Mapping[str, Any]) -> datetime:
    """The instant of a snapshot."""
    at = parse_datetime(content["taken_at"])
    assert at is not None
    return at


def _shown(question: Mapping[str, Any]) -> ShownAnswer:
    kind = Kind(question["kind"])
    labels = {choice["key"]: str(Text(choice["label"])) for choice in question.get("choices", ())}
    lines = in_words(kind, question["value"], labels)
    address = lines[0] if kind is Kind.LINK and lines else ""
    files = question.get("files", ())
    return ShownAnswer(
        Text(question["label"]),
        kind.value,
        lines,
        files,
        question.get("readers_see", True),
        address,
        question.get("by", ""),
        question.get("by_role", ""),
    )


def in_words(kind: Kind, value: object, labels: Mapping[str, str]) -> list[str]:
    """An answer in words of the active language; `labels` are the names of its choices."""
    if kind is Kind.CONSENT:
        return [gettext("Yes, agreed") if value is True else gettext("Not agreed")]
    if is_empty(value):
        return []
    if isinstance(value, str) and kind in _ONE_VALUE:
        return [_ONE_VALUE[kind](value, labels)]
    if kind is Kind.MONEY and isinstance(value, Mapping):
        return [_money(value)]
    if kind is Kind.FILMS and isinstance(value, list):
        return [", ".join(str(film[part]) for part in ("title", "year", "role") if film.get(part)) for film in value]
    if isinstance(value, list):
        return [labels.get(str(one), str(one)) for one in value]
    if isinstance(value, int | float):
        return [formats.number(value)]
    return str(value).split("\n")


def _date(value: str, labels: Mapping[str, str]) -> str:
    day = as_day(value)
    return formats.day(day) if day else value


def _number(value: str, labels: Mapping[str, str]) -> str:
    number = as_number(value)
    return value if number is None else formats.number(number)


_ONE_VALUE = {
    Kind.CHOICE: lambda value, labels: labels.get(value, value),
    Kind.COUNTRY: lambda value, labels: labels.get(value) or formats.country_name(value),
    Kind.LANGUAGE: lambda value, labels: labels.get(value) or formats.language_name(value),
    Kind.DATE: _date,
    Kind.NUMBER: _number,
}


def _money(value: Mapping[str, Any]) -> str:
    amount, currency = as_number(value.get("amount")), str(value.get("currency") or "")
    if amount is None or not currency:
        return " ".join(str(part) for part in (value.get("amount"), currency) if part)
    return formats.money(amount, currency)
