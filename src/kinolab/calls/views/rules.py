"""Pages for organisers: a rule put together from conditions, with its sentences and what an applicant would see."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.calls import access, words
from kinolab.calls.actions import rows as actions
from kinolab.calls.domain.branches import MOST, Branch, changed
from kinolab.calls.domain.country_sets import pinned
from kinolab.calls.domain.regulations import Rule, parse_rule, to_mapping
from kinolab.calls.domain.shapes import Joined, taken_apart
from kinolab.calls.models import Call
from kinolab.calls.models import Rule as Kept
from kinolab.calls.queries import public
from kinolab.calls.queries.country_sets import own_sets, shown_sets
from kinolab.calls.queries.rule_sentences import names_of, questions, sentences
from kinolab.calls.rule_forms import PartForm, RuleBuilder, as_typed, tree_for, tree_of
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal

KIND = "rules"
_CHILD = re.compile(r"children\[(\d+)\]")


@dataclass
class _Bench:
    """What a rule is put together from: the call with the names of its facts, and the row that is changed."""

    call: Call
    row: Kept | None = None

    def __post_init__(self) -> None:
        self.names = names_of(self.call)
        organisation = self.call.edition.programme.organisation
        self.sets = shown_sets(organisation)
        self.own = own_sets(organisation.slug)

    def form(self, data: Any = None, *, whole: Joined | None = None) -> RuleBuilder:
        """The form: as it was sent, or with the parts of the row."""
        if data is not None or whole is None:
            return self._form(data, {}, tree_of(data or {}), self._initial({}))
        tree, parts, joins = tree_for(whole)
        shown = {number: PartForm.initial_of(part) for number, part in parts.items()}
        return self._form(None, shown, tree, self._initial(joins))

    def again(self, sent: RuleBuilder, button: str) -> RuleBuilder:
        """The same form after a button, nothing judged."""
        typed = {number: as_typed(part) for number, part in sent.by_number.items()}
        return self._form(None, typed, changed(sent.tree, button), as_typed(sent))

    def _form(self, data: Any, parts: dict[int, Any], tree: Branch, initial: dict[str, Any]) -> RuleBuilder:
        return RuleBuilder(
            data,
            call=self.call,
            names=self.names,
            sets=self.sets,
            parts=parts,
            row=self.row,
            tree=tree,
            initial=initial,
        )

    def _initial(self, joins: dict[str, str]) -> dict[str, Any]:
        if self.row is None:
            return {"severity": "block_review", "overridable": True, "asked": True}
        kept = self.row.definition
        return joins | {
            "code": self.row.code,
            "severity": kept.get("severity", "block_review"),
            "overridable": kept.get("overridable", True),
            "asked": bool(self.row.question),
        }

    def read(self, form: RuleBuilder) -> Rule | None:
        """The rule of a filled form; what makes it impossible is said at the condition that does."""
        if not form.is_valid():
            return None
        definition = pinned(form.definition(), self.own)
        parsed = parse_rule(definition)
        if isinstance(parsed, Rule):
            return parsed
        for refusal in parsed:
            places = _CHILD.findall(str(refusal.facts.get("path", "")))
            _say(form.part_at([int(one) for one in places]), refusal)
        return None


def _say(form: Form, refusal: Refusal) -> None:
    why = words.WHY_IMPOSSIBLE.get(str(refusal.facts.get("why")))
    form.add_error(None, str(why) if why else reasons.explain(refusal))


@require_http_methods(["GET", "HEAD", "POST"])
def add_rule(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Put a new rule together."""
    return _page(request, _Bench(access.get_call(request.user, programme, edition)))


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, programme: str, edition: str, row: int) -> HttpResponse:
    """Change a rule; one for which a page has no room is changed as text."""
    call = access.get_call(request.user, programme, edition)
    return _page(request, _Bench(call, access.get_row(call, KIND, row)))


