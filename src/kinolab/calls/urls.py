"""Addresses of the room: for visitors, then for organisers."""

from django.urls import URLPattern, path

from kinolab.calls.views import calendar, public, share

app_name = "calls"

for_visitors: list[URLPattern] = [
    path("calls/", public.list_calls, name="list"),
    path("labs/<slug:programme>/", public.programme, name="programme"),
    path("labs/<slug:programme>/<slug:edition>/", public.page, name="page"),
    path("labs/<slug:programme>/<slug:edition>/check/", public.check, name="check"),
    path("labs/<slug:programme>/<slug:edition>/calendar.ics", calendar.calendar, name="calendar"),
    path("labs/<slug:programme>/<slug:edition>/share.png", share.share, name="share"),
]

urlpatterns: list[URLPattern] = [
    *for_visitors,
]
