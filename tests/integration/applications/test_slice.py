"""From the first letter to the receipt, through the pages."""

import pytest
from django.urls import reverse

from kinolab.applications.models import Application
from kinolab.foundation.mail.models import Letter
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db


def test_applicant_writes_submits_and_gets_receipt():
    call, meerim = make.call(), make.person()
    visitor = client_of(meerim)
    where = reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug))

    assert visitor.get(where).status_code == 200
    title = make.question(call, "title")
    begun = visitor.post(
        f"{where}?key=abcdefgh",
        {"field": f"q{title.pk}", "value": "С", "version": "0"},
        headers={"Accept": "application/json"},
    )
    assert begun.status_code == 200, begun.content
    application = Application.objects.get()
    assert begun.json()["page"] == reverse("applications:section", args=(application.code, "project"))
    assert application.title == "С"

    save = reverse("applications:save", args=(application.code,))
    written = {"title": "Суу бөлгүч", "logline": "Кыз суу бөлөт.", "country": "KG", "stage": "edit", "agreed": "yes"}
    for key, value in written.items():
        version = application.answers.filter(question__key=key).values_list("version", flat=True).first() or 0
        answer = visitor.post(save, {"field": f"q{make.question(call, key).pk}", "value": value, "version": version})
        assert answer.status_code == 200, answer.content
    for name in ("edit", "team"):
        assert visitor.get(reverse(f"applications:{name}", args=(application.code,))).status_code == 200
    for section in ("project", "more"):
        assert visitor.get(reverse("applications:section", args=(application.code, section))).status_code == 200
    own = visitor.post(
        reverse("applications:own_part", args=(application.code,)),
        {"name": "Meerim", "role": "director", "residence": "KG", "version": "0"},
    )
    assert own.status_code == 302
    sent = visitor.post(reverse("applications:submit", args=(application.code,)))
    assert sent.status_code == 302, sent.content.decode()
    receipt = visitor.get(sent["Location"])
    assert receipt.status_code == 200
    application.refresh_from_db()
    assert (application.stage, application.number, application.country) == ("submitted", 1, "KG")
    letter = Letter.objects.get(kind="receipt")
    assert letter.to_email == meerim.email
    assert visitor.get(reverse("applications:snapshot_json", args=(application.code, 1))).status_code == 200
    assert visitor.get(reverse("applications:edit", args=(application.code,))).status_code == 200
    assert visitor.get(reverse("desk:mine")).status_code == 200
