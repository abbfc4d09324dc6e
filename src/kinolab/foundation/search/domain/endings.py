"""Endings of Kyrgyz, Kazakh, Uzbek, Turkmen and Tajik words, taken off one after another.

No kept library knows these languages, so this is a light one: it knows endings and no words. Words come folded
(`folding.fold`), which makes one table of four languages and two scripts: o, ö, u and ü are one letter, so are ы, и and i, and
what is doubled is single. Turkic words put their endings in a fixed order, so they come off in the order of the tables:
case («-нын, -дан»), whose it is («-сы, -ыбыз»), how many («-лар»), what it is like («-лык, -луу»).

It may take too much. That does little harm: what is asked for are words that begin like the stem, and the word that was typed
comes first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

LEAST = 4  # letters that stay; of shorter words nobody knows what is an ending
_VOWELS = frozenset("aeiu")
_VOICELESS = frozenset("ptkfhs")  # h also ends sh and ch
# Endings that only follow a vowel, and those that only follow a consonant, whatever they begin with.
_AFTER_A_VOWEL = frozenset(
    "si su m n biz buz miz muz niz nuz na ne nu nan nen nda nde ndu ndan nden ndun ndagi ndegi".split()
)
_AFTER_A_CONSONANT = frozenset("dar der dur".split())


def _as_sounds_allow(before: str, ending: str) -> bool:
    """Whether sounds allow it: «-тар» follows п т к с ш, «-ы» a consonant, «-сы» a vowel."""
    if ending in _AFTER_A_VOWEL:
        return before in _VOWELS
    if ending[0] in _VOWELS or ending in _AFTER_A_CONSONANT:
        return before not in _VOWELS
    return ending[0] not in "tk" or before in _VOICELESS


def _after_anything(before: str, ending: str) -> bool:
    return True


def _table(text: str) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(text.split()), key=lambda one: (-len(one), one)))


@dataclass(frozen=True, slots=True)
class Endings:
    """Endings in the order in which they come off, of each table at most one, and which of them may follow a letter."""

    tables: tuple[tuple[str, ...], ...]
    may_follow: Callable[[str, str], bool]


TURKIC = Endings(
    (
        # дагы, деги, тагы; ники, нікі
        _table("dagi degi dugi dugu tagi tegi tugu ndagi ndegi niki nuku diki tiki"),
        # нын дын тын, ning, -yň; ны ды ты, -n after сы; га ка, на; да та, нда; дан тан, нан, ndan; мен бен пен
        _table(
            "nin nun din dun tin tun in un ni nu di du ti tu n ga ge gu ka ke ku na ne nu a e u da de du ta te tu "
            "nda nde ndu dan den dun tan ten tun nan nen nun ndan nden ndun men ben pen"
        ),
        # сы, и; ым, м; ың, ңыз; ыбыз, быз; imiz, miz; ыңыз
        _table("si su i u im um m in un n ibiz ubuz biz buz imiz umuz miz muz iniz unuz niz nuz"),
        _table("lar ler lur dar der dur tar ter tur"),
        # лык дик тык, luk; луу дуу туу, ly; чы, shi; сыз, siz
        _table("lik luk dik duk tik tuk lu li du tu ti chi chu shi sh siz suz"),
    ),
    _as_sounds_allow,
)
# ро; -ам -ат -аш -амон -атон -ашон; и; ҳо, гон, он, ён, ҳои
TAJIK = Endings(
    (_table("ru"), _table("am at ash amun atun ashun"), _table("i"), _table("hu gun un en iun hui")), _after_anything
)


def bare(word: str, endings: Endings) -> Iterator[str]:
    """What is left of a folded word each time an ending has come off: «тасмаларды» gives «тасмалар», «тасма»."""
    for table in endings.tables:
        found = next((one for one in table if _comes_off(word, one, endings)), "")
        if found:
            word = word[: -len(found)]
            yield word


def shortest(word: str, endings: Endings) -> str:
    """The word without all its endings."""
    *_, last = (word, *bare(word, endings))
    return last


def _comes_off(word: str, ending: str, endings: Endings) -> bool:
    left = len(word) - len(ending)
    return left >= LEAST and word.endswith(ending) and endings.may_follow(word[left - 1], ending)


# A last letter that softens before an ending: китеп, китеби; тилек, тилеги.
_SOFTENED = {"p": "b", "b": "p", "k": "g", "g": "k"}


def softened(stem: str) -> str:
    """The stem as it is before another ending; the same where nothing changes."""
    return stem[:-1] + _SOFTENED[stem[-1]] if stem and stem[-1] in _SOFTENED else stem
