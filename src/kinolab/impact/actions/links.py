"""Links for partners: made and taken back by the team, opened by whoever has one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.models import PartnerLink, RoadMap
from kinolab.impact.queries import links, shown

MOST = 20  # open at once
# A partner who turns pages is not a line of the record each.
VISIT = timedelta(hours=1)


def make_link(
    *, road_map: RoadMap, label: str, days: int, by: Person, at: datetime
) -> tuple[PartnerLink, str]:  # fmt: skip
    """A link for somebody, good for so many days, and its secret, which is told this once and not kept.

    Refused: by access; `too_many_links` {limit}.
    """
    with transaction.atomic():
        road_map = access.road_maps().select_for_update(of=("self",)).get(pk=road_map.pk)
        stop_if(access.why_not_link(by, road_map, len(shown.look(road_map).unsafe)))
        alive = PartnerLink.objects.filter(road_map=road_map, taken_back_at=None, expires_at__gt=at).count()
        stop_if(Refusal("too_many_links", {"limit": MOST}) if alive >= MOST else None)
        secret = links.new_secret()
        made = PartnerLink.objects.create(
            road_map=road_map, label=label.strip(), sealed=links.seal(secret), made_at=at, made_by=by,
            expires_at=at + timedelta(days=days),
        )  # fmt: skip
        _record("made_link", made, by, at)
    return made, secret


@transaction.atomic
def take_back(*, road_map: RoadMap, number: int, by: Person, at: datetime) -> None:
    """From now on it leads nowhere; taking it back twice changes nothing. Refused: by access; `link_gone`."""
    stop_if(access.why_not_show(by, road_map))
    found = PartnerLink.objects.select_for_update().filter(road_map=road_map, pk=number).first()
    if found is None:
        raise Denied(Refusal("link_gone"))
    if found.taken_back_at is None:
        found.taken_back_at = at
        found.save(update_fields=["taken_back_at"])
        _record("took_link_back", found, by, at)


@transaction.atomic
def opened(*, link: PartnerLink, at: datetime) -> None:
    """Note that somebody has opened it; on the record once a visit."""
    before = PartnerLink.objects.select_for_update().get(pk=link.pk).opened_at
    PartnerLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=at)
    if before is None or at - before > VISIT:
        _record("opened_link", link, None, at)


def _record(verb: str, link: PartnerLink, by: Person | None, at: datetime) -> None:
    audit.record(by=by, at=at, verb=verb, thing=link, scope=link.road_map.edition.scope)
