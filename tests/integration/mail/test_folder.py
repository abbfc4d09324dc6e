"""Without a mail server letters lie in a folder, and on one's own machine they can be read in the browser."""

import re
from pathlib import Path

import pytest

from kinolab.foundation.mail import actions, folder
from tests.integration.mail.conftest import NOW, letter
from tests.kit import client_of


@pytest.fixture
def kept(settings):
    """Letters go to the folder, and the folder is open."""
    settings.EMAIL_BACKEND = "kinolab.foundation.mail.folder.FolderBackend"
    settings.KINOLAB_MAIL_OPEN = True
    return Path(settings.KINOLAB_MAIL_FOLDER)


def send(*keys, **more):
    for key in keys:
        letter(key, **more)
        actions.send_due(clock=lambda: NOW)


def read(client, key):
    page = client.get("/en/mail/").content.decode()
    name = re.search(rf'href="/en/mail/([\w-]+)/"[^>]*>Letter {key}<', page)[1]
    return client.get(f"/en/mail/{name}/").content.decode()


def test_letter_becomes_a_file_whole(kept):
    send("a")

    assert [path.suffix for path in kept.iterdir()] == [".eml"]
    found = folder.read(folder.names(1)[0])
    assert (found.to, found.subject, found.body, found.language) == ("a@example.org", "Letter a", "Text\n", "en")


def test_folder_shows_letters_the_newest_first_and_each_as_text_with_its_links(client, kept):
    send("a", "b", body="Салам <b>x</b>\nhttps://lab.example/en/enter/?token=abc", language="ky")

    page = client.get("/en/mail/").content.decode()
    assert re.findall(r">(Letter \w)<", page) == ["Letter b", "Letter a"]
    assert 'lang="ky"' in page
    shown = read(client, "a")
    assert "Салам &lt;b&gt;x&lt;/b&gt;" in shown
    assert '<a href="https://lab.example/en/enter/?token=abc"' in shown
    assert "a@example.org" in shown


def test_links_of_a_letter_in_the_folder_lead_to_where_the_site_is_served_now(client, kept, settings):
    settings.KINOLAB_URL = "http://127.0.0.1:8000"
    send("a", body="http://127.0.0.1:8000/ky/my/")
    settings.KINOLAB_URL = "https://lab.example"

    assert '<a href="https://lab.example/ky/my/"' in read(client, "a")


def test_folder_when_empty_says_what_will_be_here(client, kept):
    page = client.get("/ky/mail/").content.decode()

    assert "Азырынча кат жок" in page
    assert "/ky/sign-in/" in page


def test_folder_shows_fifty_and_says_that_there_are_more(client, kept):
    send(*(f"n{number}" for number in range(51)))

    page = client.get("/en/mail/").content.decode()
    assert len(re.findall(r">Letter \w+<", page)) == 50
    assert "Letters shown: 50." in page


@pytest.mark.parametrize("name", ["nothing", "../secret", "..%2F..%2Fsecret", "a.eml"])
def test_folder_gives_out_letters_and_nothing_else(client, kept, name):
    kept.mkdir(parents=True)
    (kept.parent / "secret.eml").write_text("To: x\nSubject: secret\n\nsecret")

    assert client.get(f"/en/mail/{name}/").status_code == 404


def test_folder_is_shut_on_a_real_installation(client, kept, settings):
    send("a")
    name = folder.names(1)[0]

    settings.KINOLAB_MAIL_OPEN = False
    assert client.get("/en/mail/").status_code == 404
    assert client.get(f"/en/mail/{name}/").status_code == 404
    settings.KINOLAB_MAIL_OPEN = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get("/en/mail/").status_code == 404


def test_who_asks_for_a_link_is_led_to_the_folder_where_it_is_open(client, kept, settings):
    assert "/en/mail/" in client.post("/en/sign-in/", {"email": "a@example.org"}).content.decode()

    settings.KINOLAB_MAIL_OPEN = False
    assert "/en/mail/" not in client_of().post("/en/sign-in/", {"email": "b@example.org"}).content.decode()


def test_folder_that_cannot_be_written_keeps_the_letter_waiting(kept):
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("a file in the place of the folder")
    written = letter("a")

    assert actions.send_due(clock=lambda: NOW) == 0
    written.refresh_from_db()
    assert (written.state, written.attempts) == ("waiting", 1)
