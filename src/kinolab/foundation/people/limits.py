"""Counters against guessing: so many tries in so many minutes, per address and per client."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from kinolab.foundation.refusals import Refusal

MINUTES = 15
# A school or a festival office shares one client address in the deadline hour: generous per client, tight per account.
TRIES_PER_ADDRESS = 8
TRIES_PER_CLIENT = 400


def client_of(request: HttpRequest) -> str:
    """The client's address: behind n proxies the n-th from the right of X-Forwarded-For, else the connection's."""
    if settings.KINOLAB_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.KINOLAB_PROXIES:
            return hops[-settings.KINOLAB_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def why_not_try(what: str, address: str, client: str) -> Refusal | None:
    """Count one try; a reason when there were too many."""
    for kind, value, most in (("address", address, TRIES_PER_ADDRESS), ("client", client, TRIES_PER_CLIENT)):
        key = f"tries:{what}:{kind}:{sha256(value.encode()).hexdigest()[:32]}"
        cache.add(key, 0, MINUTES * 60)
        if cache.incr(key) > most:
            return Refusal("too_many_tries", {"minutes": MINUTES})
    return None
