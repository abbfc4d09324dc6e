"""Sign in, sign out, one's own settings."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.i18n import reasons
from kinolab.foundation.people import actions, forms, limits, queries, sessions, tokens
from kinolab.foundation.people.access import Proof
from kinolab.foundation.people.domain import proof
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.foundation.ui.paths import in_language, is_own_path

READ_MAIL_AT = "read_mail_at"  # in the session: when its owner last came in by a link


def _next(request: HttpRequest) -> str:
    path = request.POST.get("next") or request.GET.get("next") or ""
    return path if is_own_path(path) else ""


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in and go on, in the person's language."""
    sessions.begin(request, person)
    return redirect(_next(request) or in_language(resolve_url(settings.LOGIN_REDIRECT_URL), person.language))


# --- Coming in -------------------------------------------------------------------------------------------------------
def _sign_in_page(request: HttpRequest, status: int = 200, **shown: object) -> HttpResponse:
    page = {
        "next": _next(request),
        "link_form": forms.LinkForm(),
        "password_form": forms.PasswordForm(auto_id="password_%s"),
        "demo_people": queries.demo_people(),
        "refusal": None,
    }
    return render(request, "people/sign_in.html", page | shown, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail: the same answer for every address."""
    if request.user.is_authenticated:
        return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return _sign_in_page(request)
    form = forms.LinkForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, 422, link_form=form)
    refusal = _send_link(request, form.cleaned_data["email"], _next(request))
    if refusal:
        form.add_error(None, reasons.explain(refusal))
        return _sign_in_page(request, 429, link_form=form)
    return _link_sent(request, form.cleaned_data["email"])


def _send_link(request: HttpRequest, email: str, next_path: str) -> Refusal | None:
    refusal = limits.why_not_try("link", email, limits.client_of(request))
    if refusal is None:
        language = get_language() or settings.LANGUAGE_CODE
        actions.send_sign_in_link(email=email, language=language, next_path=next_path, at=timezone.now())
    return refusal


def _link_sent(request: HttpRequest, email: str) -> HttpResponse:
    page = {"email": email, "minutes": tokens.MINUTES, "folder": queries.mail_is_readable_here()}
    return render(request, "people/link_sent.html", page)


@login_not_required
@never_cache
@require_POST
def sign_in_with_password(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password."""
    form = forms.PasswordForm(request.POST, auto_id="password_%s")
    if not form.is_valid():
        return _sign_in_page(request, 422, password_form=form)
    email, client = form.cleaned_data["email"], limits.client_of(request)
    if refusal := limits.why_not_try("password", email, client):
        form.add_error(None, reasons.explain(refusal))
        return _sign_in_page(request, 429, password_form=form)
    person = authenticate(request, username=email, password=form.cleaned_data["password"])
    if person is None:
        form.add_error(None, reasons.explain(Refusal("wrong_password")))
        return _sign_in_page(request, 422, password_form=form)
    limits.forgive("password", email, client)
    return _enter(request, person)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Where a link leads: a page with one button, so that a program that only looks at links uses nothing up.

    It names the address, so that nobody is led into somebody else's account by a link that is not theirs.
    """
    token = request.POST.get("token") or request.GET.get("token") or ""
    if request.method != "POST":
        if not token:
            return redirect("people:sign_in")
        found = tokens.entrance(token)
        if found is None:
            return _sign_in_page(request, 410, refusal=Refusal("link_dead", {"minutes": tokens.MINUTES}))
        return render(request, "people/enter.html", {"token": token, "next": _next(request), "email": found.email})
    at = timezone.now()
    try:
        person = actions.come_in(token=token, language=get_language() or "", at=at)
    except Denied as denied:
        return _sign_in_page(request, 410, refusal=denied.refusal)
    response = _enter(request, person)
    request.session[READ_MAIL_AT] = at.isoformat()
    return response


@login_not_required
@never_cache
@require_POST
def enter_demo(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the demonstration as one of its people; not found on a real installation."""
    if not settings.KINOLAB_DEMO_ENTRY:
        raise Http404
    person = get_object_or_404(queries.demo_people(), code=code)
    logout(request)
    return _enter(request, person)


@login_not_required
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("desk:home")


# --- One's own settings ----------------------------------------------------------------------------------------------
def _read_mail_at(request: HttpRequest) -> datetime | None:
    kept = request.session.get(READ_MAIL_AT)
    return datetime.fromisoformat(kept) if kept else None


def _settings_page(request: HttpRequest, status: int = 200, **shown: object) -> HttpResponse:
    person, fresh = request.user, proof.is_fresh(_read_mail_at(request), timezone.now())
    language = person.language or get_language()
    kept = {"name": person.name, "language": language, "timezone": person.timezone}
    page = {
        "form": forms.SettingsForm(initial=kept),
        "password_form": forms.NewPasswordForm(person=person, fresh=fresh, auto_id="password_%s"),
        "address_form": forms.NewAddressForm(person=person, fresh=fresh, auto_id="address_%s"),
        "may_prove": fresh or person.has_usable_password(),
        "has_password": person.has_usable_password(),
        "refusal": None,
        "zones": forms.NEAR_ZONES,
    }
    return render(request, "people/settings.html", page | shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    """Name, language, time zone."""
    if request.method != "POST":
        return _settings_page(request)
    form = forms.SettingsForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, 422, form=form)
    actions.change_settings(person=request.user, **form.cleaned_data, by=request.user, at=timezone.now())
    with translation.override(request.user.language):
        messages.success(request, gettext("Your settings are saved."))
    return redirect(in_language(request.path, request.user.language))


@never_cache
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Send a link to one's own address, to show that it is one's own."""
    refusal = _send_link(request, request.user.email, request.path.replace("/prove/", "/"))
    if refusal:
        messages.error(request, reasons.explain(refusal))
        return redirect("people:settings")
    return _link_sent(request, request.user.email)


@never_cache
@require_POST
def set_password(request: HttpRequest) -> HttpResponse:
    """Set or change one's password."""
    person, at, shown = request.user, timezone.now(), _shown(request)
    fresh = proof.is_fresh(shown.read_mail_at, at)
    form = forms.NewPasswordForm(request.POST, person=person, fresh=fresh, auto_id="password_%s")
    if not form.is_valid():
        return _settings_page(request, 422, password_form=form)
    password = form.cleaned_data["password"]
    refusal = _prove_and(
        request, lambda: actions.set_password(person=person, password=password, proof=shown, by=person, at=at)
    )
    if refusal:
        return _refused(request, form, refusal, "password_form")
    update_session_auth_hash(request, person)
    messages.success(request, gettext("Your password is set. A letter about it is on its way to you."))
    return redirect("people:settings")


@never_cache
@require_POST
def ask_for_new_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address: a letter goes there first."""
    person, at, shown = request.user, timezone.now(), _shown(request)
    fresh = proof.is_fresh(shown.read_mail_at, at)
    form = forms.NewAddressForm(request.POST, person=person, fresh=fresh, auto_id="address_%s")
    if not form.is_valid():
        return _settings_page(request, 422, address_form=form)
    email = form.cleaned_data["email"].lower()
    refusal = limits.why_not_try("link", email, limits.client_of(request)) or _prove_and(
        request, lambda: actions.ask_for_new_address(person=person, email=email, proof=shown, by=person, at=at)
    )
    if refusal:
        return _refused(request, form, refusal, "address_form")
    return _link_sent(request, email)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_new_address(request: HttpRequest) -> HttpResponse:
    """Where the link to a new address leads: a page with one button, for the person who asked alone."""
    token = request.POST.get("token") or request.GET.get("token") or ""
    if request.method != "POST":
        if not token:
            return redirect("people:settings")
        email = tokens.new_address(token, request.user)
        if email:
            return render(request, "people/new_address.html", {"token": token, "email": email})
        refusal: Refusal | None = Refusal("address_link_dead", {"minutes": tokens.MINUTES})
    else:
        try:
            actions.take_new_address(person=request.user, token=token, by=request.user, at=timezone.now())
        except Denied as denied:
            refusal = denied.refusal
        else:
            messages.success(request, gettext("This is your address from now on."))
            return redirect("people:settings")
    return _settings_page(request, 410, refusal=refusal)


def _shown(request: HttpRequest) -> Proof:
    return Proof(request.POST.get("present", ""), _read_mail_at(request))


def _prove_and(request: HttpRequest, act: Callable[[], None]) -> Refusal | None:
    """Act; a wrong present password counts as a guess, as it does when signing in."""
    who = request.user.email, limits.client_of(request)
    if refusal := limits.why_not_try("password", *who):
        return refusal
    try:
        act()
    except Denied as denied:
        if denied.refusal.code != "wrong_present_password":
            limits.forgive("password", *who)
        return denied.refusal
    limits.forgive("password", *who)
    return None


def _refused(request: HttpRequest, form: Form, refusal: Refusal, name: str) -> HttpResponse:
    """The settings again, with the reason at the field or on top of the form."""
    if refusal.code == "prove_first":  # the form is not there: the page shows how to prove
        return _settings_page(request, 422, refusal=refusal)
    field = {"wrong_present_password": "present", "same_address": "email"}.get(refusal.code)
    form.add_error(field, reasons.explain(refusal))
    return _settings_page(request, 429 if refusal.code.startswith("too_many") else 422, **{name: form})
