"""Links are asked over real connections to a real server; what they answer is kept, shown, and told once."""

import contextlib
import errno
import socket
import tempfile
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from kinolab.applications import jobs, probing
from kinolab.applications.actions import links, submission
from kinolab.applications.domain.links import LinkState
from kinolab.applications.models import Answer, LinkCheck
from kinolab.foundation import outside
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.outside import Forbidden, Silent, Visitor
from tests.factories import applications as make
from tests.factories import labs
from tests.kit import client_of

pytestmark = pytest.mark.django_db
FILM = "<html><h1>Film</h1><form action=/search><input name=q></form></html>"
LOCKED = """<html><form method="post" action="/unlock"><input type="hidden" name="token" value="t1">
<input type="password" name="pw"></form></html>"""


class Site(BaseHTTPRequestHandler):
    """A video site with a film for every case."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, dict[str, str]]] = []

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        Site.asked.append(("GET", self.path, dict(self.headers)))
        path, _, self.query = self.path.partition("?")
        if path.startswith("/status/"):
            return self.answer(int(path.rpartition("/")[2]), "said")
        own = getattr(self, path.strip("/").partition(".")[0] or "film", None)
        return own() if own else self.film()

    def film(self) -> None:
        self.answer(200, FILM)

    def robots(self) -> None:
        self.answer(200, "User-agent: *\nDisallow: /hidden\n", kind="text/plain")

    def locked(self) -> None:
        self.answer(200, LOCKED, **{"Set-Cookie": "visit=1; Path=/"})

    def elsewhere(self) -> None:
        self.answer(200, LOCKED.replace("/unlock", "https://evil.example/unlock"))

    def moved(self) -> None:
        self.answer(302, "", Location=self.query)

    def round(self) -> None:
        self.answer(302, "", Location="/round")

    def slow(self) -> None:
        time.sleep(0.6)
        self.film()

    def endless(self) -> None:
        self.pour(b"<p>" * 4096, 2000, 0)

    def drip(self) -> None:
        self.pour(b"x", 30, 0.05)

    def pour(self, piece: bytes, times: int, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):  # whoever asked has heard enough
            for _ in range(times):
                self.wfile.write(piece)
                time.sleep(pause)

    def oembed(self) -> None:
        asked = parse_qs(self.query)["url"][0]
        status = 404 if "gone" in asked else 403 if "private" in asked else 200
        kind = "photo" if "photo" in asked else "video"
        self.answer(status, f'{{"type": "{kind}"}}', kind="application/json")

    def do_POST(self) -> None:
        said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        Site.asked.append(("POST", self.path, dict(self.headers) | {"said": str(said)}))
        right = said == {"token": ["t1"], "pw": ["кино"]} and self.headers["Cookie"] == "visit=1"
        self.answer(200, FILM if right else LOCKED)

    def answer(self, status: int, text: str, *, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor():
    Site.asked.clear()
    return Visitor("https://lab.example", private=True, seconds=3)


# --- What an address says ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path, password, state",
    [
        ("/film", "", LinkState.OPENS),
        ("/film", "кино", LinkState.OPENS),
        ("/locked", "кино", LinkState.OPENS_WITH_PASSWORD),
        ("/locked", "film", LinkState.WRONG_PASSWORD),
        ("/locked", "", LinkState.ASKS_PASSWORD),
        ("/moved?/locked", "кино", LinkState.OPENS_WITH_PASSWORD),
        ("/elsewhere", "кино", LinkState.ASKS_PASSWORD),  # a password goes to no other site
        ("/status/401", "", LinkState.ASKS_PASSWORD),
        ("/status/404", "", LinkState.GONE),
        ("/status/410", "", LinkState.GONE),
        ("/status/403", "", LinkState.UNKNOWN),
        ("/status/429", "", LinkState.UNKNOWN),
        ("/status/500", "", LinkState.SILENT),
        ("/round", "", LinkState.SILENT),
        ("/hidden/film", "", LinkState.UNKNOWN),  # robots.txt says no
        ("/endless", "", LinkState.OPENS),
    ],
)
def test_address_is_asked_and_what_can_be_told_is_told(site, visitor, path, password, state):
    assert probing.probe(visitor, f"{site}{path}", password) is state
    assert all("кино" not in headers.get("said", "") for _, where, headers in Site.asked if where != "/unlock")


def test_site_learns_who_asks_and_is_asked_for_its_rules_once(site, visitor):
    for _ in range(2):
        probing.probe(visitor, f"{site}/film", "")
    assert [path for _, path, _ in Site.asked] == ["/robots.txt", "/film", "/film"]
    assert Site.asked[0][2]["User-Agent"] == "Kinolab (https://lab.example)"


@pytest.mark.parametrize(
    "name, password, state",
    [
        ("1", "", LinkState.OPENS),
        ("gone", "", LinkState.GONE),
        ("photo", "", LinkState.UNKNOWN),
        ("private", "", LinkState.UNKNOWN),  # may not be embedded, or private: its page does not tell us which
        ("locked?private", "кино", LinkState.OPENS_WITH_PASSWORD),
        ("locked?private", "film", LinkState.UNKNOWN),  # a script of the site may want more than the password
        ("locked?private", "", LinkState.ASKS_PASSWORD),
    ],
)
def test_site_with_oembed_is_asked_there_first(site, visitor, monkeypatch, name, password, state):
    monkeypatch.setitem(probing.OEMBED, "127.0.0.1", f"{site}/oembed")
    assert probing.probe(visitor, f"{site}/{name}", password) is state


def test_private_film_behind_a_404_is_not_called_gone(site, visitor, monkeypatch):
    monkeypatch.setitem(probing.OEMBED, "127.0.0.1", f"{site}/oembed")
    monkeypatch.setattr(probing, "HIDES", frozenset({"127.0.0.1"}))
    assert probing.probe(visitor, f"{site}/gone-film", "") is LinkState.UNKNOWN
    assert probing.probe(visitor, f"{site}/status/404?gone", "") is LinkState.GONE


@pytest.mark.parametrize("error", [socket.gaierror(socket.EAI_NONAME, "unknown"), OSError(errno.ENETUNREACH, "no way")])
@pytest.mark.parametrize("url", ["https://vimeo.com/1", "https://www.youtube.com/watch?v=1", "https://films.kg/1"])
def test_without_a_network_nothing_is_called_broken(url, error):
    """However often: it is our own line that is down."""

    def resolve(host: str, port: int) -> list[str]:
        raise error

    assert probing.probe(Visitor("https://lab.example", resolve=resolve), url, "") is LinkState.UNKNOWN


def test_name_that_nobody_has_is_silent_where_others_are_found():
    def resolve(host: str, port: int) -> list[str]:
        if host != outside.ALWAYS_THERE[0]:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return ["93.184.215.14"]

    assert probing.probe(Visitor("https://lab.example", resolve=resolve), "https://films.kg/1", "") is LinkState.SILENT


def test_large_site_that_does_not_answer_is_not_known(visitor):
    visitor.resolve = lambda _host, _port: ["127.0.0.1"]
    assert probing.probe(visitor, "http://vimeo.com:9/1", "кино") is LinkState.UNKNOWN


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_address_that_takes_its_time_is_not_waited_for(site, visitor, path):
    visitor.seconds = 0.4
    began = time.monotonic()
    assert probing.probe(visitor, f"{site}{path}", "") is LinkState.SILENT
    assert time.monotonic() - began < 1.5


def test_address_where_nobody_listens_is_silent(visitor):
    assert probing.probe(visitor, "http://127.0.0.1:9/film", "") is LinkState.SILENT


def test_no_more_is_read_than_the_limit(site, visitor):
    assert len(visitor.get(f"{site}/endless").body) == outside.MOST_BYTES


def test_file_is_poured_out_up_to_its_limit(site, visitor):
    with tempfile.TemporaryFile() as into:
        page = visitor.fetch(f"{site}/film", into, len(FILM))
        assert (page.status, page.body, into.tell()) == (200, b"", len(FILM))
    for path, most in (("/film", len(FILM) - 1), ("/endless", 10_000)):  # said beforehand, or found out on the way
        with tempfile.TemporaryFile() as into, pytest.raises(outside.TooLarge):
            visitor.fetch(f"{site}{path}", into, most)
    with tempfile.TemporaryFile() as into, pytest.raises(outside.Forbidden):
        Visitor("https://lab.example").fetch(f"{site}/film", into, 10_000)


# --- Not into our own network -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "192.0.2.1", "198.18.0.1",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_not_asked(address):
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14", address]  # one public address beside it opens no door

    with pytest.raises(Forbidden):
        Visitor("x", resolve=resolve).get("http://video.kg/film")
    assert asked == ["video.kg"]


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_public_address_is_taken_for_public(address):
    assert outside._is_public(address)


@pytest.mark.parametrize(
    "url",
    ["ftp://video.kg/a", "file:///etc/passwd", "gopher://video.kg/", "http:///nothing", "javascript:alert(1)",
     "http://user:secret@video.kg/", "http://video.kg:22/", "http://video.kg:6379/", "https://video.kg:80/"],
)  # fmt: skip
def test_what_is_not_of_the_web_is_not_asked(url):
    with pytest.raises(Forbidden):
        Visitor("x", resolve=lambda host, port: ["93.184.215.14"]).get(url)


@pytest.mark.parametrize("host", ["video.example.org", "example.com", "film.test", "a.invalid", "localhost"])
def test_names_that_mean_nobody_are_not_even_looked_up(host):
    looked: list[str] = []
    with pytest.raises(Forbidden):
        Visitor("x", resolve=lambda host, port: looked.append(host) or ["93.184.215.14"]).get(f"https://{host}/film")
    assert looked == []


def test_real_lookup_of_this_machine_is_forbidden(site):
    for url in (site, site.replace("127.0.0.1", "localhost"), "http://127.0.0.1/", "http://[::1]/", "http://0.0.0.0/"):
        with pytest.raises((Forbidden, Silent)):
            Visitor("x").get(url)
    Site.asked.clear()
    assert probing.probe(Visitor("x"), f"{site}/film", "") is LinkState.UNKNOWN
    assert Site.asked == []


def test_redirect_into_our_own_network_is_not_followed(site):
    port = site.rpartition(":")[2]
    names = iter(["127.0.0.1"] * 2 + ["169.254.169.254"] * 9)

    class Half(Visitor):
        """Lets the first site be this machine's, as if it were public, and nothing after it."""

        def _connect(self, scheme, host, port, end):
            self.private = host == "public.kg"
            return super()._connect(scheme, host, port, end)

    half = Half("x", resolve=lambda host, port: ["127.0.0.1"] if host == "public.kg" else [next(names)])
    with pytest.raises(Forbidden):
        half.get(f"http://public.kg:{port}/moved?http://inside.kg/")


