"""Pages that make an edition: from a file, from an earlier edition; what is refused makes nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.calls.forms import FileForm
from kinolab.calls.models import Call
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition
from tests.factories import calls, labs
from tests.kit import client_of

SOURCE = """kinolab: 1
organisation: {slug: tunduk, name: {en: Tunduk}}
programme: {slug: impact-lab, name: {en: Lab}}
edition:
  slug: "2027"
  name: {en: Lab 2027}
  timezone: Asia/Almaty
call:
  timezone: Asia/Almaty
  opens: 2027-03-01
  closes: 2027-04-01 18:00
"""


@pytest.fixture
def call() -> Call:
    """The call of the programme's only edition, 2026."""
    return calls.draft_call()


@pytest.fixture
def owner(call: Call) -> Any:
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=call.edition.programme.organisation)
    return client_of(aigul)


def _upload(client: Any, source: bytes) -> Any:
    address = reverse("calls:import", args=["impact-lab"])
    return client.post(address, {"file": SimpleUploadedFile("lab.yaml", source)})


def _copy(client: Any, of: Edition, **changed: Any) -> Any:
    values = {"source": of.pk, "years": 1, "slug": "2027", "name_en": "Lab 2027", "make": "1"} | changed
    return client.post(reverse("calls:new_edition", args=["impact-lab"]), values)


def _slugs() -> list[str]:
    return list(Edition.objects.order_by("slug").values_list("slug", flat=True))


# --- From a file -----------------------------------------------------------------------------------------------------
def test_file_when_good_then_the_edition_is_there_and_not_public(owner: Any) -> None:
    answer = _upload(owner, SOURCE.encode())

    assert (answer.status_code, answer["Location"]) == (302, reverse("calls:manage", args=["impact-lab", "2027"]))
    assert (_slugs(), Call.objects.get(edition__slug="2027").published_at) == (["2026", "2027"], None)


def test_file_when_wrong_then_every_fault_stands_with_its_line(owner: Any) -> None:
    wrong = SOURCE.replace("edition:\n", "edition:\n  colour: red\n").replace("2027-04-01 18:00", "soon")

    answer = _upload(owner, wrong.encode())

    assert (answer.status_code, _slugs()) == (422, ["2026"])
    problems = [(one.line, one.refusal.code) for one in answer.context["problems"]]
    assert problems == [(5, "unknown_key"), (12, "not_a_moment")]


@pytest.mark.parametrize("source", [b"kinolab: \xff\xfe", b"#" * (FileForm.LONGEST + 1)])
def test_file_when_no_text_or_far_too_long_then_a_sentence(owner: Any, source: bytes) -> None:
    answer = _upload(owner, source)

    assert (answer.status_code, _slugs()) == (422, ["2026"])
    assert answer.context["file"].errors == {
        "file": ["The file is not a text in UTF-8, or it is larger than a megabyte."]
    }


@pytest.mark.parametrize(
    "before, after, sentence",
    [
        ('slug: "2027"', 'slug: "2026"', "The programme has an edition with this address already: 2026."),
        ("slug: tunduk", "slug: nobody", "There is no such organisation here. A new one is made by the operator of the server."),
    ],
)  # fmt: skip
def test_file_when_refused_as_a_whole_then_a_sentence(owner: Any, before: str, after: str, sentence: str) -> None:
    answer = _upload(owner, SOURCE.replace(before, after).encode())

    assert (answer.status_code, _slugs()) == (422, ["2026"])
    assert answer.context["file"].errors == {"file": [sentence]}


def test_file_when_none_is_chosen_then_the_page_says_so(owner: Any) -> None:
    answer = owner.post(reverse("calls:import", args=["impact-lab"]))

    assert (answer.status_code, list(answer.context["file"].errors)) == (422, ["file"])


# --- From an earlier edition -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changed, field",
    [
        ({"name_en": ""}, "name_ky"),
        ({"years": "soon"}, "years"),
        ({"slug": "../2027"}, "slug"),
        ({"slug": "2026"}, "slug"),
        ({"source": "0"}, "source"),
    ],
)
def test_copy_when_impossible_then_the_field_says_why_and_nothing_is_made(
    owner: Any, call: Call, changed: dict[str, str], field: str
) -> None:
    answer = _copy(owner, call.edition, **changed)

    assert (answer.status_code, list(answer.context["form"].errors), _slugs()) == (422, [field], ["2026"])


def test_copy_when_of_another_programme_then_not_among_the_choices(owner: Any) -> None:
    other = calls.draft_call(labs.edition(programme=labs.programme("teen-lab")))

    answer = _copy(owner, other.edition)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["source"])


def test_page_when_there_is_nothing_to_copy_then_a_file_is_asked_for(owner: Any, call: Call) -> None:
    call.edition.delete()

    answer = owner.get(reverse("calls:new_edition", args=["impact-lab"]))

    assert (answer.status_code, answer.context["form"]) == (200, None)


# --- Who -------------------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_pages_when_not_the_owners_then_closed_and_nothing_is_made(call: Call) -> None:
    coordinator, stranger = labs.person("Bakyt"), labs.person("Farrukh")
    labs.membership(coordinator, Role.COORDINATOR, of=call.edition)

    for person, status in ((coordinator, 403), (stranger, 404)):
        client = client_of(person)
        assert [_upload(client, SOURCE.encode()).status_code, _copy(client, call.edition).status_code] == [status] * 2
    assert _slugs() == ["2026"]
