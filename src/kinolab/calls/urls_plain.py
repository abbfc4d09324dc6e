"""Addresses without a language: the list of open calls for machines. They never change within a version."""

from django.urls import URLPattern, path

from kinolab.calls.views import feed

urlpatterns: list[URLPattern] = [
    path("feeds/v1/calls.json", feed.as_json, name="calls_json"),
    path("feeds/v1/calls.ics", feed.as_calendar, name="calls_calendar"),
    path("feeds/v1/<slug:organisation>/calls.json", feed.as_json, name="calls_json_of"),
    path("feeds/v1/<slug:organisation>/calls.ics", feed.as_calendar, name="calls_calendar_of"),
]
