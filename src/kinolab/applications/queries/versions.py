"""What changed from one version of what was sent to the next, in words of the active language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kinolab.applications import words
from kinolab.applications.domain import versions
from kinolab.applications.domain.versions import Change
from kinolab.applications.models import Snapshot
from kinolab.applications.queries import snapshot
from kinolab.foundation.i18n import formats

TEAM = "team"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change with the name of its place."""

    label: str
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side."""

    before: Snapshot
    after: Snapshot
    changes: Sequence[ShownChange]


def compare(before: Snapshot, after: Snapshot, old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare what two snapshots hold, as far as the viewer may see it (`old`, `new`)."""
    labels: dict[str, str] = {TEAM: gettext("Team")}
    told = [_answers(content, labels) | {TEAM: _team(content)} for content in (old, new)]
    found = versions.changes(*told)
    return Comparison(before, after, [ShownChange(labels[one.key], one) for one in found])


def _answers(content: Mapping[str, Any], labels: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for section, shown in zip(content["sections"], snapshot.shown_sections(content), strict=True):
        for question, answer in zip(section["questions"], shown.answers, strict=True):
            key = f"{section['key']}.{question['key']}.{question.get('member', '')}"
            labels[key] = f"{answer.label} · {answer.by}" if answer.by else str(answer.label)
            files = [f"{file['name']} ({formats.number(file['size'])})" for file in answer.files]
            found[key] = [*answer.lines, *files]
    return found


def _team(content: Mapping[str, Any]) -> list[str]:
    """A line for each person: name, role, how they stand, and their signature."""
    return [", ".join(filter(None, _person(one))) for one in content["team"]]


def _person(one: Mapping[str, Any]) -> list[str]:
    signature = one.get("signature")
    signed = gettext("signature %(version)s") % {"version": signature["version"]} if signature else ""
    role = str(words.role_name(one["role"])) if one["role"] else ""
    state = str(words.MEMBER_STATES[one["state"]])
    return [one["name"] or one["email"], role, one.get("organisation", ""), state, signed]
