"""Where a headline may break: in a long word by a hyphen that shows only there, never behind a word of one letter.

Browsers know the syllables of no Kyrgyz or Kazakh word.
"""

import re

SOFT, HELD = "\u00ad", "\u00a0"
_SINGLE = re.compile(r"(?<=\b\w) (?=\S)")
_LONG = re.compile(r"[а-яёңөүғқәіұһҳҷӣӯ]{13,}", re.IGNORECASE)
_VOWELS = "аеёиоуыэюяөүәіұӣӯ"
# Before the last consonant that a vowel follows; two letters at least stay on either side.
_PLACE = re.compile(rf"(?<=..)(?=[^{_VOWELS}ьъ][{_VOWELS}].)", re.IGNORECASE)


def breakable(text: str) -> str:
    """The text with soft hyphens in its long Cyrillic words; a word of one letter stays with the next."""
    return _SINGLE.sub(HELD, _LONG.sub(lambda word: _PLACE.sub(SOFT, word[0]), text))
