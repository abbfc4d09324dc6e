"""The organiser's pages of reading."""

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.applications.queries import table as applications
from kinolab.foundation.files.tables import Cell, csv_response
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.reviews import access, words
from kinolab.reviews.actions import assignment, conflicts, readers
from kinolab.reviews.forms import LOCAL, FileForm, PhaseForm, ReaderForm
from kinolab.reviews.models import Proposal, ReviewPhase
from kinolab.reviews.queries import board as board_queries
from kinolab.reviews.queries import facts, letters

MOST_CODES = 500
LONGEST_FILE = 500_000  # bytes


def _edition(request: HttpRequest, programme: str, edition: str, permission: Permission = Permission.ASSIGN) -> Edition:
    return labs.get_edition(request.user, programme, edition, permission)


def _phase_form(edition: Edition, phase: ReviewPhase | None, data: object = None) -> PhaseForm:
    zone = ZoneInfo(edition.timezone)
    kept = {"readings_each": 2, "see_others": "after_own", "tells_corrected": True}
    if phase is not None:
        switches = ("readings_each", "each_strand", "see_names", "see_others", "tells_corrected")
        kept = {name: getattr(phase, name) for name in switches}
        for name in ("starts_at", "ends_at"):
            instant = getattr(phase, name)
            kept[name] = instant.astimezone(zone).strftime(LOCAL) if instant else ""
    return PhaseForm(data, initial=kept, zone=edition.timezone, several=len(_strands(edition)) > 1)


def _strands(edition: Edition) -> list[tuple[str, str]]:
    """The strands of the edition's call: slug and name."""
    return [(one.slug, str(one.name)) for one in edition.call.strands.all()]


def _reader_form(edition: Edition, phase: ReviewPhase | None, data: object = None, **more: object) -> ReaderForm:
    """With the strands to choose from, where each is read on its own."""
    return ReaderForm(data, strands=_strands(edition) if phase and phase.each_strand else (), **more)


def _board(request: HttpRequest, edition: Edition, status: int = 200, **more: object) -> HttpResponse:
    phase = access.get_phase(edition)
    codes = request.GET.getlist("code")[:MOST_CODES]
    shown = {
        "edition": edition,
        "stage": "reading",
        "page": board_queries.board_page(request.user, edition, phase, timezone.now()),
        "phase_form": _phase_form(edition, phase),
        "reader_form": _reader_form(edition, phase),
        "abstain_words": {reason.value: label for reason, label in words.ABSTAIN_REASONS.items()},
        "chosen": applications.chosen(request.user, edition.call, codes) if codes else [],
        "granted": edition.granted,
    }
    return render(request, "reviews/board.html", shown | more, status=status)


