"""What is sent, exactly, as data that needs nothing else to be read; and how such data is shown."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, gettext_lazy

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.applications.queries.asked import spec_of
from kinolab.applications.queries.dossier import Dossier
from kinolab.applications.queries.parts import Part
from kinolab.calls.domain.regulations import as_day
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions import words as question_words
from kinolab.foundation.questions.domain.answers import Kind, as_number, is_empty
from kinolab.foundation.questions.domain.consents import is_agreed, version_of
from kinolab.foundation.questions.domain.counting import TEXT_UNITS, count
from kinolab.foundation.questions.domain.links import link_of
from kinolab.foundation.questions.domain.seeing import SENSITIVE, SeenBy, may_see, seen_by_of
from kinolab.foundation.questions.domain.tables import TABLES, Column, Plan, Sort, columns_of, plans, rows_of
from kinolab.foundation.questions.models import Question

FORMAT = 1
PLAN = gettext_lazy("%(currency)s: confirmed %(confirmed)s of %(total)s (%(percent)s)")


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
        "team": [_member(one) | _signed(dossier.part_of(one)) | _typed(one) for one in present],
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


def _typed(member: TeamMember) -> dict[str, Any]:
    """That the lab's staff typed somebody's own part, and whether the person has confirmed it; nothing where they did not."""
    if member.typed_at is None:
        return {}
    by = member.typed_by.name if member.typed_by else ""
    return {"typed": {"by": by, "at": _moment(member.typed_at), "confirmed_at": _moment(member.confirmed_at)}}


def _question(dossier: Dossier | Part, question: Question) -> dict[str, Any]:
    value = dossier.value(question)
    kept: dict[str, Any] = {
        "number": question.pk,
        "key": question.key,
        "kind": question.kind,
        "label": question.label.as_dict(),
        "required": question.required,
        "fact": question.fact,
        "seen_by": question.seen_by,
        "pii_level": question.pii_level,
        "limits": question.limits,
        "details": question.details,
        "value": value if question.kind != Kind.FILE else None,
    }
    if question.kind == Kind.CONSENT:
        kept["help"] = question.help.as_dict()
    if question.choices:
        chosen = _chosen(value)
        kept["choices"] = [choice for choice in question.choices if choice["key"] in chosen]
    spec = spec_of(question)
    if isinstance(value, str):
        kept["counts"] = {
            limit.unit.value: count(value, limit.unit) for limit in spec.limits if limit.unit in TEXT_UNITS
        }
    elif spec.languages and isinstance(value, dict):
        kept["counts"] = {
            tag: {limit.unit.value: count(text, limit.unit) for limit in spec.limits} for tag, text in value.items()
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


def _chosen(value: object) -> set[str]:
    """The keys of choices that an answer names, wherever in it."""
    if isinstance(value, list):
        return {key for one in value for key in _chosen(one)}
    if isinstance(value, dict):
        return {str(part) for part in value.values()}
    return {value} if isinstance(value, str) else set()


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
    `rows` are those of a table under its `head`; `parts` the same text in several languages by tag.
    """

    label: Text
    kind: str
    lines: Sequence[str]
    files: Sequence[Mapping[str, Any]] = ()
    address: str = ""
    by: str = ""
    by_role: str = ""
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    parts: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def after_rows(self) -> Sequence[str]:
        """What stands under a table: the sums of a finance plan."""
        return self.lines[len(self.rows) :]

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


@dataclass(frozen=True, slots=True)
class Eyes:
    """What somebody of the office may see: sensitive answers, and by number those for named people of whom they are one."""

    sensitive: bool = False
    named: frozenset[int] = frozenset()

    def see(self, question: Mapping[str, Any]) -> bool:
        """Whether they may see the answer to a question of a snapshot."""
        seen_by = seen_by_of(question)
        if not may_see(seen_by, reads=True, decides=True, named=question["number"] in self.named):
            return False
        return seen_by is SeenBy.NAMED or self.sensitive or question.get("pii_level", 0) < SENSITIVE


def for_eyes(content: Mapping[str, Any], eyes: Eyes) -> Mapping[str, Any]:
    """The snapshot without the answers that somebody may not see; sections that hold nothing else are left out."""
    sections = [
        {**section, "questions": [one for one in section["questions"] if eyes.see(one)]}
        for section in content["sections"]
    ]
    return {**content, "sections": [section for section in sections if section["questions"]]}


# What somebody says of themselves, and nobody else in the team needs to read.
OF_ONESELF: dict[str, object] = {
    "residence": "", "citizenship": "", "birth_date": None, "gender": "", "films_made": None, "about": "",
}  # fmt: skip


def for_member(content: Mapping[str, Any], member: int | None) -> Mapping[str, Any]:
    """The snapshot as one of the team has it: without what the others have said of themselves alone and is personal."""
    sections = [
        {**section, "questions": [one for one in section["questions"] if not _is_of_another(one, member)]}
        for section in content["sections"]
    ]
    team = [one if one["number"] == member else {**one, **OF_ONESELF} for one in content.get("team", ())]
    return {**content, "sections": [section for section in sections if section["questions"]], "team": team}


def _is_of_another(question: Mapping[str, Any], member: int | None) -> bool:
    whose = question.get("member")
    return whose is not None and whose != member and question.get("pii_level", 0) >= SENSITIVE


