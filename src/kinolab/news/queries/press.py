"""Press kits: what may be said of an organisation or a film, in each language, with pictures and their rights.

Nothing is written for a kit: it gathers what is public anyway, so that it is never older than the site.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext, override, pgettext

from kinolab.catalogue import words as catalogue
from kinolab.catalogue.models import Film, Still
from kinolab.catalogue.queries import public as films
from kinolab.foundation.files import queries as files
from kinolab.foundation.files.archives import Entry
from kinolab.foundation.files.models import Picture
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.lines import normalise
from kinolab.foundation.ui import typesetting
from kinolab.foundation.ui.sharing import write_whole
from kinolab.labs.models import Organisation
from kinolab.news.domain import articles as rules
from kinolab.news.domain import illustrations
from kinolab.news.models import Article, Illustration
from kinolab.news.queries import press_document
from kinolab.news.queries.public import published

TEXTS = 5  # articles in a kit
PICTURES = 30
_SHEET = Path(__file__).parent / "press.typ"
_DRAWN_BY = "1"  # raise it when the sheet changes
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Told:
    """An article of the kit, in the language of its sheet."""

    title: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is said in one language."""

    language: str
    kind: str
    title: str
    about: list[str]
    facts: list[tuple[str, str]]
    texts: list[Told]


@dataclass(frozen=True, slots=True)
class Kit:
    """A press kit: its name for files, one sheet a language, pictures with the names they are saved under."""

    name: str
    organisation: Organisation
    title: Text
    sheets: list[Sheet]
    pictures: list[tuple[str, Picture]]
    at: datetime

    @property
    def sheet(self) -> Sheet:
        """The one in the language of the page."""
        language = Text(dict.fromkeys([one.language for one in self.sheets], "x")).language_shown
        return next(one for one in self.sheets if one.language == language)


# --- Gathering -------------------------------------------------------------------------------------------------------
def of_film(film: Film, at: datetime) -> Kit:
    """The kit of a film that is public."""
    page = films.film_page(film, at)
    told = list(published(at).filter(films=film)[:TEXTS])

    def sheet(language: str) -> Sheet:
        kind = str(catalogue.KINDS[film.kind])
        about = [str(film.synopsis)] if film.synopsis else []
        return Sheet(
            language, kind, str(film.title) or film.slug, about, list(_film_facts(page)), _texts(told, language)
        )

    stills = [one.picture for one in Still.objects.filter(film=film, shown=True).select_related("picture__file")]
    pictures = _once([*stills, *_pictures(published(at).filter(films=film))])
    return _kit(film.slug, film.organisation, film.title or Text({"en": film.slug}), sheet, pictures, at)


def of_organisation(organisation: Organisation, at: datetime) -> Kit:
    """The kit of an organisation."""
    newest = published(at).filter(organisation=organisation).select_related(None).values_list("pk", flat=True)[:TEXTS]
    told = list(published(at).filter(pk__in=list(newest)))  # whole rows of these alone are looked into
    programmes = list(organisation.programmes.order_by("pk"))

    def sheet(language: str) -> Sheet:
        facts = [
            (
                pgettext("press kit", "Country"),
                formats.country_name(organisation.country) if organisation.country else "",
            ),
            (
                pgettext("press kit", "Programmes"),
                formats.listing(str(one) for one in programmes) if programmes else "",
            ),
            (pgettext("press kit", "Site"), organisation.website),
            (pgettext("press kit", "Contact"), organisation.contact_email),
        ]
        about = [str(organisation.about)] if organisation.about else []
        kind = pgettext("press kit", "About the organisation")
        said = [fact for fact in facts if fact[1]]
        return Sheet(language, kind, str(organisation), about, said, _texts(told, language))

    pictures = _pictures(published(at).filter(organisation=organisation))
    return _kit(organisation.slug, organisation, organisation.name, sheet, pictures, at)


def _kit(name: str, organisation: Organisation, title: Text, sheet: Any, pictures: list[Picture], at: datetime) -> Kit:
    sheets = []
    for language in settings.KINOLAB_COMPLETE_LANGUAGES:
        with override(language):
            sheets.append(sheet(language))
    named = [(f"{name}-{number:02}.{_ending(one)}", one) for number, one in enumerate(pictures, 1)]
    return Kit(name, organisation, title, sheets, named, at)


def _film_facts(page: films.FilmPage) -> Iterator[tuple[str, str]]:
    """What is known; of a film to come, also that its directors or its length are not announced yet."""
    film = page.film
    if film.original_title:
        yield pgettext("press kit", "Original title"), film.original_title
    if film.first_year:
        yield pgettext("press kit", "Year"), str(film.first_year)
    if page.countries:
        yield pgettext("press kit", "Countries"), formats.listing(formats.country_name(one) for one in page.countries)
    if film.minutes:
        yield pgettext("press kit", "Running time, minutes"), str(film.minutes)
    yield from _open_facts(page)
    if film.genres:
        yield pgettext("press kit", "Genres"), ", ".join(str(catalogue.GENRES[one]) for one in film.genres)
    for group in page.credits:
        yield str(catalogue.ROLES[group.role]), ", ".join(str(one.name) for one in group.names)
    if page.tracks:
        yield pgettext("press kit", "Soundtrack"), ", ".join(str(one.artist) for one in page.tracks)
    for release in page.releases:
        yield str(catalogue.RELEASE_KINDS[release.kind]), _when(release)
    if film.organisation.contact_email:
        yield pgettext("press kit", "Contact"), film.organisation.contact_email


