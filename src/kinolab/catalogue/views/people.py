"""People, groups and companies: the page of each for visitors, and the pages on which they are edited and joined."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import agents
from kinolab.catalogue.actions import people as actions
from kinolab.catalogue.domain.joining import PutBack
from kinolab.catalogue.domain.joining import why_not_join as why_not
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.forms import people as forms
from kinolab.catalogue.models import Agent
from kinolab.catalogue.queries import people as queries
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui.visitors import for_visitors

KEPT = 60  # seconds
REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost
_NAMES = {"roles": words.ROLES, "agent_kinds": words.AGENT_KINDS, "kinds": words.KINDS, "results": words.AWARD_RESULTS}


# --- For visitors ----------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, group or company with the films; the address of one who was joined to another leads on."""
    shown, edits = access.get_shown_agent(request.user, slug, timezone.now())
    if shown.agent.slug != slug:
        return redirect("catalogue:person", shown.agent.slug, permanent=False)  # a joining can be taken back
    context = {"shown": shown, "agent": shown.agent, "edits": edits, "linked": _linked(shown)}
    return render(request, "catalogue/people/person.html", context | _NAMES)


def _linked(shown: queries.PersonPage) -> dict[str, Any]:
    """Whoever it is as schema.org has it; what is not known is left out."""
    agent = shown.agent
    address = settings.KINOLAB_URL + reverse("catalogue:person", args=[agent.slug])
    whole = {
        "@context": "https://schema.org",
        "@type": "Person" if agent.kind == AgentKind.PERSON else "Organization",
        "@id": address,
        "url": address,
        "name": str(agent.name),
        "alternateName": list(
            dict.fromkeys([*(name for _tag, name in shown.names), *(one.name for one in shown.aliases)])
        ),
        "description": str(agent.about),
        "award": [
            " · ".join(str(part) for part in (award.event, award.category, award.on and award.on.year) if part)
            for award, _film in shown.awards
        ],
    }
    return {key: value for key, value in whole.items() if value}


