"""What is shown outside: the public page, a page behind a partner's link; for the team, what each of three levels shows."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui import sharing
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.impact import access, forms, words
from kinolab.impact.actions import links as actions
from kinolab.impact.domain.lifecycle import RoadMapState
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import editor, links, papers, summary
from kinolab.impact.queries import shown as queries
from kinolab.impact.views.papers import file_of

REFUSED = 422
# What must be gone at once when a team takes it back is kept by nobody without asking.
ASKED_EACH_TIME = for_visitors(0)


# --- Everybody -------------------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
@ASKED_EACH_TIME
def public(request: HttpRequest, code: str) -> HttpResponse:
    """The public summary."""
    road_map = access.get_shown(code)
    shown = summary.summary(road_map.look, Eyes.PUBLIC, timezone.localdate())
    return render(
        request, "impact/shown.html", _context(road_map, shown, "public") | {"facts": _machine_facts(road_map, shown)}
    )


@login_not_required
@require_safe
@ASKED_EACH_TIME
def public_paper(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A paper for everybody."""
    road_map = access.get_shown(code)
    if name not in papers.NAMES:
        raise Http404
    return file_of(road_map.look, Eyes.PUBLIC, name)


@login_not_required
@require_safe
def share(request: HttpRequest, code: str) -> HttpResponse:
    """The picture that goes with a link to the page."""
    road_map = access.get_shown(code)
    plan = road_map.look.through(Eyes.PUBLIC).plan
    picture = sharing.picture(
        road_map.edition.dye, plan.title, str(road_map.edition), gettext("Impact road map")
    )  # fmt: skip
    response = FileResponse(picture.open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=0"
    return response


def _machine_facts(road_map: RoadMap, shown: summary.Summary) -> dict[str, object]:
    """The road map as schema.org says it: what passed the gate, and nothing else."""
    return {
        "@context": "https://schema.org",
        "@type": "Project",
        "name": shown.plan.title,
        "description": shown.plan.vision.statement,
        "url": settings.KINOLAB_URL + reverse("impact:shown", args=[road_map.code]),
        "knowsLanguage": road_map.language,
        "parentOrganization": {"@type": "Organization", "name": str(road_map.edition.programme.organisation)},
    }


# --- Partners --------------------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
def with_link(request: HttpRequest, token: str) -> HttpResponse:
    """What partners see; the opening is noted."""
    at = timezone.now()
    link = access.get_by_link(token, at)
    actions.opened(link=link, at=at)
    shown = summary.summary(link.road_map.look, Eyes.PARTNERS, timezone.localdate())
    context = _context(link.road_map, shown, "partners") | {"token": token, "link": link}
    return _unlisted(render(request, "impact/shown.html", context))


@login_not_required
@require_safe
def paper_with_link(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """A paper for partners."""
    at = timezone.now()
    link = access.get_by_link(token, at)
    if name not in papers.NAMES:
        raise Http404
    actions.opened(link=link, at=at)
    return _unlisted(file_of(link.road_map.look, Eyes.PARTNERS, name))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _context(road_map: RoadMap, shown: summary.Summary, look: str) -> dict[str, Any]:
    return {
        "road_map": road_map,
        "edition": road_map.edition,
        "shown": shown,
        "plan": shown.plan,
        "look": look,
        "other_language": road_map.language if road_map.language != get_language() else "",
        "state_word": words.STATES[RoadMapState(road_map.state)],
        "words": words,
        "token": "",
        "facts": None,
    }


# --- The team decides --------------------------------------------------------------------------------------------------------
@require_safe
def showing(request: HttpRequest, code: str) -> HttpResponse:
    """What each level shows, what forbids it, and the links for partners."""
    return _showing(request, access.get_road_map(request.user, code))


def _showing(request: HttpRequest, road_map: RoadMap, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = queries.look(road_map)
    who, at = road_map.who, timezone.now()
    seen = [queries.count(shown.through(queries.EYES[one]).plan) for one in Level]
    there = shown.rows()
    found = shown.unsafe if who.inside else shown.told_outside()
    context = {
        "road_map": road_map,
        "edition": road_map.edition,
        "stage": "impact",
        "base": "labs/edition_base.html" if who.reads else "impact/_frame.html",
        "who": who,
        "zone": request.user.timezone or road_map.edition.timezone,
        "title": shown.covered(road_map.title),
        "levels": [(one.value, words.LEVELS[one], words.LEVELS_SAY[one], one == road_map.level) for one in Level],
        "counted": [
            (words.COUNTED[name], there[name], [one[name] for one in seen]) for name in queries.COUNTED if there[name]
        ],
        "whose": [words.PAPERS_FOR[queries.EYES[one]] for one in Level],
        "findings": editor.in_sentences(found),
        "decides": access.why_not_show(request.user, road_map) is None,
        "address": papers.public_address(road_map),
        "links": links.of(road_map, at) if who.team else [],
        "link_states": words.LINK_STATES,
        "why_no_link": access.why_not_link(request.user, road_map, len(shown.unsafe)),
        "link_form": forms.LinkForm(),
        "made_link": None,
        "made_address": "",
    }
    return render(request, "impact/showing.html", context | more, status=status)


@require_safe
def preview(request: HttpRequest, code: str, level: str) -> HttpResponse:
    """Exactly the page that a level shows."""
    road_map = access.get_road_map(request.user, code)
    if level not in set(Level):
        raise Http404
    shown = summary.summary(queries.look(road_map), queries.EYES[Level(level)], timezone.localdate())
    context = _context(road_map, shown, "preview") | {"level": words.LEVELS[Level(level)]}
    return render(request, "impact/shown.html", context)


@require_POST
def make_link(request: HttpRequest, code: str) -> HttpResponse:
    """Make a link; its address is shown on this page and never again."""
    road_map = access.get_road_map(request.user, code)
    form = forms.LinkForm(request.POST)
    if not form.is_valid():
        return _showing(request, road_map, status=REFUSED, link_form=form, form=form)
    try:
        made, secret = actions.make_link(road_map=road_map, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Denied as denied:
        form.add_error(None, reasons.explain(denied.refusal))
        return _showing(request, road_map, status=REFUSED, link_form=form, form=form)
    address = settings.KINOLAB_URL + reverse("impact:with_link", args=[secret])
    return _showing(request, road_map, made_link=made, made_address=address)


@require_POST
def take_back_link(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a link back."""
    road_map = access.get_road_map(request.user, code)
    try:
        actions.take_back(road_map=road_map, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Taken back. From now on the link leads nowhere."))
    return redirect("impact:showing", code)
