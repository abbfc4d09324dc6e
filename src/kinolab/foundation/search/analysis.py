"""Texts and questions as words: what the index holds, what is asked of it, which words of a text are marked.

The index holds every word folded. A question asks, for each of its words, for words that begin like it or like one of its
stems. Russian and English stems come from Snowball, those of the other languages from `domain.endings`. Nobody says in which
language a question is, so each of its words is tried in all that its script allows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Any

from kinolab.foundation.search.domain import endings, slips
from kinolab.foundation.search.domain.answers import Word
from kinolab.foundation.search.folding import spellings

LONGEST_QUESTION, MOST_WORDS, LONGEST_WORD = 200, 8, 40  # characters, words, characters
WORDS_OF_A_TEXT = 5_000
SHORT = 3  # letters; a shorter word is asked for as a whole, unless it is still being typed
TURKIC = frozenset({"ky", "kk", "uz", "tk"})
_APOSTROPHES = "'’‘ʼʻʹ`´′ˈ‛"
WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}\u0300-\u036f]+[^\W_]+)*[\u0300-\u036f]*")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
# What other words are put together with: «лаборатория» is found in «кинолаборатория».
_FIRST_PARTS = ("kinu", "video", "videu", "tele", "mini", "media", "futu", "radiu")
LEAST_OF_A_PART = 5


# --- What the index holds --------------------------------------------------------------------------------------------
def words_of(text: str) -> list[str]:
    """Every word of the text in its folded spellings, in order."""
    found: list[str] = []
    for one in WORD.findall(text):
        for spelling in spellings(one[:LONGEST_WORD]):
            for word in spelling.split():  # a spelling may fall apart, as «½» does
                found += (word[:LONGEST_WORD], *_second_part(word))
    return found


def _second_part(word: str) -> Iterator[str]:
    for first in _FIRST_PARTS:
        if word.startswith(first) and len(word) >= len(first) + LEAST_OF_A_PART:
            yield word[len(first) :]


def distinct(texts: Iterable[str], most: int = WORDS_OF_A_TEXT) -> list[str]:
    """The words of all the texts, each once."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(words_of(text)))
        if len(found) > most:
            break
    return list(found)[:most]


def vocabulary(texts: Mapping[str, str]) -> set[str]:
    """What words of these texts, by language, may have been meant: the words and, where the language is known, their stems."""
    known: set[str] = set()
    for language, text in texts.items():
        for one in set(WORD.findall(text)):
            known |= _known(one.lower(), language)
    return known


@lru_cache(maxsize=50_000)
def _known(word: str, language: str) -> frozenset[str]:
    stem = {"ru": _russian, "en": _english}.get(language, str)(word)
    found = set()
    for folded in dict.fromkeys((*spellings(word[:LONGEST_WORD]), *spellings(stem[:LONGEST_WORD]))):
        if len(folded) >= slips.SHORTEST and " " not in folded:
            found.add(folded)
        if language in TURKIC:
            folded = endings.shortest(folded, endings.TURKIC)
        elif language == "tg":
            folded = endings.shortest(folded, endings.TAJIK)
        if len(folded) >= slips.SHORTEST and " " not in folded:
            found.add(folded)
    return frozenset(found)


# --- What is asked ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """A question as words."""

    text: str
    words: tuple[Word, ...]
    typed: tuple[str, ...]  # the same words as they were typed
    seen: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)  # words of texts that were looked at

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)

    def meaning(self, meant: Mapping[int, Iterable[str]]) -> "Asked":
        """The same question with other words that may have been meant, by the place of the word."""
        words = (replace(one, meant=tuple(meant.get(at, ()))) for at, one in enumerate(self.words))
        return Asked(self.text, tuple(words), self.typed)

    def only(self, places: Iterable[int]) -> "Asked":
        """The question without its other words."""
        kept = list(places)
        return Asked(self.text, tuple(self.words[at] for at in kept), tuple(self.typed[at] for at in kept))

    @cached_property
    def first_letters(self) -> frozenset[str]:
        """With what letters a folded word begins that may answer: no ending that comes off is at the beginning."""
        return frozenset(told[0] for one in self.words for told in (*one.typed, *one.stems, *one.meant))

    def asks_for(self, word: str) -> bool:
        """Whether this word of a text, as it is written there, is one of those asked for."""
        known = self.seen.get(word)
        if known is None:
            spelt = spellings(word[:LONGEST_WORD])
            parts = [part for spelling in spelt for part in (spelling, *_second_part(spelling))]
            known = False
            if any(part[0] in self.first_letters for part in parts):
                stems = stems_of(word.lower())
                known = any(one.answered_by(part, stems) for part in parts for one in self.words)
            self.seen[word] = known
        return known


