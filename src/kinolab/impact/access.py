"""Who may do what with a road map, and the only ways for a view to get one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries.visible import may_know_of, visible_to
from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import lifecycle, safety
from kinolab.impact.domain.lifecycle import TAKEN_BY, ReportState, ReportStep, RoadMapState, RoadMapStep, Turn
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import Outcome, PartnerLink, Report, RoadMap, Tutoring
from kinolab.impact.queries import links, shown
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission, Role, permissions
from kinolab.labs.models import Edition, Membership, Programme

if TYPE_CHECKING:
    from datetime import datetime

    from kinolab.foundation.people.models import Person


# --- Getting -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Who:
    """What somebody is to a road map. `guides`: may take the lab's steps; whoever only `reads` looks on."""

    team: bool = False
    tutor: bool = False
    guides: bool = False
    reads: bool = False

    @property
    def inside(self) -> bool:
        """Whether they see everything, risks and people too: the team and its tutors, nobody else."""
        return self.team or self.tutor

    @property
    def knows(self) -> bool:
        """Whether they may know that it exists."""
        return self.inside or self.reads

    @property
    def turns(self) -> frozenset[Turn]:
        """As whom they take steps; whoever guides takes the tutors' too."""
        of = ((self.team, Turn.TEAM), (self.tutor or self.guides, Turn.TUTOR), (self.guides, Turn.LAB))
        return frozenset(turn for is_so, turn in of if is_so)

    @property
    def eyes(self) -> Eyes | None:
        """Through which eyes they look; None: everything."""
        return None if self.inside else Eyes.LAB


def who(person: "Person", road_map: RoadMap) -> Who:
    """What the person is to it; asked once for a road map that `get_road_map` brought."""
    if getattr(road_map, "known_to", None) == person.pk:
        return road_map.who
    held = labs.permissions_of(person, road_map.edition)
    if road_map.is_template:  # whoever guides the lab's road maps writes it
        guides = {Permission.READ_ROAD_MAPS, Permission.GUIDE_ROAD_MAPS} <= held
        return Who(team=guides, guides=guides, reads=Permission.READ_ROAD_MAPS in held)
    reads = Permission.READ_ROAD_MAPS in held and _visible(person, road_map)
    return Who(
        team=in_team(person, road_map.application_id),
        tutor=Tutoring.objects.filter(road_map=road_map, person=person).exists(),
        guides=reads and Permission.GUIDE_ROAD_MAPS in held,
        reads=reads,
    )


def in_team(person: "Person", application: int) -> bool:
    """Whether the person has joined the application's team."""
    return TeamMember.objects.filter(
        application=application, person=person, state=MemberState.JOINED.value
    ).exists()  # fmt: skip


def _visible(person: "Person", road_map: RoadMap) -> bool:
    return visible_to(person, Application.objects.filter(pk=road_map.application_id)).exists()


def road_maps() -> QuerySet[RoadMap]:
    """All road maps, templates too, with what every page of them names."""
    return RoadMap.everything.select_related("edition__programme__organisation", "application")


def get_road_map(person: "Person", code: str) -> RoadMap:
    """The road map with `who` the person is to it; 404 for whoever need not know of it."""
    found = road_maps().filter(code=code).first()
    if found is None:
        raise Http404
    is_to_it = who(person, found)
    if not is_to_it.knows:
        raise Http404
    found.who, found.known_to = is_to_it, person.pk
    return found


def of_edition(person: "Person", edition: Edition) -> QuerySet[RoadMap]:
    """The road maps of an edition that the person may know of; the edition came from `labs.get_edition`."""
    return road_maps().filter(may_know_of(person), edition=edition)


def templates(edition: Edition) -> QuerySet[RoadMap]:
    """What the edition's programme begins its road maps with; the edition came from `labs.get_edition`."""
    return road_maps().filter(application=None, edition__programme=edition.programme_id).order_by("title", "pk")


def own(person: "Person") -> QuerySet[RoadMap]:
    """The road maps that the person writes or accompanies."""
    joined = TeamMember.objects.filter(
        application=OuterRef("application"), person=person, state=MemberState.JOINED.value
    )  # fmt: skip
    tutors = Tutoring.objects.filter(road_map=OuterRef("pk"), person=person)
    return road_maps().filter(Q(Exists(joined)) | Q(Exists(tutors)))


