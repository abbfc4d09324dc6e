import django.db.models.deletion
from kinolab.foundation.tables import CreateModels
import kinolab.impact.models
import kinolab.impact.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Audience",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("name", models.CharField(max_length=200)),
            ("kind", models.CharField(choices=kinolab.impact.words.audience_kinds, default="public", max_length=32)),
            ("place", models.CharField(blank=True, max_length=200)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("size", models.PositiveIntegerField(blank=True, null=True)),
            ("stance", models.CharField(choices=kinolab.impact.words.stances, default="persuadable", max_length=32)),
            ("languages", models.CharField(blank=True, max_length=120)),
            ("access_needs", models.TextField(blank=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="FollowingUp",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("surveys", models.BooleanField(default=False)),
            ("report_public", models.BooleanField(default=False)),
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
                "programme",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="following_up", to="labs.programme"
                ),
            ),
        ],
        options={"verbose_name_plural": "following up"},
    ),
    migrations.CreateModel(
        name="Goal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("film_message", models.TextField(blank=True)),
            ("goal", models.TextField()),
            ("key_agents", models.TextField(blank=True)),
            ("dynamic", models.CharField(choices=kinolab.impact.words.dynamics, default="minds", max_length=32)),
            ("is_primary", models.BooleanField(default=False)),
            ("success", models.TextField(blank=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("is_primary", True)),
                    fields=("road_map",),
                    name="impact_goal_one_primary_in_a_map",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Partner",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("organisation", models.CharField(max_length=200)),
            ("role", models.CharField(choices=kinolab.impact.words.partner_roles, default="ngo", max_length=32)),
            ("contributes", models.TextField(blank=True)),
            ("expects", models.TextField(blank=True)),
            ("agreement", models.CharField(choices=kinolab.impact.words.agreements, default="none", max_length=32)),
            ("contact", models.CharField(blank=True, max_length=300)),
            ("safe_to_name", models.BooleanField(default=False)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Activity",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=200)),
            ("kind", models.CharField(choices=kinolab.impact.words.activity_kinds, default="screening", max_length=32)),
            ("owner", models.CharField(blank=True, max_length=200)),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("ends_on", models.DateField(blank=True, null=True)),
            ("place", models.CharField(blank=True, max_length=200)),
            ("progress", models.CharField(choices=kinolab.impact.words.progress, default="planned", max_length=32)),
            (
                "changed_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("depends_on", models.ManyToManyField(blank=True, related_name="needed_by", to="impact.activity")),
            (
                "audience",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="activities",
                    to="impact.audience",
                ),
            ),
            (
                "goal",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="activities",
                    to="impact.goal",
                ),
            ),
            ("partners", models.ManyToManyField(blank=True, related_name="activities", to="impact.partner")),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "verbose_name_plural": "activities",
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                    ),
                    name="impact_activity_ends_after_start",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Publisher",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("ref", models.CharField(max_length=100)),
            ("kind", models.CharField(choices=kinolab.impact.words.organisation_kinds, default="22", max_length=32)),
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
                "organisation",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="publisher", to="labs.organisation"
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Result",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=300)),
            ("kind", models.CharField(choices=kinolab.impact.words.result_kinds, default="outcome", max_length=32)),
            ("assumption", models.TextField(blank=True)),
            ("aggregable", models.BooleanField(default=True)),
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
                "goal",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="results",
                    to="impact.goal",
                ),
            ),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Indicator",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=300)),
            ("measure", models.CharField(choices=kinolab.impact.words.measures, default="unit", max_length=32)),
            ("unit", models.CharField(blank=True, max_length=60)),
            (
                "accumulation",
                models.CharField(blank=True, choices=kinolab.impact.words.accumulations, default="", max_length=32),
            ),
            ("higher_is_better", models.BooleanField(default=True)),
            ("method", models.TextField(blank=True)),
            ("tool", models.CharField(blank=True, max_length=200)),
            ("source_of_data", models.CharField(blank=True, max_length=200)),
            ("frequency", models.CharField(blank=True, max_length=120)),
            ("ethics", models.TextField(blank=True)),
            ("sdg_indicator", models.CharField(blank=True, max_length=12)),
            ("baseline_value", models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
            ("baseline_unit", models.CharField(blank=True, max_length=60)),
            ("baseline_year", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("baseline_on", models.DateField(blank=True, null=True)),
            ("baseline_place", models.CharField(blank=True, max_length=200)),
            ("baseline_comment", models.TextField(blank=True)),
            ("no_baseline_reason", models.TextField(blank=True)),
            ("retired", models.BooleanField(default=False)),
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
                "result",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="indicators", to="impact.result"
                ),
            ),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="RoadMap",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(default=kinolab.impact.models.new_code, max_length=12, unique=True)),
            ("title", models.CharField(max_length=300)),
            ("language", models.CharField(max_length=8)),
            ("state", models.CharField(choices=kinolab.impact.words.states, default="template", max_length=16)),
            ("level", models.CharField(choices=kinolab.impact.words.levels, default="private", max_length=32)),
            ("version", models.PositiveIntegerField(default=0)),
            ("made_at", models.DateTimeField()),
            ("changed_at", models.DateTimeField()),
            ("adopted_at", models.DateTimeField(blank=True, null=True)),
            (
                "application",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="road_map",
                    to="applications.application",
                ),
            ),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="road_maps", to="labs.edition"
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["title", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("application__isnull", False),
                        models.Q(("level", "private"), ("state", "drafting")),
                        _connector="OR",
                    ),
                    name="impact_roadmap_template_is_written_only",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "template",
                                "drafting",
                                "tutor_review",
                                "revision",
                                "presented",
                                "adopted",
                                "implementing",
                                "reporting",
                                "closed",
                            ],
                        )
                    ),
                    name="impact_roadmap_state_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Risk",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=300)),
            ("who", models.CharField(choices=kinolab.impact.words.risk_whos, default="protagonist", max_length=32)),
            ("kind", models.CharField(choices=kinolab.impact.words.risk_kinds, default="reputational", max_length=32)),
            (
                "likelihood",
                models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")], default=3),
            ),
            (
                "severity",
                models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")], default=3),
            ),
            ("mitigation", models.TextField(blank=True)),
            ("owner", models.CharField(blank=True, max_length=200)),
            ("review_on", models.DateField(blank=True, null=True)),
            (
                "sensitivity",
                models.CharField(choices=kinolab.impact.words.sensitivities, default="restricted", max_length=32),
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
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("likelihood__gte", 1), ("likelihood__lte", 5), ("severity__gte", 1), ("severity__lte", 5)
                    ),
                    name="impact_risk_from_1_to_5",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Rhythm",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("months", models.PositiveSmallIntegerField(choices=kinolab.impact.words.rhythms, default=6)),
            ("days", models.PositiveSmallIntegerField(default=30)),
            (
                "edition",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="reporting_rhythm",
                    to="labs.edition",
                ),
            ),
            (
                "road_map",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="rhythm",
                    to="impact.roadmap",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("edition__isnull", False), ("road_map", None)),
                        models.Q(("edition", None), ("road_map__isnull", False)),
                        _connector="OR",
                    ),
                    name="impact_rhythm_of_one_thing",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Report",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("starts_on", models.DateField()),
            ("ends_on", models.DateField()),
            ("due_on", models.DateField()),
            ("state", models.CharField(choices=kinolab.impact.words.report_states, default="draft", max_length=12)),
            ("reminded", models.CharField(blank=True, max_length=24)),
            ("made_at", models.DateTimeField()),
            ("handed_in_at", models.DateTimeField(blank=True, null=True)),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            (
                "decided_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "handed_in_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="impact.roadmap"
                ),
            ),
        ],
        options={
            "ordering": ["starts_on", "pk"],
            "constraints": [
                models.UniqueConstraint(fields=("road_map", "starts_on"), name="impact_report_once"),
                models.CheckConstraint(
                    condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="impact_report_ends_after_start"
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["draft", "handed_in", "returned", "approved"])),
                    name="impact_report_state_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Remark",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("path_step", models.CharField(choices=kinolab.impact.words.path, max_length=16)),
            ("text", models.TextField()),
            ("at", models.DateTimeField()),
            ("asks", models.BooleanField(default=False)),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
            (
                "by",
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
            (
                "report",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="remarks",
                    to="impact.report",
                ),
            ),
            (
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="impact.roadmap"
                ),
            ),
        ],
        options={"ordering": ["at", "pk"]},
    ),
    migrations.CreateModel(
        name="ProtectedPerson",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("code", models.CharField(max_length=40)),
            ("anonymity", models.CharField(choices=kinolab.impact.words.anonymities, default="masked", max_length=32)),
            ("consent", models.CharField(choices=kinolab.impact.words.consents, default="not_asked", max_length=32)),
            ("consent_scope", models.TextField(blank=True)),
            ("consent_version", models.CharField(blank=True, max_length=60)),
            ("support_plan", models.TextField(blank=True)),
            ("compensation", models.TextField(blank=True)),
            ("contact_channel", models.CharField(blank=True, max_length=200)),
            ("review_on", models.DateField(blank=True, null=True)),
            ("marks", models.JSONField(blank=True, default=list)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "verbose_name_plural": "protected people",
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [
                models.UniqueConstraint(fields=("road_map", "code"), name="impact_protectedperson_code_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Place",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("name", models.CharField(max_length=200)),
            ("country", models.CharField(blank=True, max_length=2)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Period",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("starts_on", models.DateField()),
            ("ends_on", models.DateField()),
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
                "indicator",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="impact.indicator"
                ),
            ),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["starts_on", "pk"],
            "abstract": False,
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="impact_period_ends_after_start"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="PartnerLink",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("label", models.CharField(max_length=120)),
            ("sealed", models.CharField(max_length=64, unique=True)),
            ("made_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ("opened", models.PositiveIntegerField(default=0)),
            ("opened_at", models.DateTimeField(blank=True, null=True)),
            (
                "made_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="links", to="impact.roadmap"
                ),
            ),
        ],
        options={"ordering": ["-made_at", "-pk"]},
    ),
    migrations.CreateModel(
        name="Money",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("currency", models.CharField(choices=kinolab.impact.words.currencies, default="USD", max_length=3)),
            ("contingency", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "verbose_name_plural": "money",
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [models.UniqueConstraint(fields=("road_map",), name="impact_money_one_in_a_map")],
        },
    ),
    migrations.CreateModel(
        name="Milestone",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=200)),
            ("on", models.DateField(blank=True, null=True)),
            ("precision", models.CharField(choices=kinolab.impact.words.precisions, default="day", max_length=32)),
            ("evidence_required", models.TextField(blank=True)),
            ("activities", models.ManyToManyField(blank=True, related_name="milestones", to="impact.activity")),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Learning",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("on", models.DateField(blank=True, null=True)),
            ("what_changed", models.TextField()),
            ("intended", models.BooleanField(default=True)),
            ("positive", models.BooleanField(default=True)),
            ("contribution", models.TextField(blank=True)),
            ("decision", models.TextField(blank=True)),
            (
                "sensitivity",
                models.CharField(choices=kinolab.impact.words.sensitivities, default="partners", max_length=32),
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
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"verbose_name_plural": "learning", "ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Issue",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(blank=True, max_length=200)),
            ("statement", models.TextField(blank=True)),
            ("why_now", models.TextField(blank=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [models.UniqueConstraint(fields=("road_map",), name="impact_issue_one_in_a_map")],
        },
    ),
    migrations.CreateModel(
        name="Evidence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=200)),
            ("kind", models.CharField(choices=kinolab.impact.words.evidence_kinds, default="report", max_length=32)),
            ("on", models.DateField(blank=True, null=True)),
            ("url", models.URLField(blank=True, max_length=500)),
            ("describes", models.TextField(blank=True)),
            ("consent_ok", models.BooleanField(default=False)),
            (
                "sensitivity",
                models.CharField(choices=kinolab.impact.words.sensitivities, default="restricted", max_length=32),
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
            (
                "file",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"verbose_name_plural": "evidence", "ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="BudgetLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("label", models.CharField(max_length=200)),
            ("budget_code", models.CharField(blank=True, max_length=40)),
            ("quantity", models.DecimalField(decimal_places=2, default=1, max_digits=12)),
            ("unit_cost", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
            ("currency", models.CharField(choices=kinolab.impact.words.currencies, default="USD", max_length=3)),
            ("source", models.CharField(blank=True, max_length=200)),
            ("funding", models.CharField(choices=kinolab.impact.words.fundings, default="planned", max_length=32)),
            (
                "activity",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="lines",
                    to="impact.activity",
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
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("quantity__gte", 0), ("unit_cost__gte", 0)),
                    name="impact_budgetline_not_negative",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="BroughtFile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200)),
            ("content", models.TextField(blank=True)),
            ("activity", models.PositiveIntegerField(default=0)),
            ("phase", models.CharField(default="proposed", max_length=12)),
            ("came", models.JSONField(blank=True, default=dict)),
            ("brought_at", models.DateTimeField()),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            (
                "brought_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="brought", to="impact.roadmap"
                ),
            ),
        ],
        options={
            "ordering": ["-brought_at", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("phase__in", ["proposed", "taken", "dropped"])),
                    name="impact_broughtfile_phase_known",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="AffectedGroup",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("name", models.CharField(max_length=200)),
            ("size", models.PositiveIntegerField(blank=True, null=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Actual",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
            ("out_of", models.PositiveIntegerField(blank=True, null=True)),
            ("comment", models.TextField(blank=True)),
            ("sex", models.CharField(blank=True, choices=kinolab.impact.words.sexes, default="", max_length=32)),
            ("age", models.CharField(blank=True, choices=kinolab.impact.words.ages, default="", max_length=32)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("place", models.CharField(blank=True, max_length=200)),
            ("recorded_on", models.DateField(blank=True, null=True)),
            ("approved_at", models.DateTimeField(blank=True, null=True)),
            (
                "approved_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
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
            ("evidence", models.ManyToManyField(blank=True, related_name="actuals", to="impact.evidence")),
            (
                "period",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="actuals", to="impact.period"
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="actuals",
                    to="impact.report",
                ),
            ),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="RootCause",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("text", models.TextField()),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="RowAside",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("part", models.CharField(choices=kinolab.impact.words.parts, max_length=16)),
            ("number", models.PositiveBigIntegerField()),
            ("seen", models.PositiveIntegerField()),
            ("values", models.JSONField()),
            ("kept_at", models.DateTimeField()),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="asides", to="impact.roadmap"
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
        options={"indexes": [models.Index(fields=["part", "number"], name="impact_rowaside_row")]},
    ),
    migrations.CreateModel(
        name="RowPast",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("part", models.CharField(choices=kinolab.impact.words.parts, max_length=16)),
            ("number", models.PositiveBigIntegerField()),
            ("version", models.PositiveIntegerField()),
            ("values", models.JSONField()),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("removed", models.BooleanField(default=False)),
            ("changed_at", models.DateTimeField()),
            ("kept_at", models.DateTimeField()),
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
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="past", to="impact.roadmap"
                ),
            ),
        ],
        options={
            "verbose_name_plural": "past of rows",
            "constraints": [
                models.UniqueConstraint(fields=("part", "number", "version"), name="impact_rowpast_version_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="SdgTag",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("code", models.CharField(choices=kinolab.impact.words.sdg, max_length=5)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [models.UniqueConstraint(fields=("road_map", "code"), name="impact_sdgtag_once")],
        },
    ),
    migrations.CreateModel(
        name="Source",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("title", models.CharField(max_length=300)),
            ("url", models.URLField(blank=True, max_length=500)),
            ("published_on", models.DateField(blank=True, null=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Story",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("known", models.CharField(blank=True, choices=kinolab.impact.words.known, default="", max_length=32)),
            ("mood", models.CharField(blank=True, choices=kinolab.impact.words.moods, default="", max_length=32)),
            ("notes", models.TextField(blank=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "verbose_name_plural": "stories",
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [models.UniqueConstraint(fields=("road_map",), name="impact_story_one_in_a_map")],
        },
    ),
    migrations.CreateModel(
        name="Target",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
            ("out_of", models.PositiveIntegerField(blank=True, null=True)),
            ("comment", models.TextField(blank=True)),
            ("sex", models.CharField(blank=True, choices=kinolab.impact.words.sexes, default="", max_length=32)),
            ("age", models.CharField(blank=True, choices=kinolab.impact.words.ages, default="", max_length=32)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("place", models.CharField(blank=True, max_length=200)),
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
                "period",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="impact.period"
                ),
            ),
            (
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="Tutoring",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("added_at", models.DateTimeField()),
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
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="tutorings", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="tutorings", to="impact.roadmap"
                ),
            ),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("road_map", "person"), name="impact_tutoring_once")]},
    ),
    migrations.CreateModel(
        name="Version",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveIntegerField()),
            ("step", models.CharField(choices=kinolab.impact.words.steps, max_length=16)),
            ("content", models.JSONField()),
            ("at", models.DateTimeField()),
            (
                "by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "road_map",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="impact.roadmap"
                ),
            ),
        ],
        options={
            "ordering": ["number"],
            "constraints": [models.UniqueConstraint(fields=("road_map", "number"), name="impact_version_once")],
        },
    ),
    migrations.CreateModel(
        name="Vision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("statement", models.TextField(blank=True)),
            ("horizon", models.DateField(blank=True, null=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "abstract": False,
            "constraints": [models.UniqueConstraint(fields=("road_map",), name="impact_vision_one_in_a_map")],
        },
    ),
    migrations.CreateModel(
        name="Window",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            ("run", models.CharField(blank=True, max_length=40)),
            ("sent", models.JSONField(blank=True, default=dict)),
            ("changed_at", models.DateTimeField()),
            ("kind", models.CharField(choices=kinolab.impact.words.window_kinds, default="community", max_length=32)),
            ("territory", models.CharField(blank=True, max_length=200)),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("ends_on", models.DateField(blank=True, null=True)),
            ("hold_back_until", models.DateField(blank=True, null=True)),
            ("rights_confirmed", models.BooleanField(default=False)),
            ("purpose", models.TextField(blank=True)),
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
                "road_map",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impact.roadmap"),
            ),
        ],
        options={"ordering": ["order", "pk"], "abstract": False},
    ),
    migrations.CreateModel(
        name="FollowUp",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("kind", models.CharField(choices=kinolab.impact.words.follow_up_kinds, default="", max_length=32)),
            ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("digest", models.CharField(max_length=64, unique=True)),
            ("made_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("draft", models.JSONField(blank=True, default=dict)),
            (
                "answer",
                models.CharField(blank=True, choices=kinolab.impact.words.follow_up_answers, default="", max_length=32),
            ),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="follow_ups", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="follow_ups", to="labs.programme"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("programme", "person", "year"), name="impact_followup_once_a_year"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("answer", ""), ("answered_at", None)),
                        models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="impact_followup_answered_when",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Outcome",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("edition_itself", models.BooleanField(default=False)),
            ("name", models.CharField(blank=True, max_length=200)),
            ("kind", models.CharField(choices=kinolab.impact.words.outcome_kinds, default="", max_length=32)),
            ("title", models.CharField(max_length=300)),
            ("on", models.DateField(blank=True, null=True)),
            ("precision", models.CharField(choices=kinolab.impact.words.precisions, default="day", max_length=32)),
            ("place", models.CharField(blank=True, max_length=200)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("source", models.CharField(blank=True, max_length=300)),
            ("source_url", models.URLField(blank=True, max_length=500)),
            ("note", models.TextField(blank=True)),
            (
                "standing",
                models.CharField(choices=kinolab.impact.words.standings, default="self_reported", max_length=32),
            ),
            ("told_at", models.DateTimeField()),
            ("verified_at", models.DateTimeField(blank=True, null=True)),
            (
                "publishing",
                models.CharField(choices=kinolab.impact.words.publishings, default="not_asked", max_length=32),
            ),
            ("consent_at", models.DateTimeField(blank=True, null=True)),
            ("objection", models.TextField(blank=True)),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "consent_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "edition",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="outcomes",
                    to="labs.edition",
                ),
            ),
            (
                "film",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="outcomes",
                    to="applications.application",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="outcomes",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="labs.programme"
                ),
            ),
            (
                "project",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="outcomes",
                    to="applications.project",
                ),
            ),
            (
                "told_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "verified_by",
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
            "ordering": ["-on", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("edition_itself", False),
                            ("film", None),
                            ("name", ""),
                            ("person__isnull", False),
                            ("project", None),
                        ),
                        models.Q(
                            ("edition_itself", False),
                            ("film", None),
                            ("name", ""),
                            ("person", None),
                            ("project__isnull", False),
                        ),
                        models.Q(
                            ("edition_itself", False),
                            ("film__isnull", False),
                            ("name", ""),
                            ("person", None),
                            ("project", None),
                        ),
                        models.Q(
                            ("edition__isnull", False),
                            ("edition_itself", True),
                            ("film", None),
                            ("name", ""),
                            ("person", None),
                            ("project", None),
                        ),
                        models.Q(
                            ("edition_itself", False),
                            ("film", None),
                            ("person", None),
                            ("project", None),
                            models.Q(("name", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="impact_outcome_about_one_thing",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("standing", "self_reported"), ("verified_at", None)),
                        models.Q(("standing", "verified"), ("verified_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="impact_outcome_verified_when",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("publishing", "agreed"), _negated=True),
                        ("consent_at__isnull", False),
                        _connector="OR",
                    ),
                    name="impact_outcome_agreed_when",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Quiet",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField()),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "programme",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="labs.programme"),
            ),
        ],
        options={
            "verbose_name_plural": "quiet",
            "constraints": [models.UniqueConstraint(fields=("programme", "person"), name="impact_quiet_once")],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("impact", "0001_road_maps"),
        ("impact", "0002_rows_sent"),
        ("impact", "0003_exchange"),
        ("impact", "0004_reports"),
        ("impact", "0005_outcomes"),
        ("impact", "0006_assumptions"),
        ("impact", "0007_partner_links"),
    ]

    initial = True

    dependencies = [
        ("applications", "0001_tables"),
        ("files", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
