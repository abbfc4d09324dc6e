"""Tables: a road map, the rows of its parts with their past, its tutors, remarks, versions and reports; outcomes.

A row's `version` grows by one with each change. Its columns are named like those of `domain/plan.py`, and listed for forms,
history and copying in `COLUMNS`.
"""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string

from kinolab.applications.models import Application, Project
from kinolab.foundation.files.models import StoredFile
from kinolab.impact import words
from kinolab.impact.domain.lifecycle import ReportState, RoadMapState
from kinolab.impact.domain.parts import Part
from kinolab.labs.models import Edition, Organisation, Programme

PERSON = settings.AUTH_USER_MODEL
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SCORE = [(one, str(one)) for one in range(1, 6)]


def new_code() -> str:
    """A code for addresses: says nothing, cannot be counted up."""
    return get_random_string(10, CODE_LETTERS)


def number(**more: object) -> models.DecimalField:
    """A value that was read: typed, never text."""
    return models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True, **more)


def one_of(choices: object, default: str = "", **more: object) -> models.CharField:
    """A word of a closed list."""
    return models.CharField(max_length=32, choices=choices, default=default, **more)


class OfProjects(models.Manager["RoadMap"]):
    """Road maps of projects: what is listed, counted and reported. Templates are none."""

    def get_queryset(self) -> models.QuerySet["RoadMap"]:
        """Those that have an application."""
        return super().get_queryset().filter(application__isnull=False)


class RoadMap(models.Model):
    """What a team means to change with its film, and how. Without an application it is a template of the programme.

    `tells` is to whom it is shown (`Level`). `version` counts what was handed in.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="road_maps")
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="road_map"
    )
    code = models.CharField(max_length=12, unique=True, default=new_code)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=16, choices=words.states, default=RoadMapState.TEMPLATE.value)
    level = one_of(words.levels, "private")
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)

    objects = OfProjects()
    everything = models.Manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False) | Q(state=RoadMapState.DRAFTING.value, level="private"),
                name="impact_roadmap_template_is_written_only",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RoadMapState]), name="impact_roadmap_state_known"
            ),
        ]

    @property
    def is_template(self) -> bool:
        """Whether road maps begin from it, and it is none itself."""
        return self.application_id is None

    def __str__(self) -> str:
        """The code alone: a title may say what nobody outside the team should read on the record."""
        return self.code


class Tutoring(models.Model):
    """Who accompanies a road map."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="tutorings")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="tutorings")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["road_map", "person"], name="impact_tutoring_once")]

    def __str__(self) -> str:
        return str(self.person)


class PartnerLink(models.Model):
    """A way to a road map for somebody without an account, until a day or until the team takes it back.

    The address itself is not kept, only a digest of what is secret in it. `label` says for the team whom it is for.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=120)
    sealed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """The code of the road map: for whom a link is may be a name."""
        return f"{self.road_map} · {self.pk}"


class Version(models.Model):
    """The road map as it stood when it was handed in, adopted or closed: the values of every row, by part."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=16, choices=words.steps)
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["road_map", "number"], name="impact_version_once")]

    def __str__(self) -> str:
        return f"{self.road_map} · {self.number}"


class Rhythm(models.Model):
    """How often teams report, every so many `months` (none: not by themselves): of an edition, or of one road map.

    A report is due `days` after its last day.
    """

    edition = models.OneToOneField(
        Edition, null=True, blank=True, on_delete=models.CASCADE, related_name="reporting_rhythm"
    )
    road_map = models.OneToOneField(RoadMap, null=True, blank=True, on_delete=models.CASCADE, related_name="rhythm")
    months = models.PositiveSmallIntegerField(choices=words.rhythms, default=6)
    days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, road_map=None) | Q(edition=None, road_map__isnull=False),
                name="impact_rhythm_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.road_map or self.edition)


class Report(models.Model):
    """What a team tells about some months of carrying out its road map: values, activities, what changed.

    `reminded` is the due day and the reminder that were written last. `decided_*`: approved or given back.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="reports")
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=words.report_states, default=ReportState.DRAFT.value)
    reminded = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["road_map", "starts_on"], name="impact_report_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="impact_report_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ReportState]), name="impact_report_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.road_map} · {self.starts_on}"


class Remark(models.Model):
    """What a tutor, or the team answering, says about a step of the path or a report, until it is settled."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="remarks")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks")
    path_step = models.CharField(max_length=16, choices=words.path)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    asks = models.BooleanField(default=False)  # a change, not only a thought
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.road_map} · {self.path_step}"


