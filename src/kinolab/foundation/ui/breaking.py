"""Where a long word may break: between syllables, by a hyphen that shows only there. Browsers know no Kyrgyz or Kazakh."""

import re

SOFT = "\u00ad"
_LONG = re.compile(r"[а-яёңөүғқәіұһҳҷӣӯ]{13,}", re.IGNORECASE)
_VOWELS = "аеёиоуыэюяөүәіұӣӯ"
# Before the last consonant that a vowel follows; two letters at least stay on either side.
_PLACE = re.compile(rf"(?<=..)(?=[^{_VOWELS}ьъ][{_VOWELS}].)", re.IGNORECASE)


def breakable(text: str) -> str:
    """The text with soft hyphens in its long Cyrillic words."""
    return _LONG.sub(lambda word: _PLACE.sub(SOFT, word[0]), text)
