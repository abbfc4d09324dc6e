"""A road map as the rules see it: values, without tables. `number` is the row's own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kinolab.impact.domain.vocabularies import (
    Accumulation,
    Anonymity,
    Dynamic,
    Funding,
    Level,
    Measure,
    Progress,
    ResultKind,
    Sensitivity,
    Stance,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What every row has."""

    number: int


@dataclass(frozen=True, slots=True)
class Issue:
    """The problem that the film raises."""

    title: str = ""
    statement: str = ""
    why_now: str = ""


@dataclass(frozen=True, slots=True)
class Vision:
    """A state of the world in one sentence, and until when."""

    statement: str = ""
    horizon: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What the story meets where it is told."""

    known: str = ""
    mood: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Place(Row):
    """Where the problem is."""

    name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Group(Row):
    """Whom the problem affects."""

    name: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Cause(Row):
    """Why the problem is there."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Source(Row):
    """What is known, and from where."""

    title: str = ""
    url: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class SdgTag(Row):
    """A goal ("5") or a target ("5.3") of sustainable development."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Goal(Row):
    """One row of the strategic plan."""

    goal: str = ""
    film_message: str = ""
    key_agents: str = ""
    dynamic: Dynamic = Dynamic.MINDS
    is_primary: bool = False
    success: str = ""


@dataclass(frozen=True, slots=True)
class Audience(Row):
    """Whom the film is to reach."""

    name: str = ""
    kind: str = ""
    place: str = ""
    country: str = ""
    size: int | None = None
    stance: Stance = Stance.PERSUADABLE
    languages: str = ""
    access_needs: str = ""


@dataclass(frozen=True, slots=True)
class Activity(Row):
    """What is done; `depends_on` names activities that come first."""

    title: str = ""
    goal: int | None = None
    kind: str = ""
    audience: int | None = None
    owner: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    progress: Progress = Progress.PLANNED
    partners: tuple[int, ...] = ()
    depends_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner(Row):
    """Who helps. An organisation that is not `safe_to_name` is never named outside the team."""

    organisation: str = ""
    role: str = ""
    contributes: str = ""
    expects: str = ""
    agreement: str = ""
    contact: str = ""
    safe_to_name: bool = False


@dataclass(frozen=True, slots=True)
class Window(Row):
    """Where and when the film is shown."""

    kind: str = ""
    territory: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    hold_back_until: date | None = None
    rights_confirmed: bool = False
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """The budget as a whole."""

    currency: str = "USD"
    contingency: Decimal = Decimal(0)  # per cent


@dataclass(frozen=True, slots=True)
class Line(Row):
    """One line of the budget, in its own currency."""

    label: str = ""
    budget_code: str = ""
    activity: int | None = None
    quantity: Decimal = Decimal(1)
    unit_cost: Decimal = Decimal(0)
    currency: str = "USD"
    source: str = ""
    funding: Funding = Funding.PLANNED

    @property
    def sum(self) -> Decimal:
        """What the line costs."""
        return self.quantity * self.unit_cost


@dataclass(frozen=True, slots=True)
class Milestone(Row):
    """A day by which something is there."""

    title: str = ""
    on: date | None = None
    precision: str = "day"
    activities: tuple[int, ...] = ()
    evidence_required: str = ""


@dataclass(frozen=True, slots=True)
class Result(Row):
    """What comes of it, of one goal; `assumption`: what has to be so for that."""

    title: str = ""
    goal: int | None = None
    kind: ResultKind = ResultKind.OUTPUT
    aggregable: bool = True
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Indicator(Row):
    """By what a result is known. `accumulation` is None while nobody has said how its periods add up."""

    title: str = ""
    result: int = 0
    measure: Measure = Measure.UNIT
    unit: str = ""
    higher_is_better: bool = True
    accumulation: Accumulation | None = None
    method: str = ""
    tool: str = ""
    source_of_data: str = ""
    frequency: str = ""
    ethics: str = ""
    sdg_indicator: str = ""
    baseline_year: int | None = None
    baseline_on: date | None = None
    baseline_value: Decimal | None = None
    baseline_unit: str = ""
    baseline_comment: str = ""
    baseline_place: str = ""
    no_baseline_reason: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Period(Row):
    """From when to when an indicator is read."""

    indicator: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Reading(Row):
    """A target or an actual value of a period; of all, or of those of one sex, age, country or place."""

    period: int
    value: Decimal | None = None
    out_of: int | None = None
    comment: str = ""
    place: str = ""
    country: str = ""
    sex: str = ""
    age: str = ""

    @property
    def dimensions(self) -> tuple[tuple[str, str], ...]:
        """Of whom it speaks; nothing: of all."""
        if not (self.sex or self.age or self.country or self.place):  # as most do
            return ()
        said = (("sex", self.sex), ("age", self.age), ("country", self.country), ("place", self.place))
        return tuple((name, value) for name, value in said if value)


@dataclass(frozen=True, slots=True)
class Actual(Reading):
    """What was read, and what stands behind it."""

    recorded_on: date | None = None
    approved: bool = False
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence(Row):
    """Something that shows it."""

    title: str = ""
    kind: str = ""
    on: date | None = None
    url: str = ""
    file: str = ""
    consent_ok: bool = False
    sensitivity: Sensitivity = Sensitivity.RESTRICTED
    describes: str = ""


@dataclass(frozen=True, slots=True)
class Risk(Row):
    """What may happen to whom."""

    title: str = ""
    who: str = ""
    kind: str = ""
    likelihood: int = 1
    severity: int = 1
    mitigation: str = ""
    owner: str = ""
    review_on: date | None = None
    sensitivity: Sensitivity = Sensitivity.RESTRICTED


@dataclass(frozen=True, slots=True)
class ProtectedPerson(Row):
    """Somebody on screen under a code, never a name."""

    code: str = ""
    anonymity: Anonymity = Anonymity.MASKED
    consent: str = ""
    consent_scope: str = ""
    consent_version: str = ""
    support_plan: str = ""
    compensation: str = ""
    contact_channel: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Learning(Row):
    """What changed, wanted or not, for better or worse, and what the team decided."""

    on: date | None = None
    what_changed: str = ""
    intended: bool = True
    positive: bool = True
    contribution: str = ""
    decision: str = ""
    sensitivity: Sensitivity = Sensitivity.PARTNERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole road map."""

    code: str = ""
    title: str = ""
    level: Level = Level.PRIVATE
    issue: Issue = Issue()
    vision: Vision = Vision()
    story: Story = Story()
    money: Money = Money()
    places: tuple[Place, ...] = ()
    groups: tuple[Group, ...] = ()
    causes: tuple[Cause, ...] = ()
    sources: tuple[Source, ...] = ()
    sdg_tags: tuple[SdgTag, ...] = ()
    goals: tuple[Goal, ...] = ()
    audiences: tuple[Audience, ...] = ()
    activities: tuple[Activity, ...] = ()
    partners: tuple[Partner, ...] = ()
    windows: tuple[Window, ...] = ()
    lines: tuple[Line, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    results: tuple[Result, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    periods: tuple[Period, ...] = ()
    targets: tuple[Reading, ...] = ()
    actuals: tuple[Actual, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    risks: tuple[Risk, ...] = ()
    protected: tuple[ProtectedPerson, ...] = ()
    learning: tuple[Learning, ...] = ()
