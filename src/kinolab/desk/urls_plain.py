"""Addresses without a language: files for machines, health, and the door that chooses a language."""

from django.urls import path

from kinolab.desk.views import public

urlpatterns = [
    path("", public.root, name="root"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
    path("health/live", public.live, name="live"),
    path("health/ready", public.ready, name="ready"),
]
