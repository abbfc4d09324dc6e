"""Addresses under each language: made and found again, and worked out once for all."""

import pytest
from django.conf import settings
from django.urls import get_resolver, resolve, reverse
from django.utils import translation

from kinolab.foundation.i18n.addresses import Room

LANGUAGES = [tag for tag, _name in settings.LANGUAGES]
PAGES = {
    "people:sign_in": ((), "sign-in/"),
    "calls:page": (("impact-lab", "2027"), "labs/impact-lab/2027/"),
    "applications:table": (("impact-lab", "2027"), "desk/impact-lab/2027/applications/"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_address_when_made_in_a_language_leads_back_to_its_page(name: str, language: str) -> None:
    given, route = PAGES[name]

    with translation.override(language):
        made = reverse(name, args=given)
        found = resolve(made)

    assert made == f"/{language}/{route}"
    assert (found.view_name, tuple(found.kwargs.values())) == (name, given)


def test_address_when_no_language_is_active_is_in_the_one_of_the_settings() -> None:
    with translation.override(None):
        assert reverse("people:sign_in") == f"/{settings.LANGUAGE_CODE}/sign-in/"


def test_file_for_machines_when_named_has_no_language() -> None:
    with translation.override("ky"):
        assert reverse("calls_calendar_of", args=["alternativa"]) == "/feeds/v1/alternativa/calls.ics"


def test_routes_when_asked_for_in_every_language_are_worked_out_once() -> None:
    for language in LANGUAGES:
        with translation.override(language):
            reverse("people:sign_in")

    (under,) = [one for one in get_resolver().url_patterns if any(isinstance(room, Room) for room in one.url_patterns)]
    assert {language for room in under.url_patterns for language in room._reverse_dict} == {None}
