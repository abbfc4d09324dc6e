"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.labs.domain.calendar import Precision, Stage
from kinolab.labs.domain.roles import Role

Choices = list[tuple[str, Promise]]

PROGRAMME_KINDS: dict[str, Promise] = {
    "lab": pgettext_lazy("kind of programme", "Lab"),
    "teen_lab": pgettext_lazy("kind of programme", "Teen lab"),
    "pitching": pgettext_lazy("kind of programme", "Pitching training"),
    "market_trip": pgettext_lazy("kind of programme", "Market trip"),
    "award": pgettext_lazy("kind of programme", "Award"),
    "omnibus_call": pgettext_lazy("kind of programme", "Script contest for an omnibus film"),
}
MODES: dict[str, Promise] = {
    "onsite": _("On site"),
    "online": _("Online"),
    "hybrid": _("On site and online"),
}
DYES: dict[str, Promise] = {
    "madder": pgettext_lazy("dye", "Madder"),
    "larkspur": pgettext_lazy("dye", "Larkspur"),
    "spruce": pgettext_lazy("dye", "Spruce"),
    "firuza": pgettext_lazy("dye", "Firuza"),
    "indigo": pgettext_lazy("dye", "Indigo"),
    "mulberry": pgettext_lazy("dye", "Mulberry"),
}
PRECISIONS: dict[Precision, Promise] = {
    Precision.DAY: _("Exact day"),
    Precision.MONTH: _("Month"),
    Precision.EARLY_MONTH: _("Early in the month"),
    Precision.MID_MONTH: _("Middle of the month"),
    Precision.LATE_MONTH: _("Late in the month"),
    Precision.YEAR: _("Year"),
}
STAGES: dict[Stage, Promise] = {
    Stage.CALL: pgettext_lazy("stage", "Call"),
    Stage.APPLICATIONS: pgettext_lazy("stage", "Applications"),
    Stage.READING: pgettext_lazy("stage", "Reading"),
    Stage.SELECTION: pgettext_lazy("stage", "Selection"),
    Stage.RESULTS: pgettext_lazy("stage", "Results"),
    Stage.TRAVEL: pgettext_lazy("stage", "Travel"),
    Stage.LAB: pgettext_lazy("stage", "Lab"),
    Stage.PITCHING: pgettext_lazy("stage", "Pitching"),
    Stage.IMPACT: pgettext_lazy("stage", "Impact"),
    Stage.OUTCOMES: pgettext_lazy("stage", "Outcomes"),
}
ROLES: dict[Role, Promise] = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.LEAD: pgettext_lazy("role", "Edition lead"),
    Role.COORDINATOR: pgettext_lazy("role", "Coordinator"),
    Role.SCREENER: pgettext_lazy("role", "Screener"),
    Role.JUROR: pgettext_lazy("role", "Juror"),
    Role.APPEALS: pgettext_lazy("role", "Appeals panel"),
    Role.OBSERVER: pgettext_lazy("role", "Observer"),
}
REASONS: dict[str, Promise] = {
    "not_permitted": _("Your role in this edition does not include this."),
    "only_an_owner": _("Only an owner can make somebody an owner."),
    "already_member": _("This person already has that role here."),
    "last_owner": _("An organisation keeps at least one owner."),
}


def programme_kinds() -> Choices:
    """Choices of `Programme.kind`."""
    return list(PROGRAMME_KINDS.items())


def modes() -> Choices:
    """Choices of every `mode`."""
    return list(MODES.items())


def dyes() -> Choices:
    """Choices of `Edition.dye`."""
    return list(DYES.items())


def precisions() -> Choices:
    """Choices of every date's precision."""
    return [(key.value, label) for key, label in PRECISIONS.items()]


def roles() -> Choices:
    """Choices of `Membership.role`."""
    return [(key.value, label) for key, label in ROLES.items()]
