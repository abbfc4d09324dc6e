"""What visitors see first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kinolab.calls.queries import public as calls
from kinolab.calls.queries.public import Standing
from kinolab.foundation.i18n import formats
from kinolab.labs.domain import calendar
from kinolab.labs.domain.calendar import FuzzyDate, Precision
from kinolab.labs.models import Organisation
from kinolab.news.models import Article
from kinolab.news.queries import public as news

ON_THE_HOME_PAGE = 6  # articles
SHORT_SEASON, LONG_SEASON = 6, 12  # months
NARROW = 14  # percent of the line; a bar's name does not fit into less


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the season, in percent of the line from its beginning."""

    start: float
    length: float

    @property
    def middle(self) -> float:
        """Where its middle stands."""
        return round(self.start + self.length / 2, 1)

    @property
    def is_narrow(self) -> bool:
        """Whether a name does not fit into it."""
        return self.length < NARROW

    @property
    def is_late(self) -> bool:
        """Whether a name beside it has to stand on its left."""
        return self.start > 60


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """One edition on the line of months."""

    standing: Standing
    applications: Bar | None
    lab: Bar | None


@dataclass(frozen=True, slots=True)
class Season:
    """The months in sight, today's day and where it stands among them (percent), and the editions."""

    months: list[date]
    day: date
    today: float
    rows: list[SeasonRow]

    @property
    def seams(self) -> list[float]:
        """Where each month begins on the line (percent)."""
        return [round(100 * number / len(self.months), 2) for number in range(len(self.months))]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The public home."""

    hero: Standing | None
    open: list[Standing]
    season: Season | None
    finished: list[Standing]
    lead_article: Article | None
    articles: list[Article]
    organisation: Organisation | None

    @property
    def lead_dye(self) -> str:
        """The dye of the leading article, unless its picture already stands above; then another picture is taken."""
        if self.lead_article is None or self.lead_article.edition is None:
            return ""
        dye = self.lead_article.edition.dye
        return "" if self.hero and self.hero.call.edition.dye == dye else dye


def home_page(at: datetime) -> HomePage:
    """Gather the home page. Four statements, whatever the number of anything."""
    standings = calls.standings(at)
    opened = [one for one in standings if one.is_open]
    current = [one for one in standings if one.state not in ("finished", "cancelled")]
    soon = [one for one in standings if one.state == "announced"]
    articles = news.latest(at, ON_THE_HOME_PAGE)
    hero = (opened or soon or [None])[0]
    organisation = standings[0].call.edition.programme.organisation if standings else Organisation.objects.first()
    return HomePage(
        hero=hero,
        open=[one for one in opened if one is not hero],
        season=season(current, at),
        finished=[one for one in standings if one.state == "finished"],
        lead_article=articles[0] if articles else None,
        articles=articles[1:],
        organisation=organisation,
    )


def season(standings: list[Standing], at: datetime) -> Season | None:
    """The editions that are not over, on a line of six to twelve months; None when no date is known."""
    spans = [(one, _applications(one), _lab(one)) for one in standings]
    known = [span for _, *both in spans for span in both if span]
    if not known:
        return None
    today = at.astimezone(ZoneInfo(standings[0].call.timezone or "UTC")).date()
    first = min(max(min(begin for begin, _ in known), today - timedelta(days=92)), today).replace(day=1)
    last = max(end for _, end in known)
    needed = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [_months_after(first, number) for number in range(min(max(needed, SHORT_SEASON), LONG_SEASON))]

    def place(day: date) -> float:
        """Months are equally wide, whatever their days."""
        number = (day.year - first.year) * 12 + day.month - first.month
        begin = _months_after(first, number)
        inside = (day - begin).days / (_months_after(begin, 1) - begin).days
        return round(min(max(100 * (number + inside) / len(months), 0), 100), 1)

    def bar(span: tuple[date, date] | None) -> Bar | None:
        if span is None:
            return None
        begin, stop = place(span[0]), place(span[1] + timedelta(days=1))
        return Bar(begin, round(max(stop - begin, 1.5), 1)) if stop > 0 and begin < 100 else None

    rows = [SeasonRow(one, bar(applications), bar(lab)) for one, applications, lab in spans]
    return Season(months, today, place(today), rows)


def _applications(standing: Standing) -> tuple[date, date] | None:
    call = standing.call
    if not call.opens_at or not call.closes_at:
        return None
    zone = call.timezone or "UTC"
    return formats.day_in(call.opens_at, zone), formats.day_in(call.closes_at, zone)


def _lab(standing: Standing) -> tuple[date, date] | None:
    edition = standing.call.edition
    if not edition.starts_on:
        return None
    first = calendar.earliest(FuzzyDate(edition.starts_on, Precision(edition.starts_precision)))
    last_day, precision = (
        (edition.ends_on, edition.ends_precision) if edition.ends_on else (edition.starts_on, edition.starts_precision)
    )
    return first, calendar.latest(FuzzyDate(last_day, Precision(precision)))


def _months_after(first: date, number: int) -> date:
    years, month = divmod(first.month - 1 + number, 12)
    return date(first.year + years, month + 1, 1)
