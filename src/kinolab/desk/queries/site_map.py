"""The map of the site for search engines: every public page in each of its languages, each naming the others.

Written line by line without a template, for there may be hundreds of thousands of addresses. A map holds at most fifty thousand
by the protocol. What fits into one is told in one; with more there is an index, and maps of sections: pages of labs and calls,
films, series, people, news. How many there are of each is counted once until something that visitors see changes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse

from kinolab.calls.queries import public as calls
from kinolab.catalogue.queries import people
from kinolab.catalogue.queries import public as catalogue
from kinolab.foundation.ui.visitors import remembered
from kinolab.impact.queries import outcomes
from kinolab.impact.queries import shown as road_maps
from kinolab.news.queries import public as news
from kinolab.selection.queries.public import announcements

MOST = 50_000  # addresses in one map
PAGES = "pages"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """A page for the map: its path without the language, the languages it is in, and when it changed."""

    path: str
    languages: Collection[str]
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    """Pages of one kind, in a fixed order: what there is of them, how rows become addresses, when a row was changed."""

    rows: Callable[[datetime], QuerySet]
    columns: tuple[str, ...]
    address: Callable[[str], Callable[..., SiteAddress]]  # of a pattern of their paths
    pattern: str
    most_languages: int
    changed: tuple[str, ...] = ()

    @property
    def in_a_map(self) -> int:
        """How many of them one map holds, whatever their languages."""
        return max(MOST // self.most_languages, 1)

    def addresses(self, at: datetime, first: int = 0, end: int | None = None) -> Iterator[SiteAddress]:
        """Those from `first` to before `end`. One statement."""
        told = self.rows(at).values_list(*self.columns)
        made = self.address(_path(self.pattern, _SLUG))
        return (made(*row) for row in told[first:end].iterator(chunk_size=2_000))


@dataclass(frozen=True, slots=True)
class _Map:
    """One map of the index."""

    section: str
    number: int
    changed: datetime | None


def document(at: datetime, section: str, number: int) -> Iterable[str] | None:
    """The map in pieces: of everything, or the index where one map does not hold all; map `number` of a section, from 1.

    None where there is no such map. Whole and index take two statements a section where nothing is remembered.
    """
    if section:
        return _part(at, section, number)
    pages = list(_pages(at))
    counted = remembered("site map", at, lambda: _counted(at), news.next_change)
    number = sum(len(one.languages) for one in pages) + sum(
        how_many * _SECTIONS[name].most_languages for name, how_many in counted.items()
    )
    if number > MOST:
        return _index(remembered("site maps", at, lambda: _maps(at, counted), news.next_change))
    return _map([*pages, *(one for name in _SECTIONS for one in _SECTIONS[name].addresses(at))])


def _part(at: datetime, name: str, number: int) -> Iterable[str] | None:
    if name == PAGES and number == 1:
        return _map(_pages(at))
    section = _SECTIONS.get(name)
    if section is None or number < 1:
        return None
    told = list(section.addresses(at, (number - 1) * section.in_a_map, number * section.in_a_map))
    return _map(told) if told else None


# --- What there is ---------------------------------------------------------------------------------------------------
def _pages(at: datetime) -> Iterator[SiteAddress]:
    """Lists, programmes, calls, results, reports, road maps, standing pages: as many as there are labs."""
    everywhere = settings.KINOLAB_COMPLETE_LANGUAGES
    for name in ("desk:home", "calls:list", "catalogue:list", "news:list"):
        yield SiteAddress(_path(name), everywhere)
    programmes, announced = set(), announcements()
    for call in calls.public_calls(at).order_by("pk"):
        edition = call.edition
        if edition.programme.slug not in programmes:
            programmes.add(edition.programme.slug)
            yield SiteAddress(_path("calls:programme", edition.programme.slug), everywhere)
        languages = call.languages or everywhere
        yield SiteAddress(_path("calls:page", edition.programme.slug, edition.slug), languages)
        if edition.pk in announced:
            where = _path("selection:results", edition.programme.slug, edition.slug)
            yield SiteAddress(where, languages, announced[edition.pk])
    yield from _what_became(programmes, everywhere)
    for road_map in road_maps.to_everybody():
        yield SiteAddress(_path("impact:shown", road_map.code), everywhere, road_map.changed_at)
    told = news.pages(at).exclude(complete=[]).order_by("pk").select_related(None)
    for slug, complete, *moments in told.values_list(*_OF_ARTICLES):
        yield SiteAddress(_path("news:page", slug), complete, max(moments))


def _what_became(programmes: Collection[str], languages: Collection[str]) -> Iterator[SiteAddress]:
    """*Where are they now* and the impact reports of programmes that everybody knows. Two statements."""
    verified = outcomes.public_programmes()
    yield from (
        SiteAddress(_path("impact:alumni", one), languages, verified[one]) for one in verified if one in programmes
    )
    reported = (one for one in outcomes.with_public_reports() if one in programmes)
    yield from (SiteAddress(_path("impact:public_report", one), languages) for one in reported)


def _everywhere(pattern: str) -> Callable[..., SiteAddress]:
    before, _, after = pattern.partition(_SLUG)
    languages = settings.KINOLAB_COMPLETE_LANGUAGES
    return lambda slug, *moments: SiteAddress(
        f"{before}{slug}{after}", languages, max(filter(None, moments), default=None)
    )


def _where_complete(pattern: str) -> Callable[..., SiteAddress]:
    before, _, after = pattern.partition(_SLUG)
    return lambda slug, complete, *moments: SiteAddress(f"{before}{slug}{after}", complete, max(moments))


_SLUG = "0"  # no path of ours has it
_OF_ARTICLES = ("slug", "complete", "published_at", "changed_at")
_COMPLETE, _ALL = len(settings.KINOLAB_COMPLETE_LANGUAGES), len(settings.LANGUAGES)
_SECTIONS = {
    "films": _Section(
        lambda at: catalogue.published(at).select_related(None).order_by("pk"),
        ("slug", "changed_at"), _everywhere, "catalogue:film", _COMPLETE, ("changed_at",),
    ),
    "series": _Section(
        lambda at: catalogue.series_shown(at).annotate(changed=catalogue.series_changed(at)),
        ("slug", "changed"), _everywhere, "catalogue:series_page", _COMPLETE, ("changed",),
    ),
    "people": _Section(
        lambda at: people.with_pages(at).annotate(**people.changed(at)),
        ("slug", *people.CHANGED), _everywhere, "catalogue:person", _COMPLETE,
    ),
    "news": _Section(
        lambda at: news.published(at).exclude(complete=[]).select_related(None).order_by("pk"),
        _OF_ARTICLES, _where_complete, "news:article", _ALL, ("published_at", "changed_at"),
    ),
}  # fmt: skip


def _counted(at: datetime) -> dict[str, int]:
    """How many there are of each section. One statement each."""
    return {name: section.rows(at).count() for name, section in _SECTIONS.items()}


def _maps(at: datetime, counted: dict[str, int]) -> list[_Map]:
    """Every map of the index, with its last change. One statement for each map of those that say when they changed."""
    found = [_Map(PAGES, 1, None)]
    for name, section in _SECTIONS.items():
        for number in range(-(-counted[name] // section.in_a_map)):
            first = number * section.in_a_map
            moments = section.rows(at)[first : first + section.in_a_map].aggregate(
                **{f"last_{column}": Max(column) for column in section.changed}
            )
            found.append(_Map(name, number + 1, max(filter(None, moments.values()), default=None)))
    return found


def _path(name: str, *args: str) -> str:
    """The path after the language: `/news/`."""
    return "/" + reverse(name, args=args).lstrip("/").partition("/")[2]


# --- How it is written -----------------------------------------------------------------------------------------------
def _map(addresses: Iterable[SiteAddress]) -> Iterator[str]:
    """A map, some hundred lines at a time. Addresses are of our own making: nothing in them needs an escape."""
    yield f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    site, lines = settings.KINOLAB_URL, []
    for one in addresses:
        each = [(tag, f"{site}/{tag}{one.path}") for tag in one.languages]
        rest = "".join([f'<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>' for tag, url in each])
        changed = f"<lastmod>{one.changed.isoformat()}</lastmod>" if one.changed else ""
        lines += [f"<url><loc>{url}</loc>{changed}{rest}</url>\n" for _tag, url in each]
        if len(lines) > 500:
            yield "".join(lines)
            lines = []
    yield "".join(lines) + "</urlset>\n"


def _index(maps: Iterable[_Map]) -> Iterator[str]:
    site = settings.KINOLAB_URL
    yield f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n'
    for one in maps:
        changed = f"<lastmod>{one.changed.isoformat()}</lastmod>" if one.changed else ""
        page = f"&amp;page={one.number}" if one.number > 1 else ""
        yield f"<sitemap><loc>{site}/sitemap.xml?of={one.section}{page}</loc>{changed}</sitemap>\n"
    yield "</sitemapindex>\n"