def _open_facts(page: films.FilmPage) -> Iterator[tuple[str, str]]:
    """What may still be announced."""
    if page.to_come and not page.film.minutes:
        yield gettext("Running time"), pgettext("running time", "not announced")
    if page.to_come and not page.directors:
        yield gettext("Directors"), pgettext("directors", "not announced")


def _when(release: Any) -> str:
    on = formats.precise(release.on, release.precision) if release.on else ""
    season = str(catalogue.SEASONS[release.season]) if release.season else ""
    return ", ".join(part for part in (str(release.event), season, on) if part)


def _texts(told: Iterable[Article], language: str) -> list[Told]:
    """Articles that are complete in the language."""
    return [
        Told(one.title[language], _paragraphs(one.lead.in_language(language), one.body[language]))
        for one in told
        if language in rules.complete_languages(one.title, one.body)
    ]


def _paragraphs(lead: str, body: str) -> list[str]:
    text = f"{lead}\n\n{illustrations.words_alone(body)}"
    cut = (" ".join(part.split()).lstrip("#> ") for part in normalise(text).split("\n\n"))
    return [part for part in cut if part]


def _pictures(told: QuerySet[Article]) -> list[Picture]:
    """The newest described pictures of these articles. Pictures are asked for their article, not the other way."""
    of_these = Exists(told.filter(pk=OuterRef("article")).select_related(None))
    found = Illustration.objects.filter(of_these).select_related("picture__file").order_by("-pk")[: 2 * PICTURES]
    return _once([one.picture for one in reversed(found)])


def _once(pictures: Iterable[Picture]) -> list[Picture]:
    """Described pictures, those with the same contents once."""
    there = {one.file.sha256: one for one in reversed([*pictures]) if one.alt}
    return list(reversed(there.values()))[:PICTURES]


def _ending(picture: Picture) -> str:
    return _ENDINGS.get(picture.file.content_type, "jpg")


# --- The archive -----------------------------------------------------------------------------------------------------
def archive(kit: Kit) -> Iterator[Entry]:
    """Everything as files: texts plain, as PDF and as DOCX, pictures as they were brought, a list of their rights."""
    for sheet in kit.sheets:
        with override(sheet.language):
            plain = as_text(kit, sheet)
            yield Entry(f"{kit.name}/{kit.name}-{sheet.language}.txt", [plain.encode()], kit.at, packed=True)
            yield Entry(f"{kit.name}/{kit.name}-{sheet.language}.pdf", [as_pdf(kit, sheet)], kit.at)
            yield Entry(f"{kit.name}/{kit.name}-{sheet.language}.docx", [as_docx(kit, sheet)], kit.at)
    for name, picture in kit.pictures:
        yield Entry(f"{kit.name}/pictures/{name}", files.pieces(picture.file), kit.at)
    if kit.pictures:
        yield Entry(f"{kit.name}/pictures/rights.txt", [_rights(kit).encode()], kit.at, packed=True)


def as_text(kit: Kit, sheet: Sheet) -> str:
    """The sheet as plain text."""
    parts = [sheet.title, sheet.kind, *sheet.about, "\n".join(f"{name}: {value}" for name, value in sheet.facts)]
    for told in sheet.texts:
        parts += [f"— {told.title} —", *told.paragraphs]
    return "\n\n".join(part for part in [*parts, str(kit.organisation)] if part) + "\n"


def as_pdf(kit: Kit, sheet: Sheet) -> bytes:
    """The sheet on paper; made once for the same words."""
    return _made_once(kit, sheet, "pdf", lambda said: typesetting.pdf(_SHEET, said, kit.at))


def as_docx(kit: Kit, sheet: Sheet) -> bytes:
    """The sheet as a document to write on; made once for the same words."""
    return _made_once(kit, sheet, "docx", lambda said: press_document.docx(said, kit.at))


def _made_once(kit: Kit, sheet: Sheet, ending: str, make: Callable[[dict[str, Any]], bytes]) -> bytes:
    said = {
        "language": sheet.language,
        "organisation": str(kit.organisation),
        "kind": sheet.kind,
        "title": sheet.title,
        "about": sheet.about,
        "facts_title": gettext("Facts"),
        "facts": sheet.facts,
        "texts": [{"title": one.title, "paragraphs": one.paragraphs} for one in sheet.texts],
    }
    digest = sha256(f"{_DRAWN_BY}\n{dumps(said, ensure_ascii=False)}".encode()).hexdigest()[:32]
    path = Path(settings.KINOLAB_DATA) / "press" / f"{digest}.{ending}"
    if not path.exists():
        write_whole(path, make(said))
    return path.read_bytes()


def _rights(kit: Kit) -> str:
    lines = []
    for name, picture in kit.pictures:
        lines += [name, picture.credit or gettext("Rights: ask the organisation."), *picture.alt.values(), ""]
    return "\n".join(lines)