@require_safe
def board(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """How reading stands; chosen applications (?code=) can be given to a reader here."""
    return _board(request, _edition(request, programme, edition))


def _act(request: HttpRequest, edition: Edition, act: Callable[[], object], done: str) -> HttpResponse:
    """Do one thing and come back to the board with what became of it."""
    try:
        act()
    except Denied as denied:
        return _board(request, edition, 422, sentence=explain(denied.refusal))
    messages.success(request, done)
    return redirect("reviews:board", edition.programme.slug, edition.slug)


@require_POST
def set_phase(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Dates and switches."""
    found = _edition(request, programme, edition, Permission.CONFIGURE)
    form = _phase_form(found, access.get_phase(found), request.POST)
    if not form.is_valid():
        return _board(request, found, 422, phase_form=form)
    return _act(
        request,
        found,
        lambda: readers.set_phase(edition=found, changes=form.cleaned_data, by=request.user, at=timezone.now()),
        _("The dates and switches of reading are saved."),
    )


@require_POST
def add_reader(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Invite a reader."""
    found = _edition(request, programme, edition)
    form = _reader_form(found, access.get_phase(found), request.POST)
    if not form.is_valid():
        return _board(request, found, 422, reader_form=form)
    return _act(
        request,
        found,
        lambda: readers.add_reader(edition=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        _("The reader is added, and a letter is on its way."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reader(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """One reader: languages, room, readings."""
    found = _edition(request, programme, edition)
    one = access.get_reader(found, number)
    kept = {"email": one.person.email, "name": one.person.name, "languages": one.languages, "capacity": one.capacity,
            "company": one.company, "strands": facts.strands_read(one)}  # fmt: skip
    form = _reader_form(found, access.get_phase(found), request.POST or None, initial=kept)
    form.fields["email"].disabled = form.fields["name"].disabled = True
    sentence = ""
    if request.method == "POST" and form.is_valid():
        names = ("languages", "capacity", "company", "strands")
        said = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        try:
            readers.change_reader(reader=one, **said, by=request.user, at=timezone.now())
        except Denied as denied:
            sentence = explain(denied.refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("reviews:board", programme, edition)
    shown = {
        "edition": found,
        "stage": "reading",
        "reader": one,
        "form": form,
        "sentence": sentence,
        "readings": board_queries.readings_given(request.user, one),
        "state_words": {state.value: label for state, label in words.READING_STATES.items()},
        "abstain_words": {reason.value: label for reason, label in words.ABSTAIN_REASONS.items()},
        "others": [other for other in facts.readers_of(found) if other.pk != one.pk],
    }
    return render(request, "reviews/reader.html", shown, status=422 if sentence or form.errors else 200)


@require_POST
def remove_reader(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Let a reader go."""
    found = _edition(request, programme, edition)
    one = access.get_reader(found, number)
    return _act(
        request,
        found,
        lambda: readers.remove_reader(reader=one, by=request.user, at=timezone.now()),
        _("The reader has left this edition."),
    )


@require_POST
def remind(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Write to readers who are not done: names and count first."""
    found = _edition(request, programme, edition)
    if request.POST.get("sure") != "yes":
        return _preview_reminders(request, found)
    try:
        written = readers.remind(
            edition=found, numbers=access.numbers(request.POST.getlist("reader")), by=request.user, at=timezone.now()
        )
    except Denied as denied:
        return _board(request, found, 422, sentence=explain(denied.refusal))
    done = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", written)
    messages.success(request, done % {"count": written})
    return redirect("reviews:board", programme, edition)


def _preview_reminders(request: HttpRequest, edition: Edition) -> HttpResponse:
    try:
        phase = _phase(edition)
    except Denied as denied:
        return _board(request, edition, 422, sentence=explain(denied.refusal))
    loads = board_queries.readers_with_loads(request.user, edition, phase)
    waiting = [one for one in loads if one.due and one.left_at is None]
    shown = {"edition": edition, "stage": "reading", "waiting": letters.reminders(phase, waiting)}
    return render(request, "reviews/remind.html", shown)


# --- Assignment ------------------------------------------------------------------------------------------------------
def _phase(edition: Edition) -> ReviewPhase:
    phase = access.get_phase(edition)
    if phase is None:
        raise Denied(Refusal("no_phase"))
    phase.edition = edition
    return phase


@require_POST
def propose(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Let the machine propose who reads what."""
    found = _edition(request, programme, edition)
    at = timezone.now()
    try:
        assignment.propose(phase=_phase(found), by=request.user, at=at, seed=int(at.timestamp()) % 1_000_000)
    except Denied as denied:
        return _board(request, found, 422, sentence=explain(denied.refusal))
    return redirect("reviews:proposal", programme, edition)


def _waiting(edition: Edition) -> Proposal:
    proposal = Proposal.objects.select_related("phase").filter(phase__edition=edition, accepted_at=None).first()
    if proposal is None:
        raise Denied(Refusal("proposal_accepted"))
    proposal.phase.edition = edition
    return proposal


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The waiting proposal: look at it, accept it, throw it away."""
    found = _edition(request, programme, edition)
    try:
        waiting = _waiting(found)
        if request.method == "POST":
            return _decide(request, found, waiting)
    except Denied as denied:
        return _board(request, found, 422, sentence=explain(denied.refusal))
    shown = board_queries.proposal_page(request.user, waiting)
    more = {"edition": found, "stage": "reading", "reason_words": words.UNMET_REASONS}
    return render(request, "reviews/proposal.html", shown | more)


def _decide(request: HttpRequest, edition: Edition, waiting: Proposal) -> HttpResponse:
    if "discard" in request.POST:
        assignment.discard(proposal=waiting, by=request.user, at=timezone.now())
    else:
        assignment.accept(proposal=waiting, by=request.user, at=timezone.now())
        messages.success(request, _("The readings are given out."))
    return redirect("reviews:board", edition.programme.slug, edition.slug)


@require_POST
def assign(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Give chosen applications to one reader."""
    found = _edition(request, programme, edition)
    codes, to = request.POST.getlist("code")[:MOST_CODES], access.numbers([request.POST.get("reader", "")])
    chosen = applications.chosen(request.user, found.call, codes)
    if not chosen or not to:
        return _board(request, found, 422, sentence=explain(Refusal("nothing_chosen")))
    one = access.get_reader(found, *to)
    return _act(
        request,
        found,
        lambda: assignment.assign(
            phase=_phase(found), reader=one, applications=chosen, by=request.user, at=timezone.now()
        ),
        _("Given to the reader, and a letter is on its way."),
    )


@require_POST
def take_back(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Take back chosen readings that have not been begun, or give them to another reader; each by itself."""
    found = _edition(request, programme, edition)
    chosen = access.given(request.user, found, request.POST.getlist("reading")[:MOST_CODES])
    to, back = access.numbers([request.POST.get("to", "")]), "back" in request.POST
    if not chosen or not (back or to):
        return _board(request, found, 422, sentence=explain(Refusal("nothing_chosen")))
    other = None if back else access.get_reader(found, *to)
    report = assignment.move_many(readings=chosen, to=other, by=request.user, at=timezone.now())
    if report.done:
        done = ngettext("%(count)s reading is moved.", "%(count)s readings are moved.", report.done)
        messages.success(request, done % {"count": report.done})
    for refusal in report.refused:
        messages.warning(request, explain(refusal))
    return redirect("reviews:reader", programme, edition, chosen[0].reader_id)


@require_safe
def export(request: HttpRequest, programme: str, edition: str) -> StreamingHttpResponse:
    """Who reads what, as the CSV that the page for files takes back."""
    found = _edition(request, programme, edition)
    phase = access.get_phase(found)
    rows: Iterable[Sequence[Cell]] = ()
    if phase is not None:
        phase.edition = found
        rows = board_queries.assignment_rows(request.user, phase)
    columns = ("number", "address", "state", *(("strand",) if phase and phase.each_strand else ()))
    return csv_response(f"readings-{programme}-{edition}.csv", columns, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Assign from a CSV file: a dry run first, with every bad row named."""
    found = _edition(request, programme, edition)
    form, phase = FileForm(request.POST or None, request.FILES or None), access.get_phase(found)
    shown = {"edition": found, "stage": "reading", "form": form, "each_strand": bool(phase and phase.each_strand)}
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["file"].read(LONGEST_FILE).decode("utf-8", errors="replace")
        try:
            good, bad = assignment.assign_from_file(
                phase=_phase(found),
                source=source,
                by=request.user,
                at=timezone.now(),
                dry_run=not form.cleaned_data["sure"],
            )
        except Denied as denied:
            return _board(request, found, 422, sentence=explain(denied.refusal))
        if not bad and form.cleaned_data["sure"]:
            messages.success(request, _("The readings are given out."))
            return redirect("reviews:board", programme, edition)
        shown |= {"good": good, "bad": [(one.row, explain(one.refusal)) for one in bad], "tried": True}
    return render(request, "reviews/from_file.html", shown)


# --- Conflicts -------------------------------------------------------------------------------------------------------
@require_POST
def declare_conflict(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Note a conflict of a reader with the application of a number."""
    found = _edition(request, programme, edition)
    one, asked = access.get_reader(found, number), request.POST.get("application", "")
    application = access.find_application(request.user, found, asked)
    if application is None:
        return _board(request, found, 422, sentence=explain(Refusal("no_such_number", {"seen": asked[:40]})))
    return _act(
        request,
        found,
        lambda: conflicts.declare_for(
            reader=one, application=application, note=request.POST.get("note", ""), by=request.user, at=timezone.now()
        ),
        _("Noted. The application is hidden from this reader now."),
    )


@require_POST
def take_back_conflict(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Take back a conflict noted by mistake."""
    found = _edition(request, programme, edition)
    conflict = access.get_conflict(request.user, found, number)
    return _act(
        request,
        found,
        lambda: conflicts.take_back(
            conflict=conflict, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now()
        ),
        _("The conflict is taken back."),
    )
