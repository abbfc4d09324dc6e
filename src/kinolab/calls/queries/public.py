"""Reads: what a visitor sees of calls, editions and programmes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from kinolab.calls import words
from kinolab.calls.domain import checker as rules_of_checking
from kinolab.calls.domain import window as windows
from kinolab.calls.domain.eligibility import Asks, Outcome
from kinolab.calls.domain.regulations import ReferenceDate, Severity, parse_rule
from kinolab.calls.domain.window import Phase, Window
from kinolab.calls.models import Call, Cover, Rule
from kinolab.calls.queries import closes
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.models import Question
from kinolab.labs import queries as labs
from kinolab.labs.domain import calendar
from kinolab.labs.domain.calendar import FuzzyDate, Precision
from kinolab.labs.models import Edition, Programme
from kinolab.labs.queries import Story

COUNTRY_FIELDS = ("country", "residence", "citizenship", "nationality")


# --- A call and where it stands --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """A call at an instant: which phase, how many whole days are left, whether the edition is over or cancelled."""

    call: Call
    at: datetime
    announced_at: datetime | None = None

    @cached_property
    def phase(self) -> Phase | None:
        """Where the call stands; None while its dates are not set."""
        window = window_of(self.call)
        return windows.phase(window, self.at) if window else None

    @property
    def is_open(self) -> bool:
        """Whether an application can be begun now."""
        return self.phase is Phase.OPEN and not self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        """Whether the edition will not take place."""
        return self.call.edition.cancelled_at is not None

    @cached_property
    def is_over(self) -> bool:
        """Whether the edition has ended, as late as its last date may mean."""
        edition = self.call.edition
        day, precision = (
            (edition.ends_on, edition.ends_precision)
            if edition.ends_on
            else (edition.starts_on, edition.starts_precision)
        )
        if day is None:
            return False
        return (
            calendar.latest(FuzzyDate(day, Precision(precision)))
            < self.at.astimezone(ZoneInfo(edition.timezone)).date()
        )

    @property
    def state(self) -> str:
        """One word for pages: cancelled, finished, announced, open, grace, results, closed, or "" without dates."""
        if self.is_cancelled:
            return "cancelled"
        if self.is_over:
            return "finished"
        if self.announced_at and self.announced_at <= self.at and self.phase is Phase.CLOSED:
            return "results"
        return self.phase.value if self.phase else ""

    @property
    def words(self) -> Promise | str:
        """The state as words."""
        return words.STANDINGS[self.state] if self.state else ""

    @property
    def until(self) -> datetime | None:
        """The instant to count down to: the opening, or the close."""
        if self.phase is Phase.ANNOUNCED:
            return self.call.opens_at
        return windows.end_of(self.next_close) if self.phase is Phase.OPEN else None

    @property
    def days_left(self) -> int:
        """Whole days until `until`."""
        return max(0, (self.until - self.at).days) if self.until else 0

    @property
    def seconds_left(self) -> float:
        """Seconds until `until`."""
        return (self.until - self.at).total_seconds() if self.until else 0

    @property
    def next_close(self) -> datetime | None:
        """The close that comes next: the call's, then that of its last strand or role."""
        call = self.call
        later = call.own_closes_at
        passed = call.closes_at is not None and self.at >= windows.end_of(call.closes_at)
        return later if passed and later and later > call.closes_at else call.closes_at

    @property
    def closes(self) -> str:
        """When the call closes, in its zone; the day alone where no hour was published."""
        call = self.call
        if not call.closes_at:
            return ""
        if self.next_close != call.closes_at:
            return formats.moment(self.next_close, call.timezone or "UTC")
        if not call.hour_known:
            return formats.day(formats.day_in(call.closes_at, call.timezone or "UTC"))
        return formats.moment(call.closes_at, call.timezone or "UTC")

    @property
    def takes_questions(self) -> bool:
        """Whether it is worth asking “am I eligible?”: before the close, unless cancelled."""
        return self.state in ("announced", "open")

    @property
    def takes_late(self) -> bool:
        """Whether somebody may still begin with a late code."""
        until = self.call.codes_until
        return self.phase in (Phase.GRACE, Phase.CLOSED) and until is not None and self.at < until

    @property
    def lab_dates(self) -> str:
        """When the edition takes place."""
        return lab_dates(self.call.edition)

    @property
    def sign(self) -> str:
        """The icon of the state."""
        return {"open": "clock", "finished": "check", "results": "check", "cancelled": "circle-x"}.get(
            self.state, "circle-dashed"
        )

    @property
    def tone(self) -> str:
        """The tone of the state: amber is what changes next."""
        return {"open": "lamp", "cancelled": "bad"}.get(self.state, "")

    @property
    def contact(self) -> str:
        """Whom to ask."""
        return self.call.contact_email or self.call.edition.programme.organisation.contact_email


def window_of(call: Call) -> Window | None:
    """The window of a call until its last strand and role have closed; None while its dates are not set."""
    return closes.whole_window(call) if call.opens_at and call.closes_at else None


