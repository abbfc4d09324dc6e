"""Projects over the years: what a person may begin an application from, and which answers come along."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from kinolab.applications.domain import carrying
from kinolab.applications.domain.carrying import Asked
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, Attachment, TeamMember
from kinolab.applications.queries import accepted
from kinolab.applications.queries.asked import spec_of
from kinolab.applications.queries.dossier import asked_in
from kinolab.calls.models import Call
from kinolab.foundation.questions.domain.answers import Kind, shape_problem
from kinolab.foundation.questions.models import Question

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

MOST = 8  # offered on the page where an application is begun


def earlier_of(person: "Person", call: Call) -> list[Application]:
    """The person's applications to other calls from which one may begin: of each project the latest. One query."""
    found = (
        Application.objects.filter(members__person=person, members__state=MemberState.JOINED, without_project=False)
        .exclude(call=call.pk)
        .exclude(title="")
        .select_related("call__edition")
        .only("code", "title", "project_id", "changed_at", "language", "call__edition__name")
        .order_by("-changed_at")
    )
    latest: dict[object, Application] = {}
    for one in found[: MOST * 3]:
        latest.setdefault(one.project_id or f"own-{one.pk}", one)
    return list(latest.values())[:MOST]


def carried(earlier: Application, call: Call, person: "Person") -> dict[int, object]:
    """The answers of an earlier application that fit this call's questions, by question number. Three queries."""
    own = TeamMember.objects.filter(application=earlier, person=person, state=MemberState.JOINED).first()
    rows = earlier.answers.select_related("question")
    before = {
        _asked(one.question): one.value for one in rows if one.member_id is None or (own and one.member_id == own.pk)
    }
    now = {one.pk: one for one in asked_in(call)}
    fitting = carrying.fitting([_asked(one) for one in now.values()], before)
    return {pk: value for pk, value in fitting.items() if shape_problem(spec_of(now[pk]), value) is None}


def files_carried(earlier: Application, call: Call, person: "Person") -> list[tuple[int, Attachment]]:
    """The files of an earlier application that this call's questions take, each with the number of its question.

    As answers: the team's and the person's own, where the question fits and takes such a file. Two queries.
    """
    rows = earlier.attachments.filter(removed_at=None).select_related("question", "file").order_by("added_at", "pk")
    own = Q(member=None) | Q(member__person=person, member__state=MemberState.JOINED)
    found = {one.pk: one for one in rows.filter(own)}
    before: dict[Asked, list[int]] = {}
    for one in found.values():
        before.setdefault(_asked(one.question), []).append(one.pk)
    now = {one.pk: one for one in asked_in(call)}
    fitting = carrying.fitting([_asked(one) for one in now.values()], before)
    carried = []
    for number, attachments in fitting.items():
        taken, most = accepted.kinds(now[number]), accepted.most_bytes(now[number])
        files = [found[pk] for pk in attachments] if isinstance(attachments, list) else []
        carried += [(number, one) for one in files if one.file.kind in taken and one.file.size <= most]
    return carried


def own_questions(numbers: Sequence[int]) -> set[int]:
    """Which of these questions are asked of a person alone. One query."""
    asked = Question.objects.filter(pk__in=numbers).exclude(asked_of="")
    return set(asked.values_list("pk", flat=True))


def _asked(question: Question) -> Asked:
    choices = frozenset(str(one["key"]) for one in question.choices)
    return Asked(question.pk, question.key, Kind(question.kind), question.fact, bool(question.asked_of), choices)