def _page(request: HttpRequest, bench: _Bench) -> HttpResponse:
    slugs = [bench.call.edition.programme.slug, bench.call.edition.slug, KIND]
    if request.method != "POST":
        apart: Joined | None = None
        parsed: Rule | None = None
        if bench.row is not None:
            kept = parse_rule(bench.row.definition)
            parsed = kept if isinstance(kept, Rule) else None
            apart = taken_apart(parsed) if parsed else None
            if apart is None:
                messages.info(
                    request,
                    gettext("This rule has more conditions than a page has room for, so it is changed as text."),
                )
                return redirect("calls:row", *slugs, bench.row.pk)
        form = bench.form(whole=apart)
        return _show(request, bench, form, preview=_preview(request, bench, form, parsed))
    form = bench.form(request.POST)
    read = bench.read(form)
    if "save" not in request.POST:
        shown = form if "show" in request.POST else bench.again(form, request.POST.get("change", ""))
        return _show(request, bench, shown, preview=_preview(request, bench, form, read))
    if read is not None:
        try:
            _keep(request, bench, form, read)
        except Denied as denied:
            form.add_error("code" if denied.refusal.code == "code_taken" else None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:rows", *slugs)
    return _show(request, bench, form, preview=_preview(request, bench, form, read), status=REFUSED)


def _keep(request: HttpRequest, bench: _Bench, form: RuleBuilder, read: Rule) -> None:
    """Keep the rule. A sentence or question that nobody wrote is the one that the page proposed."""
    typed = form.texts()
    kept = {name: dict(getattr(bench.row, name)) if bench.row else {} for name in typed}
    proposed = {"sentence": sentences(read, bench.names, form.languages)}
    proposed["question"] = questions(read, bench.names, form.languages) if form.cleaned_data["asked"] else {}
    values: dict[str, Any] = {
        name: {tag: text for tag, text in (kept[name] | proposed.get(name, {}) | _there(said)).items() if text}
        for name, said in typed.items()
    }
    if not form.cleaned_data["asked"]:
        values["question"] = {}
    values["definition"] = form.definition() | {"code": read.code}
    said = {"call": bench.call, "kind": KIND, "by": request.user, "at": timezone.now()}
    if bench.row is None:
        actions.add(values=values, **said)
    else:
        actions.change(row=bench.row, values=values, **said)


def _there(texts: dict[str, str]) -> dict[str, str]:
    return {tag: text for tag, text in texts.items() if text}


def _show(
    request: HttpRequest, bench: _Bench, form: RuleBuilder, *, preview: "Preview | None", status: int = 200
) -> HttpResponse:
    call = bench.call
    slugs = [call.edition.programme.slug, call.edition.slug]
    context = context_of(
        call, KIND, form=form, row=bench.row, several=len(form.parts) > 1, is_full=len(form.parts) >= MOST
    )
    context["branch"] = form.branch()
    context["preview"] = preview
    context["back"] = reverse("calls:rows", args=[*slugs, KIND])
    context["delete"] = reverse("calls:delete_row", args=[*slugs, KIND, bench.row.pk]) if bench.row else ""
    template = "calls/manage/_rule.html" if request.htmx else "calls/manage/rule.html"
    return render(request, template, context, status=200 if request.htmx else status)


@dataclass(frozen=True, slots=True)
class Preview:
    """The rule in every language of the call, and the check as an applicant sees it with the answer tried."""

    sentences: list[tuple[str, str]]
    checker: public.Checker


def _preview(request: HttpRequest, bench: _Bench, form: RuleBuilder, read: Rule | None) -> Preview | None:
    if read is None:
        return None
    said = sentences(read, bench.names, form.languages)
    typed = form.texts() if form.is_bound else {}
    row = Kept(
        call=bench.call,
        code=read.code,
        definition=to_mapping(read),
        sentence=said | _there(typed.get("sentence", {})),
        question=questions(read, bench.names, form.languages) | _there(typed.get("question", {})),
        refusal=_there(typed.get("refusal", {})) if typed else (bench.row.refusal if bench.row else {}),
    )
    answers = {read.code: request.POST.get("try", "")}
    return Preview(list(said.items()), public.checker(bench.call, [row], answers))


@require_POST
def preview(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The sentences and the check of a rule that is being put together; nothing is kept."""
    bench = _Bench(access.get_call(request.user, programme, edition))
    form = bench.form(request.POST)
    context = context_of(bench.call, KIND, form=form, preview=_preview(request, bench, form, bench.read(form)))
    return render(request, "calls/manage/_rule_preview.html", context)
