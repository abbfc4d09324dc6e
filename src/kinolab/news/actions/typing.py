"""What an editor types is kept at once, beside the article: never in it, and never on the record, until it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.news import access
from kinolab.news.domain import unsaved as rules
from kinolab.news.domain.unsaved import Standing, Typed
from kinolab.news.models import Article, Unsaved
from kinolab.news.queries import newsroom as queries
from kinolab.news.queries import unsaved

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the field now; `merged` where it says something else than what was sent.

    `seen` is the saved text that the oldest of what its writer has typed in this language began from.
    """

    standing: Standing
    merged: bool
    seen: int


def keep(
    *, article: Article, language: str, name: str, typed: Typed, settles: int = 0, by: "Person", at: datetime
) -> Kept:
    """Keep what was typed in a field for whoever typed it; over what came meanwhile, put together with it.

    `settles` is a text set aside that this one decides about. Refused: not_your_newsroom, text_far_too_long;
    typing_began_unknown until the text it began from is told; typed_meanwhile {text, version, by, aside}: kept aside.
    """
    with transaction.atomic():
        stop_if(access.why_not_edit(by, article) or rules.why_not_keep(typed.text))
        article = Article.objects.select_for_update().get(pk=article.pk)
        rows = {(one.name, one.aside): one for one in unsaved.of(article, language, by)}
        now = unsaved.own_of(article, language, list(rows.values())).fields[name]
        if settles:
            unsaved.of(article, language, by).filter(name=name, pk=settles).exclude(aside="").delete()
        text = rules.met(now, typed)
        if not isinstance(text, Refusal):
            where = {"article": article, "language": language, "name": name, "writer": by, "aside": ""}
            row = rows[name, ""] = rows.get((name, "")) or Unsaved(**where)
            _write(row, typed, text, at)
            own = unsaved.own_of(article, language, list(rows.values()))
            return Kept(own.fields[name], merged=text != typed.text, seen=own.seen)
        if text.code == "typed_meanwhile":
            text = _set_aside(article, language, name, typed, text, by, at)
    stop_if(text)
    raise AssertionError


def _write(row: Unsaved, typed: Typed, text: str, at: datetime) -> None:
    """Put the text in its row; one that says what is saved anyway is no longer unsaved."""
    if row.text is None:
        row.began_from = row.article.numbers.get(row.language, 0)
    row.text = None if rules.is_saved(text, queries.text_of(row.article, row.language)[row.name]) else text
    row.kept += 1
    row.run, row.sent, row.changed_at = typed.run, (typed.text if text != typed.text else None), at
    row.save()


def _set_aside(
    article: Article, language: str, name: str, typed: Typed, refusal: Refusal, by: "Person", at: datetime
) -> Refusal:
    """Keep a text beside the one that it met; the same run of typing goes on in the same place."""
    row, _ = Unsaved.objects.update_or_create(
        article=article, language=language, name=name, writer=by, aside=typed.run or "-",
        defaults={"text": typed.text, "began_from": article.numbers.get(language, 0), "changed_at": at},
    )  # fmt: skip
    return Refusal(refusal.code, dict(refusal.facts) | {"aside": row.pk})


@transaction.atomic
def keep_whole(
    *, article: Article, language: str, texts: Mapping[str, str], seen: int, by: "Person", at: datetime
) -> None:
    """Keep a text that was to be saved and could not be: what its writer now decides about."""
    now = unsaved.own(article, language, by).texts
    for name, text in texts.items():
        if now[name] != text:
            Unsaved.objects.update_or_create(
                article=article, language=language, name=name, writer=by, aside="",
                defaults={"text": text, "began_from": seen, "run": "", "sent": None, "changed_at": at},
            )  # fmt: skip
            unsaved.of(article, language, by).filter(name=name, aside="").update(kept=F("kept") + 1)


@transaction.atomic
def let_go(*, article: Article, language: str, aside: int = 0, by: "Person", at: datetime) -> None:
    """Take the saved text again, what was typed is forgotten; or only a text set `aside`. Refused: not_your_newsroom."""
    stop_if(access.why_not_edit(by, article))
    if aside:
        unsaved.of(article, language, by).filter(pk=aside).exclude(aside="").delete()
    else:
        forget(article, language, by, at)


def forget(article: Article, language: str, by: "Person", at: datetime) -> None:
    """Nothing is unsaved any more; texts set aside stay until their writer has decided about them."""
    rows = unsaved.of(article, language, by).filter(aside="").exclude(text=None)
    rows.update(text=None, run="", sent=None, changed_at=at)
