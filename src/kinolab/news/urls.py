"""Addresses of the room: for visitors under news/ and pages/, for those who write under newsroom/."""

from django.urls import path

from kinolab.news.views import feeds, newsroom, pictures, press, public, rubrics, steps, typing

app_name = "news"
urlpatterns = [
    path("news/", public.list_articles, name="list"),
    path("news/feed.atom", feeds.atom, name="feed"),
    path("news/feed.json", feeds.as_json, name="json"),
    path("news/<slug:slug>/", public.article, name="article"),
    path("news/<slug:slug>/share.png", public.share, name="share"),
    path("pages/<slug:slug>/", public.page, name="page"),
    path("press/films/<slug:slug>/", press.film, name="press_film"),
    path("press/films/<slug:slug>/press.zip", press.film_archive, name="press_film_archive"),
    path("press/<slug:slug>/", press.organisation, name="press_organisation"),
    path("press/<slug:slug>/press.zip", press.organisation_archive, name="press_organisation_archive"),
    path("newsroom/", newsroom.desk, name="desk"),
    path("newsroom/new/", newsroom.new, name="new"),
    path("newsroom/organisations/<slug:organisation>/", rubrics.arrange, name="arrange"),
    path("newsroom/organisations/<slug:organisation>/two/", rubrics.practice, name="practice"),
    path("newsroom/organisations/<slug:organisation>/rubrics/<int:number>/", rubrics.rubric, name="rubric"),
    path("newsroom/<slug:slug>/", newsroom.edit, name="edit"),
    path("newsroom/<slug:slug>/about/", newsroom.relate, name="relate"),
    path("newsroom/<slug:slug>/pictures/", pictures.pictures, name="pictures"),
    path("newsroom/<slug:slug>/pictures/<int:number>/", pictures.picture, name="picture"),
    path("newsroom/<slug:slug>/text/<str:language>/", newsroom.text, name="text"),
    path("newsroom/<slug:slug>/text/<str:language>/let-go/", typing.let_go, name="let_go"),
    path("newsroom/typed/<int:number>/<str:language>/", typing.keep, name="keep"),
    path("newsroom/<slug:slug>/text/<str:language>/right/", newsroom.still_right, name="still_right"),
    path("newsroom/<slug:slug>/<slug:step>/", steps.step, name="step"),
]
