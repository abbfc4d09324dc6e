"""Addresses of the room."""

from django.urls import URLPattern, path

from kinolab.labs import views

app_name = "labs"
urlpatterns: list[URLPattern] = [
    path("desk/<slug:programme>/<slug:edition>/team/", views.team, name="team"),
    path("desk/<slug:programme>/<slug:edition>/team/<int:member>/role/", views.change_role, name="change_role"),
    path("desk/<slug:programme>/<slug:edition>/team/<int:member>/remove/", views.remove_member, name="remove_member"),
]
