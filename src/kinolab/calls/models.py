"""Tables: an open call and what it publishes."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from kinolab.calls import words
from kinolab.calls.domain.teams import Signatures
from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.foundation.questions.models import Form
from kinolab.labs.models import Edition, Organisation, precision_field, timezone_field


class Call(models.Model):
    """The open call of an edition. Whether it is open is a question of the clock (`domain.window`), not a column.

    `timezone` is the zone in which the deadline is said; `roles` are the roles a team may have ("director", …),
    `role_needs` how many of each ({"director": {"min": 1, "max": 2}}), `senders` those whose holders may send without
    being asked. The list of the team stays open until `team_locks_at`; where that is empty, as long as the texts do.
    Where no closing hour was published (`hour_known` is false) the day's last minute closes, and pages show the day alone.
    Until `appeals_until` a team may appeal against what was decided; empty: not at all.
    `languages` are the public languages of the call; applications may be written in `answer_languages`.
    `role_closes` says which roles close later: {"producer": {"at": instant, "before": instant or null}}. The latest of
    those and the strands' is repeated in `own_closes_at`, the latest of late codes in force in `codes_until`, whether codes
    in force invite in `invites`, and the instant at which a sealed call opens to its staff in `sealed_until` (None: it is not
    sealed).
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="call")
    headline = TranslatedField(blank=True)
    lead = TranslatedField(blank=True)
    who = TranslatedField(blank=True)
    privacy = TranslatedField(blank=True)
    languages = models.JSONField(default=list, blank=True)
    answer_languages = models.JSONField(default=list, blank=True)
    timezone = timezone_field(blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    hour_known = models.BooleanField(default=True)
    extended_from = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(15)])
    role_closes = models.JSONField(default=dict, blank=True)
    own_closes_at = models.DateTimeField(null=True, blank=True, editable=False)
    codes_until = models.DateTimeField(null=True, blank=True, editable=False)
    invites = models.BooleanField(default=False, editable=False)
    sealed = models.BooleanField(default=False)
    sealed_until = models.DateTimeField(null=True, blank=True, editable=False)
    seal_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    results_on = models.DateField(null=True, blank=True)
    results_precision = precision_field()
    appeals_until = models.DateTimeField(null=True, blank=True)
    contact_email = models.EmailField(blank=True)
    form = models.ForeignKey(Form, null=True, blank=True, on_delete=models.PROTECT, related_name="calls")
    roles = models.JSONField(default=list, blank=True)
    team_min = models.PositiveSmallIntegerField(default=1)
    team_max = models.PositiveSmallIntegerField(default=4)
    role_needs = models.JSONField(default=dict, blank=True)
    senders = models.JSONField(default=list, blank=True)
    signatures = models.CharField(max_length=8, choices=words.signatures, default=Signatures.NONE.value)
    team_locks_at = models.DateTimeField(null=True, blank=True)
    join_after_close = models.BooleanField(default=True)
    strands_max = models.PositiveSmallIntegerField(null=True, blank=True)  # of one application; None: all of them
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="calls_call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None) | Q(published_at__isnull=False),
                name="calls_call_published_when_and_by",
            ),
            models.CheckConstraint(condition=Q(team_max__gte=F("team_min")), name="calls_call_team_size"),
            models.CheckConstraint(condition=Q(grace_minutes__lte=15), name="calls_call_grace_short"),
            models.CheckConstraint(
                condition=Q(signatures__in=[one.value for one in Signatures]), name="calls_call_signatures_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition)


class Strand(models.Model):
    """A parallel track of a call; each application stands in one or more. It may close later than the call.

    `roles` are those of which somebody in the team must hold one (empty: any); `without_project` lets people apply
    who have no project. `seats` are how many of the edition's places it has (None: it shares them all).
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="strands")
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    name = TranslatedField()
    about = TranslatedField(blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extended_from = models.DateTimeField(null=True, blank=True)
    roles = models.JSONField(default=list, blank=True)
    without_project = models.BooleanField(default=False)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["call", "slug"], name="calls_strand_slug_once")]

    def __str__(self) -> str:
        return str(self.name)


class LateCode(models.Model):
    """A code that the lab gives out: more time than the call (`until`), an invitation that rules ask for, or both.

    For whom, how often, from whom and why. With an `email` only that person may use it. `used` counts the drafts that
    hold it. The right lies in the draft, so whoever has entered the code once need not keep it.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="late_codes")
    code = models.CharField(max_length=12, unique=True)
    until = models.DateTimeField(null=True, blank=True)
    invites = models.BooleanField(default=False)
    for_whom = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    reason = models.TextField()
    uses = models.PositiveSmallIntegerField(default=1)
    used = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(uses__gte=1) & Q(used__lte=F("uses")), name="calls_latecode_used_within"
            ),
            models.CheckConstraint(condition=Q(until__isnull=False) | Q(invites=True), name="calls_latecode_gives"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="calls_latecode_revoked_when_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Rule(models.Model):
    """One regulation, as data.

    `definition` is a mapping read by `domain.regulations.parse_rule`; `sentence` says the rule to the public,
    `question` asks it in the checker (empty: not asked), `refusal` explains a no.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rules")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField()
    definition = models.JSONField()
    sentence = TranslatedField()
    question = TranslatedField(blank=True)
    refusal = TranslatedField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="calls_rule_code_once")]

    def __str__(self) -> str:
        return self.code


class CountrySet(models.Model):
    """Countries under a name of an organisation's own, in one version. Never changed: what changes is another version."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="country_sets")
    code = models.SlugField()
    version = models.SlugField(max_length=20)
    name = TranslatedField()
    countries = models.JSONField()
    source = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code", "version"], name="calls_countryset_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Criterion(models.Model):
    """A line of the rubric, scored 0–5; `anchors` says in words what each step means: {"0": {"en": …}, …}."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField()
    name = TranslatedField()
    help = TranslatedField(blank=True)
    anchors = models.JSONField(default=dict, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=1)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="calls_criterion_code_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="calls_criterion_weight_positive"),
        ]

    def __str__(self) -> str:
        return self.code


class Cover(models.Model):
    """Something the programme pays for, or says that it does not."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="covers")
    order = models.PositiveSmallIntegerField()
    covered = models.BooleanField(default=True)
    text = TranslatedField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.text)


class Faq(models.Model):
    """A frequent question and its answer."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="faqs")
    order = models.PositiveSmallIntegerField()
    question = TranslatedField()
    answer = TranslatedField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.question)
