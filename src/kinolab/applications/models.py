"""Tables: applications, their teams, answers, snapshots and findings."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string

from kinolab.applications import words
from kinolab.applications.domain.lifecycle import AppealState, MemberState, Stage
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.models import Call, LateCode, Rule, Strand
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.questions.models import Form, Question
from kinolab.labs.models import Edition

PERSON = settings.AUTH_USER_MODEL
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread aloud or on paper


def new_code() -> str:
    """A random public name of ten letters: says nothing, cannot be counted up."""
    return get_random_string(10, CODE_LETTERS)


def new_token() -> str:
    """A secret for one invitation."""
    return get_random_string(40)


def new_start_key() -> str:
    """A key for a draft that is begun without a page."""
    return get_random_string(20)


class Project(models.Model):
    """What a team works on for years and sends to several calls.

    It has no text of its own: each application is what was made of it for one call, and whoever is in the team of one
    of them may begin the next from it.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.code


class Application(models.Model):
    """What a team sends to one call.

    `number` is given at the first submission and kept. Title, country, kind and production stage repeat what the answers
    say, so that a table of thousands sorts and filters in the database; `search_text` is the folded text of title,
    people and number. `filled` of `asked` parts are there. `checked` sums up the findings. `start_key` names the page from
    which the draft was begun, so that a second click makes no second draft; `reminded` the last reminder sent; `late_code` gives
    the draft more time than the call, `invitation` is the code that rules ask for. `entered_by` of the lab's staff typed it
    for its lead, who may take it over; `brought_by` is the table that it came from.
    `readings_done` and `score` are kept in step by the readings.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )  # None: it has been sent to this call alone
    begun_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # an earlier one of the same project, whose answers were taken over
    without_project = models.BooleanField(default=False)
    code = models.CharField(max_length=12, unique=True, default=new_code)
    number = models.PositiveIntegerField(null=True, blank=True)
    stage = models.CharField(max_length=12, choices=words.stages, default=Stage.DRAFT.value)
    lead = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="led_applications")
    offered_to = models.ForeignKey(  # who has been asked to lead it from now on
        "TeamMember", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    project_stage = models.CharField(max_length=40, blank=True)
    people = models.CharField(max_length=600, blank=True)
    search_text = models.TextField(blank=True)
    filled = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    checked = models.CharField(max_length=12, choices=words.checks, default="unchecked")
    objection_waits = models.BooleanField(default=False)
    readings_done = models.PositiveSmallIntegerField(default=0)
    score = models.DecimalField(max_digits=5, decimal_places=3, null=True, blank=True)
    spread = models.DecimalField(max_digits=5, decimal_places=3, null=True, blank=True)
    start_key = models.CharField(max_length=40, default=new_start_key)
    reminded = models.CharField(max_length=60, blank=True)
    entered_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_over_at = models.DateTimeField(null=True, blank=True)
    imported_in = models.ForeignKey(
        "Import", null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )
    late_code = models.ForeignKey(
        LateCode, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    invitation = models.ForeignKey(
        LateCode, null=True, blank=True, on_delete=models.PROTECT, related_name="invited_applications"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead", "start_key"], name="applications_application_begun_once"),
            models.UniqueConstraint(fields=["call", "number"], name="applications_application_number_once"),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]), name="applications_application_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None, number=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, number__isnull=False),
                name="applications_application_submitted_when_by_number",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="applications_application_withdrawn_when_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "stage", "number"], name="applications_table_number"),
            models.Index(fields=["call", "stage", "-changed_at"], name="applications_table_changed"),
            models.Index(fields=["call", "stage", "country"], name="applications_table_country"),
            models.Index(fields=["call", "stage", "-score"], name="applications_table_score"),
        ]

    def __str__(self) -> str:
        return self.title or self.code


class Import(models.Model):
    """A table of somebody else on its way to becoming applications.

    `mapping` names the target of each column of `head`. `rows` are texts, and go when the import is done or dropped;
    `formulas` are places (row from 1, column from 0) whose text is a formula. `report` says of each row of which nothing was made
    why not: {"12": "code"}. What it made can be taken back while nobody has touched it.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=200)
    phase = models.CharField(max_length=12, choices=words.import_states, default="proposed")
    head = models.JSONField()
    rows = models.JSONField()
    formulas = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    send = models.BooleanField(default=False)
    doubles = models.BooleanField(default=False)
    language = models.CharField(max_length=8)
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ImportedFile(models.Model):
    """A file that a row of an import names by its address, and what became of it: fetched by a job, or refused and why.

    `member` is whose own part it belongs to; `tries` counts the times that nobody answered.
    """

    imported_in = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    row = models.PositiveIntegerField()
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="imported_files")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("TeamMember", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    phase = models.CharField(max_length=8, choices=words.imported_file_states, default="waiting")
    refusal = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    attachment = models.OneToOneField(
        "Attachment", null=True, blank=True, on_delete=models.SET_NULL, related_name="fetched_as"
    )

    class Meta:
        ordering = ["row", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__in=["waiting", "fetched", "refused"]), name="applications_importedfile_phase_known"
            )
        ]

    def __str__(self) -> str:
        return self.address