def test_connection_goes_to_the_address_that_was_looked_at(site, visitor):
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    visitor.resolve = lambda host, port: next(answers)
    port = site.rpartition(":")[2]
    assert visitor.get(f"http://film.invalid:{port}/film").status == 200  # asked once a connection, never by the socket
    assert Site.asked[-1][2]["Host"] == f"film.invalid:{port}"


# --- The clock --------------------------------------------------------------------------------------------------------
@pytest.fixture
def watched(settings, site):
    settings.KINOLAB_LINKS_PRIVATE = True

    def begun(path="/film", **more):
        return make.complete(at=make.NOW - timedelta(minutes=5), trailer=f"{site}{path}", **more)

    return begun


def states() -> list[str]:
    return list(LinkCheck.objects.order_by("pk").values_list("state", flat=True))


def test_link_is_asked_once_a_day_by_the_clock(watched, now):
    watched()
    assert [jobs.check_links.call() for _ in range(2)] == [1, 0]
    now.move_to(make.NOW + timedelta(hours=23))
    assert jobs.check_links.call() == 0
    now.move_to(make.NOW + timedelta(hours=25))
    assert jobs.check_links.call() == 1
    assert states() == ["opens", "opens"]


def test_link_that_was_changed_is_asked_at_once_but_not_while_it_is_typed(watched, now, site):
    application = watched()
    jobs.check_links.call()
    answer = application.answers.get(question__key="trailer")
    answer.value, answer.changed_at = f"{site}/status/404", make.NOW + timedelta(minutes=10)
    answer.save()
    now.move_to(make.NOW + timedelta(minutes=10, seconds=30))
    assert jobs.check_links.call() == 0
    now.move_to(make.NOW + timedelta(minutes=12))
    assert jobs.check_links.call() == 1
    assert states() == ["opens", "gone"]


