"""Counters against guessing and flooding: so many tries in so many minutes, per account and per client.

A school or a festival office shares one client address in the deadline hour, so limits are generous per client and
tight per account; what succeeds is not counted. The counters have a cache of their own, large enough that nobody can
push one out by making others.
"""

from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from kinolab.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within so many minutes for each value of what `by` names: address, client, or both together."""

    by: str
    most: int
    minutes: int


DAY = 24 * 60  # minutes
LIMITS: dict[str, tuple[Limit, ...]] = {
    # A letter for each: nobody's mailbox may be flooded through us, by whomever.
    "link": (Limit("address", 6, 15), Limit("address", 30, DAY), Limit("client", 800, 15)),
    # Only failures stay counted. A stranger who guesses elsewhere does not shut the owner out at once.
    "password": (Limit("both", 8, 15), Limit("address", 40, 15), Limit("client", 400, 15)),
    # Whoever reads everything through the search has better ways; an office that types together stays below.
    "search": (Limit("client", 300, 1),),
    "suggest": (Limit("client", 1500, 1),),
}


def client_of(request: HttpRequest) -> str:
    """The client's address: behind n proxies the n-th from the right of X-Forwarded-For, else the connection's.

    Of an IPv6 address the first 64 bits count, for the rest is the client's own to choose.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.KINOLAB_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        seen = hops[-settings.KINOLAB_PROXIES] if len(hops) >= settings.KINOLAB_PROXIES else seen
    try:
        address = ip_address(seen)
    except ValueError:
        return seen
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def why_not_try(what: str, address: str, client: str) -> Refusal | None:
    """Count one try; the reason when there were too many. What is refused is not counted."""
    over = [limit for limit in LIMITS[what] if _add(what, limit, address, client) > limit.most]
    if not over:
        return None
    forgive(what, address, client)
    minutes = max(limit.minutes for limit in over)
    return Refusal("too_many_tries", {"minutes": minutes}) if minutes < DAY else Refusal("too_many_today")


def forgive(what: str, address: str, client: str) -> None:
    """Take the last try back: it was no guess."""
    for limit in LIMITS[what]:
        _add(what, limit, address, client, -1)


def _add(what: str, limit: Limit, address: str, client: str, number: int = 1) -> int:
    value = {"address": address, "client": client, "both": f"{address} {client}"}[limit.by]
    key = f"{what}:{limit.by}:{limit.minutes}:{sha256(value.encode()).hexdigest()[:32]}"
    counters = caches["limits"]
    counters.add(key, 0, limit.minutes * 60)
    try:
        return int(counters.incr(key, number))
    except ValueError:  # it ran out between the two lines, so a new time begins
        counters.add(key, 0, limit.minutes * 60)
        return int(counters.incr(key, number))