class Book(models.Model):
    """A set of applications as one printable PDF, made for one person by a job, and forgotten after two days.

    `eyes` says what stands in it: what the office sees, or what readers see. `shows_more`: for the office contacts and
    sensitive answers, for readers people's names. `holds_named`: its person asked for answers that are for them alone.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="books")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    eyes = models.CharField(max_length=8, choices=words.eyes)
    shows_more = models.BooleanField(default=False)
    holds_named = models.BooleanField(default=False)
    applications = models.JSONField()
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    gathered = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=120, blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person", "eyes"], name="applications_book_one_for_each_eyes")
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.eyes}"


class Candidacy(models.Model):
    """An application's standing in one strand: what is decided. Whatever has been sent has at least one.

    In a call without strands the only one has no strand. `round` is moved by selection; `readings_done`, `score` and
    `spread` are kept in step by the readings.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="candidacies")
    strand = models.ForeignKey(Strand, null=True, blank=True, on_delete=models.PROTECT, related_name="candidacies")
    round = models.PositiveSmallIntegerField(default=1)
    readings_done = models.PositiveSmallIntegerField(default=0)
    score = models.DecimalField(max_digits=5, decimal_places=3, null=True, blank=True)
    spread = models.DecimalField(max_digits=5, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["application", "strand"], name="applications_candidacy_once_a_strand"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(strand=None), name="applications_candidacy_once_without_strand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.strand}" if self.strand_id else str(self.application)

    @property
    def key(self) -> str:
        """What names it in addresses and forms."""
        return f"{self.application.code}-{self.strand.slug}" if self.strand else self.application.code


class TeamMember(models.Model):
    """A person of the team, invited by mail until they join. Gender is in the person's own words and optional.

    Whoever speaks for an organisation names it and their `position` there. `invitations` counts the letters sent; the
    rest below `answered_at` is the person's own part, written by nobody else. Only where the lab enters an application for
    somebody its staff type it (`typed_by`) from what the person said, until they have confirmed that it is right.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="members")
    order = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="team_memberships")
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=24)
    organisation = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=words.member_states, default=MemberState.INVITED.value)
    is_lead = models.BooleanField(default=False)
    may_submit = models.BooleanField(default=False)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    invitations = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    residence = models.CharField(max_length=2, blank=True)
    citizenship = models.CharField(max_length=2, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=60, blank=True)
    films_made = models.PositiveSmallIntegerField(null=True, blank=True)
    about = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    typed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    typed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=~Q(state="removed"),
                name="applications_member_address_once",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_lead=True), name="applications_member_one_lead"
            ),
            models.UniqueConstraint(
                fields=["application", "person"], condition=Q(state="joined"), name="applications_member_person_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MemberState]), name="applications_member_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Answer(models.Model):
    """One answer. `version` grows by one with each change, so that nobody overwrites what they have not seen.

    `run` names the run of typing that wrote this version, so that a browser that never heard the answer goes on from it;
    `sent` is what that run had sent, where the version was merged from it and another's.
    `member` is whose own answer it is; None for the team's. `carried` while it says what an earlier application said.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    member = models.ForeignKey(TeamMember, null=True, blank=True, on_delete=models.CASCADE, related_name="own_answers")
    value = models.JSONField()
    carried = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    run = models.CharField(max_length=40, blank=True)
    sent = models.JSONField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], condition=Q(member=None), name="applications_answer_once"
            ),
            models.UniqueConstraint(fields=["member", "question"], name="applications_answer_once_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.question_id}"


class AnswerPast(models.Model):
    """What an answer said before: from here texts are merged, and brought back.

    A `passing` version was followed within minutes by another of the same person; only the latest of those are kept.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="past")
    version = models.PositiveIntegerField()
    value = models.JSONField()
    run = models.CharField(max_length=40, blank=True)
    sent = models.JSONField(null=True, blank=True)
    passing = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "past of answers"
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="applications_answer_past_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} · {self.version}"


class AnswerAside(models.Model):
    """A text that could not be merged into the answer: kept beside it until a person says which one stays, and after.

    `seen` is the version that its writer had seen. While they type on, the same `run` writes over it.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="asides")
    value = models.JSONField()
    seen = models.PositiveIntegerField()
    run = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["kept_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "run"], condition=Q(settled_at=None), name="applications_answer_aside_once_a_run"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer} · {self.run}"


class Presence(models.Model):
    """Where somebody of the team is just now: a courtesy, never a lock; older than half a minute it means nothing."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="applications_presence_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.person_id}"


class FormMove(models.Model):
    """A draft's move to another version of its form, and its account.

    `account` holds the changes ({"key", "change", "parts"}), and by code what `stayed`: answers whose question has gone
    or is of another kind. `counted` once the clock has worked out anew how complete the draft is.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="form_moves")
    before = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    account = models.JSONField(default=dict)
    counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "after"], name="applications_formmove_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.before_id} → {self.after_id}"