def public_calls(at: datetime) -> QuerySet[Call]:
    """Every published call, with what its pages name."""
    return Call.objects.filter(published_at__lte=at).select_related("edition__programme__organisation")


def find(programme: str, edition: str, at: datetime) -> Call | None:
    """The published call at these two slugs."""
    return public_calls(at).filter(edition__slug=edition, edition__programme__slug=programme).first()


# --- The page of a call ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CallPage:
    """Everything on the page of a call."""

    standing: Standing
    rules: list[Rule]
    strands: list[Any]
    covered: list[Cover]
    not_covered: list[Cover]
    faqs: list[Any]
    tutors: list[Any]
    modules: list[Any]
    steps: list[Mapping[str, object]]
    stories: list[Story]
    checker: "Checker"
    later: list[closes.Listed]  # strands and roles that close later than the call
    visitor_zone: str  # "" when it is the call's own or not known
    zone_is_known: bool

    @property
    def call(self) -> Call:
        """The call."""
        return self.standing.call

    @property
    def edition(self) -> Edition:
        """Its edition."""
        return self.standing.call.edition

    @property
    def application_dates(self) -> str:
        """From the opening to the close, as days of the call's zone."""
        call = self.call
        days = [formats.day_in(at, call.timezone or "UTC") for at in (call.opens_at, call.closes_at) if at]
        return formats.day_range(days[0], days[-1]) if days else ""

    @property
    def last_day(self) -> str:
        """The day of the close, without its year."""
        return (
            formats.short_day(formats.day_in(self.call.closes_at, self.call.timezone or "UTC"))
            if self.call.closes_at
            else ""
        )

    @property
    def answer_languages(self) -> str:
        """The languages in which applications may be written."""
        return formats.listing(formats.language_name(tag) for tag in self.call.answer_languages)

    @property
    def untranslated(self) -> str:
        """The tag of another language in which a part of the page is shown; "" when all of it is in the page's."""
        call = self.call
        shown = [text.language_shown for text in (call.headline, call.lead, call.who, call.privacy) if text]
        return next((tag for tag in shown if tag != get_language()), "")


def call_page(call: Call, at: datetime, visitor_zone: str = "") -> CallPage:
    """Gather the page. At most eight statements after the one that found the call, whatever the number of anything."""
    edition = call.edition
    announced = None
    if call.closes_at and call.closes_at <= at:
        announced = labs.edition_facts(edition).announced_at
    standing = Standing(call, at, announced)
    covers = list(call.covers.all())
    rules = list(call.rules.all())
    strands = list(call.strands.all())
    modules = list(edition.modules.all())
    for module in modules:
        module.dates = dates(module.starts_on, module.ends_on, module.precision)
    return CallPage(
        standing=standing,
        rules=rules,
        strands=strands,
        covered=[one for one in covers if one.covered],
        not_covered=[one for one in covers if not one.covered],
        faqs=list(call.faqs.all()),
        tutors=list(edition.tutors.all()),
        modules=modules,
        steps=_steps(standing),
        stories=labs.stories(edition, at),
        checker=checker(call, rules, {}),
        later=[one for one in closes.listed(call, strands) if one.close],
        visitor_zone=visitor_zone if visitor_zone != call.timezone else "",
        zone_is_known=bool(visitor_zone),
    )


def _steps(standing: Standing) -> list[Mapping[str, object]]:
    """The way of an application, with what is known of its dates."""
    call, edition = standing.call, standing.call.edition
    passed = {"": 0, "announced": 0, "open": 0, "grace": 0, "closed": 1, "results": 4, "finished": 5, "cancelled": 0}
    now = passed[standing.state]
    closes = formats.day(formats.day_in(call.closes_at, call.timezone or "UTC")) if call.closes_at else ""
    results = formats.precise(call.results_on, call.results_precision) if call.results_on else ""
    when = [closes, "", "", results, lab_dates(edition)]
    told = words.STEPS_OF_AN_APPLICATION
    return [
        {
            "title": title,
            "note": note,
            "when": when[place],
            "state": "done" if place < now else "now" if place == now and standing.state != "announced" else "next",
        }
        for place, (title, note) in enumerate(told)
    ]


def lab_dates(edition: Edition) -> str:
    """When the edition takes place, as exactly as it is known; "" when it is not."""
    return dates(edition.starts_on, edition.ends_on, edition.starts_precision, edition.ends_precision)


def dates(first: date | None, last: date | None, precision: str, last_precision: str = "") -> str:
    """Two dates as one phrase; a range only where both are known to the day."""
    if first is None:
        return ""
    if last is None or last == first:
        return formats.precise(first, precision)
    if precision == (last_precision or precision) == "day":
        return formats.day_range(first, last)
    begin, end = formats.precise(first, precision), formats.precise(last, last_precision or precision)
    return begin if begin == end else f"{begin} — {end}"


