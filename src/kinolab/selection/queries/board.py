"""The board: candidacies in the order of their scores, what was decided, the slate with its meters, what if.

An application in several strands stands in several rows. Everything is counted over the applications that the person
may know of, so that a conflict of interest shows nowhere, not even in a number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict

from kinolab.applications.models import Application, Candidacy
from kinolab.applications.queries.table import choice_names
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.models import Strand
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
MOST_TRIED = 20  # candidacies in one what-if
LONGEST_SLUG = 50
UNDECIDED = "undecided"
TABS = ("all", UNDECIDED, *(outcome.value for outcome in Outcome))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor of the board asks for: which part and strand, whom they would add to the slate or take off it."""

    tab: str = "all"
    strand: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """From the address of the page; anything unknown is left out."""
        tab = query.get("tab", "all")
        add, remove = query.getlist("add")[:MOST_TRIED], query.getlist("remove")[:MOST_TRIED]
        tried = (tuple(dict.fromkeys(add)), tuple(dict.fromkeys(remove)))
        return cls(tab if tab in TABS else "all", query.get("strand", "")[:LONGEST_SLUG], *tried)


@dataclass(frozen=True)
class Row:
    """One candidacy on the board. `elsewhere` are those of the same application in other strands."""

    candidacy: Candidacy
    place: ranking.Ranked
    decision: Decision | None
    readings: Sequence[scoring.Reading]
    elsewhere: Sequence[Candidacy] = ()

    @property
    def application(self) -> Application:
        """Whose candidacy it is."""
        return self.candidacy.application

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

    added: Sequence[Candidacy]
    removed: Sequence[Candidacy]
    changes: Sequence[tuple[quotas.Change, Meter]]
    seats: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Slate:
    """Who is selected in a strand, or in the whole call where it has one or none, and who waits, in order."""

    strand: Strand | None
    selected: Sequence[Candidacy]
    waiting: Sequence[Candidacy]
    seats: int | None

    @property
    def taken(self) -> int:
        """How many seats are taken: by teams, each once."""
        return teams(self.selected)

    @property
    def open_seats(self) -> int:
        """How many seats are empty."""
        return max(0, (self.seats or 0) - self.taken)


@dataclass(frozen=True)
class BoardPage:
    """Everything the board shows. `slates` has one for each strand, where the call has several."""

    asked: Asked
    total: int
    tabs: Mapping[str, int]
    page: object
    rows: Sequence[Row]
    names: Mapping[str, str]
    meters: Sequence[Meter]
    slates: Sequence[Slate]
    strands: Sequence[Strand]
    capacity: int | None
    announcement: AnnouncementState | None
    readings: int
    what_if: WhatIf | None = None
    cut_after: int | None = field(default=None)  # the place after which the seats end, when it is on this page
    seats: int | None = None  # of what this page shows
    strand: Strand | None = None  # the one asked for

    @property
    def several(self) -> bool:
        """Whether the call has several strands, so that rows say in which they stand."""
        return len(self.strands) > 1

    @property
    def selected(self) -> Sequence[Candidacy]:
        """Everything that is selected, by strand."""
        return [one for slate in self.slates for one in slate.selected]

    @property
    def taken(self) -> int:
        """How many seats of the edition are taken: by teams, each once."""
        return teams(self.selected)


def teams(candidacies: Collection[Candidacy]) -> int:
    """Of how many applications these candidacies are."""
    return len({one.application_id for one in candidacies})


def visible(person: "Person", edition: Edition) -> QuerySet[Application]:
    """The applications in force that the person may know of."""
    return visible_to(person, facts.in_force(edition.call))


def candidacies(person: "Person", edition: Edition) -> QuerySet[Candidacy]:
    """Their candidacies, by number and strand."""
    return facts.standing(visible(person, edition)).order_by("application__number", "strand__order", "pk")


