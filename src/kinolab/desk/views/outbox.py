"""The outbox of an edition: every letter, how it stands, and what can still be done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.desk import access, actions, words
from kinolab.desk.forms import LetterForm
from kinolab.desk.queries import outbox as queries
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.mail.domain.lifecycle import BY_HAND, LetterState, LetterStep, by_hand
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.mail.queries import fingerprint, states_of
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.selection.queries.outbox import letters_of

LETTERS_A_PAGE = 50


@require_safe
def outbox(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Every letter of the edition, page by page."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_LETTERS)
    asked = queries.Asked.read(request.GET)
    visible = letters_of(request.user, found)
    letters = Paginator(queries.asked_for(visible, asked), LETTERS_A_PAGE)
    shown = {
        "edition": found,
        "page": letters.get_page(request.GET.get("page")),
        "asked": asked,
        "states": states_of(visible),
        "kinds": queries.kinds_of(visible),
    }
    return render(request, "desk/outbox.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """One letter as it went or will go; one that is held back can be written anew."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_LETTERS)
    one = access.get_letter(request.user, found, number)
    if request.method != "POST":
        actions.note_look(letter=one, by=request.user, at=timezone.now())
        return _page(request, found, one)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, found, one, form)
    try:
        actions.edit_letter(edition=found, letter=one, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Denied as denied:
        form.data = form.data.copy()  # what was typed stays, beside the text as it stands now
        form.data["seen"] = fingerprint(one)
        return _page(request, found, one, form, explain(denied.refusal))
    messages.success(request, _("The letter is saved."))
    return redirect("desk:letter", programme, edition, number)


def _page(
    request: HttpRequest, edition: Edition, letter: Letter, form: LetterForm | None = None, sentence: str = ""
) -> HttpResponse:
    state, why_not = LetterState(letter.state), access.why_not_change_letters(request.user, edition)
    may_write = why_not is None and state is LetterState.HELD and not letter.secret
    if form is None and may_write:
        form = LetterForm(initial={"subject": letter.subject, "body": letter.body, "seen": fingerprint(letter)})
    shown = {
        "edition": edition,
        "letter": letter,
        "text": queries.shown_text(letter),
        "has_link": explain(Refusal("letter_has_link")) if letter.secret else "",
        "form": form,
        "sentence": sentence,
        "steps": [] if why_not else [(one.value, words.LETTER_STEPS[one]) for one in by_hand(state)],
    }
    return render(request, "desk/letter.html", shown, status=422 if sentence or (form and form.errors) else 200)


@require_POST
def step(request: HttpRequest, programme: str, edition: str, number: int, what: str) -> HttpResponseRedirect:
    """Hold the letter back, let it go, try it again, or never send it."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_LETTERS)
    one = access.get_letter(request.user, found, number)
    if what not in {each.value for each in BY_HAND}:
        raise Http404
    try:
        actions.take_letter_step(edition=found, letter=one, what=LetterStep(what), by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, words.LETTER_STEPS_DONE[LetterStep(what)])
    return redirect("desk:letter", programme, edition, number)
