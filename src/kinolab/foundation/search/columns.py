"""What a folded column is searched by."""

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from kinolab.foundation.search.folding import LONGEST_QUERY, as_uzbek, fold


def found_by(column: str, query: str) -> Q:
    """The condition that a folded `column` contains every word of the query, in any order.

    A plain position in the text instead of LIKE: no letter of the query is a pattern, and SQLite does it itself. A word
    that ends with i may be the beginning of one in which the i falls («Али» of «Алиев»), so its i is not asked for.
    """
    wanted = Q()
    for word in query[:LONGEST_QUERY].split():
        either = Q()
        for spelling in dict.fromkeys((fold(word), fold(as_uzbek(word)))):
            parts = (part.rstrip("i") if len(part) > 2 else part for part in spelling.split())
            either |= Q(*(GreaterThan(StrIndex(F(column), Value(part)), 0) for part in parts))
        wanted &= either
    return wanted
