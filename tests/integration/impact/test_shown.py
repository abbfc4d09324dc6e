"""What is shown outside: the public page, links for partners, papers; who decides, and what forbids it."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from kinolab.impact.actions import links
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import PartnerLink, RoadMap
from kinolab.impact.queries import names, papers
from kinolab.impact.queries.shown import look
from tests.factories import road_maps as make
from tests.factories import selection
from tests.integration.impact.test_plan import whole_road_map
from tests.kit import client_of, same_cost, shut

pytestmark = pytest.mark.django_db
ALPHABETS = "Өңүр Қызғалдақ Oʻzbekcha gʻoz Ўғил ҳаққи ҷавон ӯву ӣ Türkmençe ýyl ňň žurnal Съёмки"


@pytest.fixture
def shown(road_map: RoadMap) -> RoadMap:
    """A road map with a row in each part, shown to everybody."""
    whole_road_map(road_map)
    road_map.level = "public"
    road_map.save()
    return road_map


def public(of: RoadMap) -> str:
    return reverse("impact:shown", args=[of.code])


def link_of(of: RoadMap, **more: Any) -> tuple[PartnerLink, str]:
    said = {"label": "A fund", "days": 30, "by": of.application.lead, "at": timezone.now()} | more
    return links.make_link(road_map=of, **said)


# --- Everybody -------------------------------------------------------------------------------------------------------------
def test_page_when_shown_to_everybody_tells_what_was_reached_and_is_asked_for_each_time(shown: RoadMap) -> None:
    page = client_of(None).get(public(shown))

    text = page.content.decode()
    assert (page.status_code, page["Cache-Control"]) == (200, "public, max-age=0")
    assert client_of(None).get(public(shown), headers={"if-none-match": page["ETag"]}).status_code == 304
    told = (
        "4.5",
        "Villages with a board",
        "others did too",
        "6.b · ",
        'hreflang="ky"',
        "application/ld+json",
        "share.png",
    )
    assert [one for one in told if one not in text] == []
    assert [one for one in ("Projector", "Photographs", "Boards are read.") if one in text] == []


@pytest.mark.parametrize(
    "hide",
    [
        lambda of: RoadMap.objects.filter(pk=of.pk).update(level="partners"),
        lambda of: RoadMap.objects.filter(pk=of.pk).update(level="private"),
        lambda of: make.row(of, Part.LEARNING, what_changed="Айгүлдүн үйү"),
        lambda of: make.row(of, Part.RISK, sensitivity="public"),
    ],
    ids=["for partners", "private", "a name is said", "a risk is open"],
)
def test_page_when_hidden_or_unsafe_is_gone_at_once(shown: RoadMap, hide: Any) -> None:
    stranger = client_of(None)
    addresses = [public(shown), reverse("impact:share", args=[shown.code])]

    def answers() -> list[int]:
        found = [stranger.get(address) for address in addresses]
        for one in found:
            shut(one)
        return [one.status_code for one in found]

    before = answers()
    hide(shown)
    after = answers()

    assert (before, after) == ([200, 200], [404, 404])


def test_page_when_the_road_map_grows_costs_the_same(shown: RoadMap) -> None:
    def grow() -> None:
        make.row(shown, Part.GOAL, goal="More")
        make.row(shown, Part.ACTIVITY, title="More")

    same_cost(lambda: client_of(None).get(public(shown)), grow)


# --- Partners --------------------------------------------------------------------------------------------------------------
def test_link_when_opened_shows_what_partners_see_and_is_noted_once_a_visit(shown: RoadMap) -> None:
    made, secret = link_of(shown)
    address = reverse("impact:with_link", args=[secret])

    pages = [client_of(None).get(address) for _ in range(2)]

    text = pages[0].content.decode()
    assert [one.status_code for one in pages] == [200, 200]
    assert ("Boards are read." in text, "noindex" in text) == (True, True)
    assert (pages[0]["Cache-Control"], pages[0]["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    made.refresh_from_db()
    assert (made.opened, made.opened_at) == (2, make.NOW)
    assert list(Entry.objects.filter(kind="impact.partnerlink").values_list("verb", flat=True)) == [
        "made_link",
        "opened_link",
    ]
    assert secret not in made.sealed


@pytest.mark.parametrize("why", ["taken back", "expired", "private", "unsafe", "unknown"])
def test_link_when_it_is_not_good_leads_nowhere(shown: RoadMap, now: Any, why: str) -> None:
    made, secret = link_of(shown)
    match why:
        case "taken back":
            links.take_back(road_map=shown, number=made.pk, by=shown.application.lead, at=make.NOW)
        case "expired":
            now.shift(timedelta(days=30))
        case "private":
            RoadMap.objects.filter(pk=shown.pk).update(level="private")
        case "unsafe":
            make.row(shown, Part.LEARNING, what_changed="Aigul")
        case "unknown":
            secret = "abc"

    for name, args in (("with_link", [secret]), ("paper_with_link", [secret, "poster"])):
        assert client_of(None).get(reverse(f"impact:{name}", args=args)).status_code == 404


def test_link_when_it_may_not_be_made_is_refused(shown: RoadMap) -> None:
    def refused(of: RoadMap, **more: Any) -> str:
        with pytest.raises(Denied) as denied:
            link_of(of, **more)
        return denied.value.refusal.code

    for _ in range(links.MOST):
        link_of(shown)
    assert refused(shown) == "too_many_links"
    assert refused(shown, by=make.tutor(shown)) == "only_the_team_writes"
    with pytest.raises(Denied, match="link_gone"):
        links.take_back(road_map=shown, number=0, by=shown.application.lead, at=make.NOW)
    make.row(shown, Part.RISK, sensitivity="public")
    assert refused(shown) == "not_safe_to_show"
    shown.level = "private"
    shown.save()
    assert refused(shown) == "road_map_not_shown"


def test_link_when_made_on_the_page_tells_its_address_once(shown: RoadMap) -> None:
    team = client_of(shown.application.lead)

    page = team.post(reverse("impact:make_link", args=[shown.code]), {"label": "A fund", "days": "30"}).content.decode()
    again = team.get(reverse("impact:showing", args=[shown.code])).content.decode()

    assert ("/impact/links/" in page, "/impact/links/" in again, "A fund" in again) == (True, False, True)
    team.post(reverse("impact:take_back_link", args=[shown.code, PartnerLink.objects.get().pk]))
    assert PartnerLink.objects.get().taken_back_at == make.NOW


# --- The team decides ----------------------------------------------------------------------------------------------------------
def test_choice_when_looked_at_counts_what_each_level_shows_and_what_forbids_it(shown: RoadMap) -> None:
    make.row(shown, Part.PARTNER, organisation="Red Door")
    make.row(shown, Part.RISK, sensitivity="public")
    team = client_of(shown.application.lead)

    page = team.get(reverse("impact:showing", args=[shown.code]))
    previews = [
        team.get(reverse("impact:preview", args=[shown.code, one])) for one in ("private", "partners", "public")
    ]

    counted = {str(name): (there, seen) for name, there, seen in page.context["counted"]}
    assert counted["Partners by name"] == (2, [2, 0, 0])
    assert counted["Budget lines"] == (1, [1, 1, 0])
    assert counted["People on screen"] == (1, [0, 0, 0])
    assert "A risk is open to everybody" in page.content.decode()
    assert [("Red Door" in one.content.decode(), one.status_code) for one in previews] == [
        (True, 200),
        (False, 200),
        (False, 200),
    ]
    assert team.get(reverse("impact:preview", args=[shown.code, "all"])).status_code == 404


# --- Paper -----------------------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("language", ["ky", "uz"])
def test_paper_when_made_holds_every_alphabet_and_no_markup(shown: RoadMap, language: str) -> None:
    hostile = '#read("/etc/passwd") $x$ *b* <a> \\ [c]'
    make.row(shown, Part.GOAL, goal=ALPHABETS, film_message=hostile, key_agents="— \n- x")
    with translation.override(language):
        made = papers.pdf(look(shown), Eyes.PARTNERS, "road-map", make.NOW.date())
        poster = papers.pdf(look(shown), Eyes.PARTNERS, "poster", make.NOW.date())

    read = PdfReader(io.BytesIO(made))
    text = "".join(page.extract_text() for page in read.pages).replace("\n", "").replace(" ", "")
    assert [one for one in ALPHABETS.split() if one not in text] == []
    assert '#read("/etc/passwd")$x$*b*<a>' in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == language
    assert read.metadata is not None
    assert read.metadata.title is not None
    assert len(read.outline) > 5
    assert len(PdfReader(io.BytesIO(poster)).pages) == 1


@pytest.mark.slow
def test_paper_when_a_name_becomes_protected_is_made_anew_and_the_earlier_is_gone(shown: RoadMap) -> None:
    make.row(shown, Part.GOAL, goal="Жаркынай сүйлөйт")

    def kept() -> list[str]:
        return sorted(str(one) for one in folder.iterdir())

    folder = papers.folder_of(shown)
    with translation.override("ky"):
        first = papers.pdf(look(shown), Eyes.PUBLIC, "poster", make.NOW.date())
        before = kept()
        same = papers.pdf(look(shown), Eyes.PUBLIC, "poster", make.NOW.date())
        make.row(shown, Part.PROTECTED, code="P2", marks=list(names.marks("Жаркынай")))
        later = papers.pdf(look(shown), Eyes.PUBLIC, "poster", make.NOW.date())

    assert (first == same, first == later) == (True, False)
    assert (len(before), len(kept()), before == kept()) == (1, 1, False)


def test_paper_when_asked_for_by_the_lab_is_there_and_strangers_find_none(shown: RoadMap) -> None:
    lab = client_of(selection.owner(shown.application.call))
    page = reverse("impact:papers", args=[shown.code])
    absent = reverse("impact:paper", args=[shown.code, "all", "poster"])

    assert [lab.get(page).status_code, lab.get(page + "?for=all").status_code, lab.get(absent).status_code] == [
        200,
        404,
        404,
    ]
    assert client_of(make.tutor(shown)).get(page).status_code == 200
    assert client_of(selection.make.person("Farrukh")).get(page).status_code == 404
