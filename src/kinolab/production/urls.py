"""Addresses of the room: films in the making for their makers, segments for their teams."""

from django.urls import URLPattern, path

from kinolab.production.views import (
    agreements,
    assembly,
    cuts,
    films,
    handover,
    locking,
    rules,
    segments,
    shooting,
    slots,
)

app_name = "production"
FILM = "production/films/<slug:film>/"
CUT = FILM + "cuts/<int:number>/"
RULES = FILM + "rules/"
SEGMENT = "segments/<slug:code>/"
ROW = RULES + "<slug:kind>/<int:number>/"
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
    path(CUT + "text/", cuts.text, name="notice_text"),
    path(CUT + "told/<int:notice>/", cuts.told, name="told"),
    path(CUT + "another/", cuts.another, name="another"),
    path(CUT + "back/", cuts.back, name="take_back"),
    path(FILM + "lock/", locking.lock, name="lock"),
    path(FILM + "lock/open/", locking.unlock, name="unlock"),
    # The rules of the film
    path(RULES, rules.rules, name="rules"),
    path(RULES + "numbers/", rules.numbers, name="numbers"),
    path(FILM + "call/", rules.call, name="call"),
    path(FILM + "call/link/", rules.link_call, name="link_call"),
    path(FILM + "call/ask/", rules.ask, name="ask_for_segments"),
    path(RULES + "text/<str:language>/", rules.text, name="text"),
    path(RULES + "<slug:kind>/new/", rules.add_row, name="add_row"),
    path(ROW, rules.row, name="row"),
    path(ROW + "remove/", rules.remove_row, name="remove_row"),
    path(ROW + "move/", rules.move_row, name="move_row"),
    # Slots and segments
    path(FILM + "slots/", slots.slots, name="slots"),
    path(FILM + "slots/commission/", slots.commission, name="commission"),
    path(FILM + "slots/<int:number>/fill/", slots.fill, name="fill"),
    path("my/segments/", segments.own, name="own"),
    path(SEGMENT, segments.segment, name="segment"),
    path(SEGMENT + "free/", slots.free, name="free"),
    path(SEGMENT + "slot/", slots.give, name="give"),
    path(SEGMENT + "describe/", segments.describe, name="describe"),
    path(SEGMENT + "step/", segments.take, name="take_segment_step"),
    path(SEGMENT + "cuts/", segments.add_version, name="add_version"),
    path(SEGMENT + "cuts/<int:number>/file/", segments.version_file, name="version_file"),
    # What is agreed with its team
    path(SEGMENT + "agreement/", agreements.write, name="write_agreement"),
    path(SEGMENT + "agreement/send/", agreements.send, name="send_agreement"),
    path(SEGMENT + "agreement/paper/", agreements.note_paper, name="note_paper"),
    path(SEGMENT + "agreement/sign/", agreements.sign, name="sign"),
    path(SEGMENT + "agreement/ask/", agreements.ask_for_change, name="ask_for_change"),
    path(SEGMENT + "agreement/<int:version>/file/", agreements.file, name="agreement_file"),
    # The shoot
    path(FILM + "calendar/", shooting.calendar, name="calendar"),
    path(FILM + "calendar/plan/", shooting.plan, name="plan_day"),
    path(FILM + "calendar/units/", shooting.add_unit, name="add_unit"),
    path(FILM + "calendar/units/<int:number>/remove/", shooting.remove_unit, name="remove_unit"),
    path(FILM + "calendar/<int:number>/", shooting.day, name="day"),
    path(FILM + "calendar/<int:number>/remove/", shooting.remove_day, name="remove_day"),
    path(FILM + "calendar.ics", shooting.whole_file, name="calendar_file"),
    path(SEGMENT + "days.ics", shooting.segment_file, name="segment_calendar"),
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
