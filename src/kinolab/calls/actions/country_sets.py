"""An organisation's own sets of countries."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kinolab.calls import access
from kinolab.calls.domain import country_sets
from kinolab.calls.models import Call, CountrySet
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if


def add_set(
    *,
    call: Call,
    code: str,
    version: str,
    name: Mapping[str, str],
    countries: Sequence[str],
    source: str,
    by: Person,
    at: datetime,
) -> CountrySet:
    """Make a set, or another version of one. Rules that were written with an earlier version keep it.

    Refused: not_permitted, no_countries, unknown_countries, ours_already, set_version_taken.
    """
    stop_if(access.why_not_configure(by, call))
    stop_if(country_sets.problem(code, countries))
    organisation = call.edition.programme.organisation
    listed = list(dict.fromkeys(countries))
    try:
        with transaction.atomic():
            made = CountrySet.objects.create(
                organisation=organisation, code=code, version=version, name=dict(name), countries=listed,
                source=source, made_at=at, made_by=by,
            )  # fmt: skip
            audit.record(
                by=by, at=at, verb="made_set", thing=made, scope=call.edition.scope, after={"countries": listed}
            )
    except IntegrityError:
        raise Denied(Refusal("set_version_taken", {"code": code, "version": version})) from None
    return made
