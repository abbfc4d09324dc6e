"""Addresses of the room: for readers, then for those who give them work."""

from django.urls import URLPattern, path

from kinolab.reviews.views import board, reading

app_name = "reviews"
BOARD = "desk/<slug:programme>/<slug:edition>/reading/"

urlpatterns: list[URLPattern] = [
    path("reading/", reading.mine, name="mine"),
    path("reading/<int:number>/", reading.read, name="read"),
    path("reading/<int:number>/save/", reading.save, name="save"),
    path("reading/<int:number>/submit/", reading.submit, name="submit"),
    path("reading/<int:number>/reopen/", reading.reopen, name="reopen"),
    path("reading/<int:number>/abstain/", reading.abstain, name="abstain"),
    path("reading/<int:number>/files/<slug:code>/", reading.file, name="file"),
    path(BOARD, board.board, name="board"),
    path(f"{BOARD}phase/", board.set_phase, name="set_phase"),
    path(f"{BOARD}readers/", board.add_reader, name="add_reader"),
    path(f"{BOARD}readers/<int:number>/", board.reader, name="reader"),
    path(f"{BOARD}readers/<int:number>/remove/", board.remove_reader, name="remove_reader"),
    path(f"{BOARD}remind/", board.remind, name="remind"),
    path(f"{BOARD}propose/", board.propose, name="propose"),
    path(f"{BOARD}proposal/", board.proposal, name="proposal"),
    path(f"{BOARD}assign/", board.assign, name="assign"),
    path(f"{BOARD}file/", board.from_file, name="from_file"),
    path(f"{BOARD}file/readings.csv", board.export, name="export"),
    path(f"{BOARD}given/", board.take_back, name="take_back"),
    path(f"{BOARD}readers/<int:number>/conflict/", board.declare_conflict, name="declare_conflict"),
    path(f"{BOARD}conflicts/<int:number>/", board.take_back_conflict, name="take_back_conflict"),
]
