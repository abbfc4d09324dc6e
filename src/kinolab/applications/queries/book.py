"""A set of applications as one printable book: who may have which, what stands in it, and its making."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext

from kinolab.applications import words
from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Application, Book, Snapshot
from kinolab.applications.queries import snapshot
from kinolab.applications.queries.office import eyes_of, named_in
from kinolab.applications.queries.snapshot import Eyes, ShownAnswer
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.models import Call
from kinolab.foundation.i18n import formats
from kinolab.foundation.ui import typesetting

if TYPE_CHECKING:
    from datetime import datetime

    from kinolab.foundation.people.models import Person

SHEET = Path(__file__).with_name("book.typ")
MOST = 500  # applications in one book
CHUNK = 20

Reads = Callable[["Person"], Mapping[int, bool]]
_readers: list[Reads] = []


def register_readers(reads: Reads) -> None:
    """Let a later room say which applications a person reads, and whether with names. Called once, from its `ready`."""
    if reads not in _readers:
        _readers.append(reads)


def read_by(person: "Person") -> dict[int, bool]:
    """The applications that the person reads now, in whatever edition, and whether they may know whose they are."""
    return {number: names for reads in _readers for number, names in reads(person).items()}


def to_read(person: "Person", call: Call) -> dict[int, bool]:
    """The same of one call, by number. Two queries."""
    read = read_by(person)
    rows = visible_to(person, Application.objects.filter(call=call, pk__in=read)).order_by("number", "pk")
    return {number: read[number] for number in rows.values_list("pk", flat=True)}


def may_hold(book: Book, numbers: Sequence[int]) -> list[int]:
    """Those of these applications that may stand in the book now, in their order: sent, known to its person, read by them."""
    known = visible_to(book.person, Application.objects.filter(call=book.call_id, pk__in=numbers))
    allowed = set(known.filter(stage__in=[stage.value for stage in IN_FORCE]).values_list("pk", flat=True))
    if book.eyes == "reader":
        allowed &= read_by(book.person).keys()
    return [number for number in numbers if number in allowed]


def snapshots(numbers: Sequence[int]) -> Iterator[Snapshot]:
    """What was sent last of each of these applications, in their order; a few at a time."""
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        last = {one.application_id: one for one in Snapshot.objects.filter(application__in=chunk).order_by("version")}
        yield from (last[number] for number in chunk if number in last)


def typeset(book: Book, applications: Sequence[Mapping[str, Any]], at: "datetime") -> bytes:
    """The PDF: a cover, contents with page numbers, bookmarks, one application after another."""
    call = book.call
    with translation.override(book.language):
        sheet = {
            "language": book.language,
            "title": gettext("Applications to read"),
            "edition": str(call.edition),
            "organisation": str(call.edition.programme.organisation.name),
            "contents": gettext("Contents"),
            "team": gettext("Team"),
            "mind": gettext("For your reading alone. Do not pass it on; destroy it when you have read."),
            "head": [
                [gettext("Made for"), book.person.name or book.person.email],
                [gettext("Made"), formats.moment(at, call.timezone or "UTC")],
                [gettext("Applications"), formats.number(len(applications))],
            ],
            "applications": list(applications),
        }
    return typesetting.pdf(SHEET, sheet, at)


def book_eyes(book: Book) -> Eyes:
    """What its person sees of answers for named people; nothing where they did not ask for them."""
    known: Eyes | None = getattr(book, "known_eyes", None)
    if known is None:
        known = eyes_of(book.person, frozenset()) if book.holds_named else Eyes()
        book.known_eyes = known
    return known


def chapter(book: Book, sent: Snapshot) -> dict[str, Any]:
    """One application as the book shows it, in words of the active language."""
    content = sent.content
    for_reader = book.eyes == "reader"
    names = book.shows_more if for_reader else True
    # Answers for named people alone stand in their own book where they ask for it: each look at them is on the record.
    shown = (
        snapshot.for_readers(content, names=names)
        if for_reader
        else snapshot.for_eyes(content, Eyes(sensitive=book.shows_more, named=book_eyes(book).named))
    )
    head = [[gettext("Application number"), str(content["number"])]]
    head += [[gettext("Language"), formats.language_name(content["language"])]]
    return {
        "title": content["title"] or gettext("Untitled"),
        "head": head,
        "team": [_member(one) for one in content["team"]] if names else [],
        "sections": [
            {"title": str(section.title), "answers": answers}
            for section in snapshot.shown_sections(shown)
            if (answers := [_answer(one, names=names) for one in section.answers])
        ],
    }


def _member(one: Mapping[str, Any]) -> list[str]:
    return [one["name"] or "—", str(words.role_name(one["role"])) if one["role"] else ""]


def _answer(answer: ShownAnswer, *, names: bool) -> dict[str, Any]:
    who = (answer.by if names else "") or (str(words.role_name(answer.by_role)) if answer.by_role else "")
    label = f"{answer.label} · {who}" if who else str(answer.label)
    lines = [*answer.lines, *(str(file["name"]) if names else str(file["kind"]).upper() for file in answer.files)]
    return {"label": label, "lines": lines or [gettext("No answer")]}


def is_stale(book: Book) -> bool:
    """Whether something in the book may not be read by its person any more."""
    # Whoever is no longer named may not read what was for them when it was made.
    if book.holds_named and not named_in(book.person, book.call.form_id):
        return True
    return len(may_hold(book, book.applications)) < len(book.applications)


def name_of(book: Book) -> str:
    """Under which name it is saved."""
    edition = book.call.edition
    return f"{edition.programme.slug}-{edition.slug}-{gettext('reading-book')}.pdf"
