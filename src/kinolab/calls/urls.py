"""Addresses of the room: for visitors, then for organisers."""

from django.urls import URLPattern, path

from kinolab.calls.views import (
    calendar,
    country_sets,
    deadlines,
    editions,
    feed,
    form,
    manage,
    public,
    rows,
    rules,
    share,
    team,
)

app_name = "calls"

for_visitors: list[URLPattern] = [
    path("calls/", public.list_calls, name="list"),
    path("embed/", feed.block, name="block"),
    path("embed/<slug:organisation>/", feed.block, name="block_of"),
    path("labs/<slug:programme>/", public.programme, name="programme"),
    path("labs/<slug:programme>/<slug:edition>/", public.page, name="page"),
    path("labs/<slug:programme>/<slug:edition>/check/", public.check, name="check"),
    path("labs/<slug:programme>/<slug:edition>/calendar.ics", calendar.calendar, name="calendar"),
    path("labs/<slug:programme>/<slug:edition>/share.png", share.share, name="share"),
]

EDITION = "desk/<slug:programme>/<slug:edition>/call/"
for_organisers: list[URLPattern] = [
    path("desk/<slug:programme>/editions/new/", editions.new, name="new_edition"),
    path("desk/<slug:programme>/editions/import/", editions.upload, name="import"),
    path(EDITION, manage.manage, name="manage"),
    path(f"{EDITION}publish/", manage.publish, name="publish"),
    path(f"{EDITION}take-back/", manage.take_back, name="take_back"),
    path(f"{EDITION}website/", feed.website, name="website"),
    path(f"{EDITION}file.yaml", manage.export, name="export"),
    path(f"{EDITION}dates/", manage.dates, name="dates"),
    path(f"{EDITION}deadlines/", deadlines.deadlines, name="deadlines"),
    path(f"{EDITION}deadlines/seal/", deadlines.seal, name="seal"),
    path(f"{EDITION}deadlines/codes/", deadlines.issue_code, name="issue_code"),
    path(f"{EDITION}deadlines/codes/<int:number>/revoke/", deadlines.revoke_code, name="revoke_code"),
    path(f"{EDITION}extend/", manage.extend, name="extend"),
    path(f"{EDITION}settings/", manage.settings_page, name="settings"),
    path(f"{EDITION}team/", team.team, name="team"),
    path(f"{EDITION}texts/<slug:group>/", manage.texts, name="texts"),
    path(f"{EDITION}form/", form.form, name="form"),
    path(f"{EDITION}form/add/", form.add_section, name="add_section"),
    path(f"{EDITION}form/correct/", form.correct, name="correct"),
    path(f"{EDITION}form/correction/", form.correction, name="correction"),
    path(f"{EDITION}form/<int:section>/", form.section, name="section"),
    path(f"{EDITION}form/<int:section>/shift/", form.shift_section, name="shift_section"),
    path(f"{EDITION}form/<int:section>/delete/", form.delete_section, name="delete_section"),
    path(f"{EDITION}form/<int:section>/add/", form.add_question, name="add_question"),
    path(f"{EDITION}form/<int:section>/<int:question>/", form.question, name="question"),
    path(f"{EDITION}form/<int:section>/<int:question>/shift/", form.shift_question, name="shift_question"),
    path(f"{EDITION}form/<int:section>/use/", form.use, name="use_question"),
    path(f"{EDITION}form/<int:section>/<int:question>/duplicate/", form.duplicate_question, name="duplicate_question"),
    path(f"{EDITION}form/<int:section>/<int:question>/named/", form.name_people, name="name_people"),
    path(f"{EDITION}form/<int:section>/<int:question>/delete/", form.delete_question, name="delete_question"),
    path(f"{EDITION}country-sets/", country_sets.sets, name="country_sets"),
    path(f"{EDITION}lists/rules/build/", rules.add_rule, name="add_rule"),
    path(f"{EDITION}lists/rules/preview/", rules.preview, name="rule_preview"),
    path(f"{EDITION}lists/rules/<int:row>/build/", rules.rule, name="rule"),
    path(f"{EDITION}lists/<slug:kind>/", rows.rows, name="rows"),
    path(f"{EDITION}lists/<slug:kind>/add/", rows.add_row, name="add_row"),
    path(f"{EDITION}lists/<slug:kind>/<int:row>/", rows.row, name="row"),
    path(f"{EDITION}lists/<slug:kind>/<int:row>/shift/", rows.shift_row, name="shift_row"),
    path(f"{EDITION}lists/<slug:kind>/<int:row>/delete/", rows.delete_row, name="delete_row"),
]

urlpatterns: list[URLPattern] = [*for_visitors, *for_organisers]
