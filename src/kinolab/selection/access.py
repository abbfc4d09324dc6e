"""Who may decide, write letters and announce; and the only ways for a view to get what it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404

from kinolab.applications.models import Application, Candidacy, TeamMember
from kinolab.applications.queries.visible import hidden_from
from kinolab.calls.models import Call
from kinolab.calls.queries import public as calls
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.selection.domain import lifecycle
from kinolab.selection.domain.lifecycle import AnnouncementState
from kinolab.selection.models import Decision, Quota, TeamLetter
from kinolab.selection.queries import facts, team_letters
from kinolab.selection.queries.board import candidacies, named, visible

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


# --- Getting ---------------------------------------------------------------------------------------------------------
def get_application(person: "Person", edition: Edition, code: str) -> Application:
    """An application about which something is decided; 404 where there is none that the person may know of."""
    found = visible(person, edition).filter(code=code).first()
    if found is None:
        raise Http404
    found.call = edition.call
    return found


def get_candidacy(person: "Person", edition: Edition, key: str) -> Candidacy:
    """A candidacy about which something is decided; a bare code names the first of its application. 404 as above."""
    rows = candidacies(person, edition)
    found = named(rows, [key]).get(key)
    if found is None and "-" not in key:
        found = rows.filter(application__code=key).first()
    if found is None:
        raise Http404
    found.application.call = edition.call
    return found


def get_recipient(person: "Person", edition: Edition, code: str, number: int) -> TeamMember:
    """Somebody who gets a letter about an application that is decided; 404 as above."""
    application = get_application(person, edition, code)
    found = facts.recipients([application.pk]).filter(person=number).first()
    if found is None or not application.decisions.exists():
        raise Http404
    found.application = application
    return found


def get_quota(edition: Edition, number: int) -> Quota:
    """A quota of the edition; 404 for those of others."""
    found = Quota.objects.filter(edition=edition, pk=number).first()
    if found is None:
        raise Http404
    return found


def get_team_letter(person: "Person", edition: Edition, number: int) -> TeamLetter:
    """A letter to teams of the edition; 404 for those of others, and for those of which the person may not know."""
    found = team_letters.known(person, edition).filter(pk=number).first()
    if found is None:
        raise Http404
    found.edition = edition
    return found


def get_results(programme: str, edition: str, at: datetime) -> Call:
    """The published call at these two slugs, for the results page; 404 for any other."""
    found = calls.find(programme, edition, at)
    if found is None:
        raise Http404
    return found


def get_own_result(person: "Person", code: str) -> list[Decision]:
    """What was announced about one's own application, by strand; 404 before, and for all who are not in its team."""
    found = (
        Decision.objects.select_related("application__call__edition__programme__organisation", "candidacy__strand")
        .filter(application__code=code, announced_at__isnull=False)
        .order_by("candidacy__strand__order", "pk")
    )
    decisions = list(found)
    if not decisions or not facts.recipients([decisions[0].application_id]).filter(person=person).exists():
        raise Http404
    return decisions


# --- May they --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Deciding:
    """What has to be asked once before a person decides about one candidacy of an edition, or about many."""

    refusal: Refusal | None
    announcement: AnnouncementState | None
    hidden: frozenset[int]

    def why_not(self, candidacy: Candidacy, decision: Decision | None, seen: int) -> Refusal | None:
        """Why the person may not decide, having seen this version of what was decided before (0: nothing)."""
        if self.refusal is not None:
            return self.refusal
        if candidacy.application_id in self.hidden:
            return Refusal("conflict_of_interest")
        version = decision.version if decision else 0
        in_force = candidacy.application.stage in facts.STAGES
        return lifecycle.why_not_decide(self.announcement, in_force=in_force, version=version, seen=seen)


def deciding(person: "Person", edition: Edition) -> Deciding:
    """Ask it. Two queries."""
    return Deciding(
        labs.why_not(person, edition, Permission.DECIDE),
        facts.state_of(edition),
        frozenset(hidden_from(person, edition)),
    )


def why_not_decide(person: "Person", candidacy: Candidacy, decision: Decision | None, seen: int) -> Refusal | None:
    """Why the person may not decide about the candidacy, having seen this version of what was decided before."""
    return deciding(person, candidacy.application.call.edition).why_not(candidacy, decision, seen)


def why_not_change_order(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not order the waiting list."""
    return labs.why_not(person, edition, Permission.DECIDE) or lifecycle.why_not_decide(facts.state_of(edition))


def why_not_set_quotas(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not change the quotas: they are agreed before anybody is decided upon, and by few."""
    return labs.why_not(person, edition, Permission.CONFIGURE) or lifecycle.why_not_decide(facts.state_of(edition))


def why_not_write_letters(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not change the letters: an official letter is in the hands of those who send it."""
    return labs.why_not(person, edition, Permission.ANNOUNCE) or lifecycle.why_not_decide(facts.state_of(edition))


def why_not_announce(person: "Person", edition: Edition, at: datetime) -> Refusal | None:
    """Why the person may not announce the results now."""
    return labs.why_not(person, edition, Permission.ANNOUNCE) or lifecycle.why_not_announce(
        facts.announce_facts(edition, at)
    )


def why_not_try_letters(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not have letters sent again that could not be delivered."""
    return labs.why_not(person, edition, Permission.ANNOUNCE)


def why_not_write_to_teams(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not write to chosen teams: it takes sending letters, and knowing the applications."""
    return labs.why_not(person, edition, Permission.ANNOUNCE) or labs.why_not(
        person, edition, Permission.READ_APPLICATIONS
    )