class Attachment(models.Model):
    """A file that answers a question. A removed one stays for the snapshots that show it; `member` as in an answer.

    Applications of one project may hold the same stored file, each with a row of its own: `carried` came from an earlier one.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="attachments")
    member = models.ForeignKey(TeamMember, null=True, blank=True, on_delete=models.CASCADE, related_name="own_files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    carried = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.file)


class Signature(models.Model):
    """What a person signed: their own part as it was, by its sum. A later change asks for another."""

    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="signatures")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["member", "version"], name="applications_signature_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.version}"


class Correction(models.Model):
    """What the lab asks a team to correct in a sent application: these questions alone, until an instant.

    `questions` are named as in exports (section.question). It has ended once `ended_at` is set: the team has sent again
    (`sent`), its time has passed (`lapsed`), or the lab took it back (`taken_back`).
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="corrections")
    questions = models.JSONField(default=list)
    message = models.TextField(blank=True)
    until = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=12, choices=words.correction_ends, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at=None), name="applications_correction_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_as="")
                | Q(ended_at__isnull=False, ended_as__in=["sent", "lapsed", "taken_back"]),
                name="applications_correction_ended_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.asked_at:%Y-%m-%d}"


class LinkCheck(models.Model):
    """What the address in an answer said when we asked it. Rows are added; the last one counts."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="link_checks")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=2000)
    state = models.CharField(max_length=24, choices=words.link_states)
    had_password = models.BooleanField(default=False)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["application", "question", "-at"], name="applications_links_latest")]

    def __str__(self) -> str:
        return f"{self.address} · {self.state}"


class Snapshot(models.Model):
    """What was sent, exactly. Never changed; a resubmission makes another."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="snapshots")
    version = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="applications_snapshot_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.version}"


class Finding(models.Model):
    """What one rule says about one application, and what a person made of it.

    `outcome` is the machine's; `override` is a person's and wins. `objection` is the applicants' answer to a no.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="findings")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="findings")
    outcome = models.CharField(max_length=8, choices=words.outcomes)
    value_seen = models.JSONField(null=True, blank=True)
    found_at = models.DateTimeField()
    override = models.CharField(max_length=8, choices=words.outcomes, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision_reason = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    objection = models.TextField(blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    objected_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="applications_finding_once_a_rule"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="applications_finding_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="applications_finding_decided_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(objected_at=None, objected_by=None)
                | Q(objected_at__isnull=False, objected_by__isnull=False),
                name="applications_finding_objected_when_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.rule}"

    @property
    def waits(self) -> bool:
        """Whether the team has answered and nobody has decided since."""
        return self.objected_at is not None and (self.decided_at is None or self.decided_at < self.objected_at)


class Appeal(models.Model):
    """The team's formal appeal against what the check, or the announced result, says; its panel decides with a reason.

    `result` is what an upheld appeal against a result makes of it: a place, or one on the waiting list.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="appeals")
    against = models.CharField(max_length=8, choices=words.appealed)
    state = models.CharField(max_length=12, choices=words.appeal_states, default=AppealState.LODGED.value)
    statement = models.TextField()
    lodged_at = models.DateTimeField()
    lodged_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    result = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["lodged_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "against"], condition=~Q(state="taken_back"), name="applications_appeal_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AppealState]), name="applications_appeal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["lodged", "taken_back"], decided_at=None, decided_by=None)
                | Q(state__in=["upheld", "not_upheld"], decided_at__isnull=False, decided_by__isnull=False),
                name="applications_appeal_decided_when_and_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)


class Hiding(models.Model):
    """An application hidden from a person everywhere, whatever their roles: they have a conflict of interest."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="hidings")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="applications_hiding_once")]

    def __str__(self) -> str:
        return f"{self.application} × {self.person}"


class SavedView(models.Model):
    """A person's named set of filters over an edition's table of applications."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "edition", "name"], name="applications_savedview_name_once")
        ]

    def __str__(self) -> str:
        return self.name