# --- Rows ------------------------------------------------------------------------------------------------------------
class Row(models.Model):
    """What every row of a part has.

    `run` names the run of typing that wrote this version; `sent` is what it had sent, by column, where the version was
    merged from it and another's.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    run = models.CharField(max_length=40, blank=True)
    sent = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.road_map_id} · {self._meta.model_name} · {self.pk}"


def once(name: str) -> list[models.UniqueConstraint]:
    """One row in each road map."""
    return [models.UniqueConstraint(fields=["road_map"], name=f"impact_{name}_one_in_a_map")]


class Issue(Row):
    """The problem that the film raises."""

    title = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True)
    why_now = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = once("issue")


class Place(Row):
    """Where the problem is."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)


class AffectedGroup(Row):
    """Whom it affects."""

    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(null=True, blank=True)


class RootCause(Row):
    """Why it is there."""

    text = models.TextField()


class Source(Row):
    """From where it is known."""

    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)


class SdgTag(Row):
    """A goal or a target of sustainable development."""

    code = models.CharField(max_length=5, choices=words.sdg)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["road_map", "code"], name="impact_sdgtag_once")]


class Vision(Row):
    """A state of the world in one sentence, and until when."""

    statement = models.TextField(blank=True)
    horizon = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = once("vision")


class Story(Row):
    """What the story meets where it is told."""

    known = one_of(words.known, blank=True)
    mood = one_of(words.moods, blank=True)
    notes = models.TextField(blank=True)

    class Meta(Row.Meta):
        verbose_name_plural = "stories"
        constraints = once("story")


class Goal(Row):
    """One row of the strategic plan. Only one of a road map is primary."""

    film_message = models.TextField(blank=True)
    goal = models.TextField()
    key_agents = models.TextField(blank=True)
    dynamic = one_of(words.dynamics, "minds")
    is_primary = models.BooleanField(default=False)
    success = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["road_map"], condition=Q(is_primary=True), name="impact_goal_one_primary_in_a_map"
            )
        ]


class Audience(Row):
    """Whom the film is to reach."""

    name = models.CharField(max_length=200)
    kind = one_of(words.audience_kinds, "public")
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    stance = one_of(words.stances, "persuadable")
    languages = models.CharField(max_length=120, blank=True)
    access_needs = models.TextField(blank=True)


class Partner(Row):
    """Who helps; named outside the team only where that is safe."""

    organisation = models.CharField(max_length=200)
    role = one_of(words.partner_roles, "ngo")
    contributes = models.TextField(blank=True)
    expects = models.TextField(blank=True)
    agreement = one_of(words.agreements, "none")
    contact = models.CharField(max_length=300, blank=True)
    safe_to_name = models.BooleanField(default=False)


class Activity(Row):
    """What is done for a goal."""

    title = models.CharField(max_length=200)
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    kind = one_of(words.activity_kinds, "screening")
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    owner = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    progress = one_of(words.progress, "planned")
    partners = models.ManyToManyField(Partner, blank=True, related_name="activities")
    depends_on = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="needed_by")

    class Meta(Row.Meta):
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="impact_activity_ends_after_start",
            )
        ]


class Window(Row):
    """Where and when the film is shown."""

    kind = one_of(words.window_kinds, "community")
    territory = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    hold_back_until = models.DateField(null=True, blank=True)
    rights_confirmed = models.BooleanField(default=False)
    purpose = models.TextField(blank=True)


class Money(Row):
    """The budget as a whole; `contingency` in per cent."""

    currency = models.CharField(max_length=3, choices=words.currencies, default="USD")
    contingency = models.DecimalField(max_digits=5, decimal_places=2, default=0)

    class Meta(Row.Meta):
        verbose_name_plural = "money"
        constraints = once("money")


class BudgetLine(Row):
    """One line of the budget."""

    label = models.CharField(max_length=200)
    budget_code = models.CharField(max_length=40, blank=True)
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=1)
    unit_cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, choices=words.currencies, default="USD")
    source = models.CharField(max_length=200, blank=True)
    funding = one_of(words.fundings, "planned")

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=0, unit_cost__gte=0), name="impact_budgetline_not_negative"
            )
        ]


class Milestone(Row):
    """A day by which something is there."""

    title = models.CharField(max_length=200)
    on = models.DateField(null=True, blank=True)
    precision = one_of(words.precisions, "day")
    activities = models.ManyToManyField(Activity, blank=True, related_name="milestones")
    evidence_required = models.TextField(blank=True)


class Result(Row):
    """What comes of a goal."""

    title = models.CharField(max_length=300)
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="results")
    kind = one_of(words.result_kinds, "outcome")
    assumption = models.TextField(blank=True)
    aggregable = models.BooleanField(default=True)


