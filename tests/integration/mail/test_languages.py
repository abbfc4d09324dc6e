"""A letter is marked by the language it is written in, and so is each of its pieces in another."""

from typing import Any

import pytest
from django.utils import translation

from kinolab.foundation.i18n import mixture
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail import actions, queries
from kinolab.foundation.mail.models import Letter
from tests.factories import labs
from tests.integration.mail import server
from tests.integration.mail.conftest import NOW

pytestmark = pytest.mark.django_db
NAMES = {"kk": "Импакт зертханасы", "en": "Impact Lab", "ru": "Лаборатория"}


TEMPLATE = "labs/mail/welcome.txt"


def context(names: dict[str, str]) -> dict[str, Any]:
    return {"edition": {"name": Text(names)}, "inviter": "Meerim", "role": "", "link": "https://lab.example/"}


def invited(language: str, **names: str) -> Letter:
    """The letter to a new member of the team of an edition whose name is told in these languages."""
    person = labs.person("Aida", language=language)
    return actions.write(key="one", to=person, kind="t", template=TEMPLATE, context=context(names), at=NOW)


@pytest.mark.parametrize(
    ("reader", "frame"),
    [("ky", "ky"), ("ru", "ru"), ("en", "en"), ("kk", "ru"), ("uz", "ru"), ("tg", "ru"), ("tk", "ru")],
)
def test_letter_says_the_language_of_its_sentences(reader, frame):
    written = invited(reader, **{frame: "Имя"})

    assert (written.language, written.pieces) == (frame, [])


def test_piece_given_in_the_readers_own_language_says_so():
    written = invited("kk", **NAMES)

    assert (written.language, written.pieces) == ("ru", [["kk", NAMES["kk"]]])
    assert NAMES["kk"] in written.subject + written.body
    assert not any("\ue000" <= sign <= "\uf8ff" for sign in written.subject + written.body)
    shown = mixture.marked(written.subject + written.body, written.pieces)
    assert f'<span lang="kk">{NAMES["kk"]}</span>' in shown


def test_header_of_the_mail_names_the_language_of_the_sentences(post: server.Server):
    invited("kk", **NAMES)
    actions.send_due(clock=lambda: NOW)

    assert [message["Content-Language"] for message in post.taken] == ["ru"]


def test_page_shows_the_pieces_of_a_letter_and_nothing_else_as_html():
    assert mixture.marked("Lab & Labs in <Lab>", [["en", "Lab"]]) == (
        '<span lang="en">Lab</span> &amp; Labs in &lt;<span lang="en">Lab</span>&gt;'
    )
    assert mixture.marked("a < b", []) == "a &lt; b"


def test_text_outside_a_letter_carries_nothing():
    with translation.override("kk"):
        assert str(Text(NAMES)) == NAMES["kk"]
    with translation.override("kk"), mixture.gathering():
        assert mixture.taken_apart(str(Text(NAMES)), "kk") == (NAMES["kk"], [])


def test_previewed_letter_is_the_one_that_goes():
    preview = queries.preview(template=TEMPLATE, context=context(NAMES), to=labs.person("Aida", language="kk"))

    assert (preview.language, preview.pieces) == ("ru", [["kk", NAMES["kk"]]])
