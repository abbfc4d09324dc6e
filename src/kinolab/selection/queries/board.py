"""The board: applications in the order of their scores, what was decided, the slate with its meters, what if.

Everything on it is counted over the applications that the person may know of, so that a conflict of interest shows
nowhere, not even in a number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict

from kinolab.applications.models import Application
from kinolab.applications.queries.table import choice_names
from kinolab.applications.queries.visible import visible_to
from kinolab.foundation.audit import queries as audit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.i18n import formats
from kinolab.labs.models import Edition
from kinolab.reviews.domain import scoring
from kinolab.reviews.models import Reading
from kinolab.reviews.queries.told import readings_of, submitted_of
from kinolab.selection.domain import quotas, ranking
from kinolab.selection.domain.lifecycle import AnnouncementState, Outcome
from kinolab.selection.models import Decision, Quota
from kinolab.selection.queries import facts

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

ROWS_A_PAGE = 50
MOST_TRIED = 20  # applications in one what-if
UNDECIDED = "undecided"
TABS = ("all", UNDECIDED, *(outcome.value for outcome in Outcome))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor of the board asks for: which part, and whom they would add to the slate or take off it."""

    tab: str = "all"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """From the address of the page; anything unknown is left out."""
        tab = query.get("tab", "all")
        add, remove = query.getlist("add")[:MOST_TRIED], query.getlist("remove")[:MOST_TRIED]
        return cls(tab if tab in TABS else "all", tuple(dict.fromkeys(add)), tuple(dict.fromkeys(remove)))


@dataclass(frozen=True)
class Row:
    """One application on the board."""

    application: Application
    place: ranking.Ranked
    decision: Decision | None
    readings: Sequence[scoring.Reading]

    @cached_property
    def summary(self) -> scoring.Summary:
        """What its readings say together."""
        return scoring.summary(self.readings)

    @property
    def scores(self) -> list[float]:
        """The readers' scores, the lowest first."""
        return sorted(one.score for one in self.readings if one.score is not None)

    @property
    def outcome(self) -> str:
        """What was decided; empty while nothing is."""
        return self.decision.outcome if self.decision else ""

    @property
    def seen(self) -> int:
        """The version of the decision that this page shows; 0 for none."""
        return self.decision.version if self.decision else 0


