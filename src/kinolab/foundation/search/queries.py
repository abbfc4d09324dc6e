"""Reads: what a question finds, what it may have been meant to be, and what to suggest while it is typed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import get_language

from kinolab.foundation.search import analysis, engines, sources
from kinolab.foundation.search.analysis import Asked, Piece
from kinolab.foundation.search.domain import answers, slips
from kinolab.foundation.search.models import Document, Word

CANDIDATES, OF_ONE_KIND = 24, 200  # documents of a kind that are looked at closely
OF_EACH, ON_A_PAGE, SUGGESTED = 5, 20, 8
MEANT = 6  # words that one word may have been meant to be


@dataclass(slots=True)
class Hit:
    """A document that answers."""

    document: Document
    score: float
    title: list[Piece] = field(default_factory=list)
    name: str = ""  # another name that answers, where the title as shown does not
    extract: list[Piece] = field(default_factory=list)
    extract_language: str = ""


@dataclass(slots=True)
class Group:
    """Answers of one kind, the best first."""

    kind: str
    hits: list[Hit]
    total: int

    @property
    def more(self) -> int:
        """How many are not here."""
        return self.total - len(self.hits)


@dataclass(slots=True)
class Found:
    """Everything that answers a question."""

    asked: Asked
    groups: list[Group] = field(default_factory=list)
    meant: str = ""  # the question as it was perhaps meant
    partly: bool = False  # nothing holds all the words; these hold some
    page: int = 1
    pages: int = 1

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(group.total for group in self.groups)

    @property
    def hits(self) -> list[Hit]:
        """All answers that are here, the best first."""
        return sorted((hit for group in self.groups for hit in group.hits), key=_order)


# --- Finding ---------------------------------------------------------------------------------------------------------
def search(text: str, at: datetime, *, kind: str = "", page: int = 1) -> Found:
    """What answers the question at this instant. Two statements; four where a word was mistyped."""
    asked = analysis.ask(text)
    found = Found(asked)
    if not asked:
        return found
    most = OF_ONE_KIND if kind else CANDIDATES
    candidates = _candidates(asked, at, kind, most)
    mended = None
    if not candidates:
        candidates, mended = _meant(found, at, kind, most)
    found.groups = _groups(found, candidates, kind, page)
    _mark(found.hits, found.asked)
    _add_extracts(found)
    if mended:
        found.meant = _as_written(mended, found.hits)
    return found


def suggest(text: str, at: datetime) -> list[Hit]:
    """Titles that begin as what is typed. One statement."""
    asked = analysis.ask(text, typing=True)
    if not asked:
        return []
    hits = _scored(_candidates(asked, at, "", SUGGESTED, heads=True), asked)[:SUGGESTED]
    _mark(hits, asked)
    return hits


def kinds_found() -> list[str]:
    """Every kind that may be found."""
    return [source.kind for source in sources.all_sources()]


def _candidates(
    asked: Asked, at: datetime, kind: str, most: int, *, heads: bool = False, together: bool = True
) -> list[Document]:
    """The best of each kind as the database ranks them, each with its `rank` and the `total` of its kind. One statement."""
    kinds = [kind] if kind else kinds_found()
    found, values = engines.engine().found(engines.Wanted(asked.words, kinds, at, most, heads, together))
    statement = _DOCUMENTS.format(found=found)
    return list(Document.objects.raw(statement, values))


_DOCUMENTS = """
SELECT d.id, d.kind, d.key, d.visible_from, d.address, d.title, d.names, d.facts, found.rank, found.total, found.fully
FROM ({found}) AS found JOIN search_document d ON d.id = found.id
"""


# --- What was meant --------------------------------------------------------------------------------------------------
def _meant(found: Found, at: datetime, kind: str, most: int) -> tuple[list[Document], Asked | None]:
    """When nothing holds all the words: what holds them once slips are mended, and the question so mended; else what holds some.

    Two statements.
    """
    asked = found.asked
    known = _known(asked)
    meant = {place: _nearest(word, known) for place, word in enumerate(asked.words) if not _is_known(word, known)}
    kept = [place for place in range(len(asked.words)) if meant.get(place, True)]
    if not kept or (not meant and len(kept) == 1):
        return [], None
    mended = asked.meaning(meant)
    candidates = _candidates(mended.only(kept), at, kind, most, together=False)
    fully = [one for one in candidates if one.rank < engines.FULLY]
    for one in fully:
        one.total = one.fully
    found.asked = mended.only(kept) if candidates else asked
    found.partly = bool(candidates) and (not fully or len(kept) < len(asked.words))
    return fully or candidates, found.asked if fully else None


def _known(asked: Asked) -> list[str]:
    """Known words with a beginning or an end of one of the question's words. One statement."""
    ranges = []
    for word in asked.words:
        for one in {*word.typed, *word.stems}:
            if _may_slip(one):
                head, tail = slips.halves(one)
                whole = Q(letters__range=(len(one) - 1, len(one) + 1))  # of a longer word the end says nothing
                ranges += [_beginning("text", head), _beginning("backwards", tail[::-1]) & whole]
    known = Word.objects.alias(letters=Length("backwards"))
    return list(known.filter(reduce(or_, ranges)).values_list("text", flat=True)) if ranges else []


