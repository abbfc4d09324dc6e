"""The film as it was when it was locked, and the log of its cuts as rows of a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from kinolab.foundation.files.tables import Cell
from kinolab.production import words
from kinolab.production.domain import lengths
from kinolab.production.domain.terms import CutReason
from kinolab.production.models import Lock, Omnibus, Segment
from kinolab.production.queries import cuts as cuts_queries
from kinolab.production.queries.cuts import Account


def locks(omnibus: Omnibus) -> list[Lock]:
    """Every time the film was locked, the last first."""
    return list(Lock.objects.filter(omnibus=omnibus).select_related("made_by", "opened_by"))


def current(omnibus: Omnibus) -> Lock | None:
    """The lock that holds now."""
    return Lock.objects.filter(omnibus=omnibus, opened_at=None).first()


def content(order: Sequence[Segment], accounts: Sequence[Account]) -> dict[str, Any]:
    """What a lock keeps: order and lengths, and the log of cuts, in words that outlive the rows."""
    return {
        "order": [
            {
                "place": number,
                "segment": one.code,
                "film": one.film_id,
                "title": one.film.title.as_dict(),
                "kind": one.kind,
                "length": one.length,
                "directors": [str(credit.agent) for credit in one.film.named if credit.role == "director"],
            }
            for number, one in enumerate(order, 1)
        ],
        "cuts": [_kept(one) for one in accounts],
    }


def _kept(one: Account) -> dict[str, Any]:
    cut = one.cut
    return {
        "segment": cut.segment.code,
        "title": cut.segment.film.title.as_dict(),
        "proposer": cut.proposer,
        "decider": cut.decider,
        "reason": cut.reason,
        "on": cut.on.isoformat(),
        "rights_returned": cut.rights_returned,
        "note": cut.note,
        "notice_at": cut.notice_at.isoformat() if cut.notice_at else None,
        "notice_to": cut.notice_to,
        "taken_back_at": cut.taken_back_at.isoformat() if cut.taken_back_at else None,
    }


# --- As a table ------------------------------------------------------------------------------------------------------
def header() -> list[str]:
    """The heads of the columns."""
    return [
        gettext("Segment"), gettext("Proposed by"), gettext("Decided by"), gettext("Reason"), gettext("Date"),
        gettext("In the credits"), gettext("Rights returned"), gettext("Note"), gettext("Who was told"),
        gettext("Told at"), gettext("Taken back at"), gettext("Why it was taken back"),
    ]  # fmt: skip


def rows(omnibus: Omnibus) -> Iterator[list[Cell]]:
    """The log of cuts, a row each."""
    yes, no = pgettext("in a table", "yes"), pgettext("in a table", "no")
    for one in cuts_queries.cuts(omnibus):
        yield [
            str(one.segment.film.title) or one.segment.code, one.proposer, one.decider,
            str(words.CUT_REASONS[CutReason(one.reason)]), one.on, str(one.credit_wording),
            yes if one.rights_returned else no, one.note, "; ".join(one.notice_to), one.notice_at, one.taken_back_at,
            one.taken_back_why,
        ]  # fmt: skip


def whole(order: Sequence[dict[str, Any]]) -> str:
    """How long a locked film runs."""
    return lengths.written(sum(one["length"] or 0 for one in order))