def board_page(person: "Person", edition: Edition, asked: Asked, number: str | None) -> BoardPage:
    """One page of the board in a constant number of queries, however many applications there are."""
    everything = candidacies(person, edition)
    strands = list(edition.call.strands.all())
    strand = next((one for one in strands if one.slug == asked.strand), None) if len(strands) > 1 else None
    rows = everything.filter(strand=strand) if strand else everything
    places = _places(rows)
    counts = rows.order_by().aggregate(
        all=Count("pk"),
        applications=Count("application", distinct=True),
        undecided=Count("pk", filter=Q(decision=None)),
        readings=Count("application", filter=Q(readings_done__gt=0), distinct=True),
        **{one.value: Count("pk", filter=Q(decision__outcome=one.value)) for one in Outcome},
    )
    page = Paginator(_chosen(rows, asked.tab, places), ROWS_A_PAGE).get_page(number)
    names = choice_names(edition.call)
    chosen = list(everything.filter(decision__outcome=Outcome.SELECTED.value))
    meters, what_if = _meters(edition, chosen, everything, asked, names)
    shown = _rows(everything, list(page.object_list), places, several=len(strands) > 1)
    seats = strand.seats if strand else edition.capacity_projects if len(strands) < 2 else None
    return BoardPage(
        asked=asked,
        total=counts["applications"],
        tabs={tab: counts[tab] for tab in TABS},
        page=page,
        rows=shown,
        names=names,
        meters=meters,
        slates=_slates(strands, chosen, waiting_list(everything), edition.capacity_projects),
        strands=strands,
        capacity=edition.capacity_projects,
        announcement=facts.state_of(edition),
        readings=counts["readings"],
        what_if=what_if,
        cut_after=_cut(shown, seats, asked.tab),
        seats=seats,
        strand=strand,
    )


def _slates(
    strands: Sequence[Strand], selected: Sequence[Candidacy], waiting: Sequence[Candidacy], seats: int | None
) -> list[Slate]:
    if len(strands) < 2:
        return [Slate(None, selected, waiting, seats)]
    return [
        Slate(
            strand,
            [one for one in selected if one.strand_id == strand.pk],
            [one for one in waiting if one.strand_id == strand.pk],
            strand.seats,
        )
        for strand in strands
    ]


def waiting_list(rows: QuerySet[Candidacy]) -> list[Candidacy]:
    """Those of these on the waiting list, in its order; each strand has one of its own."""
    found = rows.filter(decision__outcome=Outcome.WAITLIST.value)
    order = ("strand__order", F("decision__rank").asc(nulls_last=True), "application__number", "pk")
    return list(found.order_by(*order))


def _places(rows: QuerySet[Candidacy]) -> Mapping[int, ranking.Ranked]:
    """The place of every candidacy: not only of those on this page, for ties reach over its edge."""
    found = rows.order_by().values_list("application__number", "score", "spread", "pk")
    ranked = ranking.rank(
        ranking.Entry(
            number, None if score is None else float(score), None if spread is None else float(spread), candidacy
        )
        for number, score, spread, candidacy in found
    )
    return {one.key: one for one in ranked}


def _chosen(rows: QuerySet[Candidacy], tab: str, places: Mapping[int, ranking.Ranked]) -> list[int]:
    """The candidacies of this tab, in the order of their places."""
    if tab == UNDECIDED:
        rows = rows.filter(decision=None)
    elif tab != "all":
        rows = rows.filter(decision__outcome=tab)
    return sorted(rows.order_by().values_list("pk", flat=True), key=lambda one: places[one].position)


def _rows(
    everything: QuerySet[Candidacy], numbers: Sequence[int], places: Mapping[int, ranking.Ranked], *, several: bool
) -> list[Row]:
    found = {one.pk: one for one in everything.filter(pk__in=numbers).select_related("decision")}
    readings = submitted_of(found.values())
    others = _elsewhere(found.values()) if several else {}
    return [
        Row(
            found[number],
            places[number],
            getattr(found[number], "decision", None),
            readings[number],
            [one for one in others.get(found[number].application_id, ()) if one.pk != number],
        )
        for number in numbers
    ]


def _elsewhere(rows: Collection[Candidacy]) -> Mapping[int, Sequence[Candidacy]]:
    """All candidacies of these applications, with strand and decision. One query."""
    found: dict[int, list[Candidacy]] = {}
    numbers = {one.application_id for one in rows}
    all_of = Candidacy.objects.filter(application__in=numbers).select_related("strand", "decision")
    for one in all_of.order_by("strand__order", "pk"):
        found.setdefault(one.application_id, []).append(one)
    return found


