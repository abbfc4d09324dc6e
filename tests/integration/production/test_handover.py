"""What must be handed over: listed, handed over with a file or a link, accepted or sent back."""

import base64
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.foundation.files import coming
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production import jobs
from kinolab.production.actions import handover, starting
from kinolab.production.domain.lifecycle import FilmStep
from kinolab.production.models import Deliverable, Omnibus
from tests.factories import labs
from tests.factories import production as make
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LIST = "/en/production/films/city/deliverables/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def poster() -> Deliverable:
    film = make.omnibus(state="locked")
    return handover.add(omnibus=film, name="Poster", specification="PDF", due=date(2026, 8, 1), **by())


def by() -> dict[str, Any]:
    return {"by": make.maker(), "at": make.NOW}


def url(name: str, of: Deliverable, *more: str) -> str:
    return reverse(f"production:{name}", args=["city", of.pk, *more])


def denied(action: Any, **given: Any) -> str:
    with pytest.raises(Denied) as refused:
        action(**by() | given)
    return refused.value.refusal.code


def pdf(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("poster.pdf", content)


def test_deliverable_is_handed_over_sent_back_mended_and_accepted(poster: Deliverable) -> None:
    assert denied(handover.hand_over, deliverable=poster, link="") == "nothing_to_hand_over"
    assert denied(handover.accept, deliverable=poster) == "not_handed_over"
    handover.hand_over(deliverable=poster, link="https://example.org/poster", **by())
    assert denied(handover.send_back, deliverable=poster, note=" ") == "why_is_missing"

    handover.send_back(deliverable=poster, note="In Kyrgyz too", **by())
    assert denied(starting.take, omnibus=poster.omnibus, step=FilmStep.DELIVER) == "deliverables_owed"
    handover.attach(deliverable=poster, upload=pdf(), **by())
    handover.hand_over(deliverable=poster, link="", **by())
    accepted = handover.accept(deliverable=poster, **by())

    assert (accepted.accepted_by, accepted.note, accepted.returned_at) == (make.maker(), "", None)
    for action, more in (
        (handover.change, {"name": "A", "specification": "", "due": None}),
        (handover.remove, {}),
        (handover.detach, {}),
        (handover.hand_over, {"link": ""}),
        (handover.attach, {"upload": pdf()}),
    ):
        assert denied(action, deliverable=poster, **more) == "deliverable_accepted"
    assert starting.take(omnibus=poster.omnibus, step=FilmStep.DELIVER, **by()).state == "delivered"


def test_list_begins_with_the_usual_once_and_forgets_what_is_struck(poster: Deliverable) -> None:
    assert denied(handover.add_usual, omnibus=poster.omnibus) == "list_begun"
    handover.attach(deliverable=poster, upload=pdf(), **by())
    assert denied(handover.attach, deliverable=poster, upload=pdf()) == "deliverable_has_file"
    handover.remove(deliverable=poster, **by())
    assert denied(handover.accept, deliverable=poster) == "deliverable_gone"
    assert StoredFile.objects.count() == 0

    assert handover.add_usual(omnibus=poster.omnibus, **by()) == 9
    assert str(Deliverable.objects.first()) == "DCP"


def test_list_is_refused_to_who_makes_no_films(poster: Deliverable) -> None:
    juror = labs.person("Jibek")
    labs.membership(juror, Role.JUROR)
    new = {"name": "A", "specification": "", "due": None}
    for action, more in (
        (handover.add, {"omnibus": poster.omnibus, **new}),
        (handover.add_usual, {"omnibus": poster.omnibus}),
        (handover.change, {"deliverable": poster, **new}),
        (handover.remove, {"deliverable": poster}),
        (handover.hand_over, {"deliverable": poster, "link": "https://example.org"}),
        (handover.accept, {"deliverable": poster}),
        (handover.send_back, {"deliverable": poster, "note": "No"}),
        (handover.attach, {"deliverable": poster, "upload": pdf()}),
        (handover.detach, {"deliverable": poster}),
        (handover.begin_upload, {"deliverable": poster, "name": "a.pdf", "size": 9, "mark": ""}),
    ):
        assert denied(action, **more | {"by": juror}) == "not_your_film"


def test_pages_when_walked_lead_from_an_empty_list_to_what_is_accepted() -> None:
    make.omnibus(state="locked")
    client = client_of(make.maker())
    assert "Nothing is listed yet" in client.get(LIST).content.decode()
    assert client.post(LIST + "usual/").status_code == 302
    assert client.post(LIST + "usual/").status_code == 302  # says that it is begun
    assert client.post(LIST, {"name": ""}).status_code == 422
    assert client.post(LIST, {"name": "Trailer", "due": "2026-08-01"}).status_code == 302
    one = Deliverable.objects.get(name="Trailer")
    assert "late" in client.get(LIST).content.decode()

    here = url("deliverable", one)
    assert client.post(here, {"name": ""}).status_code == 422
    assert client.post(here, {"name": "Trailer", "specification": "Two minutes"}).status_code == 302
    assert client.post(url("hand_over", one), {"link": "no"}).status_code == 422
    assert client.post(url("hand_over", one), {}).status_code == 422
    assert client.post(url("hand_over", one), {"link": "https://example.org/t"}).status_code == 302
    assert client.post(url("judge", one), {"do": "send_back"}).status_code == 422
    assert client.post(url("judge", one), {"do": "burn"}).status_code == 404
    assert client.post(url("judge", one), {"do": "send_back", "note": "Louder"}).status_code == 302
    assert "Louder" in client.get(here).content.decode()
    assert client.post(url("judge", one), {"do": "accept"}).status_code == 422
    client.post(url("hand_over", one), {"link": "https://example.org/t"})
    assert client.post(url("judge", one), {"do": "accept"}).status_code == 302
    for name in ("remove_deliverable", "remove_file", "deliverable"):
        assert client.post(url(name, one), {"name": "Trailer"}).status_code == 422
    assert "It is accepted and stays as it is." in client.get(here).content.decode()
    other = Deliverable.objects.get(name="Poster")
    assert client.post(url("remove_deliverable", other)).status_code == 302
    assert client.get(url("deliverable", other)).status_code == 404


def test_file_when_sent_is_looked_at_given_out_and_taken_out(poster: Deliverable) -> None:
    client = client_of(make.maker())
    assert client.get(url("file", poster)).status_code == 404
    assert client.post(url("attach_file", poster), {}).status_code == 422
    assert client.post(url("attach_file", poster), {"file": pdf(b"MZ\x90\x00")}, headers=JSON).status_code == 422
    assert client.post(url("attach_file", poster), {"file": pdf()}, headers=JSON).status_code == 200
    assert b"".join(client.get(url("file", poster)).streaming_content) == PDF
    assert client.post(url("attach_file", poster), {"file": pdf()}).status_code == 422
    assert "poster.pdf" in client.get(LIST).content.decode()
    assert client.post(url("remove_file", poster)).status_code == 302
    handover.detach(deliverable=poster, **by())  # twice changes nothing
    assert client.post(url("attach_file", poster), {"file": pdf()}).status_code == 302


def begin(client: Any, of: Deliverable, size: int = len(PDF)) -> Any:
    said = {"filename": "poster.pdf", "mark": f"{of.pk}"}
    pairs = ",".join(f"{key} {base64.b64encode(text.encode()).decode()}" for key, text in said.items())
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": pairs}
    return client.post(url("begin_file", of), headers=JSON | tus)


def test_large_file_is_taken_once_by_the_page_or_by_the_clock(poster: Deliverable) -> None:
    client = client_of(make.maker())
    assert client.options(url("begin_file", poster)).status_code == 204
    assert client.post(url("begin_file", poster)).status_code == 400
    assert begin(client, poster, settings.KINOLAB_FILE_MAX + 1).status_code == 413
    code = begin(client, poster).json()["code"]
    assert "have arrived." in client.get(url("deliverable", poster)).content.decode()
    early = client.post(url("finish_file", poster, code))
    coming.place(code).write_bytes(PDF)
    assert jobs.take_files.call() == 1

    again = client.post(url("finish_file", poster, code))
    assert (early.status_code, again.status_code) == (422, 200)
    assert Deliverable.objects.get().file is not None
    client.post(url("remove_file", poster))
    second = begin(client, poster).json()["code"]
    other = handover.add(omnibus=poster.omnibus, name="Stills", specification="", due=None, **by())
    assert client.post(url("drop_file", other, second)).status_code == 404
    assert client.post(url("drop_file", poster, second)).status_code == 302
    third = begin(client, poster).json()["code"]
    handover.remove(deliverable=poster, **by())
    coming.place(third).write_bytes(PDF)
    with pytest.raises(Denied, match="deliverable_gone"):
        handover.take_upload(upload=Upload.objects.get(code=third), at=make.NOW)


def test_list_when_it_grows_costs_the_same(poster: Deliverable) -> None:
    client = client_of(make.maker())

    def more() -> None:
        one = handover.add(omnibus=Omnibus.objects.get(), name="More", specification="", due=None, **by())
        handover.attach(deliverable=one, upload=pdf(), **by())

    assert same_cost(lambda: client.get(LIST), more) <= 10
