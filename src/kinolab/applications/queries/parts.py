"""Each person's own part: what is asked of them alone, what they have said, and whether they have signed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from kinolab.applications.domain.completeness import Missing
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.domain.parts import digest, is_asked
from kinolab.applications.models import Answer, Application, Attachment, Signature, TeamMember
from kinolab.applications.queries.asked import field_name, spec_of, value_of
from kinolab.calls.domain.teams import Signatures
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.domain import conditions
from kinolab.foundation.questions.domain.answers import Kind, is_empty, problems
from kinolab.foundation.questions.domain.seeing import SENSITIVE
from kinolab.foundation.questions.models import Question
from kinolab.foundation.questions.queries import asked
from kinolab.foundation.refusals import Refusal

if TYPE_CHECKING:
    from kinolab.applications.queries.dossier import Dossier

# What a member says of themselves beside the answers, as it is signed.
SAID = ("name", "role", "organisation", "position", "residence", "citizenship", "gender", "films_made", "about")


@dataclass
class Part:
    """What is asked of one of the team, with answers and files by question number, and their last signature."""

    member: TeamMember
    questions: Sequence[Question]
    answers: dict[int, Answer]
    attachments: Mapping[int, Sequence[Attachment]]
    asks_signature: Signatures = Signatures.NONE
    signature: Signature | None = None
    whole: "Dossier | None" = None  # what the team answers together, by which some of it shows

    @cached_property
    def shown(self) -> list[Question]:
        """What is asked of its person: all but what the team's answers and their own hide."""
        if self.whole is None or not any(one.shown_if for one in self.questions):
            return list(self.questions)
        everything = in_order([*self.whole.questions, *self.questions])
        told = [self.value(one) if one.asked_of else self.whole.value(one) for one in everything]
        shown = conditions.shown([asked(one) for one in everything], told)
        return [one for one, is_shown in zip(everything, shown, strict=True) if is_shown and one.asked_of]

    def value(self, question: Question) -> object:
        """The answer to a question, or None."""
        return value_of(question, self.answers, self.attachments)

    @property
    def is_awaited(self) -> bool:
        """Whether sending waits for it: of somebody who has only been invited it is not."""
        return self.member.state == MemberState.JOINED

    def place(self, question: Question) -> str:
        """The name of an answer among everything that may be missing: the same question is asked of several."""
        return f"{field_name(question)}@{self.member.pk}"

    @property
    def place_of_rest(self) -> str:
        """One name for all that a personal answer has let show: which of it is lacking would tell the answer."""
        return f"rest@{self.member.pk}"

    @property
    def place_of_signature(self) -> str:
        """The same for the signature."""
        return f"signature@{self.member.pk}"

    @cached_property
    def unanswered(self) -> list[Missing]:
        """What its person has still to answer, or to mend."""
        found = [
            self._rest if one.pk in self._veiled else Missing(self.place(one), refusal)
            for one in self.shown
            for refusal in problems(spec_of(one), self.value(one))
        ]
        return [one for place, one in enumerate(found) if one != self._rest or self._rest not in found[:place]]

    @cached_property
    def _veiled(self) -> frozenset[int]:
        """Personal questions that show by answers of one's own: even that they are asked is between the person and the lab."""
        own = {one.key for one in self.questions}
        read = {one.pk: conditions.parse(one.shown_if) for one in self.questions if one.pii_level >= SENSITIVE}
        return frozenset(
            number
            for number, one in read.items()
            if not isinstance(one, Refusal) and own & {*conditions.questions_in(one)}
        )

    @property
    def _rest(self) -> Missing:
        return Missing(self.place_of_rest, Refusal("own_part_unready", {"name": self.member.name or self.member.email}))

    @cached_property
    def missing(self) -> list[Missing]:
        """What sending waits for."""
        if self.asks_signature is not Signatures.BEFORE or self.is_signed:
            return self.unanswered
        name = self.member.name or self.member.email
        code = "signature_old" if self.signature else "not_signed"
        return [*self.unanswered, Missing(self.place_of_signature, Refusal(code, {"name": name}))]

    @property
    def wanted(self) -> set[str]:
        """The places that have to be filled."""
        found = {self.place(one) for one in self.shown if one.required and one.pk not in self._veiled}
        return found | ({self.place_of_signature} if self.asks_signature is Signatures.BEFORE else set())

    @property
    def done(self) -> int:
        """How many of its questions are answered well."""
        lacking = {one.where for one in self.unanswered}
        return len([one for one in self._counted if self.place(one) not in lacking and self._is_there(one)])

    @property
    def total(self) -> int:
        """How many questions it has: all that must be answered, and those that were."""
        return len([one for one in self._counted if one.required or self._is_there(one)])

    @property
    def _counted(self) -> list[Question]:
        return [one for one in self.shown if one.pk not in self._veiled]

    def _is_there(self, question: Question) -> bool:
        return not is_empty(self.value(question))

    def forget(self) -> None:
        """Forget what was computed: an answer has changed."""
        for name in ("shown", "unanswered", "missing", "content", "sum"):
            self.__dict__.pop(name, None)

    @cached_property
    def content(self) -> dict[str, Any]:
        """Everything in it, as it is signed: a person can compute the sum again from what was sent.

        An answer stands with the words of its question, under its code: a corrected form changes what was signed only where
        it corrects what this person was asked.
        """
        asked = {one.key: {"asked": one.label.as_dict(), "said": self._as_signed(one)} for one in self.shown}
        return self._of_the_person | {"answers": asked}

    @property
    def _of_the_person(self) -> dict[str, Any]:
        born = self.member.birth_date
        return {name: getattr(self.member, name) for name in SAID} | {"birth_date": born.isoformat() if born else None}

    @property
    def _sum_of_old(self) -> str:
        """The sum as the first signatures named it: by the numbers of the questions."""
        answers = {str(one.pk): self._as_signed(one) for one in self.shown}
        return digest(self._of_the_person | {"answers": answers})

    def _as_signed(self, question: Question) -> object:
        if question.kind != Kind.FILE:
            return self.value(question)
        return [one.file.sha256 for one in self.attachments.get(question.pk, ())]

    @cached_property
    def sum(self) -> str:
        """The sum of what is in it now."""
        return digest(self.content)

    @property
    def is_signed(self) -> bool:
        """Whether its person has signed it as it is now."""
        if self.signature is None:
            return False
        return self.signature.sha256 == self.sum or self.signature.sha256 == self._sum_of_old


