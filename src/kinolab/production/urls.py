"""Addresses of the room: films in the making for their makers, segments for their teams."""

from django.urls import URLPattern, path

from kinolab.production.views import assembly, cuts, films, handover, locking

app_name = "production"
FILM = "production/films/<slug:film>/"
CUT = FILM + "cuts/<int:number>/"
DELIVERABLE = FILM + "deliverables/<int:number>/"

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
    path(FILM + "deliverables/", handover.deliverables, name="deliverables"),
    path(FILM + "deliverables/usual/", handover.usual, name="usual"),
    path(DELIVERABLE, handover.deliverable, name="deliverable"),
    path(DELIVERABLE + "remove/", handover.remove, name="remove_deliverable"),
    path(DELIVERABLE + "hand-over/", handover.hand_over, name="hand_over"),
    path(DELIVERABLE + "judge/", handover.judge, name="judge"),
    path(DELIVERABLE + "file/", handover.file, name="file"),
    path(DELIVERABLE + "file/add/", handover.attach, name="attach_file"),
    path(DELIVERABLE + "file/upload/", handover.begin, name="begin_file"),
    path(DELIVERABLE + "file/upload/<slug:upload>/finish/", handover.finish, name="finish_file"),
    path(DELIVERABLE + "file/upload/<slug:upload>/drop/", handover.drop, name="drop_file"),
    path(DELIVERABLE + "file/remove/", handover.detach, name="remove_file"),
]
