"""Addresses of the room."""

from django.urls import URLPattern

app_name = "selection"
urlpatterns: list[URLPattern] = []
