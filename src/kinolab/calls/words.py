"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS: dict[str, Promise] = {
    "not_yet_open": _("This call is not open yet. It opens: %(opens)s."),
    "past_deadline": _("This call has closed. It closed: %(closed)s."),
}

# --- What visitors read ----------------------------------------------------------------------------------------------
STANDINGS: dict[str, Promise] = {
    "announced": pgettext_lazy("call", "Opens soon"),
    "open": pgettext_lazy("call", "Open call"),
    "grace": pgettext_lazy("call", "Closed"),
    "closed": pgettext_lazy("call", "Closed"),
    "results": pgettext_lazy("call", "Results are out"),
    "finished": pgettext_lazy("call", "Finished"),
    "cancelled": pgettext_lazy("call", "Cancelled"),
}
# The way of an application: what happens, and one line about it.
STEPS_OF_AN_APPLICATION: tuple[tuple[Promise, Promise], ...] = (
    (pgettext_lazy("step", "Application"), _("Until the close it can be changed and sent again.")),
    (pgettext_lazy("step", "Check"), _("We check the conditions and write if something is unclear.")),
    (pgettext_lazy("step", "Reading"), _("Several readers read each project independently.")),
    (pgettext_lazy("step", "Results"), _("Every applicant gets an answer by letter.")),
    (pgettext_lazy("step", "Lab"), _("The chosen projects take part.")),
)
# Choices that rules name, for calls whose form has no words for them.
CHOICES: dict[str, Promise] = {
    "director": pgettext_lazy("role in a team", "Director"),
    "producer": pgettext_lazy("role in a team", "Producer"),
    "screenwriter": pgettext_lazy("role in a team", "Screenwriter"),
    "writer": pgettext_lazy("role in a team", "Screenwriter"),
    "editor": pgettext_lazy("role in a team", "Editor"),
    "impact_producer": pgettext_lazy("role in a team", "Impact producer"),
    "cinematographer": pgettext_lazy("role in a team", "Cinematographer"),
    "feature_fiction": pgettext_lazy("kind of film", "Feature-length fiction"),
    "feature_documentary": pgettext_lazy("kind of film", "Feature-length documentary"),
    "fiction": pgettext_lazy("kind of film", "Fiction"),
    "documentary": pgettext_lazy("kind of film", "Documentary"),
    "animation": pgettext_lazy("kind of film", "Animation"),
    "short": pgettext_lazy("kind of film", "Short film"),
    "idea": pgettext_lazy("stage of a project", "Idea"),
    "early_development": pgettext_lazy("stage of a project", "Early development"),
    "development": pgettext_lazy("stage of a project", "Development"),
    "late_development": pgettext_lazy("stage of a project", "Late development"),
    "preproduction": pgettext_lazy("stage of a project", "Preparation of the shooting"),
    "pre_production": pgettext_lazy("stage of a project", "Preparation of the shooting"),
    "production": pgettext_lazy("stage of a project", "Shooting"),
    "postproduction": pgettext_lazy("stage of a project", "Editing and finishing"),
    "post_production": pgettext_lazy("stage of a project", "Editing and finishing"),
    "rough_cut": pgettext_lazy("stage of a project", "Rough cut"),
    "completed": pgettext_lazy("stage of a project", "Finished film"),
    "finished": pgettext_lazy("stage of a project", "Finished film"),
}