def test_team_is_told_once_when_its_link_stops(watched, now):
    application = watched("/status/404")
    make.member(application)
    submission.submit(application=application, by=application.lead, at=make.NOW)
    for day in range(3):
        now.move_to(make.NOW + timedelta(days=day, minutes=1))
        jobs.check_links.call()
    told = Letter.objects.filter(kind="link_stopped").order_by("to_email")

    assert [one.to_email for one in told] == ["azamat@example.org", "meerim@example.org"]
    assert "/status/404" in told[1].body
    assert "There is nothing behind this link" in told[1].body
    assert Entry.objects.filter(verb="link_stopped").count() == 1
    assert states() == ["gone"] * 3


def test_link_in_a_persons_own_part_is_told_to_that_person_alone(watched, site):
    application = watched()
    azamat = make.member(application)
    trailer = application.answers.get(question__key="trailer")
    Answer.objects.filter(pk=trailer.pk).update(member=azamat, value=f"{site}/status/404")

    jobs.check_links.call()

    assert [one.to_email for one in Letter.objects.filter(kind="link_stopped")] == [azamat.email]


def test_link_with_a_password_is_opened_with_it(watched, site):
    application = watched()
    application.answers.filter(question__key="trailer").update(value={"url": f"{site}/locked", "password": "кино"})
    jobs.check_links.call()
    check = LinkCheck.objects.get()
    assert (check.state, check.had_password, check.address) == ("opens_with_password", True, f"{site}/locked")


