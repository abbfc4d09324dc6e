"""Sign in, sign out, one's own settings."""

import sesame.utils
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.i18n import reasons
from kinolab.foundation.people import actions, forms, limits, queries
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Refusal
from kinolab.foundation.ui.paths import in_language, is_own_path

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _next(request: HttpRequest) -> str:
    path = request.POST.get("next") or request.GET.get("next") or ""
    return path if is_own_path(path) else ""


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in and go on, in the person's language."""
    actions.remember_language(person=person, language=get_language() or settings.LANGUAGE_CODE)
    login(request, person, backend=BACKEND)
    return redirect(_next(request) or in_language(resolve_url(settings.LOGIN_REDIRECT_URL), person.language))


def _sign_in_page(request: HttpRequest, status: int = 200, **shown: object) -> HttpResponse:
    page = {
        "next": _next(request),
        "link_form": forms.LinkForm(),
        "password_form": forms.PasswordForm(),
        "demo_people": queries.demo_people(),
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
    email = form.cleaned_data["email"]
    if refusal := limits.why_not_try("link", email.lower(), limits.client_of(request)):
        form.add_error(None, reasons.explain(refusal))
        return _sign_in_page(request, 429, link_form=form)
    actions.send_sign_in_link(email=email, language=get_language() or "", next_path=_next(request), at=timezone.now())
    return render(request, "people/link_sent.html", {"email": email, "minutes": actions.LINK_MINUTES})


@login_not_required
@never_cache
@require_POST
def sign_in_with_password(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password."""
    form = forms.PasswordForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, 422, password_form=form)
    email = form.cleaned_data["email"].lower()
    if refusal := limits.why_not_try("password", email, limits.client_of(request)):
        form.add_error(None, reasons.explain(refusal))
        return _sign_in_page(request, 429, password_form=form)
    person = authenticate(request, username=email, password=form.cleaned_data["password"])
    if person is None:
        form.add_error(None, reasons.explain(Refusal("wrong_password")))
        return _sign_in_page(request, 422, password_form=form)
    return _enter(request, person)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Where a link leads: a page with one button, so that a program that only looks at links uses nothing up."""
    token = request.POST.get("token") or request.GET.get("token") or ""
    if request.method != "POST":
        return render(request, "people/enter.html", {"token": token, "next": _next(request)})
    person = sesame.utils.get_user(token)
    if person is None:
        refusal = Refusal("link_used_up")
        return _sign_in_page(request, 410, refusal=refusal)
    return _enter(request, person)


@login_not_required
@require_POST
def enter_demo(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the demonstration as one of its people; not found on a real installation."""
    if not settings.KINOLAB_DEMO_ENTRY:
        raise Http404
    person = get_object_or_404(queries.demo_people(), code=code)
    logout(request)
    return _enter(request, person)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("desk:home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    """Name, language, time zone."""
    person = request.user
    kept = {"name": person.name, "language": person.language, "timezone": person.timezone}
    form = forms.SettingsForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(person=person, **form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, gettext("Your settings are saved."))
        return redirect("people:settings")
    page = {"form": form, "password_form": forms.NewPasswordForm()}
    return render(request, "people/settings.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
def set_password(request: HttpRequest) -> HttpResponse:
    """Set or change one's password."""
    form = forms.NewPasswordForm(request.POST, person=request.user)
    if not form.is_valid():
        person = request.user
        kept = {"name": person.name, "language": person.language, "timezone": person.timezone}
        page = {"form": forms.SettingsForm(initial=kept), "password_form": form}
        return render(request, "people/settings.html", page, status=422)
    actions.set_password(
        person=request.user, password=form.cleaned_data["password"], by=request.user, at=timezone.now()
    )
    update_session_auth_hash(request, request.user)
    messages.success(request, gettext("Your password is set. A letter about it is on its way to you."))
    return redirect("people:settings")
