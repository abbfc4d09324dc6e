"""The quotas beside the board."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.selection import access
from kinolab.selection.models import Quota


def add_quota(
    *,
    edition: Edition,
    dimension: str,
    value: str,
    minimum: int | None,
    maximum: int | None,
    by: Person,
    at: datetime,
) -> Quota:
    """Add a meter at the end: at least and at most so many of the slate share this value.

    Refused: `quota_needs_a_number`, `quota_range`, and by access.
    """
    if minimum is None and maximum is None:
        raise Denied(Refusal("quota_needs_a_number"))
    if minimum is not None and maximum is not None and maximum < minimum:
        raise Denied(Refusal("quota_range"))
    with transaction.atomic():
        stop_if(access.why_not_set_quotas(by, edition))
        last = Quota.objects.filter(edition=edition).aggregate(last=Max("order"))["last"] or 0
        made = Quota.objects.create(
            edition=edition,
            order=last + 1,
            dimension=dimension,
            value=value.strip(),
            minimum=minimum,
            maximum=maximum,
        )
        audit.record(by=by, at=at, verb="added", thing=made, scope=edition.scope, after=_said(made))
    return made


def delete_quota(*, quota: Quota, by: Person, at: datetime) -> None:
    """Take a meter away."""
    with transaction.atomic():
        stop_if(access.why_not_set_quotas(by, quota.edition))
        audit.record(by=by, at=at, verb="deleted", thing=quota, scope=quota.edition.scope, before=_said(quota))
        quota.delete()


def _said(quota: Quota) -> dict[str, object]:
    return {
        "dimension": quota.dimension,
        "value": quota.value,
        "minimum": quota.minimum,
        "maximum": quota.maximum,
    }
