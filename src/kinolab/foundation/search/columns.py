"""What a folded column is searched by."""

from django.db.models import F, Q, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from kinolab.foundation.search.folding import LONGEST_QUERY, as_uzbek, fold

SHORT = 3  # letters; less than that stands in too many words, and must begin one


def found_by(column: str, query: str) -> Q:
    """The condition that a folded `column` contains every word of the query, in any order.

    A plain position in the text instead of LIKE: no letter of the query is a pattern, and SQLite does it itself. A word
    that ends with i may be the beginning of one in which the i falls («Али» of «Алиев»), so its i is not asked for.
    """
    wanted = Q()
    for word in query[:LONGEST_QUERY].split():
        either = Q()
        for spelling in dict.fromkeys((fold(word), fold(as_uzbek(word)))):
            either |= Q(*(_holds(column, part) for part in spelling.split()))
        wanted &= either
    return wanted


def _holds(column: str, part: str) -> GreaterThan:
    if len(part) < SHORT:
        return GreaterThan(StrIndex(Concat(Value(" "), F(column)), Value(f" {part}")), 0)
    return GreaterThan(StrIndex(F(column), Value(part.rstrip("i"))), 0)
