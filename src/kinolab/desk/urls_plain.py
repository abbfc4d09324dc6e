"""Addresses without a language: files for machines, health, and the door that chooses a language."""

from django.urls import path

from kinolab.desk.views import public
from kinolab.foundation.ui import views as ui

urlpatterns = [
    path("", public.root, name="root"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
    path("worker.js", ui.worker, name="worker"),
    path("health/live", public.live, name="live"),
    path("health/ready", public.ready, name="ready"),
]