def test_empty_answers_and_withdrawn_applications_are_not_asked(watched, site):
    application = watched()
    application.answers.filter(question__key="trailer").update(value={"url": "", "password": "кино"})
    assert jobs.check_links.call() == 0
    application.answers.filter(question__key="trailer").update(value="")
    assert jobs.check_links.call() == 0
    application.answers.filter(question__key="trailer").update(value=f"{site}/film")
    submission.withdraw(application=application, reason="", by=application.lead, at=make.NOW)
    assert jobs.check_links.call() == 0


def test_few_are_asked_a_turn_and_first_what_was_just_written(settings, site, now):
    settings.KINOLAB_LINKS_PRIVATE = True
    call = make.call()
    for number in range(5):
        at = make.NOW - timedelta(minutes=10 - number)
        make.complete(call, make.person(f"P{number}"), at=at, trailer=f"{site}/{number}")
    assert [jobs.check_links.call() for _ in range(3)] == [3, 2, 0]
    asked = LinkCheck.objects.order_by("pk").values_list("address", flat=True)
    assert [one.rpartition("/")[2] for one in asked] == ["4", "3", "2", "1", "0"]


def test_long_history_keeps_its_latest_part(watched, monkeypatch, now):
    monkeypatch.setattr(links, "KEPT_EACH", 2)
    watched()
    for day in range(4):
        now.move_to(make.NOW + timedelta(days=2 * day))
        jobs.check_links.call()
    assert sorted(LinkCheck.objects.values_list("at", flat=True)) == [
        make.NOW + timedelta(days=4),
        make.NOW + timedelta(days=6),
    ]


# --- Where it is shown ------------------------------------------------------------------------------------------------
def test_state_stands_beside_the_link_for_team_and_office(watched, now):
    application = watched("/status/404")
    submission.submit(application=application, by=application.lead, at=make.NOW)
    jobs.check_links.call()
    form = client_of(application.lead).get(reverse("applications:section", args=(application.code, "more")))
    assert "There is nothing behind this link" in form.content.decode()
    owner = labs.person("Owner")
    labs.membership(owner, organisation=application.call.edition.programme.organisation)
    edition = application.call.edition
    office = client_of(owner).get(
        reverse("applications:detail", args=(edition.programme.slug, edition.slug, application.code))
    )
    assert "There is nothing behind this link" in office.content.decode()
