"""Cover and stills, subtitles, awards and places of a film, and the page of a series."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.catalogue import access
from kinolab.catalogue.actions import awards, pictures, subtitling
from kinolab.catalogue.actions.films import delete_film
from kinolab.catalogue.domain.works import AwardResult
from kinolab.catalogue.models import Award, Entry, Part, Place, Series, Still, Subtitles
from kinolab.foundation.audit import models as record
from kinolab.foundation.files.models import Picture, StoredFile
from kinolab.foundation.files.showing import Audience
from kinolab.labs.domain.roles import Role
from tests.factories import films, news
from tests.factories.films import NOW
from tests.integration.catalogue.test_actions import refused
from tests.integration.catalogue.test_people import words
from tests.integration.files.test_keeping import picture
from tests.kit import at, client_of

SRT = "1\n00:00:01,000 --> 00:00:02,500\n<i>Салам</i>\n\n2\n00:01:02,000 --> 00:01:03,000\nКош <script>бол</script> & < кош\n"


@pytest.fixture
def tunduk() -> Any:
    return news.organisation("tunduk")


@pytest.fixture
def by(tunduk: Any) -> dict[str, Any]:
    """The owner, now."""
    return {"by": news.aigul(tunduk), "at": NOW}


def visit(path: str, who: Any = None, **sent: Any) -> Any:
    with at(NOW):
        client = client_of(who) if who else client_of()
        return client.post(path, sent) if sent else client.get(path)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def still(film: Any, by: dict[str, Any], **said: Any) -> Still:
    """A described picture of the film, shown."""
    one = pictures.add_still(film=film, upload=upload("a.png", picture(size=(600, 400))), **by)
    given = {"alt": {"en": "A tower"}, "credit": "A. Sadyr", "focus": (70, 20), "shown": True} | said
    return pictures.describe_still(still=one, **given, **by)


# --- Pictures --------------------------------------------------------------------------------------------------------
def test_picture_is_brought_described_and_shown_on_pages(tunduk, by):
    films.film("osh", of=tunduk, title={"en": "Osh", "ky": "Ош"})
    desk = "/en/catalogue/films/osh/pictures/"

    refused_page = visit(desk, by["by"], picture=upload("a.svg", b"<svg><script>alert(1)</script></svg>"))
    assert (refused_page.status_code, "Accepted: JPEG, PNG, WebP" in words(refused_page)) == (422, True)
    brought = visit(desk, by["by"], picture=upload("a.png", picture(size=(600, 400))))
    one = Still.objects.get()
    assert (brought.url, one.cover, one.shown) == (f"{desk}{one.pk}/", True, False)

    said = {"alt_en": "A tower", "credit": "A. Sadyr", "focus_x": "70", "focus_y": "20", "shown": "on"}
    lacking = visit(brought.url, by["by"], **said)
    assert (lacking.status_code, "without a description: Kyrgyz" in words(lacking)) == (422, True)
    assert Picture.objects.get().alt == {}
    assert visit(brought.url, by["by"], **said, alt_ky="Мунара").url == desk
    assert "A tower" in words(visit(desk, by["by"]))

    page = visit("/en/films/osh/").content.decode()
    code = one.picture.file.code
    assert f'<source type="image/avif" srcset="/pictures/{code}/320.avif 320w' in page
    assert 'alt="A tower" width="600" height="400" data-focus-x="70" data-focus-y="20" fetchpriority="high"' in page
    assert f'content="http://testserver/pictures/{code}/share.jpg"' in page.replace(
        re.search(r'og:image" content="(https?://[^/]+)', page)[1], "http://testserver"
    )
    assert f"/pictures/{code}/320.avif" in visit("/en/films/").content.decode()


def test_picture_is_seen_with_its_film_and_by_whoever_edits_it(tunduk, by):
    film, draft = films.film("osh", of=tunduk), films.film("draft", of=tunduk, published_at=None)
    part = films.part(film, 1).film
    dropped = films.part(film, 2, state="dropped").film
    stranger, owner = news.person("Farrukh"), by["by"]
    seen = {
        name: [access.picture_audience(still(one, by, shown=shown).picture, who, NOW) for who in (stranger, owner)]
        for name, one, shown in (
            ("shown", film, True), ("hidden", film, False), ("draft", draft, True), ("part", part, True),
            ("dropped", dropped, True),
        )
    }  # fmt: skip
    everybody, editors = [Audience.EVERYBODY] * 2, [None, Audience.ASKER]
    assert seen == {
        "shown": everybody, "hidden": editors, "draft": editors, "part": everybody, "dropped": editors,
    }  # fmt: skip
    foreign = Picture.objects.create(file=StoredFile.objects.first(), width=1, height=1)
    assert access.picture_audience(foreign, owner, NOW) is None


def test_one_picture_is_the_cover_and_one_taken_out_goes_with_its_file(tunduk, by, django_capture_on_commit_callbacks):
    film = films.film("osh", of=tunduk)
    first, second = still(film, by), still(film, by)
    desk = "/en/catalogue/films/osh/pictures/"

    assert visit(f"{desk}{second.pk}/cover/", by["by"], ok="1").url == desk
    assert list(Still.objects.values_list("pk", "cover")) == [(second.pk, True), (first.pk, False)]
    with django_capture_on_commit_callbacks(execute=True):
        assert visit(f"{desk}{second.pk}/remove/", by["by"], ok="1").url == desk
    assert (Still.objects.count(), Picture.objects.count(), StoredFile.objects.count()) == (1, 1, 1)
    assert visit(f"/en/catalogue/films/osh/pictures/{second.pk}/", by["by"]).status_code == 404


def test_stills_are_put_in_order_behind_the_cover_by_buttons(tunduk, by):
    film = films.film("osh", of=tunduk)
    cover, first, second = (still(film, by) for _ in range(3))
    desk = "/en/catalogue/films/osh/pictures/"

    assert visit(f"{desk}{second.pk}/move/", by["by"], to="up").url == desk
    visit(f"{desk}{cover.pk}/move/", by["by"], to="down")
    visit(f"{desk}{second.pk}/move/", by["by"], to="up")
    assert [one.pk for one in film.stills.all()] == [cover.pk, second.pk, first.pk]
    page = visit(desk, by["by"]).content.decode()
    assert re.findall(r'id="(\w+-\d+)" name="to" value="\w+"( aria-disabled)?', page) == [
        (f"up-{second.pk}", " aria-disabled"), (f"down-{second.pk}", ""), (f"up-{first.pk}", ""),
        (f"down-{first.pk}", " aria-disabled"),
    ]  # fmt: skip
    told = words(visit("/en/catalogue/films/osh/", by["by"]))
    assert "Festivals and awards 0 Places of shooting 0 Pictures 3 Subtitles 0" in " ".join(told.split())


def test_trailer_is_a_link_that_says_where_it_leads(tunduk, by):
    films.film("osh", of=tunduk)
    desk = "/en/catalogue/films/osh/trailer/"

    wrong = visit(desk, by["by"], trailer="javascript:alert(1)")
    assert wrong.status_code == 422
    assert (
        refused(pictures.set_trailer, film=films.Film.objects.get(), address="http://a.b/", **by) == "trailer_address"
    )
    for address, called in (("https://youtu.be/x", "on YouTube"), ("https://vimeo.com/1", "on Vimeo"),
                            ("https://example.org/x", "on another site")):  # fmt: skip
        visit(desk, by["by"], trailer=address)
        page = visit("/en/films/osh/").content.decode()
        assert f'href="{address}"' in page and f"Trailer {called}" in page
    assert not re.search(r"<(iframe|video|script[^>]+youtu)", page)


def test_link_to_a_film_without_a_cover_has_its_title_on_its_dye(tunduk):
    films.film("osh", of=tunduk)
    films.film("draft", of=tunduk, published_at=None)

    assert "/en/films/osh/share.png" in visit("/en/films/osh/").content.decode()
    shared = visit("/en/films/osh/share.png")
    assert (shared["Content-Type"], shared.content[:4]) == ("image/png", b"\x89PNG")
    assert visit("/en/films/draft/share.png").status_code == 404


# --- Subtitles -------------------------------------------------------------------------------------------------------
def test_subtitles_are_brought_shown_read_and_taken_away(tunduk, by):
    films.film("osh", of=tunduk)
    desk = "/en/catalogue/films/osh/subtitles/"
    broken = visit(desk, by["by"], file=upload("a.srt", SRT.replace("01:02,000", "99:99").encode()), language="ky")
    assert (broken.status_code, "Line 6: this time cannot be read" in words(broken)) == (422, True)

    sent = {"file": upload("a.srt", SRT.encode("utf-16")), "language": "ky_cyrl", "hearing": "on"}
    assert visit(desk, by["by"], **sent).url == desk
    one = Subtitles.objects.get()
    assert (one.language, one.hearing, one.number, one.file.content_type) == (
        "ky-Cyrl",
        True,
        2,
        "application/x-subrip",
    )

    page = f"/en/films/osh/subtitles/{one.pk}/"
    assert [visit(page).status_code, visit(f"{page[:-1]}.vtt").status_code] == [404, 404]
    assert "Visitors do not see these subtitles yet" in words(visit(page, by["by"]))
    assert "/subtitles/" not in visit("/en/films/osh/").content.decode()

    visit(f"{desk}{one.pk}/show/", by["by"], shown="yes")
    shown = visit(f"{page}?at=62000")
    assert "Kyrgyz (Cyrillic) · for the deaf and hard of hearing · 2 subtitles" in words(shown)
    assert re.search(r"screen__text[^>]*><span>Кош бол &amp; &lt; кош</span>", shown.content.decode())
    assert f'href="{page}"' in visit("/en/films/osh/").content.decode()
    vtt, srt = visit(f"{page[:-1]}.vtt"), visit(f"{page[:-1]}.srt")
    assert vtt.content.decode().startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<i>Салам</i>\n")
    assert srt.content.decode().endswith("2\n00:01:02,000 --> 00:01:03,000\nКош бол & < кош\n")
    assert (vtt["Content-Type"], vtt["Content-Disposition"], srt["Cache-Control"]) == (
        "text/vtt; charset=utf-8", 'attachment; filename="osh.ky-Cyrl.sdh.vtt"', "public, max-age=60",
    )  # fmt: skip
    assert visit(f"{page[:-1]}.exe").status_code == 404

    visit(f"{desk}{one.pk}/remove/", by["by"], ok="1")
    assert not Subtitles.objects.exists()


def test_subtitles_of_a_part_are_read_with_its_film_while_it_stands_in_it(tunduk, by):
    whole = films.film("osh", of=tunduk)
    named, unnamed = films.part(whole, 1, title={"en": "The Cabin"}), films.part(whole, 2, title={})
    for number, part in enumerate((named, unnamed)):
        sent = {"file": upload("a.srt", SRT.encode()), "language": ("ky", "ru")[number]}
        visit(f"/en/catalogue/films/{part.film.slug}/subtitles/", by["by"], **sent)
    first, second = Subtitles.objects.order_by("pk")
    pages = [f"/en/films/osh/subtitles/{one.pk}/" for one in (first, second)]
    assert [visit(page).status_code for page in pages] == [404, 404]
    Subtitles.objects.update(shown=True)

    told = words(visit("/en/films/osh/"))
    assert "Kyrgyz ( The Cabin )" in told and "Russian ( 2 )" in told
    assert pages[0] in visit(f"/en/catalogue/films/{named.film.slug}/subtitles/", by["by"]).content.decode()
    assert "Subtitles The Cabin Kyrgyz" in words(visit(pages[0]))
    assert "Салам" in visit(f"{pages[1][:-1]}.vtt").content.decode()
    assert visit(f"/en/films/{named.film.slug}/subtitles/{first.pk}/").status_code == 404
    Part.objects.filter(pk=named.pk).update(state="dropped")
    assert [visit(page).status_code for page in pages] == [404, 200]
    other = films.film("other", of=tunduk)
    assert visit(f"/en/films/{other.slug}/subtitles/{second.pk}/").status_code == 404


def test_subtitles_are_refused_a_language_that_is_none_and_a_second_time(tunduk, by):
    film = films.film("osh", of=tunduk)
    given = {"film": film, "hearing": False, **by}
    subtitling.add_subtitles(upload=upload("a.srt", SRT.encode()), language="ky", **given)

    def refusal(language: str, content: bytes = SRT.encode()) -> str:
        return refused(subtitling.add_subtitles, upload=upload("a.srt", content), language=language, **given)

    assert (refusal("kyrgyz"), refusal("KY"), refusal("ru", b"\0\0"), refusal("ru", b"no")) == (
        "subtitles_language", "subtitles_twice", "subtitles_unreadable", "subtitles_line",
    )  # fmt: skip


def test_draft_that_is_deleted_takes_its_pictures_and_subtitles_along(tunduk, by, django_capture_on_commit_callbacks):
    film = films.film("osh", of=tunduk, published_at=None)
    still(film, by)
    subtitling.add_subtitles(film=film, upload=upload("a.srt", SRT.encode()), language="ky", hearing=False, **by)

    with django_capture_on_commit_callbacks(execute=True):
        delete_film(film=film, **by)
    assert (Picture.objects.count(), StoredFile.objects.count()) == (0, 0)


# --- Awards and places -----------------------------------------------------------------------------------------------
def test_award_and_place_are_typed_and_stand_on_the_page(tunduk, by):
    film = films.film("osh", of=tunduk)
    part = films.part(film, 1, title={"en": "The Cabin"}).film
    bek = films.credit(part, "Bek").agent
    Award.objects.create(film=part, event={"en": "Eurasia"}, result="nominated")
    desk = "/en/catalogue/films/osh/"

    sent = {"event_en": "Kinoshok", "category_en": "Debut", "result": "won", "year": "2025", "month": "9",
            "country": "Kyrgyzstan", "recipient": bek.pk}  # fmt: skip
    assert visit(f"{desk}awards/new/", by["by"], **sent).url == f"{desk}awards/"
    award = Award.objects.get(result="won")
    assert (award.on, award.precision, award.country, award.recipient) == (date(2025, 9, 1), "month", "KG", bek)
    assert 'value="2025"' in visit(f"{desk}awards/{award.pk}/", by["by"]).content.decode()
    changed = visit(f"{desk}awards/{award.pk}/", by["by"], **sent | {"result": "special_mention", "month": ""})
    assert (changed.url, Award.objects.get(pk=award.pk).precision) == (f"{desk}awards/", "year")
    unnamed = visit(f"{desk}awards/new/", by["by"], result="won", day="3")
    assert (unnamed.status_code, "Name the festival" in words(unnamed)) == (422, True)

    visit(f"{desk}places/new/", by["by"], name_en="Osh bazaar", country="KG", coordinates="40.53, 72.79")
    place = Place.objects.get()
    assert (place.latitude, place.coordinates) == (Decimal("40.53"), "40.53, 72.79")
    visit(f"{desk}places/{place.pk}/", by["by"], name_en="Jayma bazaar", country="KG", coordinates="40.53, 72.79")
    nowhere = visit(f"{desk}places/new/", by["by"], coordinates="91, 0")
    assert (nowhere.status_code, "no place on earth" in words(nowhere), "Name the place" in words(nowhere)) == (
        422, True, True,
    )  # fmt: skip

    said = words(visit("/en/films/osh/"))
    for one in ("2025 Kinoshok Kyrgyzstan Special mention · Debut Bek", "Eurasia Nomination ( The Cabin )",
                "Places of shooting Jayma bazaar Kyrgyzstan 40.53, 72.79"):  # fmt: skip
        assert one in said
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', visit("/en/films/osh/").content.decode())[1])
    assert told["award"] == ["Special mention, Kinoshok, Debut, 2025", "Nomination, Eurasia"]
    for number, rows in ((award.pk, "awards"), (place.pk, "places")):
        visit(f"{desk}{rows}/{number}/remove/", by["by"], ok="1")
    assert (Award.objects.count(), Place.objects.count()) == (1, 0)
    assert {entry.verb for entry in record.Entry.objects.all()} == {"added", "changed", "deleted"}


def test_what_stands_beside_a_film_is_changed_by_whoever_edits_its_catalogue(tunduk, by):
    film = films.film("osh", of=tunduk)
    foreign = films.agent("Foreign", news.organisation("other"))
    one = still(film, by)
    subtitles, _encoding = subtitling.add_subtitles(
        film=film, upload=upload("a.srt", SRT.encode()), language="ky", hearing=False, **by
    )
    award = awards.add_award(film=film, event={"en": "Kinoshok"}, result=AwardResult.WON, **by)
    place = awards.add_place(film=film, name={"en": "Osh"}, **by)
    juror = {"by": news.member("Jibek", Role.JUROR, tunduk), "at": NOW}
    said = {"event": {"en": "A"}, "result": AwardResult.WON}
    described = {"alt": {}, "credit": "", "focus": (1, 1), "shown": False}
    tried = [
        (pictures.add_still, {"film": film, "upload": None}),
        (pictures.describe_still, {"still": one} | described),
        (pictures.make_cover, {"still": one}),
        (pictures.remove_still, {"still": one}),
        (pictures.set_trailer, {"film": film, "address": ""}),
        (subtitling.add_subtitles, {"film": film, "upload": None, "language": "ky", "hearing": True}),
        (subtitling.show_subtitles, {"subtitles": subtitles, "shown": True}),
        (subtitling.remove_subtitles, {"subtitles": subtitles}),
        (awards.add_award, {"film": film} | said),
        (awards.change_award, {"award": award} | said),
        (awards.remove_award, {"award": award}),
        (awards.add_place, {"film": film, "name": {"en": "A"}}),
        (awards.change_place, {"place": place, "name": {"en": "A"}}),
        (awards.remove_place, {"place": place}),
    ]
    assert [refused(act, **asked, **juror) for act, asked in tried] == ["not_your_catalogue"] * len(tried)
    assert refused(awards.add_award, film=film, **said, recipient=foreign, **by) == "other_catalogue"
    assert refused(awards.add_award, film=film, **said | {"event": {}}, **by) == "award_of_nobody"
    assert refused(awards.add_place, film=film, name={"en": ""}, **by) == "place_unnamed"


# --- Series ----------------------------------------------------------------------------------------------------------
def test_series_has_a_page_with_those_that_stand_within_it(tunduk):
    film, draft = films.film("osh", of=tunduk), films.film("draft", of=tunduk, published_at=None)
    outer = Series.objects.create(organisation=tunduk, slug="cities", title={"en": "Cities"}, about={"en": "Of love"})
    inner = Series.objects.create(organisation=tunduk, slug="asia", title={"en": "Asia"}, within=outer)
    Entry.objects.create(series=outer, order=0, title={"en": "Paris"}, year=2006)
    Entry.objects.create(series=inner, order=0, film=film, title={"en": "Osh"}, year=2026)
    Entry.objects.create(series=inner, order=1, film=draft, title={"en": "Shanghai"}, state="never")

    page = visit("/en/films/series/cities/")
    for said in ("Cities Of love", "2006 Paris", "Asia 2026 Osh", "Shanghai announced, never made"):
        assert said in words(page)
    body = page.content.decode()
    assert ('href="/en/films/osh/"' in body, "/films/draft/" in body) == (True, False)
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', body)[1])
    assert (told["@type"], [one["name"] for one in told["hasPart"]]) == ("MovieSeries", ["Paris", "Osh"])
    assert "within: Cities" in words(visit("/en/films/series/asia/"))
    assert 'href="/en/films/series/asia/"' in visit("/en/films/osh/").content.decode()
    assert visit("/en/films/series/none/").status_code == 404
