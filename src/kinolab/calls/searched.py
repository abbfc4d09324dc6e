"""What the search is given of calls: each published one, as its edition is called and as its page begins."""

from collections.abc import Collection, Iterator

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from kinolab.calls.models import Call, Strand
from kinolab.foundation.search.sources import Made, Ref, Source
from kinolab.foundation.ui import paths
from kinolab.labs.models import Edition

CALL = "call"
AT_ONCE = 200


def _public() -> QuerySet[Call]:
    return Call.objects.filter(published_at__isnull=False)


def calls(keys: Collection[int] | None) -> Iterator[Made]:
    """Every published call, or those of these."""
    found = _public() if keys is None else _public().filter(pk__in=keys)
    found = found.select_related("edition__programme__organisation").prefetch_related("strands")
    return map(_call, found.order_by("pk").iterator(chunk_size=AT_ONCE))


def _call(call: Call) -> Made:
    edition, programme = call.edition, call.edition.programme
    strands = list(call.strands.all())
    says = [
        call.headline,
        call.lead,
        call.who,
        programme.about,
        *(text for one in strands for text in (one.name, one.about)),
    ]
    languages = dict.fromkeys(tag for text in says for tag in text)
    names = (programme.name, programme.organisation.name, edition.city, call.headline, *(one.name for one in strands))
    return Made(
        key=call.pk,
        title=edition.name,
        address=paths.without_language(reverse("calls:page", args=[programme.slug, edition.slug])),
        visible_from=call.published_at,
        names=[text for name in names for text in name.values()],
        body={tag: " ".join(filter(None, (text.get(tag, "") for text in says))) for tag in languages},
        facts={
            "programme": programme.name.as_dict(),
            "opens": call.opens_at.isoformat() if call.opens_at else None,
            "closes": call.closes_at.isoformat() if call.closes_at else None,
            "zone": call.timezone,
            "cancelled": edition.cancelled_at is not None,
        },
    )


def concerned(thing: models.Model) -> Iterator[Ref]:
    """The call that a row says something of, as far as its page begins with it."""
    if isinstance(thing, Call):
        yield CALL, thing.pk
    elif isinstance(thing, Strand):
        yield CALL, thing.call_id
    elif isinstance(thing, Edition):
        yield from ((CALL, key) for key in Call.objects.filter(edition=thing.pk).values_list("pk", flat=True))


SOURCES = (Source(CALL, calls, lambda: _public().count()),)