def _is_known(word: answers.Word, known: Iterable[str]) -> bool:
    """Whether some document's word begins like it; of what cannot be mended nobody asks."""
    beginnings = word.beginnings
    return not any(map(_may_slip, word.typed)) or any(one.startswith(beginnings) for one in known)


def _may_slip(word: str) -> bool:
    return len(word) >= slips.SHORTEST and not any(letter.isdigit() for letter in word)


def _beginning(column: str, begin: str) -> Q:
    after = begin[:-1] + chr(ord(begin[-1]) + 1)
    return Q(**{f"{column}__gte": begin, f"{column}__lt": after})


def _nearest(word: answers.Word, known: Collection[str]) -> list[str]:
    near: dict[str, int] = {}
    for nearness, typed in enumerate((*word.typed, *word.stems)):
        if _may_slip(typed):
            for one in slips.mistyped(typed, known):
                if not one.startswith(typed):
                    near.setdefault(one, 10 * nearness + abs(len(one) - len(typed)))
    return sorted(near, key=lambda one: (near[one], one))[:MEANT]


def _as_written(mended: Asked, hits: Sequence[Hit]) -> str:
    """The question with its mistyped words as the answers write them; nothing where none was mistyped."""
    written = [
        _written(word, typed, hits) if word.meant else typed
        for word, typed in zip(mended.words, mended.typed, strict=True)
    ]
    return " ".join(written) if any(word.meant for word in mended.words) and all(written) else ""


def _written(word: answers.Word, typed: str, hits: Sequence[Hit]) -> str:
    """Of the ways in which the answers write the word, the one that is most like the typed one."""
    only = answers.Word((), (), word.meant)
    texts = (text for hit in hits for text in (*_heads(hit.document), *(one for one, found in hit.extract if found)))
    ways = (
        one
        for text in texts
        for one in analysis.WORD.findall(text)
        if any(map(only.answered_by, analysis.words_of(one)))
    )
    return min(ways, key=lambda one: abs(len(one) - len(typed)), default="")


# --- Order -----------------------------------------------------------------------------------------------------------
def _heads(document: Document) -> list[str]:
    return [*_shown_first(document), *document.names]


def _shown_first(document: Document) -> list[str]:
    shown = document.title.language_shown
    return [text for _, text in sorted(document.title.items(), key=lambda one: one[0] != shown)]


class _Points(dict[str, list[int]]):
    """For each word of a text, how well it answers each word of the question; worked out once a question."""

    def __init__(self, asked: Asked) -> None:
        self.words, self.first = asked.words, asked.first_letters

    def __missing__(self, word: str) -> list[int]:
        stems = analysis.stems_of(word) if word[0] in self.first else None
        self[word] = [0 if stems is None else one.answered_by(word, stems) for one in self.words]
        return self[word]


def _scored(documents: Iterable[Document], asked: Asked) -> list[Hit]:
    points = _Points(asked)
    hits = []
    for one in documents:
        titles = [analysis.words_of(text) for text in one.title.values()]
        names = [analysis.words_of(text) for text in one.names]
        hits.append(Hit(one, answers.score(len(asked.words), titles, names, points)))
    return sorted(hits, key=_order)


def _mark(hits: Iterable[Hit], asked: Asked) -> None:
    """Mark the words of what is shown: in the title, else in another name."""
    for hit in hits:
        hit.title = analysis.marked(str(hit.document.title), asked)
        if not any(found for _, found in hit.title):
            others = _heads(hit.document)[1:]
            hit.name = next((text for text in others if any(map(asked.asks_for, analysis.WORD.findall(text)))), "")


def _order(hit: Hit) -> tuple[float, bool, float, int]:
    """The best title first; of what answers by its text alone, what answers fully, then the newest. The same on any database."""
    document = hit.document
    return -hit.score, document.rank >= engines.FULLY, -document.visible_from.timestamp(), document.pk


def _groups(found: Found, candidates: Sequence[Document], kind: str, page: int) -> list[Group]:
    hits: dict[str, list[Hit]] = {}
    for hit in _scored(candidates, found.asked):
        hits.setdefault(hit.document.kind, []).append(hit)
    groups = []
    for one, some in hits.items():
        shown = some[:OF_EACH]
        if kind:
            found.pages = -(-len(some) // ON_A_PAGE)
            found.page = min(max(page, 1), found.pages)
            shown = some[(found.page - 1) * ON_A_PAGE : found.page * ON_A_PAGE]
        groups.append(Group(one, shown, some[0].document.total))
    return sorted(groups, key=lambda group: _order(group.hits[0]))


def _add_extracts(found: Found) -> None:
    """From the texts of what is shown, the words around what was asked for. One statement."""
    hits = {hit.document.pk: hit for hit in found.hits}
    language = get_language() or ""
    for number, texts in Document.objects.filter(pk__in=hits).values_list("pk", "body"):
        hit = hits[number]
        for tag in sorted(texts, key=lambda one: (one != language, one != texts.language_shown, one)):
            pieces = analysis.extract(texts[tag], found.asked)
            if pieces:
                hit.extract, hit.extract_language = pieces, tag
                hit.name = "" if hit.name in "".join(text for text, _ in pieces) else hit.name
                break
