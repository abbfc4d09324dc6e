import django.core.serializers.json
import django.db.models.deletion
import kinolab.applications.models
import kinolab.applications.words
from kinolab.foundation.tables import CreateModels
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Application",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("without_project", models.BooleanField(default=False)),
            ("code", models.CharField(default=kinolab.applications.models.new_code, max_length=12, unique=True)),
            ("number", models.PositiveIntegerField(blank=True, null=True)),
            ("stage", models.CharField(choices=kinolab.applications.words.stages, default="draft", max_length=12)),
            ("language", models.CharField(max_length=8)),
            ("created_at", models.DateTimeField()),
            ("changed_at", models.DateTimeField()),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("title", models.CharField(blank=True, max_length=300)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("kind", models.CharField(blank=True, max_length=40)),
            ("project_stage", models.CharField(blank=True, max_length=40)),
            ("people", models.CharField(blank=True, max_length=600)),
            ("search_text", models.TextField(blank=True)),
            ("filled", models.PositiveSmallIntegerField(default=0)),
            ("asked", models.PositiveSmallIntegerField(default=0)),
            (
                "checked",
                models.CharField(choices=kinolab.applications.words.checks, default="unchecked", max_length=12),
            ),
            ("objection_waits", models.BooleanField(default=False)),
            ("readings_done", models.PositiveSmallIntegerField(default=0)),
            ("score", models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True)),
            ("spread", models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True)),
            ("start_key", models.CharField(default=kinolab.applications.models.new_start_key, max_length=40)),
            ("reminded", models.CharField(blank=True, max_length=60)),
            ("taken_over_at", models.DateTimeField(blank=True, null=True)),
            (
                "begun_from",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="applications.application",
                ),
            ),
            (
                "call",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="calls.call"
                ),
            ),
            (
                "entered_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "invitation",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invited_applications",
                    to="calls.latecode",
                ),
            ),
            (
                "late_code",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="applications",
                    to="calls.latecode",
                ),
            ),
            (
                "lead",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="led_applications",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "submitted_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "withdrawn_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "imported_in",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="applications",
                    to="applications.import",
                ),
            ),
            (
                "project",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="applications",
                    to="applications.project",
                ),
            ),
            (
                "offered_to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="applications.teammember",
                ),
            ),
        ],
        options={
            "indexes": [
                models.Index(fields=["call", "stage", "number"], name="applications_table_number"),
                models.Index(fields=["call", "stage", "-changed_at"], name="applications_table_changed"),
                models.Index(fields=["call", "stage", "country"], name="applications_table_country"),
                models.Index(fields=["call", "stage", "-score"], name="applications_table_score"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("lead", "start_key"), name="applications_application_begun_once"),
                models.UniqueConstraint(fields=("call", "number"), name="applications_application_number_once"),
                models.CheckConstraint(
                    condition=models.Q(("stage__in", ["draft", "submitted", "reopened", "withdrawn"])),
                    name="applications_application_stage_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("number", None), ("submitted_at", None), ("submitted_by", None)),
                        models.Q(
                            ("number__isnull", False), ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    name="applications_application_submitted_when_by_number",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                        models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="applications_application_withdrawn_when_and_by",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Attachment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("carried", models.BooleanField(default=False)),
            ("added_at", models.DateTimeField()),
            ("removed_at", models.DateTimeField(blank=True, null=True)),
            (
                "added_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="attachments",
                    to="applications.application",
                ),
            ),
            (
                "file",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="files.storedfile"
                ),
            ),
            (
                "question",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="questions.question"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="own_files",
                    to="applications.teammember",
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Import",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200)),
            (
                "phase",
                models.CharField(choices=kinolab.applications.words.import_states, default="proposed", max_length=12),
            ),
            ("head", models.JSONField()),
            ("rows", models.JSONField()),
            ("formulas", models.JSONField(default=list)),
            ("mapping", models.JSONField(default=list)),
            ("send", models.BooleanField(default=False)),
            ("doubles", models.BooleanField(default=False)),
            ("language", models.CharField(max_length=8)),
            ("brought_at", models.DateTimeField()),
            ("total", models.PositiveIntegerField(default=0)),
            ("done", models.PositiveIntegerField(default=0)),
            ("made", models.PositiveIntegerField(default=0)),
            ("report", models.JSONField(default=dict)),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            (
                "brought_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "call",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="calls.call"),
            ),
        ],
        options={"ordering": ["-brought_at", "-pk"]},
    ),
    migrations.CreateModel(
        name="Project",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(default=kinolab.applications.models.new_code, max_length=12, unique=True)),
            ("begun_at", models.DateTimeField()),
            (
                "begun_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="TeamMember",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField(default=0)),
            ("email", models.EmailField(max_length=254)),
            ("name", models.CharField(blank=True, max_length=200)),
            ("role", models.CharField(max_length=24)),
            ("organisation", models.CharField(blank=True, max_length=200)),
            ("position", models.CharField(blank=True, max_length=120)),
            (
                "state",
                models.CharField(choices=kinolab.applications.words.member_states, default="invited", max_length=12),
            ),
            ("is_lead", models.BooleanField(default=False)),
            ("may_submit", models.BooleanField(default=False)),
            ("token", models.CharField(default=kinolab.applications.models.new_token, max_length=40, unique=True)),
            ("invited_at", models.DateTimeField()),
            ("invitations", models.PositiveSmallIntegerField(default=0)),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            ("residence", models.CharField(blank=True, max_length=2)),
            ("citizenship", models.CharField(blank=True, max_length=2)),
            ("birth_date", models.DateField(blank=True, null=True)),
            ("gender", models.CharField(blank=True, max_length=60)),
            ("films_made", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("about", models.TextField(blank=True)),
            ("version", models.PositiveIntegerField(default=0)),
            ("typed_at", models.DateTimeField(blank=True, null=True)),
            ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="members", to="applications.application"
                ),
            ),
            (
                "invited_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="team_memberships",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "typed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("state", "removed"), _negated=True),
                    fields=("application", "email"),
                    name="applications_member_address_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("is_lead", True)), fields=("application",), name="applications_member_one_lead"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "joined")),
                    fields=("application", "person"),
                    name="applications_member_person_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["invited", "joined", "declined", "removed"])),
                    name="applications_member_state_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Signature",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("version", models.PositiveSmallIntegerField()),
            ("name", models.CharField(max_length=200)),
            ("sha256", models.CharField(max_length=64)),
            ("signed_at", models.DateTimeField()),
            (
                "member",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="applications.teammember"
                ),
            ),
        ],
        options={
            "ordering": ["version"],
            "constraints": [
                models.UniqueConstraint(fields=("member", "version"), name="applications_signature_version_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="ImportedFile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("row", models.PositiveIntegerField()),
            ("address", models.TextField()),
            (
                "phase",
                models.CharField(
                    choices=kinolab.applications.words.imported_file_states, default="waiting", max_length=8
                ),
            ),
            (
                "refusal",
                models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
            ),
            ("tries", models.PositiveSmallIntegerField(default=0)),
            ("due_at", models.DateTimeField()),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="imported_files",
                    to="applications.application",
                ),
            ),
            (
                "attachment",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="fetched_as",
                    to="applications.attachment",
                ),
            ),
            (
                "imported_in",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="files", to="applications.import"
                ),
            ),
            (
                "question",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questions.question"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="applications.teammember",
                ),
            ),
        ],
        options={
            "ordering": ["row", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("phase__in", ["waiting", "fetched", "refused"])),
                    name="applications_importedfile_phase_known",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Answer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("value", models.JSONField()),
            ("carried", models.BooleanField(default=False)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, null=True)),
            ("changed_at", models.DateTimeField()),
            (
                "changed_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "question",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="questions.question"
                ),
            ),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="applications.application"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="own_answers",
                    to="applications.teammember",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("member", None)),
                    fields=("application", "question"),
                    name="applications_answer_once",
                ),
                models.UniqueConstraint(fields=("member", "question"), name="applications_answer_once_a_member"),
            ]
        },
    ),
    migrations.CreateModel(
        name="AnswerAside",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("value", models.JSONField()),
            ("seen", models.PositiveIntegerField()),
            ("run", models.CharField(max_length=64)),
            ("kept_at", models.DateTimeField()),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
            (
                "answer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="asides", to="applications.answer"
                ),
            ),
            (
                "kept_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "settled_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["kept_at", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("settled_at", None)),
                    fields=("answer", "run"),
                    name="applications_answer_aside_once_a_run",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="AnswerPast",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("version", models.PositiveIntegerField()),
            ("value", models.JSONField()),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, null=True)),
            ("passing", models.BooleanField(default=False)),
            ("changed_at", models.DateTimeField()),
            (
                "answer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="past", to="applications.answer"
                ),
            ),
            (
                "changed_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name_plural": "past of answers",
            "constraints": [
                models.UniqueConstraint(fields=("answer", "version"), name="applications_answer_past_version_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Appeal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("against", models.CharField(choices=kinolab.applications.words.appealed, max_length=8)),
            (
                "state",
                models.CharField(choices=kinolab.applications.words.appeal_states, default="lodged", max_length=12),
            ),
            ("statement", models.TextField()),
            ("lodged_at", models.DateTimeField()),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            ("reason", models.TextField(blank=True)),
            ("result", models.CharField(blank=True, max_length=12)),
            (
                "decided_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "lodged_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="appeals", to="applications.application"
                ),
            ),
        ],
        options={
            "ordering": ["lodged_at", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("state", "taken_back"), _negated=True),
                    fields=("application", "against"),
                    name="applications_appeal_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["lodged", "upheld", "not_upheld", "taken_back"])),
                    name="applications_appeal_state_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("decided_at", None), ("decided_by", None), ("state__in", ["lodged", "taken_back"])),
                        models.Q(
                            ("decided_at__isnull", False),
                            ("decided_by__isnull", False),
                            ("state__in", ["upheld", "not_upheld"]),
                        ),
                        _connector="OR",
                    ),
                    name="applications_appeal_decided_when_and_by",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Book",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("eyes", models.CharField(choices=kinolab.applications.words.eyes, max_length=8)),
            ("shows_more", models.BooleanField(default=False)),
            ("holds_named", models.BooleanField(default=False)),
            ("applications", models.JSONField()),
            ("language", models.CharField(max_length=8)),
            ("asked_at", models.DateTimeField()),
            ("gathered", models.PositiveIntegerField(default=0)),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            ("file", models.CharField(blank=True, max_length=120)),
            ("failed", models.BooleanField(default=False)),
            (
                "call",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="books", to="calls.call"),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("call", "person", "eyes"), name="applications_book_one_for_each_eyes")
            ]
        },
    ),
    migrations.CreateModel(
        name="Candidacy",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("round", models.PositiveSmallIntegerField(default=1)),
            ("readings_done", models.PositiveSmallIntegerField(default=0)),
            ("score", models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True)),
            ("spread", models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="candidacies",
                    to="applications.application",
                ),
            ),
            (
                "strand",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="candidacies",
                    to="calls.strand",
                ),
            ),
        ],
        options={
            "verbose_name_plural": "candidacies",
            "constraints": [
                models.UniqueConstraint(fields=("application", "strand"), name="applications_candidacy_once_a_strand"),
                models.UniqueConstraint(
                    condition=models.Q(("strand", None)),
                    fields=("application",),
                    name="applications_candidacy_once_without_strand",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Correction",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("questions", models.JSONField(default=list)),
            ("message", models.TextField(blank=True)),
            ("until", models.DateTimeField()),
            ("asked_at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            (
                "ended_as",
                models.CharField(blank=True, choices=kinolab.applications.words.correction_ends, max_length=12),
            ),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="corrections",
                    to="applications.application",
                ),
            ),
            (
                "asked_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "ordering": ["asked_at"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("ended_at", None)),
                    fields=("application",),
                    name="applications_correction_one_open",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ended_as", ""), ("ended_at", None)),
                        models.Q(("ended_as__in", ["sent", "lapsed", "taken_back"]), ("ended_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="applications_correction_ended_when_and_how",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Finding",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("outcome", models.CharField(choices=kinolab.applications.words.outcomes, max_length=8)),
            ("value_seen", models.JSONField(blank=True, null=True)),
            ("found_at", models.DateTimeField()),
            ("override", models.CharField(blank=True, choices=kinolab.applications.words.outcomes, max_length=8)),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            ("decision_reason", models.TextField(blank=True)),
            ("told_at", models.DateTimeField(blank=True, null=True)),
            ("objection", models.TextField(blank=True)),
            ("objected_at", models.DateTimeField(blank=True, null=True)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="applications.application"
                ),
            ),
            (
                "decided_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "objected_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "rule",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="calls.rule"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("application", "rule"), name="applications_finding_once_a_rule"),
                models.CheckConstraint(
                    condition=models.Q(("outcome__in", ["yes", "no", "unknown"])),
                    name="applications_finding_outcome_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("decided_at", None), ("decided_by", None)),
                        models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="applications_finding_decided_when_and_by",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("objected_at", None), ("objected_by", None)),
                        models.Q(("objected_at__isnull", False), ("objected_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="applications_finding_objected_when_and_by",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="FormMove",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField()),
            ("account", models.JSONField(default=dict)),
            ("counted", models.BooleanField(default=False)),
            (
                "after",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questions.form"),
            ),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="form_moves",
                    to="applications.application",
                ),
            ),
            (
                "before",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questions.form"),
            ),
        ],
        options={
            "ordering": ["at", "pk"],
            "constraints": [
                models.UniqueConstraint(fields=("application", "after"), name="applications_formmove_once_a_version")
            ],
        },
    ),
    migrations.CreateModel(
        name="Hiding",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reason", models.CharField(max_length=40)),
            ("at", models.DateTimeField()),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="hidings", to="applications.application"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("application", "person"), name="applications_hiding_once")]
        },
    ),
    migrations.CreateModel(
        name="LinkCheck",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("address", models.CharField(max_length=2000)),
            ("state", models.CharField(choices=kinolab.applications.words.link_states, max_length=24)),
            ("had_password", models.BooleanField(default=False)),
            ("at", models.DateTimeField()),
            ("told_at", models.DateTimeField(blank=True, null=True)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="link_checks",
                    to="applications.application",
                ),
            ),
            (
                "question",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questions.question"
                ),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["application", "question", "-at"], name="applications_links_latest")]
        },
    ),
    migrations.CreateModel(
        name="Presence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("seen_at", models.DateTimeField()),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="applications.application"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "question",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="questions.question",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("application", "person"), name="applications_presence_once_a_person")
            ]
        },
    ),
    migrations.CreateModel(
        name="SavedView",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=80)),
            ("query", models.CharField(max_length=1000)),
            (
                "edition",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="labs.edition"),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "ordering": ["name"],
            "constraints": [
                models.UniqueConstraint(fields=("person", "edition", "name"), name="applications_savedview_name_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Snapshot",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("version", models.PositiveSmallIntegerField()),
            ("taken_at", models.DateTimeField()),
            ("content", models.JSONField()),
            ("sha256", models.CharField(max_length=64)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="snapshots", to="applications.application"
                ),
            ),
            (
                "taken_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["version"],
            "constraints": [
                models.UniqueConstraint(fields=("application", "version"), name="applications_snapshot_version_once")
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("applications", "0001_initial"),
        ("applications", "0002_projects"),
        ("applications", "0003_answer_past"),
        ("applications", "0004_appeals"),
        ("applications", "0005_late_codes"),
        ("applications", "0006_teams"),
        ("applications", "0007_link_checks"),
        ("applications", "0008_in_and_out"),
        ("applications", "0009_books"),
        ("applications", "0010_form_moves"),
        ("applications", "0011_carried"),
        ("applications", "0012_invitation"),
        ("applications", "0013_typed_parts_and_carried_files"),
        ("applications", "0014_candidacies"),
        ("applications", "0015_imported_files"),
    ]

    initial = True

    dependencies = [
        ("calls", "0001_tables"),
        ("files", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questions", "0001_tables"),
    ]

    operations = [CreateModels(TABLES)]
