"""The only writes: what has changed is noted with the change itself, and made anew as soon as that is certain.

An action of a room is one transaction. In it stands a note (`Change`) of what it touched; the moment it is committed the notes
are worked off. A process that dies in between leaves them, and the clock takes them up.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import models, transaction

from kinolab.foundation.search import analysis, engines, sources
from kinolab.foundation.search.models import Change, Document, Word
from kinolab.foundation.search.sources import Made, Ref

ANALYSIS = 1  # counted up when documents have to be made anew, for the analysis makes other words
AT_ONCE = 500
_ROW = ("visible_from", "made_by", "address", "title", "names", "facts", "body")

Progress = Callable[[Iterable[Made], str, int], Iterable[Made]]


def on_recorded(event: Any) -> None:
    """A row was written (`audit.events.Recorded`): note what it concerns; after the transaction that is made anew."""
    concerned = sources.concerned_by(event.thing)
    if concerned:
        Change.objects.bulk_create(Change(kind=kind, key=key) for kind, key in concerned)
        transaction.on_commit(settle, robust=True)  # of several, the first finds all that is noted


def settle() -> int:
    """Make anew what is noted; returns how many documents. Safe to run twice, and beside itself."""
    if not Change.objects.exists():
        return 0
    with transaction.atomic():
        noted = list(Change.objects.order_by("pk")[: 4 * AT_ONCE])
        done = _make_anew({(one.kind, one.key) for one in noted})
        Change.objects.filter(pk__in=[one.pk for one in noted]).delete()
    return done


def _make_anew(noted: set[Ref]) -> int:
    """These documents, and those that tell something of what became different."""
    following = _each(noted)
    following -= noted
    _each(following)
    return len(noted | following)


def _each(refs: set[Ref]) -> set[Ref]:
    """Make these anew; returns what follows them."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, key in refs:
        by_kind[kind].add(key)
    return {ref for kind, keys in by_kind.items() for ref in _of_kind(kind, keys)}


def _of_kind(kind: str, keys: Collection[int]) -> Iterable[Ref]:
    source = sources.source_of(kind)
    made = list(source.made(keys)) if source else []
    held = {one.key: one for one in Document.objects.filter(kind=kind, key__in=keys)}
    changed = [one for one in made if one.key not in held or _differs(held[one.key], one)]
    gone = set(held) - {one.key for one in made}
    keep(kind, changed)
    forget(kind, gone)
    if source is None or source.followers is None:
        return ()
    without = set(keys) - set(held) - {one.key for one in made}
    return source.followers(gone | {one.key for one in changed}, without)


def _differs(held: Document, made: Made) -> bool:
    return held.made_by != ANALYSIS or any(
        getattr(held, name) != value for name, value in _row(made).items() if name != "made_by"
    )


def _row(made: Made) -> dict[str, Any]:
    return {
        "visible_from": made.visible_from,
        "made_by": ANALYSIS,
        "address": made.address,
        "title": _clean(made.title),
        "names": [_plain(name) for name in dict.fromkeys(made.names) if name.strip()],
        "facts": made.facts,
        "body": _clean(made.body),
    }


def _clean(texts: Any) -> dict[str, str]:
    return {language: _plain(text) for language, text in texts.items() if text.strip()}


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


@transaction.atomic
def keep(kind: str, made: Collection[Made], *, known: set[str] | None = None) -> None:
    """Keep these documents in place of what was kept of them; `known` are words that need not be written again."""
    if not made:
        return
    rows = [Document(kind=kind, key=one.key, **_row(one)) for one in made]
    Document.objects.bulk_create(rows, update_conflicts=True, unique_fields=["kind", "key"], update_fields=_ROW)
    numbers = dict(Document.objects.filter(kind=kind, key__in=[one.key for one in made]).values_list("key", "pk"))
    engines.engine().keep(_entry(numbers[row.key], row) for row in rows)
    _learn(rows, known)


def _entry(number: int, row: Document) -> engines.Entry:
    title = [word for text in row.title.values() for word in analysis.words_of(text)]
    return engines.Entry(number, row.kind, title, analysis.distinct(row.names), analysis.distinct(row.body.values()))


def _learn(rows: Iterable[Document], known: set[str] | None) -> None:
    words: set[str] = set()
    for row in rows:
        words |= analysis.vocabulary(row.title) | analysis.vocabulary(row.body)
        words |= analysis.vocabulary({"": " ".join(row.names)})
    if known is not None:
        words -= known
        known |= words
    new = (Word(text=word, backwards=word[::-1]) for word in sorted(words))
    Word.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)


def forget(kind: str, keys: Collection[int]) -> None:
    """Let nobody find these any more."""
    if keys:
        Document.objects.filter(kind=kind, key__in=keys).delete()


# --- All of it -------------------------------------------------------------------------------------------------------
def is_stale() -> bool:
    """Whether documents were made by another analysis, or none were made though there is something to find."""
    if Document.objects.exclude(made_by=ANALYSIS).exists():
        return True
    if Document.objects.exists():
        return False
    return any(next(iter(source.made(None)), None) is not None for source in sources.all_sources())


def rebuild(progress: Progress) -> int:
    """Make every document anew, in steps that pages may be read between; returns how many there are."""
    number, known = 0, set[str]()
    Change.objects.filter(pk__lte=_last(Change)).delete()
    before = _last(Word)
    for source in sources.all_sources():
        keys: set[int] = set()
        made = iter(progress(source.made(None), source.kind, source.count()))
        for some in _batches(made):
            keep(source.kind, some, known=known)
            keys |= {one.key for one in some}
        forget(source.kind, set(Document.objects.filter(kind=source.kind).values_list("key", flat=True)) - keys)
        number += len(keys)
    Document.objects.exclude(kind__in=[source.kind for source in sources.all_sources()]).delete()
    for words in _unknown(before, known):
        Word.objects.filter(pk__in=words).delete()
    return number


def _last(table: type[models.Model]) -> int:
    return table._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _unknown(before: int, known: set[str]) -> Iterator[list[int]]:
    """Words that were kept before and stand in no document any more."""
    held = Word.objects.filter(pk__lte=before).values_list("pk", "text")
    old = iter([number for number, text in held if text not in known])
    while some := list(islice(old, AT_ONCE)):
        yield some


def _batches(made: Iterator[Made]) -> Iterator[list[Made]]:
    while some := list(islice(made, AT_ONCE)):
        yield some
