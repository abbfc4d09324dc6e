"""Until when a draft may be written and sent: the one answer that every page, action, letter and job asks.

It is the latest of the call's close and those of the draft's strands, of its lead's role and of its late code. Whoever has
not chosen a strand or a role yet may still choose the one that closes last; sending asks for what was chosen.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kinolab.applications.models import Answer, Application, Candidacy, TeamMember
from kinolab.applications.queries.dossier import Dossier
from kinolab.calls.domain import window
from kinolab.calls.domain.window import Close, Window
from kinolab.calls.models import Strand
from kinolab.calls.queries import closes
from kinolab.foundation.refusals import Refusal

STRAND = "application.strand"  # the fact of a question that asks for strands


def draft_window(application: Application) -> Window:
    """The window of one draft. No query where the call has one close for all and the draft no code; at most five."""
    known: Window | None = getattr(application, "own_window", None)
    return known or gather([application])[application.pk]


def gather(applications: Sequence[Application]) -> dict[int, Window]:
    """The windows of these applications by number, kept on each; a constant number of queries, with their calls known."""
    own = _own_closes([one for one in applications if one.call.own_closes_at])
    found = {}
    for one in applications:
        code = closes.of_code(one.late_code) if one.late_code_id else None
        one.own_window = window.own(closes.call_window(one.call), [code, *own.get(one.pk, ())])
        found[one.pk] = one.own_window
    return found


def _own_closes(applications: Sequence[Application]) -> dict[int, list[Close | None]]:
    if not applications:
        return {}
    strands: dict[int, list[Strand]] = {}
    for strand in Strand.objects.filter(call__in={one.call_id for one in applications}):
        strands.setdefault(strand.call_id, []).append(strand)
    chosen = _chosen(applications)
    leads = TeamMember.objects.filter(application__in=[one.pk for one in applications], is_lead=True)
    held = dict(leads.values_list("application", "role")) if any(one.call.role_closes for one in applications) else {}
    found: dict[int, list[Close | None]] = {}
    for one in applications:
        all_of = strands.get(one.call_id, [])
        named = chosen.get(one.pk) or [strand.slug for strand in all_of]
        roles = [held[one.pk]] if held.get(one.pk) else list(one.call.role_closes)
        found[one.pk] = [closes.of_strand(strand) for strand in all_of if strand.slug in named]
        found[one.pk] += [closes.of_role(one.call, name) for name in roles]
    return found


def _chosen(applications: Iterable[Application]) -> dict[int, list[str]]:
    """The strands that drafts name: by the answer where a question asks, else by their candidacies."""
    numbers = [one.pk for one in applications]
    chosen: dict[int, list[str]] = {}
    answers = Answer.objects.filter(application__in=numbers, question__fact=STRAND)
    for pk, value in answers.values_list("application", "value"):
        chosen[pk] = [str(slug) for slug in (value if isinstance(value, list) else [value]) if slug]
    held = Candidacy.objects.filter(application__in=numbers, strand__isnull=False)
    standing: dict[int, list[str]] = {}
    for pk, slug in held.values_list("application", "strand__slug"):
        standing.setdefault(pk, []).append(slug)
    return standing | chosen


def why_strands_closed(whole: Dossier, strands: Sequence[Strand], at: datetime) -> Refusal | None:
    """Why the application may not be sent to these strands now: one of them has closed, and it does not stand there yet."""
    application = whole.application
    call = application.call
    if not call.own_closes_at:
        return None
    lead = next((member.role for member in whole.team if member.is_lead), "")
    code = closes.of_code(application.late_code) if application.late_code_id else None
    held = set(application.candidacies.values_list("strand", flat=True)) if application.number else set()
    others = [code, closes.of_role(call, lead)]
    if not strands:
        own = window.own(closes.call_window(call), others)
        return window.why_not_submit(own, at, application.created_at)
    for strand in strands:
        own = window.own(closes.call_window(call), [*others, closes.of_strand(strand)])
        if strand.pk not in held and window.why_not_submit(own, at, application.created_at) is not None:
            facts = {"strand": str(strand.name), "closed": own.closes, "zone": call.timezone or "UTC"}
            return Refusal("strand_closed", facts)
    return None