def ask(text: str, *, typing: bool = False) -> Asked:
    """The question in these words; what is too long is cut."""
    cut = " ".join(text[:LONGEST_QUESTION].replace("\x00", " ").split())
    found: dict[tuple[str, ...], tuple[Word, str]] = {}
    asked = WORD.findall(cut)[:MOST_WORDS]
    for at, one in enumerate(asked):
        unfinished = typing and at == len(asked) - 1
        for typed in _one_each(spellings(one[:LONGEST_WORD])):
            stems = stems_of(one.lower()) if len(typed[0]) > SHORT and not unfinished else ()
            word = Word(typed, stems, whole=len(typed[0]) < SHORT and not unfinished)
            found.setdefault(typed, (word, one))
    return Asked(cut, tuple(word for word, _ in found.values()), tuple(typed for _, typed in found.values()))


def _one_each(spelt: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Spellings of one word together; of one that falls apart, each part by itself."""
    if any(" " in one for one in spelt):
        yield from ((part,) for one in spelt[:1] for part in one.split())
    elif spelt:
        yield spelt


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> tuple[str, ...]:
    """The folded stems that a word may have, in whichever language it is; not the word itself."""
    cyrillic, latin = _CYRILLIC.search(word), _LATIN.search(word)
    native = [_russian(word)] if cyrillic else [_english(word)] if latin else []
    found = {one for stem in native for one in spellings(stem)}
    for folded in spellings(word):
        turkic = endings.shortest(folded, endings.TURKIC)
        found |= {turkic, endings.softened(turkic)}
        if cyrillic:
            found.add(endings.shortest(folded, endings.TAJIK))
    return tuple(sorted(one for one in found - set(spellings(word)) if len(one) >= SHORT and " " not in one))


def _russian(word: str) -> str:
    return str(_snowball("russian").stemWord(word.replace("ё", "е")))


def _english(word: str) -> str:
    return str(_snowball("english").stemWord(word))


@cache
def _snowball(language: str) -> Any:
    from snowballstemmer import stemmer  # noqa: PLC0415  (it brings the rules of thirty languages; asked by few pages)

    return stemmer(language)


# --- What is marked --------------------------------------------------------------------------------------------------
Piece = tuple[str, bool]  # a stretch of text, and whether it was asked for


def marked(text: str, asked: Asked) -> list[Piece]:
    """The text in pieces, those that were asked for told apart; joined they are the text again."""
    pieces: list[Piece] = []
    done = 0
    for found in WORD.finditer(text):
        if asked.asks_for(found[0]):
            pieces += [(text[done : found.start()], False)] if found.start() > done else []
            pieces.append((found[0], True))
            done = found.end()
    return [*pieces, (text[done:], False)] if done < len(text) else pieces


def extract(text: str, asked: Asked, around: int = 110) -> list[Piece]:
    """The stretch of the text in which the first word asked for stands; nothing where none does."""
    first = next((found for found in WORD.finditer(text) if asked.asks_for(found[0])), None)
    if first is None:
        return []
    begin = max(0, first.start() - around // 2)
    begin = text.find(" ", begin, first.start()) + 1 or first.start() if begin else 0
    end = min(len(text), begin + 2 * around)
    end = text.rfind(" ", first.end(), end) if end < len(text) and " " in text[first.end() : end] else end
    pieces = marked(" ".join(text[begin:end].split()), asked)
    return [*([("… ", False)] if begin else []), *pieces, *([(" …", False)] if end < len(text) else [])]
