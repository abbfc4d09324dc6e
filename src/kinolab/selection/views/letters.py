"""The letters: a text for each outcome, and each recipient's letter as it would go."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.selection import access, words
from kinolab.selection.actions import letters as actions
from kinolab.selection.domain.lifecycle import FINAL, Outcome
from kinolab.selection.forms import LetterForm, OwnLetterForm
from kinolab.selection.queries import announcing, facts
from kinolab.selection.queries import letters as queries


def _edition(request: HttpRequest, programme: str, edition: str, permission: Permission) -> Edition:
    return labs.get_edition(request.user, programme, edition, permission)


def _reading_or_writing(request: HttpRequest) -> Permission:
    return Permission.ANNOUNCE if request.method == "POST" else Permission.SEE_LETTERS


def _frame(request: HttpRequest, edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "stage": "results",
        "granted": edition.granted,
        "why_not_write": access.why_not_write_letters(request.user, edition),
    }


@require_safe
def letters(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Which letters are written in which language."""
    found = _edition(request, programme, edition, Permission.SEE_LETTERS)
    shown = {"rows": announcing.letters_page(found)}
    return render(request, "selection/letters.html", _frame(request, found) | shown)


@require_POST
def ours(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Fill what is missing with our own texts."""
    found = _edition(request, programme, edition, Permission.ANNOUNCE)
    try:
        written = actions.fill_with_ours(edition=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        done = ngettext("%(count)s letter is written.", "%(count)s letters are written.", written)
        messages.success(request, done % {"count": written})
    return redirect("selection:letters", programme, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, programme: str, edition: str, outcome: str) -> HttpResponse:
    """The text of the letter for one outcome."""
    found = _edition(request, programme, edition, _reading_or_writing(request))
    if outcome not in {one.value for one in FINAL}:
        raise Http404
    kept = facts.letters_of(found).get(Outcome(outcome))
    subject, body = (kept.subject, kept.body) if kept else (Text(), Text())
    form = LetterForm(request.POST or None, languages=found.call.languages, subject=subject, body=body)
    sentence = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_letter(
                edition=found,
                outcome=Outcome(outcome),
                subject=form.texts("subject"),
                body=form.texts("body"),
                by=request.user,
                at=timezone.now(),
            )
        except Denied as denied:
            sentence = explain(denied.refusal)
        else:
            messages.success(request, _("The letter is saved."))
            return redirect("selection:letters", programme, edition)
    shown = {
        "form": form,
        "sentence": sentence,
        "outcome": outcome,
        "outcome_word": words.OUTCOMES[Outcome(outcome)],
        "placeholders": words.PLACEHOLDERS,
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "selection/letter.html", _frame(request, found) | shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def recipient(request: HttpRequest, programme: str, edition: str, code: str, person: int) -> HttpResponse:
    """The letter to one recipient, exactly as it would go; it can be written by hand, or held back."""
    found = _edition(request, programme, edition, _reading_or_writing(request))
    member = access.get_recipient(request.user, found, code, person)
    decided = list(queries.decisions(member.application))
    one = next(each for each in queries.rendered(found, decided) if each.member.person_id == person)
    form = OwnLetterForm(request.POST if request.POST.get("do") == "write" else None,
                         initial={"subject": one.subject, "body": one.body})  # fmt: skip
    sentence = ""
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            said = _do(request, member, form)
        except Denied as denied:
            sentence = explain(denied.refusal)
        else:
            messages.success(request, said)
            return redirect("selection:announce", programme, edition)
    shown = {
        "one": one,
        "member": member,
        "application": member.application,
        "outcome_word": words.OUTCOMES[one.told.outcome],
        "form": form,
        "sentence": sentence,
        "sent": queries.sent_letter(member.application_id, person),
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "selection/recipient.html", _frame(request, found) | shown, status=status)


def _do(request: HttpRequest, member: object, form: OwnLetterForm) -> str:
    """Do what the button says; returns what to tell."""
    by_and_at = {"by": request.user, "at": timezone.now()}
    match request.POST.get("do"):
        case "write":
            actions.write_own(member=member, **form.cleaned_data, **by_and_at)
            return _("The letter to this person is saved.")
        case "hold":
            actions.hold_back(member=member, **by_and_at)
            return _("This letter will not be sent.")
        case "ours":
            actions.take_ours_again(member=member, **by_and_at)
            return _("The letter goes as the text for everybody says.")
    raise Denied(Refusal("nothing_chosen_to_decide"))