# --- A programme ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Held:
    """In which editions of a programme somebody may read what became of it, and in which they may write."""

    reads: frozenset[int] = frozenset()
    guides: frozenset[int] = frozenset()
    guides_all: bool = False  # those without an edition, and the switches of the programme


def programme_of(person: "Person", edition: Edition) -> Programme:
    """The programme of an edition that `labs.get_edition` brought, with what the person `held` in all of it."""
    found = edition.programme
    found.held = _held(found, _roles(person, found))
    return found


def _roles(person: "Person", programme: Programme) -> list[tuple[int | None, str]]:
    held = Membership.objects.filter(
        Q(edition=None) | Q(edition__programme=programme), person=person, organisation=programme.organisation_id
    )
    return list(held.values_list("edition", "role"))


def _held(programme: Programme, roles: list[tuple[int | None, str]]) -> Held:
    everywhere = [Role(role) for edition, role in roles if edition is None]
    allowed = {
        edition: permissions([*everywhere, *(Role(role) for own, role in roles if own == edition)])
        for edition in programme.editions.values_list("pk", flat=True)
    }
    return Held(
        frozenset(edition for edition, may in allowed.items() if Permission.READ_ROAD_MAPS in may),
        frozenset(edition for edition, may in allowed.items() if Permission.GUIDE_ROAD_MAPS in may),
        Permission.GUIDE_ROAD_MAPS in permissions(everywhere),
    )


def outcomes_of(person: "Person", programme: Programme) -> QuerySet[Outcome]:
    """What became of the programme, as far as the person may know; the programme came from `programme_of`."""
    hidden = Application.objects.exclude(pk__in=visible_to(person, Application.objects.all()).values("pk"))
    theirs = hidden.filter(call__edition__programme=programme, submitted_at__isnull=False, project__isnull=False)
    return (
        Outcome.objects.filter(Q(edition__in=programme.held.reads) | Q(edition=None), programme=programme)
        .exclude(film__in=hidden)
        .exclude(project__in=theirs.values("project"))
        .select_related("edition", "person", "film", "project")
    )


def road_maps_of(person: "Person", programme: Programme) -> QuerySet[RoadMap]:
    """The road maps of all editions that the person may know of; the programme came from `programme_of`."""
    return road_maps().filter(may_know_of(person), edition__in=programme.held.reads)


def why_not_record(person: "Person", programme: Programme, edition: int | None) -> Refusal | None:
    """Why the person may not write down what became of this edition; of none that is known: of the whole programme."""
    held = getattr(programme, "held", None) or _held(programme, _roles(person, programme))
    may = held.guides_all if edition is None else edition in held.guides
    return None if may else Refusal("not_permitted", {"permission": Permission.GUIDE_ROAD_MAPS})


def get_shown(code: str) -> RoadMap:
    """A road map that everybody may see at this instant, with the `look` at it; 404 for every other one."""
    return _shown(road_maps().filter(code=code).first(), Eyes.PUBLIC)


def get_by_link(token: str, at: "datetime") -> PartnerLink:
    """The link with this secret, its road map with the `look` at it; 404 when it is not open to partners now."""
    found = PartnerLink.objects.filter(sealed=links.seal(token), taken_back_at=None, expires_at__gt=at).first()
    if found is None:
        raise Http404
    found.road_map = _shown(road_maps().filter(pk=found.road_map_id).first(), Eyes.PARTNERS)
    return found


def _shown(found: RoadMap | None, eyes: Eyes) -> RoadMap:
    if found is None or why_not_look(found, eyes) is not None:
        raise Http404
    found.look = shown.look(found)
    if found.look.unsafe:
        raise Http404
    return found


# --- May they ------------------------------------------------------------------------------------------------------------
def why_not_make(person: "Person", edition: Edition) -> Refusal | None:
    """Why the person may not make road maps and say who accompanies them."""
    return labs.why_not(person, edition, Permission.GUIDE_ROAD_MAPS)


def why_not_write(person: "Person", road_map: RoadMap, part: Part) -> Refusal | None:
    """Why the person may not write in this part: the team alone writes."""
    if not who(person, road_map).team:
        return Refusal("only_the_team_writes")
    return lifecycle.why_not_write(RoadMapState(road_map.state), part)


def why_not_take(person: "Person", road_map: RoadMap, step: RoadMapStep) -> Refusal | None:
    """Why the person may not take this step now."""
    if road_map.is_template:
        return Refusal("road_map_is_template")
    if TAKEN_BY[step] not in who(person, road_map).turns:
        return Refusal("not_your_step")
    after = lifecycle.step(RoadMapState(road_map.state), step)
    return after if isinstance(after, Refusal) else None


