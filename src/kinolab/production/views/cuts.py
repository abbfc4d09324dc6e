"""Dropping a segment, telling its people, taking it back; the log of cuts."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.files.tables import csv_response
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.production import access, assembly_forms, words
from kinolab.production.actions import assembling, cutting
from kinolab.production.models import Agreement, Cut, Notice, Omnibus
from kinolab.production.queries import cuts as queries
from kinolab.production.queries import locks
from kinolab.production.views.assembly import STAGE, get_segment
from kinolab.production.views.films import REFUSED, frame


def _words() -> dict[str, Any]:
    return {"reason_words": words.CUT_REASONS, "notice_words": words.NOTICES, "way_words": words.WAYS,
            "kinds": words.SEGMENT_KINDS, "role_words": words.TOLD_ROLES}  # fmt: skip


@require_safe
def cuts(request: HttpRequest, film: str) -> HttpResponse:
    """The log of cuts."""
    found = access.get_omnibus(request.user, film)
    return render(
        request, "production/cuts.html", frame(found, STAGE) | _words() | {"accounts": queries.accounts(found)}
    )


@require_safe
def cuts_file(request: HttpRequest, film: str) -> StreamingHttpResponse:
    """The log of cuts as a table to take away."""
    found = access.get_omnibus(request.user, film)
    return csv_response(f"{film}-cuts.csv", locks.header(), locks.rows(found))


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, film: str, segment: str) -> HttpResponse:
    """Drop a segment. Nobody is written to yet."""
    found = access.get_omnibus(request.user, film)
    piece, at = get_segment(found, segment), timezone.now()
    initial = {"on": cutting.today(found, at), "decider": request.user.name}
    form = assembly_forms.CutForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            cut = cutting.drop(
                segment=piece, said=form.said(), wording={get_language(): form.cleaned_data["wording"].strip()},
                standalone=form.cleaned_data["fate"] == "standalone_only", by=request.user, at=at,
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("It is on the record. Now tell its people."))
            return redirect("production:cut", film, cut.pk)
    context = frame(found, STAGE) | _words() | {
        "form": form,
        "piece": piece,
        "settled": found.state in assembling.SETTLED,
        "people": queries.people_of(piece),
        "agreement": Agreement.objects.filter(segment=piece, signed_at__isnull=False).first(),
        "cut_right_words": words.CUT_RIGHTS,
    }  # fmt: skip
    return render(request, "production/drop.html", context, status=REFUSED if form.is_bound else 200)


@require_safe
def cut(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """One cut: what was said, who must know, who has been told, the letters."""
    found = access.get_omnibus(request.user, film)
    return _page(request, found, _get(found, number))


@require_POST
def send(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Write to everybody who must know of the cut."""
    found = access.get_omnibus(request.user, film)
    one, said = _get(found, number), request.POST.get("letters", "")
    shown = int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else -1
    try:
        seen = request.POST.get("seen", "")
        sent = cutting.send_notice(cut=one, letters=shown, seen=seen, by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, _get(found, number), refusal=denied.refusal)
    messages.success(request, gettext("Letters on their way: %(count)s.") % {"count": sent})
    return redirect("production:cut", film, number)


@require_POST
def text(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Say in one's own words what the letters say around the facts."""
    found = access.get_omnibus(request.user, film)
    one = _get(found, number)
    form = _text_form(one, queries.account(one).to_write, request.POST)
    if not form.is_valid():
        return _page(request, found, one, text=form, status=REFUSED)
    try:
        seen = request.POST.get("seen", "")
        cutting.write_notice(cut=one, texts=form.texts(), seen=seen, by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, _get(found, number), text=form, refusal=denied.refusal)
    messages.success(request, gettext("Saved. Below is the letter as it will go now."))
    return redirect("production:cut", film, number)


@require_POST
def told(request: HttpRequest, film: str, number: int, notice: int) -> HttpResponse:
    """Write down that somebody was told by hand."""
    found = access.get_omnibus(request.user, film)
    one = _get(found, number)
    whom = _person(one, notice)
    form = assembly_forms.ToldForm(request.POST, prefix=f"told-{notice}")
    if not form.is_valid():
        return _page(request, found, one, told={notice: form}, status=REFUSED)
    said = form.cleaned_data
    try:
        cutting.tell_by_hand(
            notice=whom,
            way=cutting.Way(said["way"]),
            on=said["on"],
            note=said["note"],
            by=request.user,
            at=timezone.now(),
        )
    except Denied as denied:
        return _page(request, found, _get(found, number), refusal=denied.refusal)
    messages.success(request, gettext("It is on the record."))
    return redirect("production:cut", film, number)


@require_POST
def another(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Somebody else must know of the cut."""
    found = access.get_omnibus(request.user, film)
    one = _get(found, number)
    form = assembly_forms.AnotherForm(request.POST)
    if not form.is_valid():
        return _page(request, found, one, another=form, status=REFUSED)
    try:
        cutting.add_person(cut=one, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Denied as denied:
        return _page(request, found, _get(found, number), refusal=denied.refusal)
    messages.success(request, gettext("Added to those who must know."))
    return redirect("production:cut", film, number)


@require_POST
def back(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Take a cut back."""
    found = access.get_omnibus(request.user, film)
    one = _get(found, number)
    form = assembly_forms.WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, one, why=form, status=REFUSED)
    try:
        cutting.take_back(cut=one, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, _get(found, number), refusal=denied.refusal)
    messages.success(request, gettext("The cut is taken back. The segment stands where it stood."))
    return redirect("production:assembly", film)


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _get(omnibus: Omnibus, number: int) -> Cut:
    """A cut of the film; 404 for those of others."""
    found = queries.cuts(omnibus).filter(pk=number).first()
    if found is None:
        raise Http404
    found.segment.omnibus = omnibus
    return found


def _person(cut: Cut, number: int) -> Notice:
    for one in cut.notices.all():
        if one.pk == number:
            one.cut = cut
            return one
    raise Http404


def _text_form(one: Cut, going: Sequence[Notice], typed: Any = None) -> assembly_forms.NoticeTextForm:
    says = {tag: queries.around(one, tag) for tag in queries.languages_to_write(one, going)}
    return assembly_forms.NoticeTextForm(typed, says=says, auto_id="text_%s")


def _page(
    request: HttpRequest, omnibus: Omnibus, one: Cut, *, refusal: Refusal | None = None, told: Any = None,
    another: Any = None, why: Any = None, text: Any = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    account = queries.account(one)
    day = cutting.today(omnibus, timezone.now())
    rows = [
        {
            "person": each.notice,
            "told": each.told,
            "letter": each.letter,
            "preview": queries.letter(each.notice, one) if each.notice in account.to_write else None,
            "form": (told or {}).get(each.notice.pk)
            or assembly_forms.ToldForm(prefix=f"told-{each.notice.pk}", initial={"on": day}),
        }
        for each in account.people
    ]
    context = frame(omnibus, STAGE) | _words() | {
        "account": account,
        "cut": one,
        "rows": rows,
        "going": account.to_write,
        "mark": queries.mark(one),
        "text": None if one.asked_at and text is None else text or _text_form(one, account.to_write),
        "refusal": refusal,
        "another": another or assembly_forms.AnotherForm(),
        "why": why or assembly_forms.WhyForm(),
        "settled": omnibus.state in assembling.SETTLED,
    }  # fmt: skip
    return render(request, "production/cut.html", context, status=REFUSED if refusal else status)
