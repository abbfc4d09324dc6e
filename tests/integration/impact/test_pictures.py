"""Pages of drawings: each reads what it shows and no more, through the gate, for everybody who may read the road map."""

from datetime import date

import pytest
from django.urls import reverse

from kinolab.impact.domain.parts import Part
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import names
from kinolab.impact.views.pictures import PICTURES
from kinolab.labs.domain.roles import Role
from tests.factories import road_maps as make
from tests.factories import selection
from tests.integration.impact.test_plan import whole_road_map
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db


def url(of: RoadMap, picture: str) -> str:
    return reverse("impact:picture", args=[of.code, picture])


@pytest.mark.slow
def test_pictures_when_a_name_is_planted_show_it_to_nobody(road_map: RoadMap) -> None:
    whole_road_map(road_map)
    make.row(road_map, Part.PROTECTED, code="P2", marks=list(names.marks("Жаркынай")))
    goal = make.row(road_map, Part.GOAL, goal="Жаркынай сүйлөйт", is_primary=True)
    make.row(road_map, Part.ACTIVITY, title="Жаркынайдын окуусу", goal=goal)
    make.row(road_map, Part.LINE, label="Жол", source="Жаркынай")
    RoadMap.objects.filter(pk=road_map.pk).update(title="Жаркынай жөнүндө")
    lab = client_of(selection.staff(road_map.application.call, "Bakyt", Role.COORDINATOR))

    for client in (lab, client_of(make.tutor(road_map)), client_of(road_map.application.lead)):
        pages = [client.get(url(road_map, picture)) for picture in PICTURES]
        assert [page.status_code for page in pages] == [200] * len(PICTURES)
        seen = "".join(page.content.decode() for page in pages)
        assert ("аркынай" in seen, "сүйлөйт" in seen) == (False, True)


@pytest.mark.slow
def test_pictures_when_a_road_map_grows_cost_the_same(road_map: RoadMap) -> None:
    whole_road_map(road_map)
    client = client_of(make.tutor(road_map))

    def grow() -> None:
        goal = make.row(road_map, Part.GOAL)
        indicator = make.row(road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT, goal=goal))
        period = make.row(road_map, Part.PERIOD, indicator=indicator)
        make.row(road_map, Part.ACTUAL, period=period, value=3)
        make.row(road_map, Part.ACTIVITY, goal=goal, starts_on=date(2026, 1, 1)).depends_on.add(*goal.activities.all())
        make.row(road_map, Part.LINE, source=f"Fund {goal.pk}")
        make.row(road_map, Part.MILESTONE, on=date(2026, 3, 1))

    costs = {
        picture: same_cost(lambda picture=picture: client.get(url(road_map, picture)), grow, times=1)
        for picture in PICTURES
    }

    around = 7  # who asks, what they are to the road map, the names to cover
    links = {"change": 2, "timeline": 3}  # from one row to many
    read = {picture: len({*one.parts, Part.PARTNER}) + links.get(picture, 0) for picture, one in PICTURES.items()}
    assert costs == {picture: around + parts for picture, parts in read.items()}


def test_picture_when_there_is_none_of_that_name_is_absent(road_map: RoadMap) -> None:
    assert client_of(make.tutor(road_map)).get(url(road_map, "poster")).status_code == 404


def test_pictures_when_nothing_is_written_are_sentences(road_map: RoadMap) -> None:
    page = client_of(make.tutor(road_map)).get(reverse("impact:pictures", args=[road_map.code])).content.decode()

    assert "No goal is written yet." in page
    assert "<table" not in page
