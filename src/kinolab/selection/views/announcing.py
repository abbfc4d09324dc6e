"""The stage of results: what is in the way, names and count, the announcement, what became of the letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.mail import words as mail_words
from kinolab.foundation.refusals import Denied
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.selection import jobs
from kinolab.selection.actions import announcing as actions
from kinolab.selection.actions import letters
from kinolab.selection.forms import AnnounceForm
from kinolab.selection.queries import announcing as queries


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Before the announcement: what is in the way, whom it tells what. After it: how the letters fare."""
    permission = Permission.ANNOUNCE if request.method == "POST" else Permission.SEE_LETTERS
    found = labs.get_edition(request.user, programme, edition, permission)
    form = AnnounceForm(request.POST or None, languages=found.call.languages)
    sentence = ""
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            actions.announce(
                edition=found, letters=form.cleaned_data["letters"], note=form.note(), by=request.user, at=at
            )
        except Denied as denied:
            sentence = explain(denied.refusal)
        else:
            jobs.go_on.enqueue()
            messages.success(request, _("The results are announced. The letters are on their way."))
            return redirect("selection:announce", programme, edition)
    return _page(request, found, form, sentence)


def _page(request: HttpRequest, edition: Edition, form: AnnounceForm, sentence: str) -> HttpResponse:
    shown = {
        "edition": edition,
        "stage": "results",
        "granted": edition.granted,
        "form": form,
        "sentence": sentence,
        "obstacles": queries.obstacles(edition, timezone.now()),
        "missing": queries.missing(edition),
        "why_not": labs.why_not(request.user, edition, Permission.ANNOUNCE),
        "done": queries.done_page(edition),
        "failed": queries.failed_letters(request.user, edition),
        "groups": queries.groups(request.user, edition, request.GET.dict()),
        "letter_words": {one.value: label for one, label in mail_words.STATES.items()},
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "selection/announce.html", shown, status=status)


@require_POST
def try_again(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Send again what the mail server refused."""
    found = labs.get_edition(request.user, programme, edition, Permission.ANNOUNCE)
    count = letters.try_again(edition=found, by=request.user, at=timezone.now())
    done = ngettext("%(count)s letter is tried again.", "%(count)s letters are tried again.", count)
    messages.success(request, done % {"count": count})
    return redirect("selection:announce", programme, edition)
