"""Letters to chosen teams: what there is, the draft, each letter as it would go, and how those that were sent fare."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.applications import words as application_words
from kinolab.applications.models import Application
from kinolab.applications.queries import table
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.mail.queries import states_of
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.selection import access, words
from kinolab.selection.actions import team_letters as actions
from kinolab.selection.domain.lifecycle import FINAL, Outcome, TeamLetterState
from kinolab.selection.forms import TeamLetterForm
from kinolab.selection.models import TeamLetter
from kinolab.selection.queries import team_letters as queries

LETTERS_A_PAGE = 50
NAMES_A_PAGE = 50


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    permission = Permission.ANNOUNCE if request.method == "POST" else Permission.SEE_LETTERS
    return labs.get_edition(request.user, programme, edition, permission)


def _frame(request: HttpRequest, edition: Edition) -> dict[str, object]:
    return {"edition": edition, "why_not": access.why_not_write_to_teams(request.user, edition)}


@require_safe
def team_letters(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The drafts and the letters that were sent; and whom one can write to."""
    found = _edition(request, programme, edition)
    shown = {
        "page": Paginator(queries.written(request.user, found), LETTERS_A_PAGE).get_page(request.GET.get("page")),
        "groups": queries.groups(request.user, found),
        "tab_words": application_words.TABS,
        "outcome_words": {one.value: label for one, label in words.OUTCOMES.items()},
    }
    return render(request, "selection/team_letters.html", _frame(request, found) | shown)


@require_POST
def begin(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Begin a letter to the applications that were ticked, to all that the address asks for, or to a group.

    `like` is a letter that was sent: its text, to those of its teams that it has not reached.
    """
    found = _edition(request, programme, edition)
    like = request.POST.get("like", "")
    sent = access.get_team_letter(request.user, found, int(like)) if like.isdecimal() and len(like) < 10 else None
    chosen = queries.not_reached(request.user, sent) if sent else _chosen(request, found)
    try:
        letter = actions.begin(edition=found, applications=chosen, like=sent, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.warning(request, explain(denied.refusal))
        return redirect("selection:team_letters", programme, edition)
    return redirect("selection:team_letter", programme, edition, letter.pk)


def _chosen(request: HttpRequest, edition: Edition) -> Sequence[Application]:
    asked = request.POST
    if asked.get("outcome") in {one.value for one in FINAL}:
        return list(queries.announced(request.user, edition, Outcome(asked["outcome"])))
    if asked.get("all") == "yes":
        within = table.Asked.read(request.GET).within(edition.granted)
        return list(table.selection(request.user, edition.call, within))
    return table.chosen(request.user, edition.call, asked.getlist("code"))


# --- The draft, and how it fares once it is sent ----------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def team_letter(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """The draft; of a letter that was sent its text, and its letters in the outbox."""
    found = _edition(request, programme, edition)
    letter = access.get_team_letter(request.user, found, number)
    if request.method != "POST" and letter.state == TeamLetterState.SENT:
        return _sent_page(request, letter, None)
    whom = queries.audience(request.user, letter)
    form = _form(request, letter, whom)
    refusal = None
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            return _done(request, letter, form)
        except Denied as denied:
            refusal = denied.refusal
            form.data = form.data.copy()  # what was typed stays, beside the text as it stands now
            form.data["seen"] = letter.version
    if letter.state == TeamLetterState.SENT:
        return _sent_page(request, letter, refusal)
    return _draft_page(request, letter, form, whom, refusal)


def _form(request: HttpRequest, letter: TeamLetter, whom: queries.Audience) -> TeamLetterForm:
    """The draft's form: a text for each language of the call, for each that recipients read, and for whatever was typed."""
    typed = [tag for tag, _name in settings.LANGUAGES if f"subject_{tag}" in request.POST]
    languages = [row.tag for row in queries.languages(letter, whom)]
    return TeamLetterForm(
        request.POST if request.POST.get("do") in ("save", "look") else None,
        languages=list(dict.fromkeys([*languages, *typed])), subject=letter.subject, body=letter.body,
        initial={"whom": letter.whom, "seen": letter.version},
    )  # fmt: skip


def _done(request: HttpRequest, letter: TeamLetter, form: TeamLetterForm) -> HttpResponse:
    """Do what the button says; returns where to go."""
    edition = letter.edition
    here, by_and_at = (edition.programme.slug, edition.slug), {"by": request.user, "at": timezone.now()}
    match request.POST.get("do"):
        case "discard":
            actions.discard(letter=letter, **by_and_at)
            messages.success(request, _("The draft is thrown away."))
            return redirect("selection:team_letters", *here)
        case "let_go":
            count = actions.let_go(letter=letter, **by_and_at)
            said = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count)
            messages.success(request, said % {"count": count})
        case "save" | "look":
            given = form.cleaned_data
            actions.save(
                letter=letter, subject=form.texts("subject"), body=form.texts("body"), whom=given["whom"],
                seen=given["seen"], **by_and_at,
            )  # fmt: skip
            if request.POST["do"] == "look":
                return redirect("selection:look_through", *here, letter.pk)
            messages.success(request, _("The draft is saved."))
    return redirect("selection:team_letter", *here, letter.pk)