def _cut(rows: Sequence[Row], seats: int | None, tab: str) -> int | None:
    """The last place that has a seat, if the next one stands on this page too."""
    return seats if tab == "all" and any(row.place.position == seats for row in rows[:-1]) else None


def _meters(
    edition: Edition,
    slate: Sequence[Candidacy],
    everything: QuerySet[Candidacy],
    asked: Asked,
    names: Mapping[str, str],
) -> tuple[list[Meter], WhatIf | None]:
    kept = list(Quota.objects.filter(edition=edition))
    keys = {*asked.add, *asked.remove}
    tried = named(everything, keys) if keys else {}
    on = {one.key for one in slate}
    added = [tried[key] for key in asked.add if key in tried and tried[key].key not in on]
    removed = [tried[key] for key in asked.remove if key in tried and tried[key].key in on]
    known = {one.key: one for one in facts.candidates([*slate, *added])} if kept and (slate or added) else {}
    rules = [
        quotas.Quota(
            str(one.pk), one.dimension, frozenset(value.casefold() for value in one.values), one.minimum, one.maximum
        )
        for one in kept
    ]
    chosen = [known[one.key] for one in slate if one.key in known]
    called = _value_names(edition, kept, names)

    def shown(one: quotas.Meter) -> Meter:
        quota = next(row for row in kept if str(row.pk) == one.quota.code)
        return Meter(one, quota, called[quota.pk])

    meters = [shown(one) for one in quotas.meters(rules, chosen)]
    if not added and not removed:
        return meters, None
    off = {one.key for one in removed}
    changes = quotas.what_if(rules, chosen, [known[one.key] for one in added if one.key in known], off)
    after = [one for one in slate if one.key not in off] + added
    return meters, WhatIf(
        added, removed, [(one, shown(one.after)) for one in changes], teams(after), _mean(slate), _mean(after)
    )


def named(rows: QuerySet[Candidacy], keys: Collection[str]) -> dict[str, Candidacy]:
    """Those of these candidacies by the keys that name them; a bare code names the only one of its application."""
    codes = {key.partition("-")[0] for key in keys}
    found: dict[str, list[Candidacy]] = {}
    for one in rows.filter(application__code__in=codes):
        for key in {one.key, one.application.code}:
            found.setdefault(key, []).append(one)
    return {key: found[key][0] for key in keys if len(found.get(key, ())) == 1}


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
        return known.get(one.value.casefold(), ", ".join(one.values))

    return {one.pk: called(one) for one in kept}


def _mean(rows: Sequence[Candidacy]) -> float | None:
    scores = [float(one.score) for one in rows if one.score is not None]
    return sum(scores) / len(scores) if scores else None


# --- One candidacy ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One candidacy before those who decide about it; `all_of` are those of its application, with their decisions."""

    candidacy: Candidacy
    all_of: Sequence[Candidacy]
    decision: Decision | None
    readings: Sequence[Reading]
    summary: scoring.Summary
    history: Sequence[Entry]
    announcement: AnnouncementState | None

    @property
    def several(self) -> bool:
        """Whether its application stands in several strands."""
        return len(self.all_of) > 1

    @property
    def seen(self) -> int:
        """The version of the decision that this page shows; 0 for none."""
        return self.decision.version if self.decision else 0


def decision_page(candidacy: Candidacy, edition: Edition) -> DecisionPage:
    """What readers said and what was decided when. Six queries."""
    application = candidacy.application
    decision = Decision.objects.filter(candidacy=candidacy).select_related("decided_by").first()
    said = submitted_of([candidacy])[candidacy.pk]
    return DecisionPage(
        candidacy=candidacy,
        all_of=_elsewhere([candidacy]).get(application.pk, ()),
        decision=decision,
        readings=readings_of(candidacy),
        summary=scoring.summary(said),
        history=list(audit.entries(thing=decision).select_related("actor")) if decision else [],
        announcement=facts.state_of(edition),
    )


def chosen(person: "Person", edition: Edition, keys: Collection[str]) -> dict[str, Candidacy]:
    """Those of these candidacies about which the person may decide something, by key, with their decisions."""
    found = named(candidacies(person, edition).select_related("application", "strand", "decision"), keys)
    return dict(sorted(found.items(), key=lambda one: (one[1].application.number or 0, one[1].pk)))
