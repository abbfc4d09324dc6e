"""What an address says of its video: by oEmbed where the site has it, else by its page and the form for its password."""

import json
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from kinolab.applications.domain.links import LinkState
from kinolab.foundation.outside import Forbidden, Offline, Page, Silent, Visitor

# host → where its oEmbed answers. Both document it for anybody, without a key.
OEMBED = {
    "vimeo.com": "https://vimeo.com/api/oembed.json",
    "youtube.com": "https://www.youtube.com/oembed",
    "youtu.be": "https://www.youtube.com/oembed",
}
HIDES = frozenset({"vimeo.com"})  # a 404 of theirs may be a private film
_GONE = frozenset({404, 410})
_KEPT_OUT = frozenset({401, 403, 407, 429, 451})


def probe(visitor: Visitor, url: str, password: str) -> LinkState:
    """Ask once, and once more with the password where a page asks for one.

    Where nobody could be asked, or a large site keeps us out, it is not known; it is never called broken for that.
    """
    address = OEMBED.get(_host(url))
    try:
        if address is None:
            return _by_page(visitor, url, password)
        return _by_oembed(visitor, address, url) or _as_far_as_told(_by_page(visitor, url, password))
    except (Forbidden, Offline):
        return LinkState.UNKNOWN
    except Silent:
        return LinkState.SILENT if address is None else LinkState.UNKNOWN


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _as_far_as_told(page: LinkState) -> LinkState:
    """What the page of a large site tells once its oEmbed would not: a script may show there what we do not see.

    A film that opens with its password, one that asks for a password, and nothing at all are told; the rest is not known.
    """
    told = {LinkState.OPENS_WITH_PASSWORD, LinkState.ASKS_PASSWORD, LinkState.GONE}
    return page if page in told else LinkState.UNKNOWN


def _by_oembed(visitor: Visitor, address: str, url: str) -> LinkState | None:
    """What the site says of its video; None where only its page can tell more.

    A film with a password, or one that may not be embedded, is answered with 401 or 403: then the page is asked. So it
    is after a 404 of a site that hides private films behind one.
    """
    said = visitor.get(f"{address}?{urlencode({'url': url, 'format': 'json'})}")
    if said.status in _GONE and _host(url) in HIDES:
        return None
    if said.status in _GONE or said.status == 400:
        return LinkState.GONE
    if said.status >= 500:
        return LinkState.UNKNOWN
    if said.status != 200:
        return None
    try:
        return LinkState.OPENS if json.loads(said.text).get("type") == "video" else LinkState.UNKNOWN
    except (ValueError, AttributeError):
        return LinkState.UNKNOWN


def _by_page(visitor: Visitor, url: str, password: str) -> LinkState:
    page = visitor.get(url)
    state = _of_status(page)
    if state is not None:
        return state
    form = _password_form(page)
    if form is None:
        return LinkState.OPENS
    if not password or urlsplit(form.action).hostname != urlsplit(page.url).hostname:
        return LinkState.ASKS_PASSWORD
    opened = visitor.post(form.action, urlencode([*form.hidden, (form.field, password)]).encode(), page.cookies)
    if opened.status in _KEPT_OUT:
        return LinkState.WRONG_PASSWORD
    state = _of_status(opened)
    if state is not None:
        return state
    return LinkState.WRONG_PASSWORD if _password_form(opened) else LinkState.OPENS_WITH_PASSWORD


def _of_status(page: Page) -> LinkState | None:
    """What the status alone tells; None where the page must be read."""
    if page.status in _GONE:
        return LinkState.GONE
    if page.status == 401:
        return LinkState.ASKS_PASSWORD
    if page.status in _KEPT_OUT:
        return LinkState.UNKNOWN
    if page.status >= 500:
        return LinkState.SILENT
    return None if page.status < 300 else LinkState.UNKNOWN


class _Forms(HTMLParser):
    """Finds the first form that asks for a password and for nothing else in writing."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self.action, self.field = base, base, ""
        self.hidden: list[tuple[str, str]] = []
        self.inside = self.done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or one of its fields."""
        given = {name: value or "" for name, value in attrs}
        if self.done:
            return
        if tag == "form":
            self.inside, self.field, self.hidden = True, "", []
            self.action = urljoin(self.base, given.get("action", "")) or self.base
        elif tag == "input" and self.inside:
            kind, name = given.get("type", "text").lower(), given.get("name", "")
            if kind == "password" and name:
                self.field = name
            elif kind == "hidden" and name:
                self.hidden.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """The form ends: it is the one, if it asked for a password."""
        if tag == "form" and self.inside and not self.done:
            self.inside, self.done = False, bool(self.field)


def _password_form(page: Page) -> _Forms | None:
    if page.media_type not in {"text/html", "application/xhtml+xml"}:
        return None
    forms = _Forms(page.url)
    forms.feed(page.text)
    return forms if forms.done else None
