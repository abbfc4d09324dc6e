"""What was sent, as a page, as data, on paper."""

import hashlib
import json

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from kinolab.applications.queries import paper
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db
ALPHABETS = "Өңүр Қызғалдақ Oʻzbekcha gʻoz Ҳаққи ҷавон Türkmençe ýyl ňň Съёмки"


def test_data_is_exactly_what_the_sum_is_of():
    application = make.submitted_application()
    answer = client_of(application.lead).get(reverse("applications:snapshot_json", args=(application.code, 1)))
    sent = application.snapshots.get()
    assert hashlib.sha256(answer.content).hexdigest() == sent.sha256
    assert json.loads(answer.content) == sent.content
    assert answer["Content-Disposition"] == f'attachment; filename="{application.code}-1.json"'


@pytest.mark.slow
def test_paper_shows_every_alphabet_and_no_text_is_markup():
    hostile = '#read("/etc/passwd") $x$ *b* <a> \\ [c] `d` = e'
    application = make.submitted_application(
        title=ALPHABETS, logline=hostile, films=[{"title": "#x", "year": "2020", "role": "*"}]
    )
    sent = application.snapshots.get()
    first = paper.pdf(sent, "ky")
    assert first.startswith(b"%PDF-")
    with translation.override("ky"):
        url = reverse("applications:snapshot_pdf", args=(application.code, 1))
    answer = client_of(application.lead).get(url)
    assert (answer["Content-Type"], answer.content) == ("application/pdf", first)


@pytest.mark.slow
def test_paper_is_the_same_when_made_anew():
    sent = make.submitted_application().snapshots.get()
    first = paper.pdf(sent, "en")
    name = f"papers/{sent.sha256[:2]}/{sent.sha256}-{paper.EDITION_OF_SHEET}-en.pdf"
    assert default_storage.exists(name)
    default_storage.delete(name)
    assert paper.pdf(sent, "en") == first


def test_snapshot_is_for_its_team_and_by_its_version():
    application = make.submitted_application()
    stranger, lead = client_of(make.person("Farrukh")), client_of(application.lead)
    for name in ("snapshot", "snapshot_json", "snapshot_pdf"):
        assert stranger.get(reverse(f"applications:{name}", args=(application.code, 1))).status_code == 404
        assert lead.get(reverse(f"applications:{name}", args=(application.code, 2))).status_code == 404


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_receipt_page_says_everything_in_each_language(language):
    application = make.submitted_application(runtime="72", budget={"amount": "15000", "currency": "USD"})
    with translation.override(language):
        url = reverse("applications:snapshot", args=(application.code, 1))
    page = client_of(application.lead).get(url).content.decode()
    assert application.snapshots.get().sha256 in page
    assert "Суу бөлгүч" in page and "UTC+6" in page and "15" in page