def why_not_remark(person: "Person", road_map: RoadMap) -> Refusal | None:
    """Why the person may not say something about it: its tutors, those who guide it, and the team answering."""
    is_to_it = who(person, road_map)
    if not (is_to_it.inside or is_to_it.guides):
        return Refusal("only_tutors_remark")
    return Refusal("road_map_closed") if road_map.state == RoadMapState.CLOSED else None


def why_not_approve(person: "Person", road_map: RoadMap) -> Refusal | None:
    """Why the person may not approve values: whoever read them does not approve them too."""
    is_to_it = who(person, road_map)
    return None if (is_to_it.tutor or is_to_it.guides) and not is_to_it.team else Refusal("only_tutors_approve")


def get_report(person: "Person", code: str, number: int) -> Report:
    """A report of a road map that the person may know of; 404 for whoever need not."""
    road_map = get_road_map(person, code)
    people = ("made_by", "handed_in_by", "decided_by")
    found = Report.objects.filter(road_map=road_map, pk=number).select_related(*people).first()
    if found is None:
        raise Http404
    found.road_map = road_map
    return found


def reports(person: "Person", edition: Edition) -> QuerySet[Report]:
    """The reports of an edition's road maps that the person may know of; the edition came from `labs.get_edition`."""
    return Report.objects.filter(road_map__in=of_edition(person, edition))


def why_not_report(person: "Person", report: Report) -> Refusal | None:
    """Why the person may not write in a report or hand it in: the team, while it has it."""
    if not who(person, report.road_map).team:
        return Refusal("only_the_team_writes")
    if (refusal := lifecycle.why_not_report(RoadMapState(report.road_map.state))) is not None:
        return refusal
    after = lifecycle.report_step(ReportState(report.state), ReportStep.HAND_IN)
    return after if isinstance(after, Refusal) else None


def why_not_decide(person: "Person", report: Report, step: ReportStep) -> Refusal | None:
    """Why the person may not approve a report or give it back."""
    if (refusal := why_not_approve(person, report.road_map)) is not None:
        return refusal
    after = lifecycle.report_step(ReportState(report.state), step)
    return after if isinstance(after, Refusal) else None


def why_not_plan_reports(person: "Person", road_map: RoadMap) -> Refusal | None:
    """Why the person may not say for which days there is a report: the team, and whoever guides."""
    is_to_it = who(person, road_map)
    if not (is_to_it.team or is_to_it.guides):
        return Refusal("not_your_step")
    return lifecycle.why_not_report(RoadMapState(road_map.state))


def why_not_show(person: "Person", road_map: RoadMap) -> Refusal | None:
    """Why the person may not decide to whom it is shown: the team decides."""
    if road_map.is_template:
        return Refusal("road_map_is_template")
    return None if who(person, road_map).team else Refusal("only_the_team_writes")


def why_not_link(person: "Person", road_map: RoadMap, unsafe: int) -> Refusal | None:
    """Why the person may not make a link for partners: it would lead to nothing."""
    return (
        why_not_show(person, road_map)
        or why_not_look(road_map, Eyes.PARTNERS)
        or (Refusal("not_safe_to_show", {"count": unsafe}) if unsafe else None)
    )


def why_not_look(road_map: RoadMap, eyes: Eyes) -> Refusal | None:
    """Why these eyes may not see it at all."""
    return safety.why_not_look(Level(road_map.level), eyes)


# --- What goes out and comes in -----------------------------------------------------------------------------------------
def get_outgoing(person: "Person | None", code: str, eyes: Eyes) -> RoadMap:
    """The road map whose data is asked for, for these eyes; what everybody may see, visitors get too. Else 404."""
    found = road_maps().filter(code=code).first()
    if found is None:
        raise Http404
    if person is not None and (known := who(person, found)).knows:
        found.who, found.known_to = known, person.pk
        return found
    if eyes is not Eyes.PUBLIC or why_not_look(found, eyes) is not None:
        raise Http404
    return found


def why_not_bring(person: "Person", road_map: RoadMap) -> Refusal | None:
    """Why the person may not bring a file: the team alone writes, and not when the road map is closed or not begun."""
    return why_not_write(person, road_map, Part.ACTUAL)
