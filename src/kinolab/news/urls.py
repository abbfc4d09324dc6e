"""Addresses of the room: for visitors under news/, for those who write under newsroom/."""

from django.urls import path

from kinolab.news import views

app_name = "news"
urlpatterns = [
    path("news/", views.list_articles, name="list"),
    path("news/feed.atom", views.feed, name="feed"),
    path("news/<slug:slug>/", views.article, name="article"),
    path("newsroom/", views.desk, name="desk"),
    path("newsroom/new/", views.new, name="new"),
    path("newsroom/<slug:slug>/", views.edit, name="edit"),
    path("newsroom/<slug:slug>/publish/", views.publish, name="publish"),
    path("newsroom/<slug:slug>/unpublish/", views.unpublish, name="unpublish"),
    path("newsroom/<slug:slug>/delete/", views.delete, name="delete"),
    path("newsroom/<slug:slug>/text/<str:language>/", views.text, name="text"),
]
