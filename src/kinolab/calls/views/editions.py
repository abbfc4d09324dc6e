"""Pages for organisers: a new edition, copied from an earlier one or made from a programme file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.calls import access, forms
from kinolab.calls.actions import files
from kinolab.calls.queries import manage as queries
from kinolab.calls.views.manage import REFUSED
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs.models import Programme

LANGUAGES = settings.KINOLAB_COMPLETE_LANGUAGES


def _page(request: HttpRequest, programme: Programme, status: int = 200, **context: Any) -> HttpResponse:
    given = {"programme": programme, "file": forms.FileForm(), "problems": [], "changes": [], **context}
    given.setdefault("form", None)
    return render(request, "calls/manage/new.html", given, status=status)


def _copy_form(programme: Programme, data: Any = None) -> forms.CopyForm | None:
    editions = queries.editions_to_copy(programme)
    return forms.CopyForm(data, editions=editions, languages=LANGUAGES) if editions else None


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: str) -> HttpResponse:
    """Copy an edition: first the old and the new dates are shown, then it is made."""
    found = access.get_programme(request.user, programme)
    form = _copy_form(found, request.POST or None)
    if form is None or request.method != "POST" or not form.is_valid():
        return _page(request, found, REFUSED if form and form.is_bound else 200, form=form)
    chosen, changes = form.chosen(), []
    if "make" not in request.POST:
        changes = queries.date_changes(chosen["edition"], chosen["years"])
        return _page(request, found, form=form, changes=changes, asked=True)
    try:
        made = files.copy_edition(**chosen, by=request.user, at=timezone.now())
    except Denied as denied:
        form.add_error("slug", reasons.explain(denied.refusal))
        return _page(request, found, REFUSED, form=form)
    messages.success(request, gettext("The new edition is there. Nobody sees it until you publish it."))
    return redirect("calls:manage", programme, made.slug)


@require_POST
def upload(request: HttpRequest, programme: str) -> HttpResponse:
    """Make an edition from a programme file; what is wrong with it is listed with its lines."""
    found = access.get_programme(request.user, programme)
    file = forms.FileForm(request.POST, request.FILES)
    if not file.is_valid():
        return _page(request, found, REFUSED, form=_copy_form(found), file=file)
    text = file.text()
    if text is None:
        file.add_error("file", gettext("The file is not a text in UTF-8, or it is larger than a megabyte."))
        return _page(request, found, REFUSED, form=_copy_form(found), file=file)
    try:
        made = files.import_programme(source=text, by=request.user, at=timezone.now())
    except files.FileRefused as refused:
        return _page(request, found, REFUSED, form=_copy_form(found), problems=refused.problems)
    except Denied as denied:
        file.add_error("file", reasons.explain(denied.refusal))
        return _page(request, found, REFUSED, form=_copy_form(found), file=file)
    messages.success(request, gettext("The new edition is there. Nobody sees it until you publish it."))
    return redirect("calls:manage", made.programme.slug, made.slug)