class Indicator(Row):
    """By what a result is known. One that has been read is retired, never deleted."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="indicators")
    title = models.CharField(max_length=300)
    measure = one_of(words.measures, "unit")
    unit = models.CharField(max_length=60, blank=True)
    accumulation = one_of(words.accumulations, blank=True)
    higher_is_better = models.BooleanField(default=True)
    method = models.TextField(blank=True)
    tool = models.CharField(max_length=200, blank=True)
    source_of_data = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=120, blank=True)
    ethics = models.TextField(blank=True)
    sdg_indicator = models.CharField(max_length=12, blank=True)
    baseline_value = number()
    baseline_unit = models.CharField(max_length=60, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_place = models.CharField(max_length=200, blank=True)
    baseline_comment = models.TextField(blank=True)
    no_baseline_reason = models.TextField(blank=True)
    retired = models.BooleanField(default=False)


class Period(Row):
    """From when to when an indicator is read."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta(Row.Meta):
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="impact_period_ends_after_start")
        ]


class Reading(Row):
    """A value of a period; of all, or of those of one sex, age, country or place."""

    value = number()
    out_of = models.PositiveIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    sex = one_of(words.sexes, blank=True)
    age = one_of(words.ages, blank=True)
    country = models.CharField(max_length=2, blank=True)
    place = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        abstract = True


class Target(Reading):
    """What is to be reached."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="targets")


class Evidence(Row):
    """Something that shows what happened: a file, an address, or a note where it lies."""

    title = models.CharField(max_length=200)
    kind = one_of(words.evidence_kinds, "report")
    on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    describes = models.TextField(blank=True)
    consent_ok = models.BooleanField(default=False)
    sensitivity = one_of(words.sensitivities, "restricted")

    class Meta(Row.Meta):
        verbose_name_plural = "evidence"


class Actual(Reading):
    """What was read. It leaves the team when somebody of the lab has approved it. `report`: it was handed in with."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="actuals")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="actuals")
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="actuals")
    recorded_on = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def approved(self) -> bool:
        """Whether it may leave the team."""
        return self.approved_at is not None


class Risk(Row):
    """What may happen to whom. Restricted unless somebody decides otherwise."""

    title = models.CharField(max_length=300)
    who = one_of(words.risk_whos, "protagonist")
    kind = one_of(words.risk_kinds, "reputational")
    likelihood = models.PositiveSmallIntegerField(choices=SCORE, default=3)
    severity = models.PositiveSmallIntegerField(choices=SCORE, default=3)
    mitigation = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)
    sensitivity = one_of(words.sensitivities, "restricted")

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, severity__gte=1, severity__lte=5),
                name="impact_risk_from_1_to_5",
            )
        ]


class ProtectedPerson(Row):
    """Somebody on screen, under a code. `marks` find the name in texts; the name itself is nowhere."""

    code = models.CharField(max_length=40)
    anonymity = one_of(words.anonymities, "masked")
    consent = one_of(words.consents, "not_asked")
    consent_scope = models.TextField(blank=True)
    consent_version = models.CharField(max_length=60, blank=True)
    support_plan = models.TextField(blank=True)
    compensation = models.TextField(blank=True)
    contact_channel = models.CharField(max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)
    marks = models.JSONField(default=list, blank=True)

    class Meta(Row.Meta):
        verbose_name_plural = "protected people"
        constraints = [models.UniqueConstraint(fields=["road_map", "code"], name="impact_protectedperson_code_once")]


class Learning(Row):
    """What changed, wanted or not, for better or worse."""

    on = models.DateField(null=True, blank=True)
    what_changed = models.TextField()
    intended = models.BooleanField(default=True)
    positive = models.BooleanField(default=True)
    contribution = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    sensitivity = one_of(words.sensitivities, "partners")

    class Meta(Row.Meta):
        verbose_name_plural = "learning"


TABLES: Mapping[Part, type[Row]] = {
    Part.ISSUE: Issue, Part.PLACE: Place, Part.GROUP: AffectedGroup, Part.CAUSE: RootCause, Part.SOURCE: Source,
    Part.SDG: SdgTag, Part.VISION: Vision, Part.STORY: Story, Part.GOAL: Goal, Part.AUDIENCE: Audience,
    Part.ACTIVITY: Activity, Part.PARTNER: Partner, Part.WINDOW: Window, Part.MONEY: Money, Part.LINE: BudgetLine,
    Part.MILESTONE: Milestone, Part.RESULT: Result, Part.INDICATOR: Indicator, Part.PERIOD: Period, Part.TARGET: Target,
    Part.ACTUAL: Actual, Part.EVIDENCE: Evidence, Part.RISK: Risk, Part.PROTECTED: ProtectedPerson,
    Part.LEARNING: Learning,
}  # fmt: skip
_NEVER = {"id", "road_map", "order", "version", "run", "sent", "changed_at", "changed_by", "marks"}
_NEVER |= {"approved_at", "approved_by", "file", "report", "retired"}
COLUMNS: Mapping[Part, tuple[str, ...]] = {
    part: tuple(one.name for one in (*table._meta.fields, *table._meta.many_to_many) if one.name not in _NEVER)
    for part, table in TABLES.items()
}


