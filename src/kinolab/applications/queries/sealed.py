"""What may be known of a sealed call's applications: how many there are. No names, no contents, no countries."""

from django.db.models import Count, Q

from kinolab.applications.domain.lifecycle import IN_FORCE, Stage
from kinolab.applications.models import Application
from kinolab.calls.models import Call


def counts(call: Call) -> dict[str, int]:
    """How many are sent, in drafts, withdrawn. One query."""
    return Application.objects.filter(call=call).aggregate(
        sent=Count("pk", filter=Q(stage__in=[stage.value for stage in IN_FORCE])),
        drafts=Count("pk", filter=Q(stage=Stage.DRAFT.value)),
        withdrawn=Count("pk", filter=Q(stage=Stage.WITHDRAWN.value)),
    )


def kinds() -> list[str]:
    """The kinds of things on the record that would tell of applications: they and whatever belongs to one."""
    related = [relation.related_model for relation in Application._meta.related_objects]
    return [model._meta.label_lower for model in (Application, *related)]