# --- "Am I eligible?" ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One question of the checker, with the answer given and what a no would mean."""

    number: int
    code: str
    text: Text
    asks: str
    options: list[tuple[str, str]]
    given: str
    why: Text


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one rule says: `outcome` is yes, no or unknown; `asked` tells whether the checker has a question for it."""

    code: str
    sentence: Text
    outcome: str
    why: Text
    asked: bool
    deciding: bool


@dataclass(frozen=True)
class Checker:
    """The questions and, once something is answered, what they come to."""

    questions: list[CheckQuestion]
    results: list[CheckResult]
    answered: bool

    @property
    def verdict(self) -> str:
        """start (nothing answered), no, more (something is still open), or yes."""
        if not self.answered:
            return "start"
        asked = [one.outcome for one in self.results if one.asked and one.deciding]
        if Outcome.NO.value in asked:
            return "no"
        return "more" if Outcome.UNKNOWN.value in asked else "yes"


def checker(call: Call, rules: Sequence[Rule], given: Mapping[str, str]) -> Checker:
    """Ask the rules that have a question, and judge by the answers `given` (code of the rule → what was sent)."""
    read = [(row, parse_rule(row.definition)) for row in rules]
    # A rule that cannot be read is refused when the call is published.
    good = [(row, rule) for row, rule in read if not isinstance(rule, list)]
    asked = {row.code: rules_of_checking.asked(rule) for row, rule in good if row.question}
    answers = {code: text for code, text in given.items() if code in asked and text.strip()}
    names = _names_of_choices(call, [one.key for one in asked.values() if one.asks is Asks.CHOICE])
    questions = [
        CheckQuestion(
            number,
            row.code,
            row.question,
            asked[row.code].asks.value,
            [(option, _name(asked[row.code].key, option, names)) for option in asked[row.code].options],
            _given(asked[row.code], answers.get(row.code, "")),
            row.refusal,
        )
        for number, row in enumerate((row for row, _ in good if row.code in asked), start=1)
    ]
    found = rules_of_checking.judge([rule for _, rule in good], answers, reference_dates(call))
    results = [
        CheckResult(
            row.code,
            row.sentence,
            finding.outcome.value,
            row.refusal,
            row.code in asked,
            finding.severity in rules_of_checking.DECIDING,
        )
        for (row, _), finding in zip(good, found, strict=True)
        if finding.severity not in (Severity.SCORE, Severity.INFO)
    ]
    return Checker(questions, results, bool(answers))


def _given(question: rules_of_checking.Asked, answer: str) -> str:
    """The answer as its control shows it: a choice that is not offered is “none of these”."""
    chosen = question.asks is Asks.CHOICE and answer and answer not in question.options
    return rules_of_checking.ANOTHER if chosen else answer


def reference_dates(call: Call) -> dict[ReferenceDate, date]:
    """The days on which rules about age look, as far as a visitor's answers can know them."""
    known = {
        ReferenceDate.CALL_CLOSE: formats.day_in(call.closes_at, call.timezone or "UTC") if call.closes_at else None,
        ReferenceDate.EDITION_START: call.edition.starts_on,
    }
    return {name: day for name, day in known.items() if day is not None}


def _names_of_choices(call: Call, keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Labels of choices by fact, as the form itself has them. One query, and none when only countries are asked."""
    wanted = [key for key in keys if not _is_country(key)]
    if not wanted or call.form_id is None:
        return {}
    found = Question.objects.filter(section__form=call.form_id, fact__in=wanted)
    return {one.fact: {str(choice["key"]): str(Text(choice.get("label"))) for choice in one.choices} for one in found}


def _name(key: str, option: str, names: Mapping[str, Mapping[str, str]]) -> str:
    if _is_country(key):
        return formats.country_name(option)
    return names.get(key, {}).get(option) or str(words.CHOICES.get(option, option.replace("_", " ")))


def _is_country(key: str) -> bool:
    return key.rpartition(".")[2] in COUNTRY_FIELDS


# --- Lists -----------------------------------------------------------------------------------------------------------
def standings(at: datetime) -> list[Standing]:
    """Every published call: open ones first, the nearest close first; then the announced; then the newest past ones."""
    order = {"open": 0, "grace": 1, "announced": 2, "closed": 3, "results": 4, "": 5, "cancelled": 6, "finished": 7}
    found = [Standing(call, at) for call in public_calls(at)]

    def place(one: Standing) -> tuple[int, float, int]:
        nearest = one.until or one.call.closes_at
        distance = abs((nearest - at).total_seconds()) if nearest else 0.0
        return order[one.state], distance, -one.call.pk

    return sorted(found, key=place)


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme and the history of its editions."""

    programme: Programme
    editions: list[tuple[Edition, Standing]]


def programme_page(slug: str, at: datetime) -> ProgrammePage | None:
    """A programme that has at least one public edition, with its published ones, the newest first. Two queries."""
    public = Call.objects.filter(published_at__lte=at)
    programme = Programme.objects.select_related("organisation").filter(slug=slug).first()
    if programme is None:
        return None
    rows = (
        Edition.objects.filter(call__in=public, programme=programme)
        .select_related("call")
        .order_by("-starts_on", "-pk")
    )
    found = []
    for edition in rows:
        edition.programme = programme
        edition.call.edition = edition
        found.append((edition, Standing(edition.call, at)))
    return ProgrammePage(programme, found) if found else None