# --- For those who edit ----------------------------------------------------------------------------------------------
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody in the catalogues that the person edits, found by any spelling."""
    asked = request.GET
    kind = asked.get("kind", "") if asked.get("kind", "") in set(AgentKind) else ""
    listed = queries.desk_page(access.get_catalogues(request.user), asked.get("q", "").strip(), kind, asked.get("page"))
    return render(request, "catalogue/people/list.html", {"listed": listed} | _NAMES)


@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody."""
    organisations = queries.catalogues(access.get_catalogues(request.user))
    initial = {"language": get_language(), "name": request.GET.get("name", "")[: forms.LONGEST_NAME]}
    form = forms.NewAgentForm(request.POST or None, initial=initial, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = agents.add_agent(
            organisation=form.chosen(), kind=AgentKind(given["kind"]), name={given["language"]: given["name"]},
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, gettext("Added."))
        return redirect("catalogue:edit_person", made.slug)
    return render(request, "catalogue/people/new.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Names, kind, text; other spellings; who bears the same name; who was joined to this one."""
    found = access.get_agent(request.user, slug)
    if found.joined_to is not None:
        return redirect("catalogue:edit_person", found.joined_to.slug)
    form = forms.AgentForm(request.POST or None, agent=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_agent(agent=found, **form.said(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:edit_person", found.slug)
    return _edit_page(request, found, form, forms.SpellingForm())


def _edit_page(
    request: HttpRequest, found: Agent, form: forms.AgentForm, spelling: forms.SpellingForm
) -> HttpResponse:  # fmt: skip
    context = {
        "agent": found,
        "form": form,
        "spelling": spelling,
        "spellings": list(found.aliases.all()),
        "namesakes": queries.namesakes(found),
        "joinings": queries.joinings(found),
        "credits": queries.credits_of(found),
        "why_not_delete": queries.why_not_delete(found),
    }
    refused = form.is_bound or spelling.is_bound
    return render(request, "catalogue/people/edit.html", context | _NAMES, status=REFUSED if refused else 200)


@require_POST
def add_spelling(request: HttpRequest, slug: str) -> HttpResponse:
    """Add another spelling."""
    found = access.get_agent(request.user, slug)
    form = forms.SpellingForm(request.POST)
    if form.is_valid():
        try:
            actions.add_spelling(agent=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error("name", explain(denied.refusal))
        else:
            messages.success(request, gettext("The spelling is added; a search finds it."))
            return redirect("catalogue:edit_person", found.slug)
    return _edit_page(request, found, forms.AgentForm(agent=found), form)


@require_POST
def remove_spelling(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a spelling away."""
    found = access.get_agent(request.user, slug)
    actions.remove_spelling(spelling=access.get_spelling(found, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("The spelling is gone."))
    return redirect("catalogue:edit_person", found.slug)


@require_POST
def delete_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete somebody whom no film names."""
    found = access.get_agent(request.user, slug)
    try:
        actions.delete_agent(agent=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
        return redirect("catalogue:edit_person", found.slug)
    messages.success(request, gettext("Deleted from the catalogue."))
    return redirect("catalogue:people")


# --- Two who are one -------------------------------------------------------------------------------------------------
@require_safe
def same(request: HttpRequest) -> HttpResponse:
    """Whose names are alike, in any spelling, and who may be one."""
    page = queries.same_page(access.get_catalogues(request.user), request.GET.get("page"))
    return render(request, "catalogue/people/same.html", {"page": page, "likenesses": words.LIKENESSES} | _NAMES)


@require_http_methods(["GET", "HEAD", "POST"])
def join_people(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """What joining the two would move; and then join them."""
    kept, lost = access.get_agent(request.user, slug), access.get_agent(request.user, other)
    if request.method == "POST":
        try:
            actions.join(kept=kept, lost=lost, by=request.user, at=timezone.now())
        except Denied as denied:
            messages.error(request, explain(denied.refusal))
        else:
            messages.success(request, gettext("The two are one now. It can be taken back on this page."))
        return redirect("catalogue:edit_person", kept.slug)
    refusal = why_not(queries.facts(kept), queries.facts(lost))
    context = {
        "kept": kept,
        "lost": lost,
        "refusal": refusal,
        "moved": None if refusal else queries.would_move(kept, lost),
    }
    context |= {"credits": queries.credits_of(lost), "kept_credits": queries.credits_of(kept)}
    return render(request, "catalogue/people/join.html", context | _NAMES)


@require_POST
def keep_apart(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """They bear one name and are two."""
    one, two = access.get_agent(request.user, slug), access.get_agent(request.user, other)
    try:
        actions.keep_apart(one=one, other=two, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("They stay two. Nobody offers to join them again."))
    return redirect("catalogue:edit_person", one.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def part_people(request: HttpRequest, number: int) -> HttpResponse:
    """What taking a joining back would put back and what not; and then take it back."""
    joining = access.get_joining(request.user, number)
    refusal = queries.why_not_take_back(joining, joining.kept)
    if request.method == "POST":
        try:
            back = actions.take_back(joining=joining, by=request.user, at=timezone.now())
        except Denied as denied:
            messages.error(request, explain(denied.refusal))
        else:
            _say(request, back)
        return redirect("catalogue:edit_person", joining.kept.slug)
    back = None if refusal else queries.would_go_back(joining)
    return render(
        request, "catalogue/people/part.html", {"joining": joining, "refusal": refusal, "back": back} | _NAMES
    )


def _say(request: HttpRequest, back: PutBack) -> None:
    if back.whole:
        messages.success(request, gettext("They are two again. Everything is as it was before the joining."))
        return
    messages.success(request, gettext("They are two again, with what could be put back."))
    lost = back.gone + back.elsewhere + back.changed
    left = ngettext(
        "%(number)s thing was changed or deleted since the joining and stays as it is.",
        "%(number)s things were changed or deleted since the joining and stay as they are.",
        lost,
    ) % {"number": lost}
    messages.warning(request, left)
