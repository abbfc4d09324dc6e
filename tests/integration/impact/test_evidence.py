"""The file behind evidence: how it comes, what is taken out of it, who may have it, and who looked."""

import base64
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files import actions as files
from kinolab.foundation.files import coming
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.refusals import Denied
from kinolab.impact import jobs
from kinolab.impact.actions import evidence, rows
from kinolab.impact.domain.parts import Part
from kinolab.impact.models import Actual, Evidence, RoadMap
from kinolab.impact.queries import names
from kinolab.labs.domain.roles import Role
from tests.factories import road_maps as make
from tests.factories import selection
from tests.integration.files.test_pictures import taken
from tests.kit import client_of, shut

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def letters(road_map: RoadMap) -> Evidence:
    return make.row(road_map, Part.EVIDENCE, title="Letters", sensitivity="restricted")


def url(name: str, of: Evidence, *more: str) -> str:
    return reverse(f"impact:{name}", args=[of.road_map.code, of.pk, *more])


def begin(client: Any, of: Evidence, size: int = len(PDF)) -> Any:
    said = {"filename": "letters.pdf", "mark": f"{of.pk}"}
    pairs = ",".join(f"{key} {base64.b64encode(text.encode()).decode()}" for key, text in said.items())
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": pairs}
    return client.post(url("begin_evidence", of), headers={"Accept": "application/json"} | tus)


def test_photograph_when_sent_loses_where_it_was_taken_and_is_given_to_whom_may_have_it(
    road_map: RoadMap, letters: Evidence
) -> None:
    make.row(road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    team = client_of(road_map.application.lead)
    lab = client_of(selection.staff(road_map.application.call, "Bakyt", Role.COORDINATOR))
    tutor = client_of(make.tutor(road_map))
    photograph = taken("JPEG")
    upload = SimpleUploadedFile("Жаркынай.jpg", photograph)

    team.post(url("attach_evidence", letters), {"file": upload})
    given = b"".join(tutor.get(url("evidence_file", letters)).streaming_content)
    restricted = lab.get(url("evidence_file", letters))
    Evidence.objects.update(sensitivity="partners", consent_ok=True)
    shown = lab.get(url("evidence_file", letters))
    shut(shown)

    assert (b"Telephone" in photograph, b"Telephone" in given) == (True, False)
    assert (restricted.status_code, shown.status_code) == (404, 200)
    assert "attachment" in shown["Content-Disposition"]
    assert "%D0%96" not in shown["Content-Disposition"]  # the covered name begins otherwise
    looks = Entry.objects.filter(verb="looked_at_evidence")
    assert [(one.actor, one.after) for one in looks] == [
        (road_map.tutorings.get().person, {"part": "evidence", "row": letters.pk})
    ]
    assert "Жаркынай" not in repr(list(Entry.objects.values()))


def test_large_file_when_whole_is_taken_once_by_the_page_or_by_the_clock(
    road_map: RoadMap, letters: Evidence, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(road_map.application.lead)
    assert begin(client, letters, settings.KINOLAB_FILE_MAX + 1).status_code == 413
    begun = begin(client, letters).json()
    early = client.post(begun["finish"])
    coming.place(begun["code"]).write_bytes(PDF)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(begun["finish"])
    again = client.post(begun["finish"])

    letters.refresh_from_db()
    assert (early.status_code, done.status_code, again.status_code) == (422, 200, 200)
    assert (letters.file.kind, done.json()["row"].count(letters.file.name)) == ("pdf", 2)
    assert begin(client, letters).json()["code"] == "evidence_has_file"

    other = make.row(road_map, Part.EVIDENCE)
    code = begin(client, other).json()["code"]
    coming.place(code).write_bytes(PDF)
    assert (jobs.take_evidence.call(), jobs.take_evidence.call()) == (1, 0)
    other.refresh_from_db()
    assert other.file is not None


def test_file_when_it_may_not_come_or_go_is_refused(road_map: RoadMap, letters: Evidence) -> None:
    team, tutor = road_map.application.lead, make.tutor(road_map)
    client = client_of(team)

    def refused(act: Any, **call: Any) -> str:
        said = {"road_map": road_map, "number": letters.pk, "by": team, "at": make.NOW}
        with pytest.raises(Denied) as denied:
            act(**said | call)
        return denied.value.refusal.code

    program = SimpleUploadedFile("letter.pdf", b"MZ\x90\x00")
    assert refused(evidence.attach, upload=program) == "file_disguised"
    assert refused(evidence.attach, upload=program, by=tutor) == "only_the_team_writes"
    assert refused(evidence.detach, number=0) == "row_gone"
    code = begin(client, letters).json()["code"]
    upload = Upload.objects.get(code=code)
    with pytest.raises(Denied):
        files.drop(upload=upload, by=tutor)
    assert client_of(tutor).post(url("finish_evidence", letters, code)).status_code == 404
    coming.place(code).write_bytes(b"MZ" + PDF[2:])
    assert client.post(url("finish_evidence", letters, code)).status_code == 422
    assert client.post(url("drop_evidence", letters, code)).status_code == 302
    assert not Upload.objects.exists()

    evidence.attach(road_map=road_map, number=letters.pk, upload=SimpleUploadedFile("a.pdf", PDF), by=team, at=make.NOW)
    indicator = make.row(road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT))
    actual = make.row(
        road_map, Part.ACTUAL, period=make.row(road_map, Part.PERIOD, indicator=indicator), approved_at=make.NOW
    )
    actual.evidence.add(letters)
    assert refused(evidence.detach) == "row_is_needed"
    assert refused(rows.remove_row, part=Part.EVIDENCE) == "evidence_has_file"
    Actual.objects.update(approved_at=None)
    evidence.detach(road_map=road_map, number=letters.pk, by=team, at=make.NOW)
    evidence.detach(road_map=road_map, number=letters.pk, by=team, at=make.NOW)
    assert (StoredFile.objects.count(), Entry.objects.filter(verb="detached").count()) == (0, 1)


def test_page_of_evidence_has_a_place_for_its_file(road_map: RoadMap, letters: Evidence) -> None:
    client = client_of(road_map.application.lead)
    row = reverse("impact:row", args=[road_map.code, "evidence", letters.pk])

    empty = client.get(row + "?report=7&period=3").content.decode()
    begin(client, letters)
    waiting = client.get(row).content.decode()
    client.post(url("attach_evidence", letters), {"file": SimpleUploadedFile("a.pdf", PDF)})
    there = client.get(row).content.decode()
    client.post(url("remove_evidence_file", letters))

    assert "data-kino-upload=" in empty
    assert "#v3" in empty
    assert "Choose the same file again" in waiting
    assert ("data-kino-upload=" in there, url("evidence_file", letters) in there) == (False, True)
    assert Evidence.objects.get().file is None
