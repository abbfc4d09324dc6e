"""Pages for the staff: bringing a table, choosing its columns, watching it become applications, taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.applications import access, jobs, words
from kinolab.applications.actions import importing
from kinolab.applications.forms import TableForm
from kinolab.applications.models import Import
from kinolab.applications.queries import importing as queries
from kinolab.applications.views.answers import in_zone
from kinolab.calls.models import Call
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission


def _call(request: HttpRequest, programme: str, edition: str) -> Call:
    found = labs.get_edition(request.user, programme, edition, Permission.CONFIGURE)
    call: Call = found.call
    call.edition = found
    return call


def _import(request: HttpRequest, programme: str, edition: str, number: int) -> Import:
    return access.get_import(_call(request, programme, edition), number)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Bring a table; and the imports there were."""
    call = _call(request, programme, edition)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    refusal = access.why_not_import(request.user, call, timezone.now())
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        try:
            made = importing.bring(
                call=call, content=table.read(), name=table.name, language=get_language() or "en", by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("table", explain(in_zone(denied.refusal, call)))
        else:
            return redirect("applications:import", programme, edition, made.pk)
    shown = {
        "edition": call.edition, "stage": "applications", "form": form, "refusal": refusal, "states": words.IMPORT_STATES,
        "imports": Import.objects.filter(call=call).select_related("brought_by").defer("rows", "head", "report")[:20],
    }  # fmt: skip
    return render(request, "applications/office/imports.html", shown, status=422 if form.is_bound else 200)


@require_safe
def show(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """One import: its columns and rows before it begins, how far it is, what became of it."""
    import_ = _import(request, programme, edition, number)
    return _page(request, import_)


def _page(request: HttpRequest, import_: Import, refusal: Refusal | None = None) -> HttpResponse:
    call = import_.call
    shown: dict[str, object] = {
        "edition": call.edition, "stage": "applications", "import": import_, "refusal": refusal,
        "states": words.IMPORT_STATES,
    }  # fmt: skip
    if import_.phase == "proposed":
        form = queries.form_of(call)
        tried = queries.trial(import_, form)
        shown |= {
            "columns": list(enumerate(zip(import_.head, import_.mapping, _examples(import_), strict=True))),
            "choices": form.choices, "trial": tried,
            "rows": sorted(tried.rows, key=lambda row: (row.good, row.double is None))[: queries.SHOWN_ROWS],
        }  # fmt: skip
    else:
        shown["left_out"] = [(row, Refusal(code)) for row, code in sorted(import_.report.items(), key=_by_row)]
        found = queries.files_of(import_)
        refused = [(one, Refusal(one.refusal["code"], one.refusal["facts"])) for one in found if one.phase == "refused"]
        shown |= {
            "files": found, "files_refused": refused,
            "files_fetched": sum(one.phase == "fetched" for one in found),
            "files_waiting": sum(one.phase == "waiting" for one in found),
        }  # fmt: skip
        shown["untouched"] = len(queries.untouched(import_)) if import_.phase == "done" else 0
    return render(request, "applications/office/import.html", shown, status=422 if refusal else 200)


def _by_row(pair: tuple[str, str]) -> int:
    return int(pair[0])


def _examples(import_: Import) -> list[str]:
    """The first thing that stands in each column."""
    return [next((row[place] for row in import_.rows if row[place]), "")[:80] for place in range(len(import_.head))]


@require_safe
def progress(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """How far it is, for a page that asks again and again."""
    shown = {"import": _import(request, programme, edition, number)}
    return render(request, "applications/office/_import_progress.html", shown)


@require_POST
def choose(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Keep which column is what, and show the trial anew; or begin."""
    import_ = _import(request, programme, edition, number)
    said = {"by": request.user, "at": timezone.now()}
    mapping = [request.POST.get(f"column-{place}", "") for place in range(len(import_.head))]
    send, doubles = (request.POST.get(name) == "yes" for name in ("send", "doubles"))
    try:
        importing.choose(import_=import_, mapping=mapping, send=send, doubles=doubles, **said)
        if "begin" in request.POST:
            importing.begin(import_=import_, **said)
            jobs.go_on_importing.enqueue()
    except Denied as denied:
        return _page(request, _import(request, programme, edition, number), in_zone(denied.refusal, import_.call))
    return redirect("applications:import", programme, edition, number)


@require_POST
def take_back(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Take away what it made and nobody has touched."""
    import_ = _import(request, programme, edition, number)
    try:
        taken, kept = importing.take_back(import_=import_, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        gone = ngettext("%(count)s application taken back.", "%(count)s applications taken back.", taken)
        messages.success(request, gone % {"count": taken})
        if kept:
            messages.warning(
                request, _("Somebody has touched the others; they stay. Number: %(count)s") % {"count": kept}
            )
    return redirect("applications:import", programme, edition, number)


@require_POST
def drop(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Forget a table that was not imported."""
    import_ = _import(request, programme, edition, number)
    try:
        importing.drop(import_=import_, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("applications:imports", programme, edition)