def for_readers(content: Mapping[str, Any], *, names: bool) -> Mapping[str, Any]:
    """The snapshot as readers have it: without what they do not see, and without names where names are hidden.

    Who agreed to a text is nothing to a reader; people whom an answer names are people of the team as often as not.
    """
    sections = []
    for section in content["sections"]:
        seen = [one for one in section["questions"] if seen_by_of(one) is SeenBy.READERS]
        told = [one for one in seen if names or one["kind"] != Kind.PERSON]
        plain = [one if one["kind"] != Kind.CONSENT else {**one, "value": is_agreed(one["value"])} for one in told]
        sections.append({**section, "questions": plain})
    return {**content, "sections": sections}


def closely_held(content: Mapping[str, Any], eyes: Eyes) -> list[str]:
    """The keys of sensitive answers for named people that these eyes see: every such look is on the record."""
    asked = [one for section in content["sections"] for one in section["questions"]]
    return [
        one["key"]
        for one in asked
        if seen_by_of(one) is SeenBy.NAMED and one.get("pii_level", 0) >= SENSITIVE and eyes.see(one)
    ]


def taken_at(content: Mapping[str, Any]) -> datetime:
    """The instant of a snapshot."""
    at = parse_datetime(content["taken_at"])
    assert at is not None
    return at


def _shown(question: Mapping[str, Any]) -> ShownAnswer:
    kind, value, details = Kind(question["kind"]), question["value"], question.get("details") or {}
    labels = {choice["key"]: str(Text(choice["label"])) for choice in question.get("choices", ())}
    lines = in_words(kind, value, labels, details)
    address = link_of(value).url if kind is Kind.LINK else ""
    files = question.get("files", ())
    by, by_role = question.get("by", ""), question.get("by_role", "")
    shown = ShownAnswer(Text(question["label"]), kind.value, lines, files, address, by, by_role)
    if kind in TABLES and lines:
        columns = columns_of(kind, details)
        head = [str(question_words.COLUMNS[column.name]) for column in columns]
        rows = [
            [_cell(column, text, labels) for column, text in zip(columns, row, strict=True)]
            for row in rows_of(value, columns)
        ]
        return replace(shown, head=head, rows=rows)
    if kind in (Kind.TEXT, Kind.LONG_TEXT) and isinstance(value, Mapping):
        return replace(shown, parts=[(tag, text.split("\n")) for tag, text in value.items() if text])
    return shown


def in_words(
    kind: Kind, value: object, labels: Mapping[str, str], details: Mapping[str, Any] | None = None
) -> list[str]:
    """An answer in words of the active language; `labels` are the names of its choices."""
    if kind is Kind.CONSENT:
        return [_consent(value)]
    if is_empty(value):
        return []
    if isinstance(value, str) and kind in _ONE_VALUE:
        return [_ONE_VALUE[kind](value, labels)]
    if isinstance(value, Mapping):
        return _record(kind, value, labels)
    if kind in TABLES:
        return _table(kind, value, labels, details or {})
    if isinstance(value, list):
        return [labels.get(str(one), str(one)) for one in value]
    if isinstance(value, int | float):
        return [formats.number(value)]
    return str(value).split("\n")


def _record(kind: Kind, value: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    if kind is Kind.MONEY:
        return [_money(value)]
    if kind is Kind.LINK:
        return _link(value, labels)
    said = [(formats.language_name(tag), str(text)) for tag, text in value.items() if text]
    return [line for name, text in said for line in (f"{name}:", *text.split("\n"))]


def _consent(value: object) -> str:
    if not is_agreed(value):
        return gettext("Not agreed")
    kept = value if isinstance(value, Mapping) else {}
    at = parse_datetime(str(kept.get("at") or ""))
    if at is None:
        return gettext("Yes, agreed")
    return gettext("Yes, agreed: %(name)s, %(when)s. Version of the text: %(version)s.") % {
        "name": kept.get("name", ""), "when": formats.moment(at, "UTC"), "version": version_of(kept)
    }  # fmt: skip


def _link(value: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    link = link_of(value)
    lines = [link.url, labels.get(link.kind, link.kind)]
    if link.minutes is not None:
        lines.append(gettext("%(minutes)s min") % {"minutes": formats.number(link.minutes)})
    if link.password:
        lines.append(gettext("Password: %(password)s") % {"password": link.password})
    return [line for line in lines if line]


def _table(kind: Kind, value: object, labels: Mapping[str, str], details: Mapping[str, Any]) -> list[str]:
    columns = columns_of(kind, details)
    rows = [
        ", ".join(filter(None, (_cell(column, text, labels) for column, text in zip(columns, row, strict=True))))
        for row in rows_of(value, columns)
    ]
    return rows + ([plan_in_words(plan) for plan in plans(value)] if kind is Kind.FINANCE_PLAN else [])


def plan_in_words(plan: Plan) -> str:
    """A finance plan of one currency summed up."""
    return str(PLAN) % {
        "currency": plan.currency,
        "confirmed": formats.number(plan.confirmed),
        "total": formats.number(plan.total),
        "percent": formats.percent(float(plan.percent) / 100),
    }


def _cell(column: Column, text: str, labels: Mapping[str, str]) -> str:
    if column.sort is Sort.COUNTRY and text:
        return formats.country_name(text)
    if column.sort is Sort.STATUS and text in question_words.STATUSES:
        return str(question_words.STATUSES[text])
    if column.sort is Sort.ROLE:
        return labels.get(text, text)
    if column.sort is Sort.AMOUNT:
        return _number(text, labels)
    return text


def _date(value: str, labels: Mapping[str, str]) -> str:
    day = as_day(value)
    if day:
        return formats.day(day)
    month = as_day(f"{value}-01")
    return formats.precise(month, "month") if month else value


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
