"""Addresses without a language: files for machines, health, and the door that chooses a language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