@dataclass(frozen=True, slots=True)
class Meter:
    """A quota with its words and how many of the slate count for it."""

    meter: quotas.Meter
    quota: Quota
    value: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would change if some were added to the slate and others taken off it. Nothing of it is saved."""

    added: Sequence[Application]
    removed: Sequence[Application]
    changes: Sequence[tuple[quotas.Change, Meter]]
    seats: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class BoardPage:
    """Everything the board shows."""

    asked: Asked
    total: int
    tabs: Mapping[str, int]
    page: object
    rows: Sequence[Row]
    names: Mapping[str, str]
    meters: Sequence[Meter]
    selected: Sequence[Application]
    waiting: Sequence[Application]
    capacity: int | None
    announcement: AnnouncementState | None
    readings: int
    what_if: WhatIf | None = None
    cut_after: int | None = field(default=None)  # the place after which the seats end, when it is on this page

    @property
    def open_seats(self) -> int:
        """How many seats are empty."""
        return max(0, (self.capacity or 0) - len(self.selected))


def visible(person: "Person", edition: Edition) -> QuerySet[Application]:
    """The applications in force that the person may know of."""
    return visible_to(person, facts.in_force(edition.call))


def board_page(person: "Person", edition: Edition, asked: Asked, number: str | None) -> BoardPage:
    """One page of the board in a constant number of queries, however many applications there are."""
    everything = visible(person, edition)
    places = _places(everything)
    counts = everything.aggregate(
        all=Count("pk"),
        undecided=Count("pk", filter=Q(decision=None)),
        readings=Count("pk", filter=Q(readings_done__gt=0)),
        **{one.value: Count("pk", filter=Q(decision__outcome=one.value)) for one in Outcome},
    )
    read = counts.pop("readings")
    chosen = _chosen(everything, asked.tab, places)
    page = Paginator(chosen, ROWS_A_PAGE).get_page(number)
    names = choice_names(edition.call)
    slate = list(everything.filter(decision__outcome=Outcome.SELECTED.value).order_by("number"))
    meters, what_if = _meters(edition, slate, everything, asked, names)
    rows = _rows(everything, list(page.object_list), places)
    return BoardPage(
        asked=asked,
        total=counts["all"],
        tabs={tab: counts[tab] for tab in TABS},
        page=page,
        rows=rows,
        names=names,
        meters=meters,
        selected=slate,
        waiting=waiting_list(everything),
        capacity=edition.capacity_projects,
        announcement=facts.state_of(edition),
        readings=read,
        what_if=what_if,
        cut_after=_cut(rows, edition.capacity_projects, asked.tab),
    )


def waiting_list(applications: QuerySet[Application]) -> list[Application]:
    """Those on the waiting list, in its order."""
    rows = applications.filter(decision__outcome=Outcome.WAITLIST.value)
    return list(rows.order_by(F("decision__rank").asc(nulls_last=True), "number"))


def _places(everything: QuerySet[Application]) -> Mapping[int, ranking.Ranked]:
    """The place of every application, by number: not only of those on this page, for ties reach over its edge."""
    rows = everything.values_list("number", "score", "spread")
    ranked = ranking.rank(
        ranking.Entry(number, None if score is None else float(score), None if spread is None else float(spread))
        for number, score, spread in rows
    )
    return {one.number: one for one in ranked}


def _chosen(everything: QuerySet[Application], tab: str, places: Mapping[int, ranking.Ranked]) -> list[int]:
    """The numbers of the applications of this tab, in the order of their places."""
    rows = everything
    if tab == UNDECIDED:
        rows = rows.filter(decision=None)
    elif tab != "all":
        rows = rows.filter(decision__outcome=tab)
    return sorted(rows.values_list("number", flat=True), key=lambda number: places[number].position)


def _rows(everything: QuerySet[Application], numbers: Sequence[int], places: Mapping[int, ranking.Ranked]) -> list[Row]:
    found = {one.number: one for one in everything.filter(number__in=numbers).select_related("decision")}
    readings = submitted_of([one.pk for one in found.values()])
    return [
        Row(found[number], places[number], getattr(found[number], "decision", None), readings.get(found[number].pk, ()))
        for number in numbers
    ]


def _cut(rows: Sequence[Row], seats: int | None, tab: str) -> int | None:
    """The last place that has a seat, if the next one stands on this page too."""
    return seats if tab == "all" and any(row.place.position == seats for row in rows[:-1]) else None


def _meters(
    edition: Edition,
    slate: Sequence[Application],
    everything: QuerySet[Application],
    asked: Asked,
    names: Mapping[str, str],
) -> tuple[list[Meter], WhatIf | None]:
    kept = list(Quota.objects.filter(edition=edition))
    codes = {*asked.add, *asked.remove}
    tried = {one.code: one for one in everything.filter(code__in=codes)} if codes else {}
    on = {one.code for one in slate}
    added = [tried[code] for code in asked.add if code in tried and code not in on]
    removed = [tried[code] for code in asked.remove if code in tried and code in on]
    known = {one.key: one for one in facts.candidates([*slate, *added])} if kept and (slate or added) else {}
    rules = [quotas.Quota(str(one.pk), one.dimension, one.value.casefold(), one.minimum, one.maximum) for one in kept]
    chosen = [known[one.code] for one in slate if one.code in known]
    called = _value_names(edition, kept, names)

    def shown(one: quotas.Meter) -> Meter:
        quota = next(row for row in kept if str(row.pk) == one.quota.code)
        return Meter(one, quota, called[quota.pk])

    meters = [shown(one) for one in quotas.meters(rules, chosen)]
    if not added and not removed:
        return meters, None
    off = {one.code for one in removed}
    changes = quotas.what_if(rules, chosen, [known[one.code] for one in added if one.code in known], off)
    after = [one for one in slate if one.code not in off] + added
    return meters, WhatIf(
        added, removed, [(one, shown(one.after)) for one in changes], len(after), _mean(slate), _mean(after)
    )


def _value_names(edition: Edition, kept: Sequence[Quota], names: Mapping[str, str]) -> Mapping[int, str]:
    """What each quota's value is called in the reader's language."""
    strands = {}
    if any(one.dimension == "strand" for one in kept):
        strands = {one.slug.casefold(): str(one.name) for one in edition.call.strands.all()}
    choices = {key.casefold(): label for key, label in names.items()}

    def called(one: Quota) -> str:
        if one.dimension == "country":
            return formats.country_name(one.value.upper())
        known = strands if one.dimension == "strand" else choices if one.dimension in ("kind", "stage") else {}
        return known.get(one.value.casefold(), one.value)

    return {one.pk: called(one) for one in kept}


def _mean(applications: Sequence[Application]) -> float | None:
    scores = [float(one.score) for one in applications if one.score is not None]
    return sum(scores) / len(scores) if scores else None


# --- One application -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One application before those who decide about it."""

    application: Application
    decision: Decision | None
    readings: Sequence[Reading]
    summary: scoring.Summary
    history: Sequence[Entry]
    announcement: AnnouncementState | None

    @property
    def seen(self) -> int:
        """The version of the decision that this page shows; 0 for none."""
        return self.decision.version if self.decision else 0


def decision_page(application: Application, edition: Edition) -> DecisionPage:
    """What readers said and what was decided when. Five queries."""
    decision = Decision.objects.filter(application=application).select_related("decided_by").first()
    said = submitted_of([application.pk]).get(application.pk, ())
    return DecisionPage(
        application=application,
        decision=decision,
        readings=readings_of(application),
        summary=scoring.summary(said),
        history=list(audit.entries(thing=decision).select_related("actor")) if decision else [],
        announcement=facts.state_of(edition),
    )


def chosen(person: "Person", edition: Edition, codes: Collection[str]) -> list[Application]:
    """Those of these applications about which the person may decide something, by number, with their decisions."""
    return list(visible(person, edition).filter(code__in=codes).select_related("decision").order_by("number"))
