"""The picture that goes with a link."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from kinolab.foundation.ui import sharing
from tests.integration.calls_public.world import NOW, PAGE, a_call
from tests.kit import at, client_of


def fetch(path: str = PAGE + "share.png", when: datetime = NOW) -> bytes:
    with at(when):
        response = client_of().get(path)
    assert response["Content-Type"] == "image/png"
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_picture_has_the_size_that_networks_show(language):
    a_call(dye="indigo")

    drawn = Image.open(BytesIO(fetch(f"/{language}/labs/impact-lab/2026/share.png")))

    assert (drawn.format, drawn.size) == ("PNG", (1200, 630))
    assert drawn.getpixel((5, 5)) == (0x27, 0x43, 0x8F)


def test_picture_is_drawn_once_for_the_same_words(monkeypatch):
    a_call()
    first = fetch()
    monkeypatch.setattr(sharing, "draw", None)

    assert fetch() == first


def test_picture_changes_when_its_words_change():
    call = a_call()
    first = fetch()
    call.headline = {"en": "Құттықтаймыз! Тоҷикон, oʻzbeklar, türkmenler"}
    call.save()

    assert fetch() != first
    assert fetch(when=datetime(2026, 9, 20, tzinfo=UTC)) != fetch()


def test_words_that_never_fit_are_cut_and_still_drawn():
    with at(NOW):
        drawn = sharing.draw("mulberry", "Импакт " * 80 + "ы" * 200, "", "")

    assert drawn.size == (1200, 630)


def test_pictures_are_kept_in_the_data_folder():
    a_call()
    fetch()

    assert list((Path(settings.KINOLAB_DATA) / "share").glob("*.png"))


def test_picture_of_a_call_that_is_not_published_is_not_there():
    a_call(published_at=None)

    assert client_of().get(PAGE + "share.png").status_code == 404
