"""Addresses of the room: films in the making for their makers, segments for their teams."""

from django.urls import URLPattern, path

from kinolab.production.views import assembly, cuts, films, locking

app_name = "production"
FILM = "production/films/<slug:film>/"
CUT = FILM + "cuts/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("production/", films.list_films, name="list"),
    path("production/begin/", films.begin, name="begin"),
    path(FILM, films.film, name="film"),
    path(FILM + "step/", films.take, name="take"),
    path(FILM + "assembly/", assembly.assembly, name="assembly"),
    path(FILM + "assembly/place/", assembly.place, name="place"),
    path(FILM + "assembly/out/", assembly.out, name="out"),
    path(FILM + "assembly/insert/", assembly.insert, name="insert"),
    path(FILM + "drop/<slug:segment>/", cuts.drop, name="drop"),
    path(FILM + "cuts/", cuts.cuts, name="cuts"),
    path(FILM + "cuts.csv", cuts.cuts_file, name="cuts_file"),
    path(CUT, cuts.cut, name="cut"),
    path(CUT + "send/", cuts.send, name="send_notice"),
    path(CUT + "told/<int:notice>/", cuts.told, name="told"),
    path(CUT + "another/", cuts.another, name="another"),
    path(CUT + "back/", cuts.back, name="take_back"),
    path(FILM + "lock/", locking.lock, name="lock"),
    path(FILM + "lock/open/", locking.unlock, name="unlock"),
]