def _draft_page(
    request: HttpRequest, letter: TeamLetter, form: TeamLetterForm, whom: queries.Audience, refusal: Refusal | None
) -> HttpResponse:
    shown = {
        "letter": letter,
        "form": form,
        "sentence": explain(refusal) if refusal else "",
        "changed": refusal is not None and refusal.code == "letter_changed",
        "whom": whom,
        "readers": queries.languages(letter, whom),
        "first": next((tag for tag in form.languages if tag == get_language()), form.languages[0]),
        "written": queries.written_in(letter),
        "placeholders": words.TO_TEAMS,
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "selection/team_letter.html", _frame(request, letter.edition) | shown, status=status)


def _sent_page(request: HttpRequest, letter: TeamLetter, refusal: Refusal | None) -> HttpResponse:
    known = queries.in_outbox(request.user, letter)
    shown = {
        "letter": letter,
        "sentence": explain(refusal) if refusal else "",
        "written": queries.written_in(letter),
        "states": states_of(known),
        "not_reached": queries.not_reached(request.user, letter),
        "page": Paginator(known, NAMES_A_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if refusal else 200
    return render(request, "selection/team_letter_sent.html", _frame(request, letter.edition) | shown, status=status)


# --- As it would go --------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def look_through(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Each letter as it would go, who gets none and why; then all are sent, or put into the outbox held back."""
    found = _edition(request, programme, edition)
    letter = access.get_team_letter(request.user, found, number)
    if request.method != "POST":
        if letter.state == TeamLetterState.SENT:
            return redirect("selection:team_letter", programme, edition, number)
        return _post_page(request, letter, "")
    try:
        return _sent_or_left_out(request, letter)
    except Denied as denied:
        if denied.refusal.code == "team_letter_sent":
            messages.warning(request, explain(denied.refusal))
            return redirect("selection:team_letter", programme, edition, number)
        return _post_page(request, letter, explain(denied.refusal))


def _sent_or_left_out(request: HttpRequest, letter: TeamLetter) -> HttpResponse:
    edition, by_and_at = letter.edition, {"by": request.user, "at": timezone.now()}
    here = (edition.programme.slug, edition.slug, letter.pk)
    if code := request.POST.get("leave_out"):
        for application in table.chosen(request.user, edition.call, [code]):
            actions.leave_out(letter=letter, application=application, **by_and_at)
            messages.success(request, _("This team is not written to: %(team)s") % {"team": application})
        return redirect("selection:look_through", *here)
    held_back = request.POST.get("do") == "hold"
    count = actions.send(letter=letter, seen=request.POST.get("seen", ""), held_back=held_back, **by_and_at)
    if held_back:
        said = ngettext("%(count)s letter waits in the outbox.", "%(count)s letters wait in the outbox.", count)
    else:
        said = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, said % {"count": count})
    return redirect("selection:team_letter", *here)


def _post_page(request: HttpRequest, letter: TeamLetter, sentence: str) -> HttpResponse:
    post = queries.post(request.user, letter)
    one = Paginator(post.going, 1).get_page(request.GET.get("letter"))
    names = Paginator(post.going, NAMES_A_PAGE).get_page((one.number - 1) // NAMES_A_PAGE + 1)
    shown = {
        "letter": letter,
        "sentence": sentence,
        "post": post,
        "one": one,
        "names": names,
        "written": queries.written_in(letter),
    }
    status = 422 if sentence else 200
    return render(request, "selection/look_through.html", _frame(request, letter.edition) | shown, status=status)