def in_order(questions: Sequence[Question]) -> list[Question]:
    """Questions in the order of the form."""
    return sorted(questions, key=lambda one: (one.section.order, one.section_id, one.order))


def parts_of(
    application: Application,
    asked: Sequence[Question],
    team: Sequence[TeamMember],
    answers: Mapping[int | None, dict[int, Answer]],
    attachments: Mapping[int | None, Mapping[int, Sequence[Attachment]]],
) -> list[Part]:
    """The parts of all who are in the team or invited; none where the call asks nothing of people. One query at most."""
    signing = Signatures(application.call.signatures)
    own = [one for one in asked if one.asked_of]
    if not own and signing is Signatures.NONE:
        return []
    signed = {one.member_id: one for one in _signatures(application, signing)}
    return [
        Part(
            member,
            [one for one in own if is_asked(one.asked_of, member.role)],
            answers.get(member.pk, {}),
            attachments.get(member.pk, {}),
            signing,
            signed.get(member.pk),
        )
        for member in team
        if member.state in (MemberState.JOINED, MemberState.INVITED)
    ]


def _signatures(application: Application, signing: Signatures) -> Sequence[Signature]:
    """The signatures in order: the last of each person is the one that counts."""
    if signing is Signatures.NONE:
        return ()
    return _signed(application.pk)


@prepared
def _signed(application: int) -> QuerySet[Signature]:
    return Signature.objects.filter(member__application=application).order_by("version")
