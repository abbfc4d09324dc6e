"""The table of applications: what may be asked of it, and one page of rows in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from kinolab.applications.domain.lifecycle import IN_FORCE, Stage
from kinolab.applications.models import Application, SavedView
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.models import Call
from kinolab.foundation.i18n.formats import country_name
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.questions.models import Question
from kinolab.foundation.search.columns import found_by
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

ROWS_A_PAGE = 50
NAMES_KEPT = 60  # seconds
NEWEST = "-number"
SORTS: dict[str, str] = {
    "number": "number",
    "title": "search_text",  # folded: one order for two scripts
    "country": "country",
    "filled": "filled",
    "readings": "readings_done",
    "score": "score",
    "changed": "changed_at",
}
OF_READINGS = frozenset({"score", "-score"})  # orders that tell what readers think
SENT = Q(stage__in=[stage.value for stage in IN_FORCE])
DRAFT = Q(stage=Stage.DRAFT.value)
# Named parts of the table: the tabs above it.
TABS: dict[str, Q] = {
    "sent": SENT,
    "to_check": SENT & Q(checked__in=["attention", "unchecked"]),
    "objections": SENT & Q(objection_waits=True),
    "ineligible": SENT & Q(checked="ineligible"),
    "drafts": DRAFT,
    "withdrawn": Q(stage=Stage.WITHDRAWN.value),
}
COLUMNS = (
    "code", "number", "stage", "title", "people", "country", "kind", "project_stage", "language", "filled", "asked",
    "checked", "readings_done", "score", "changed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor of the table asks for; anything unknown in the address is left out."""

    tab: str = "sent"
    words: str = ""
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    few: int = 0  # fewer than so many readings
    sort: str = NEWEST

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """From the address of the page."""
        tab, sort, few = query.get("tab", "sent"), query.get("sort", NEWEST), query.get("few", "")
        return cls(
            tab=tab if tab in TABS else "sent",
            words=query.get("q", "").strip()[:200],
            countries=tuple(query.getlist("country"))[:60],
            kinds=tuple(query.getlist("kind"))[:60],
            languages=tuple(query.getlist("language"))[:20],
            few=int(few) if few.isdecimal() and len(few) < 3 else 0,
            sort=sort if sort.removeprefix("-") in SORTS else NEWEST,
        )

    @classmethod
    def of_view(cls, view: SavedView) -> "Asked":
        """What a saved view asks for."""
        return cls.read(QueryDict(view.query))

    def within(self, granted: frozenset[Permission]) -> "Asked":
        """The same, as far as the permissions go: without them no order tells what readers think."""
        return (
            self if Permission.READ_REVIEWS in granted or self.sort not in OF_READINGS else replace(self, sort=NEWEST)
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab narrows the table."""
        return bool(self.words or self.countries or self.kinds or self.languages or self.few)


@dataclass(frozen=True, slots=True)
class ShownView:
    """A saved view with the number of its rows; `is_open` when it is the one on the page."""

    view: SavedView
    count: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of the table."""

    asked: Asked
    page: Page
    tabs: Mapping[str, int]
    countries: Sequence[tuple[str, int]]
    kinds: Sequence[tuple[str, int]]
    languages: Sequence[tuple[str, int]]
    names: Mapping[str, str]
    country_names: Mapping[str, str]
    views: Sequence[ShownView] = ()

    @property
    def open_tab(self) -> str:
        """The tab that is open; none while a saved view is."""
        return "" if any(one.is_open for one in self.views) else self.asked.tab


class _Counted(Paginator):
    """A paginator that is told how many rows there are, and so does not ask."""

    def __init__(self, rows: QuerySet[Application, dict[str, Any]], total: int) -> None:
        super().__init__(rows, ROWS_A_PAGE)
        self.total = total

    @cached_property
    def count(self) -> int:
        """The number of rows."""
        return self.total


def of_call(person: "Person", call: Call) -> QuerySet[Application]:
    """Every application of the call that the person may know of."""
    return visible_to(person, Application.objects.filter(call=call))


def selection(person: "Person", call: Call, asked: Asked) -> QuerySet[Application]:
    """The applications asked for, in the order asked for."""
    return _ordered(of_call(person, call).filter(_within(asked)), asked.sort)


def chosen(person: "Person", call: Call, codes: Sequence[str]) -> list[Application]:
    """The applications with these codes that the person may know of, by number."""
    return list(of_call(person, call).filter(code__in=codes).order_by(F("number").asc(nulls_last=True), "pk"))


def table_page(person: "Person", edition: Edition, call: Call, asked: Asked, page: str | None) -> TablePage:
    """One page of rows, the tabs and saved views with their counts, and what can be filtered by.

    Three statements, however many applications there are.
    """
    views = [(view, Asked.of_view(view)) for view in SavedView.objects.filter(person=person, edition=edition)]
    wanted = {"asked_for": _within(asked)} | {f"tab_{tab}": within for tab, within in TABS.items()}
    wanted |= {f"view_{view.pk}": _within(theirs) for view, theirs in views}
    # One statement for all numbers: parts of the table that share what can be filtered by, each with its counts.
    parts = list(
        of_call(person, call)
        .values("country", "kind", "language")
        .annotate(**{name: Count("pk", filter=within) for name, within in wanted.items()})
        .order_by()
    )
    counts = {name: sum(part[name] for part in parts) for name in wanted}
    within_tab = f"tab_{asked.tab}"
    return TablePage(
        asked=asked,
        page=_Counted(selection(person, call, asked).values(*COLUMNS), counts["asked_for"]).get_page(page),
        tabs={tab: counts[f"tab_{tab}"] for tab in TABS},
        countries=_sum(parts, "country", within_tab),
        kinds=_sum(parts, "kind", within_tab),
        languages=_sum(parts, "language", within_tab),
        names=choice_names(call),
        country_names={part["country"]: country_name(part["country"]) for part in parts},
        views=[ShownView(view, counts[f"view_{view.pk}"], theirs == asked) for view, theirs in views],
    )


def choice_names(call: Call) -> dict[str, str]:
    """What the choices of the call's form are called in the active language, by key; kept for a minute."""
    kept: dict[str, dict[str, str]] | None = cache.get(key := f"choice-names:{call.form_id}")
    if kept is None:
        asked = (
            Question.objects.filter(section__form=call.form_id).exclude(choices=[]).values_list("choices", flat=True)
        )
        kept = {str(one["key"]): one["label"] for choices in asked for one in choices}
        cache.set(key, kept, NAMES_KEPT)
    return {name: str(Text(label)) for name, label in kept.items()}


def is_named(person: "Person", call: Call) -> bool:
    """Whether answers of the call's form are for this person alone; kept for a minute, for the page's buttons only."""
    kept: list[int] | None = cache.get(key := f"named-people:{call.form_id}")
    if kept is None:
        asked = Question.objects.filter(section__form=call.form_id, seen_by=SeenBy.NAMED.value, named__isnull=False)
        kept = list(asked.values_list("named", flat=True).distinct())
        cache.set(key, kept, NAMES_KEPT)
    return person.pk in kept


def _within(asked: Asked) -> Q:
    """The rows asked for, as a condition."""
    within = TABS[asked.tab]
    if asked.words:
        within &= found_by("search_text", asked.words)
    for column, values in (("country", asked.countries), ("kind", asked.kinds), ("language", asked.languages)):
        if values:
            within &= Q(**{f"{column}__in": values})
    return within & Q(readings_done__lt=asked.few) if asked.few else within


def _ordered(rows: QuerySet[Application], sort: str) -> QuerySet[Application]:
    column = F(SORTS[sort.removeprefix("-")])
    first = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(first, "-pk")


def _sum(parts: Sequence[Mapping[str, Any]], by: str, count: str) -> list[tuple[str, int]]:
    """How many there are of each value, the most first."""
    sums: dict[str, int] = {}
    for part in parts:
        if part[by] and part[count]:
            sums[part[by]] = sums.get(part[by], 0) + part[count]
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
