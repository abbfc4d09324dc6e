"""The map of the site for search engines: every public page in each of its languages, each naming the others.

Written line by line without a template, for there may be a hundred thousand addresses. A map holds at most fifty thousand
by the protocol; with more there is an index of maps.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.conf import settings

from kinolab.desk.queries.home import SiteAddress

MOST = 50_000  # addresses in one map
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def document(addresses: Iterable[SiteAddress], number: int | None) -> str | None:
    """The map, or the index of maps where one does not hold all; map `number`, from 1; None where there is no such map."""
    if number is None:
        every = list(_lines(addresses))
        return _map(every) if len(every) <= MOST else _index(-(-len(every) // MOST))
    part = list(islice(_lines(addresses), (number - 1) * MOST, number * MOST))
    return _map(part) if part else None


def _lines(addresses: Iterable[SiteAddress]) -> Iterator[str]:
    """An address in one language, with all its languages. Addresses are of our own making: nothing in them needs an escape."""
    site = settings.KINOLAB_URL
    for one in addresses:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{site}/{tag}{one.path}"/>' for tag in one.languages
        )
        changed = f"<lastmod>{one.changed.isoformat()}</lastmod>" if one.changed else ""
        for tag in one.languages:
            yield f"<url><loc>{site}/{tag}{one.path}</loc>{changed}{links}</url>\n"


def _map(lines: list[str]) -> str:
    space = f'xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {space}>\n{''.join(lines)}</urlset>\n"


def _index(number: int) -> str:
    site = settings.KINOLAB_URL
    maps = (f"<sitemap><loc>{site}/sitemap.xml?page={one}</loc></sitemap>\n" for one in range(1, number + 1))
    return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{"".join(maps)}</sitemapindex>\n'
