"""Pictures and subtitles of a film: what stands on their pages."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from kinolab.catalogue.domain import subtitles as rules
from kinolab.catalogue.domain.works import Kind, PartState
from kinolab.catalogue.models import Film, Part, Still, Subtitles
from kinolab.foundation.files.models import Picture

ON_A_PAGE = 100  # subtitles


@dataclass(frozen=True, slots=True)
class SubtitlesPage:
    """A page of subtitles, the one that is on the screen, and what stands behind it."""

    page: Page
    now: rules.Cue
    cover: Picture | None


def subtitles_page(subtitles: Subtitles, number: object, at: str) -> SubtitlesPage:
    """Subtitles in the order of time; on the screen is the one that begins `at` (milliseconds), else the first."""
    page = Paginator(rules.read(subtitles.text).cues, ON_A_PAGE).get_page(number)
    now = next((cue for cue in page.object_list if str(cue.begins) == at), page.object_list[0])
    cover = Still.objects.filter(film=subtitles.film, cover=True, shown=True).select_related("picture__file").first()
    return SubtitlesPage(page, now, cover.picture if cover else None)


def subtitles_text(subtitles: Subtitles, form: str) -> str:
    """The subtitles as a text in this form: "vtt" or "srt"."""
    return subtitles.text if form == "vtt" else rules.as_srt(rules.read(subtitles.text).cues)


def subtitles_of(film: Film) -> list[Subtitles]:
    """All subtitles of the film, hidden ones too."""
    return list(Subtitles.objects.filter(film=film).select_related("file").defer("text"))


def read_with(film: Film) -> Film | None:
    """The film on whose page its subtitles are: its own, or, of a part, that in which it stands."""
    if film.kind != Kind.SEGMENT:
        return film
    standing = Part.objects.filter(film=film, state=PartState.IN_FILM).select_related("whole").first()
    return standing.whole if standing else None


def stills_of(film: Film) -> list[Still]:
    """All pictures of the film, hidden ones too, the cover first."""
    return list(Still.objects.filter(film=film).select_related("picture__file"))
