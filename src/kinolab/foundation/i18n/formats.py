"""Dates, numbers and names the way the active language writes them (CLDR, through Babel)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, localedata
from babel.core import get_global
from babel.dates import (
    format_date,
    format_skeleton,
    format_timedelta,
    get_timezone_location,
)
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language, pgettext

from kinolab.foundation.i18n.alphabets import sort_key

# What the labs of the region say, where CLDR says otherwise.
COUNTRY_NAMES = {("ru", "KG"): "Кыргызстан"}
# Parts of CLDR that no format below asks for.
_UNSAID = (
    "unit_display_names", "compound_unit_patterns", "currency_names_plural", "compact_currency_formats",
    "compact_decimal_formats", "meta_zones",
)  # fmt: skip


def locale() -> Locale:
    """The active language as a CLDR locale; English as the British write it."""
    return _locale(get_language() or "en")


@cache
def _locale(tag: str) -> Locale:
    found = Locale.parse("en_GB" if tag == "en" else tag.replace("-", "_"))
    # Babel reads along what would help it to guess at incomplete tags: two megabytes, and ours are whole.
    for guesses in ("likely_subtags", "territory_languages", "territory_currencies", "windows_zone_mapping"):
        get_global(guesses).clear()
    for name in ("root", "en", "en_001", "en_GB") if tag == "en" else ("root", str(found)):
        _let_go(localedata.load(name))
    return found


def _let_go(told: dict[str, Any]) -> None:
    """Empty what no page says: more than half of what Babel keeps of a language, half a megabyte each."""
    for unsaid in _UNSAID:
        told[unsaid].clear()
    said = {unit: patterns for unit, patterns in told["unit_patterns"].items() if unit.startswith("duration-")}
    told["unit_patterns"] = said


def day(when: date) -> str:
    """26 September 2026."""
    return _day(_bare(when), get_language() or "en")


def short_day(when: date) -> str:
    """26 September: for dates within the year everybody means."""
    return _short_day(_bare(when), get_language() or "en")


def day_range(first: date, last: date | None) -> str:
    """26 September – 1 October 2026, months in full; CLDR has full months for single days only."""
    return day(first) if last is None else _day_range(_bare(first), _bare(last), get_language() or "en")


def _bare(when: date) -> date:
    """The day alone: two instants may be equal and fall on different days."""
    return date(when.year, when.month, when.day)


# A table shows the same few days on fifty rows; spelling a day out takes longer than the rest of its row. The language
# is the active one: it stands among the arguments so that each has its own entry.
@lru_cache(maxsize=4096)
def _day(when: date, language: str) -> str:
    if language in {"tk", "tg"}:
        return f"{_short_day(when, language)} {when.year}"
    return format_date(when, "long", locale=locale())


@lru_cache(maxsize=4096)
def _short_day(when: date, language: str) -> str:
    if language == "tk":  # CLDR leaves the ending of the ordinal out
        return f"{when.day}-{_turkmen_ending(when.day)} {locale().months['format']['wide'][when.month]}"
    return _small(format_skeleton("MMMMd", when, locale=locale()))


@lru_cache(maxsize=4096)
def _day_range(first: date, last: date, language: str) -> str:
    if first == last:
        return day(first)
    dash = "\u00a0— " if language == "ky" else "\u00a0– "
    if first.year != last.year:
        return f"{day(first)}{dash}{day(last)}"
    year_first = day(first).endswith(short_day(first))  # ky, kk
    if first.month != last.month:
        return f"{day(first)}{dash}{short_day(last)}" if year_first else f"{short_day(first)}{dash}{day(last)}"
    year = day(last).removesuffix(short_day(last)) if year_first else ""
    return f"{year}{first.day}–{short_day(last) if year_first else day(last)}"


def _small(shown: str) -> str:
    """Tajik months are written small, whatever CLDR says."""
    return shown.lower() if get_language() == "tg" else shown


def _turkmen_ending(number: int) -> str:
    """As the last word of the number sounds: altynjy, dokuzynjy, onunjy, otuzynjy; all others -nji."""
    return "njy" if number in {10, 30} or number % 10 in {6, 9} else "nji"


def clock(at: datetime, zone: str) -> str:
    """23:59 in the zone; always 24 hours."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def day_in(at: datetime, zone: str) -> date:
    """The day on which the instant falls in the zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def offset(at: datetime, zone: str) -> str:
    """UTC+6 at that instant (zones move their clocks)."""
    minutes = int((at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def moment(at: datetime, zone: str) -> str:
    """5 August 2026, 23:59 (Bishkek, UTC+6)."""
    there = at.astimezone(ZoneInfo(zone))
    place = "UTC" if zone == "UTC" else f"{zone_city(zone)}, {offset(at, zone)}"
    return f"{day(there.date())}, {clock(at, zone)} ({place})"


def moment_here(at: datetime, zone: str) -> str:
    """5 August 2026, 23:59: where everybody knows which zone is meant."""
    return f"{day(day_in(at, zone))}, {clock(at, zone)}"


def precise(when: date, precision: str) -> str:
    """The date as exactly as it is known: a day, a part of a month, a month, a year."""
    if precision == "day":
        return day(when)
    if precision == "year":
        return format_skeleton("y", when, locale=locale())
    if precision == "month":
        return _small(format_skeleton("yMMMM", when, locale=locale()))
    month = _month_of_phrase(when)
    match precision:
        case "early_month":
            return (
                pgettext("part of a month, the month in the genitive where there is one", "early %(month)s %(year)s")
                % month
            )
        case "mid_month":
            return (
                pgettext("part of a month, the month in the genitive where there is one", "mid %(month)s %(year)s")
                % month
            )
    return pgettext("part of a month, the month in the genitive where there is one", "late %(month)s %(year)s") % month


def month_name(month: int) -> str:
    """A month by its name as it stands alone: сентябрь."""
    return _small(locale().months["stand-alone"]["wide"][month])


def short_month(when: date) -> str:
    """The month as it stands over a column: сент."""
    return _small(format_date(when, "LLL", locale=locale()))


def quarter(when: date) -> str:
    """The quarter as it stands over a column: Q3."""
    return format_date(when, "QQQ", locale=locale())


def _month_of_phrase(when: date) -> dict[str, str]:
    """The month and year as they stand inside a phrase: the form CLDR uses beside a day (Russian: сентября)."""
    return {"month": _small(locale().months["format"]["wide"][when.month]), "year": str(when.year)}


def number(amount: float | Decimal) -> str:
    """9,400 or 9 400."""
    return format_decimal(amount, locale=locale())


def score(mark: float | Decimal) -> str:
    """3.60: a score on 0–5, always with two decimals so that a column of them can be compared."""
    return _score(mark, get_language() or "en")


@lru_cache(maxsize=4096)
def _score(mark: float | Decimal, language: str) -> str:
    return format_decimal(mark, "0.00", locale=_locale(language))


def percent(share: float) -> str:
    """0.31 as 31%."""
    return format_percent(share, locale=locale())


def money(amount: float | Decimal, currency: str) -> str:
    """An amount with its currency."""
    return format_currency(amount, currency, locale=locale())


def country_name(code: str) -> str:
    """KG as Kyrgyzstan; the code itself when CLDR has no name for it."""
    tag = get_language() or "en"
    return COUNTRY_NAMES.get((tag, code)) or locale().territories.get(code, code)


def countries(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with the names of their countries, in the alphabetical order of the active language."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda named: sort_key(named[1]))


def language_name(tag: str) -> str:
    """ky as Kyrgyz; of a tag with more in it (uz-Cyrl) the script or the country stands in brackets."""
    if tag in locale().languages:
        return locale().languages[tag]
    first, *rest = tag.split("-")
    told = ", ".join(locale().scripts.get(one) or locale().territories.get(one) or one for one in rest)
    name = locale().languages.get(first, first)
    return f"{name} ({told})" if told else name


def zone_city(zone: str) -> str:
    """Asia/Bishkek as Bishkek."""
    return get_timezone_location(ZoneInfo(zone), locale=locale(), return_city=True)


def duration(length: timedelta) -> str:
    """3 days."""
    return format_timedelta(length, locale=locale())


def listing(items: Iterable[str]) -> str:
    """a, b and c."""
    return format_list(list(items), locale=locale())