# --- What a row said before --------------------------------------------------------------------------------------------
class RowPast(models.Model):
    """What a row said before: from here texts are merged, and brought back. `removed`: it was the last of it."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="past")
    part = models.CharField(max_length=16, choices=words.parts)
    number = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField()
    values = models.JSONField()
    run = models.CharField(max_length=40, blank=True)
    sent = models.JSONField(default=dict, blank=True)
    removed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "past of rows"
        constraints = [
            models.UniqueConstraint(fields=["part", "number", "version"], name="impact_rowpast_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.part} · {self.number} · {self.version}"


class RowAside(models.Model):
    """Values that could not be merged into a row: kept beside it until a person decides, and after."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="asides")
    part = models.CharField(max_length=16, choices=words.parts)
    number = models.PositiveBigIntegerField()
    seen = models.PositiveIntegerField()
    values = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["part", "number"], name="impact_rowaside_row")]

    def __str__(self) -> str:
        return f"{self.part} · {self.number}"


# --- What goes out and comes in ------------------------------------------------------------------------------------------
class Publisher(models.Model):
    """As what an organisation publishes in IATI: its identifier there and its kind. Without one, a made-up identifier."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="publisher")
    ref = models.CharField(max_length=100)
    kind = one_of(words.organisation_kinds, "22")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.ref


class BroughtFile(models.Model):
    """An IATI file brought to a road map: looked at first, then taken or dropped. Its text goes when that is decided.

    `phase`: proposed, taken, dropped. `activity` is the place of the chosen one in the file; `came` counts the rows by part.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="brought")
    name = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    activity = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=12, default="proposed")
    came = models.JSONField(default=dict, blank=True)
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__in=["proposed", "taken", "dropped"]), name="impact_broughtfile_phase_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.road_map} · {self.pk}"


# --- What became of it -------------------------------------------------------------------------------------------------
class FollowingUp(models.Model):
    """What a programme does years later: whether alumni are asked each year, whether its report is public."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="following_up")
    surveys = models.BooleanField(default=False)
    report_public = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "following up"

    def __str__(self) -> str:
        return str(self.programme)


class Outcome(models.Model):
    """What became of a person, a project, a film or an edition, and who says so.

    Exactly one of `person`, `project`, `film` (the application under whose title it is known), `edition_itself` and `name`
    (somebody who has no account) is its subject; `edition` is the one that it counts for, None where that is not known.
    `note` says what is known about it as it was reported; `objection` what whoever it is about says is wrong in it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="outcomes")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes")
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.CASCADE, related_name="outcomes")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes")
    film = models.ForeignKey(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes")
    edition_itself = models.BooleanField(default=False)
    name = models.CharField(max_length=200, blank=True)
    kind = one_of(words.outcome_kinds)
    title = models.CharField(max_length=300)
    on = models.DateField(null=True, blank=True)
    precision = one_of(words.precisions, "day")
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    standing = one_of(words.standings, "self_reported")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    publishing = one_of(words.publishings, "not_asked")
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    objection = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, project=None, film=None, edition_itself=False, name="")
                | Q(person=None, project__isnull=False, film=None, edition_itself=False, name="")
                | Q(person=None, project=None, film__isnull=False, edition_itself=False, name="")
                | Q(person=None, project=None, film=None, edition_itself=True, name="", edition__isnull=False)
                | (Q(person=None, project=None, film=None, edition_itself=False) & ~Q(name="")),
                name="impact_outcome_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(standing="self_reported", verified_at=None)
                | Q(standing="verified", verified_at__isnull=False),
                name="impact_outcome_verified_when",
            ),
            models.CheckConstraint(
                condition=~Q(publishing="agreed") | Q(consent_at__isnull=False), name="impact_outcome_agreed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.pk}"


class FollowUp(models.Model):
    """A link sent to somebody, to what is known about them. Of its token only a digest is kept.

    `year`: of a yearly question, so that nobody is asked twice. `draft` holds what was typed and not yet sent.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="follow_ups")
    kind = one_of(words.follow_up_kinds)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    draft = models.JSONField(default=dict, blank=True)
    answer = one_of(words.follow_up_answers, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "year"], name="impact_followup_once_a_year"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="impact_followup_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.pk}"


class Quiet(models.Model):
    """Somebody who does not want to be asked by a programme again."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "quiet"
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="impact_quiet_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} · {self.person_id}"
