"""Addresses of the room."""

from django.urls import URLPattern, path

from kinolab.applications.views import files, form, sent, team

app_name = "applications"
OWN = "my/applications/<slug:code>/"

urlpatterns: list[URLPattern] = [
    # Applicants
    path("labs/<slug:programme>/<slug:edition>/apply/", form.start, name="start"),
    path(OWN, form.edit, name="edit"),
    path(f"{OWN}form/<slug:section>/", form.section, name="section"),
    path(f"{OWN}save/", form.save, name="save"),
    path(f"{OWN}submit/", sent.submit, name="submit"),
    path(f"{OWN}reopen/", sent.reopen, name="reopen"),
    path(f"{OWN}withdraw/", sent.withdraw, name="withdraw"),
    path(f"{OWN}restore/", sent.restore, name="restore"),
    path(f"{OWN}strands/", sent.strands, name="strands"),
    path(f"{OWN}sent/<int:version>/", sent.show, name="snapshot"),
    path(f"{OWN}sent/<int:version>.json", sent.as_json, name="snapshot_json"),
    path(f"{OWN}sent/<int:version>.pdf", sent.as_pdf, name="snapshot_pdf"),
    path(f"{OWN}findings/<int:number>/", sent.answer_finding, name="answer_finding"),
    path(f"{OWN}team/", team.team, name="team"),
    path(f"{OWN}team/invite/", team.invite, name="invite"),
    path(f"{OWN}team/me/", team.own_part, name="own_part"),
    path(f"{OWN}team/<int:number>/again/", team.member, {"verb": "again"}, name="invite_again"),
    path(f"{OWN}team/<int:number>/remove/", team.member, {"verb": "remove"}, name="remove_member"),
    path(f"{OWN}team/<int:number>/let/", team.member, {"verb": "let"}, name="let_submit"),
    path(f"{OWN}team/<int:number>/not/", team.member, {"verb": "not"}, name="let_not_submit"),
    path(f"{OWN}files/<int:question>/", files.attach, name="attach"),
    path(f"{OWN}files/<slug:file>/remove/", files.detach, name="detach"),
    path(f"{OWN}files/<slug:file>/download/", files.download, name="download"),
    path("invitations/<str:token>/", team.invitation, name="invitation"),
    path("invitations/<str:token>/accept/", team.accept, name="accept"),
    path("invitations/<str:token>/decline/", team.decline, name="decline"),
]
