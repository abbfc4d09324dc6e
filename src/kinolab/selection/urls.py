"""Addresses of the room: the board, letters and announcement for the lab, results for everybody, one's own letter."""

from django.urls import URLPattern, path

from kinolab.selection.views import announcing, board, letters, public, team_letters

app_name = "selection"
BOARD = "desk/<slug:programme>/<slug:edition>/selection/"
TO_TEAMS = "desk/<slug:programme>/<slug:edition>/letters/"
RESULTS = "desk/<slug:programme>/<slug:edition>/results/"

urlpatterns: list[URLPattern] = [
    path(BOARD, board.board, name="board"),
    path(f"{BOARD}decide/", board.decide_many, name="decide_many"),
    path(f"{BOARD}quotas/", board.set_quotas, name="quotas"),
    path(f"{BOARD}quotas/<int:number>/delete/", board.delete_quota, name="delete_quota"),
    path(f"{BOARD}<slug:code>/", board.decide, name="decide"),
    path(f"{BOARD}<slug:code>/move/", board.move, name="move"),
    path(RESULTS, announcing.announce, name="announce"),
    path(f"{RESULTS}again/", announcing.try_again, name="try_again"),
    path(f"{RESULTS}letters/", letters.letters, name="letters"),
    path(f"{RESULTS}letters/ours/", letters.ours, name="ours"),
    path(f"{RESULTS}letters/<slug:outcome>/", letters.letter, name="letter"),
    path(f"{RESULTS}to/<slug:code>/<int:person>/", letters.recipient, name="recipient"),
    path(TO_TEAMS, team_letters.team_letters, name="team_letters"),
    path(f"{TO_TEAMS}begin/", team_letters.begin, name="begin_team_letter"),
    path(f"{TO_TEAMS}<int:number>/", team_letters.team_letter, name="team_letter"),
    path(f"{TO_TEAMS}<int:number>/look/", team_letters.look_through, name="look_through"),
    path("labs/<slug:programme>/<slug:edition>/results/", public.results, name="results"),
    path("my/applications/<slug:code>/result/", public.own, name="own"),
]
