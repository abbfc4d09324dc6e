"""Where an article stands, and what may happen to it next.

Nothing of it is stored: an article is what its instants say, so that a scheduled one is public at its instant by itself.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kinolab.foundation.refusals import Refusal


class ArticleState(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HELD = "held"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ArticleStep(StrEnum):
    """What may happen to an article."""

    ASK = "ask"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    APPEAR = "appear"
    HOLD = "hold"  # it tells of a film that has to wait
    LET_GO = "let_go"
    UNPUBLISH = "unpublish"
    CORRECT = "correct"
    ARCHIVE = "archive"
    RESTORE = "restore"


_S, _T = ArticleState, ArticleStep
STEPS: dict[tuple[ArticleState, ArticleStep], ArticleState] = {
    (_S.DRAFT, _T.ASK): _S.WAITING,
    (_S.WAITING, _T.TAKE_BACK): _S.DRAFT,
    (_S.WAITING, _T.SEND_BACK): _S.DRAFT,
    (_S.WAITING, _T.APPROVE): _S.APPROVED,
    (_S.APPROVED, _T.TAKE_BACK): _S.DRAFT,
    (_S.DRAFT, _T.PUBLISH): _S.PUBLISHED,
    (_S.APPROVED, _T.PUBLISH): _S.PUBLISHED,
    (_S.SCHEDULED, _T.PUBLISH): _S.PUBLISHED,
    (_S.DRAFT, _T.SCHEDULE): _S.SCHEDULED,
    (_S.APPROVED, _T.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _T.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _T.APPEAR): _S.PUBLISHED,
    (_S.SCHEDULED, _T.UNPUBLISH): _S.DRAFT,
    (_S.SCHEDULED, _T.HOLD): _S.HELD,
    (_S.HELD, _T.LET_GO): _S.SCHEDULED,
    (_S.HELD, _T.PUBLISH): _S.PUBLISHED,
    (_S.HELD, _T.SCHEDULE): _S.SCHEDULED,
    (_S.HELD, _T.UNPUBLISH): _S.DRAFT,
    (_S.PUBLISHED, _T.UNPUBLISH): _S.DRAFT,
    (_S.PUBLISHED, _T.CORRECT): _S.PUBLISHED,
    (_S.PUBLISHED, _T.ARCHIVE): _S.ARCHIVED,
    (_S.ARCHIVED, _T.CORRECT): _S.ARCHIVED,
    (_S.ARCHIVED, _T.RESTORE): _S.PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class Instants:
    """When what happened to an article; None where it has not."""

    asked: datetime | None = None
    approved: datetime | None = None
    published: datetime | None = None
    held: datetime | None = None  # when it was to appear, had it not to wait
    archived: datetime | None = None


def state_at(instants: Instants, at: datetime) -> ArticleState:
    """Return where the article stands at an instant."""
    if instants.archived:
        return ArticleState.ARCHIVED
    if instants.published:
        return ArticleState.PUBLISHED if instants.published <= at else ArticleState.SCHEDULED
    if instants.held:
        return ArticleState.HELD
    if instants.approved:
        return ArticleState.APPROVED
    return ArticleState.WAITING if instants.asked else ArticleState.DRAFT


def why_not(state: ArticleState, step: ArticleStep) -> Refusal | None:
    """Say why this may not happen now."""
    if (state, step) in STEPS:
        return None
    if state is ArticleState.WAITING and step in {ArticleStep.PUBLISH, ArticleStep.SCHEDULE}:
        return Refusal("article_waits")
    return Refusal("article_stands_elsewhere")


def why_not_go_out(state: ArticleState, *, second_eyes: bool) -> Refusal | None:
    """Say why the article may not be published or scheduled: an organisation may want that somebody else has read it."""
    seen = state in {ArticleState.APPROVED, ArticleState.SCHEDULED, ArticleState.HELD}
    return Refusal("second_eyes_wanted") if second_eyes and not seen else None
