"""Data that leaves and data that comes: one gate, the same figures everywhere, a file of others looked at before it is taken."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.tables import BYTE_ORDER_MARK
from kinolab.foundation.refusals import Denied
from kinolab.impact.actions import exchange, making
from kinolab.impact.domain import findings, iati_reading
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Dynamic
from kinolab.impact.models import TABLES, Actual, BroughtFile, Evidence, Indicator, Publisher, Result, RoadMap
from kinolab.impact.queries import exchange as tables
from kinolab.impact.queries import iati, library, names
from kinolab.impact.queries import plan as plans
from kinolab.labs.domain.roles import Role
from tests.factories import iati as files
from tests.factories import road_maps as make
from tests.factories import selection
from tests.kit import client_of, same_cost, shut

pytestmark = pytest.mark.django_db


def url(name: str, of: RoadMap, **more: Any) -> str:
    return reverse(f"impact:{name}", kwargs={"code": of.code} | more)


def data(of: RoadMap, eyes: str, what: str = "results", kind: str = "csv") -> str:
    return url("data", of, eyes=eyes, what=what, kind=kind)


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    shut(response)
    return content


def lines(content: bytes) -> list[dict[str, str]]:
    text = content.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.fixture
def full(road_map: RoadMap) -> RoadMap:
    """With what must not leave in every corner: a name, a restricted link, a partner, a value that nobody approved."""
    make.row(road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    make.row(road_map, Part.PARTNER, organisation="Talaa Unu")
    make.row(road_map, Part.RISK, title="Anger at home")
    goal = make.row(road_map, Part.GOAL, goal="=Жаркынайга кезек", dynamic="structures")
    result = make.row(road_map, Part.RESULT, goal=goal, title="Talaa Unu helps")
    boards = make.row(
        road_map, Part.INDICATOR, result=result, accumulation="periodic", baseline_value=1, baseline_year=2025
    )
    period = make.row(road_map, Part.PERIOD, indicator=boards)
    make.row(road_map, Part.TARGET, period=period, value=Decimal(12))
    shown = make.row(
        road_map, Part.EVIDENCE, title="Boards", url="https://example.org/b", sensitivity="public", consent_ok=True
    )
    hidden = make.row(road_map, Part.EVIDENCE, title="Letters", url="https://example.org/secret")
    for value, sex in ((Decimal("4.5"), "female"), (Decimal(3), "male")):
        one = make.row(
            road_map, Part.ACTUAL, period=period, value=value, sex=sex, approved_at=make.NOW, comment="Жаркынай"
        )
        one.evidence.add(shown, hidden)
    make.row(road_map, Part.ACTUAL, period=period, value=Decimal(777), comment="unapproved words")
    return road_map


PLANTED = ("Жаркынай", "Talaa Unu", "Anger at home", "Letters", "secret", "777", "unapproved words")


def shown_to(of: RoadMap, level: str) -> None:
    """As if the safety had been decided: the planted name is in texts, so through the pages it could not be opened."""
    RoadMap.objects.filter(pk=of.pk).update(level=level)


# --- Out -----------------------------------------------------------------------------------------------------------------
def test_files_when_taken_for_others_hold_nothing_that_must_not_leave(full: RoadMap) -> None:
    seen = plans.outward_of(full, Eyes.PUBLIC)
    rows = [(full, seen)]
    publisher = iati.publisher_of(full.edition.programme.organisation)
    whole = iati.document(rows, publisher, make.NOW).decode()
    whole += "".join(str(line) for _, table in tables.TABLES.values() for line in table(rows))

    assert [one for one in PLANTED if one in whole] == []
    assert "https://example.org/b" in whole
    assert files.mistakes(iati.document(rows, publisher, make.NOW)) == []


def test_files_when_a_name_stands_in_them_do_not_leave_at_all(full: RoadMap) -> None:
    shown_to(full, "public")
    team = client_of(full.application.lead)

    answers = [
        (client.get(data(full, eyes)).status_code) for client in (team, client_of(None)) for eyes in ("public", "lab")
    ]

    assert answers == [403, 200, 404, 302]


def test_public_data_when_it_is_shown_needs_no_signing_in(road_map: RoadMap) -> None:
    result = make.row(road_map, Part.RESULT)
    make.row(road_map, Part.INDICATOR, result=result)
    shown_to(road_map, "public")

    answer = client_of(None).get(data(road_map, "public", "results", "xml"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert files.mistakes(answer.content) == []


def test_figures_when_they_leave_in_any_way_are_those_of_the_page(full: RoadMap) -> None:
    plan = plans.outward_of(full, Eyes.LAB).plan
    indicator = plan.indicators[0]
    wanted = findings.figure_of(plan, indicator)
    lab = client_of(selection.staff(full.application.call, "Bakyt", Role.COORDINATOR))

    [line] = lines(body(lab.get(data(full, "lab"))))
    values = lines(body(lab.get(data(full, "lab", "values"))))
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(body(lab.get(data(full, "lab", "results", "xlsx"))))
    ).get_sheet_by_index(0)
    root = iati.parsed(
        iati.document(
            [(full, plans.outward_of(full, Eyes.LAB))], iati.publisher_of(full.edition.programme.organisation), make.NOW
        )
    )
    read = iati_reading.read(root[0], plan.goals, "ky").into(plan)

    in_book = dict(zip(*book.to_python(), strict=True))
    assert (Decimal(line["value"]), line["by"]) == (wanted.value, "sex:female=4.5; sex:male=3")
    assert Decimal(str(in_book["value"])) == wanted.value
    assert findings.figure_of(read, read.indicators[0]) == wanted
    actual = [Decimal(one["value"]) for one in values if one["kind"] == "actual"]
    assert actual == [one.value for one in plan.actuals]
    assert line["goal"].startswith("'=")  # no formula
    assert Entry.objects.filter(verb="exported", kind="impact.roadmap").count() == 3


def test_edition_when_its_data_is_taken_holds_what_is_shown(full: RoadMap) -> None:
    call = full.application.call
    owner = client_of(selection.owner(call))
    address = ["impact-lab", call.edition.slug]

    def taken(eyes: str, what: str = "results", kind: str = "csv") -> Any:
        return owner.get(reverse("impact:edition_data", args=[*address, eyes, what, kind]))

    assert taken("partners").status_code == 403
    shared = make.road_map(selection.sent(call, "Azamat"), level="partners")
    make.row(shared, Part.INDICATOR, result=make.row(shared, Part.RESULT))
    owner.post(reverse("impact:publish", args=address), {"ref": "KG-MJR-77", "kind": "60"})

    content = body(taken("partners", kind="xml"))

    assert Publisher.objects.get().ref == "KG-MJR-77"
    assert files.mistakes(content) == []
    assert [one.identifier for one in iati_reading.activities(iati.parsed(content))] == [f"KG-MJR-77-{shared.code}"]
    assert {one["road_map"] for one in lines(body(taken("lab")))} == {full.code, shared.code}

    def grow() -> None:
        more = make.road_map(selection.sent(call, f"Azamat{RoadMap.objects.count()}"), level="partners")
        make.row(more, Part.INDICATOR, result=make.row(more, Part.RESULT))

    same_cost(lambda: body(taken("partners")), grow, times=1)


# --- In ------------------------------------------------------------------------------------------------------------------
FILE = """<?xml version="1.0"?><iati-activities version="2.03"><iati-activity><iati-identifier>X-1</iati-identifier>
<title><narrative>Other</narrative></title><result type="2"><title><narrative>Turns are known</narrative></title>
<indicator measure="1"><title><narrative>Boards</narrative></title><period><period-start iso-date="2026-01-01"/>
<period-end iso-date="2026-06-30"/><target value="12"/><actual value="N/A"/><actual value="5">
<document-link url="https://example.org/b" format="text/html"><title><narrative>Boards</narrative></title>
<category code="A08"/></document-link></actual></period></indicator></result></iati-activity></iati-activities>"""


def bring(of: RoadMap, content: str | bytes = FILE) -> Any:
    file = SimpleUploadedFile("their.xml", content.encode() if isinstance(content, str) else content)
    return client_of(of.application.lead).post(url("bring", of), {"file": file})


def test_file_when_brought_is_looked_at_then_taken_once(road_map: RoadMap) -> None:
    team = client_of(road_map.application.lead)

    brought = bring(road_map)
    page = team.get(brought["Location"]).content.decode()
    before = Result.objects.count()
    team.post(brought["Location"], {"take": "1"})

    assert before == 0
    assert "“N/A” is not a number" in page
    assert [(one.value, one.approved) for one in Actual.objects.all()] == [(Decimal(5), False)]
    evidence = Evidence.objects.get()
    assert (evidence.sensitivity, evidence.consent_ok, list(evidence.actuals.all())) == (
        "restricted",
        False,
        list(Actual.objects.all()),
    )
    kept = BroughtFile.objects.get()
    assert (kept.phase, kept.content) == ("taken", "")
    assert kept.came == {"evidence": 1, "result": 1, "indicator": 1, "period": 1, "target": 1, "actual": 1}

    again = bring(road_map)["Location"]
    assert "Take it in" not in team.get(again).content.decode()
    assert team.post(again, {"take": "1"}).status_code == 422
    team.post(again, {"drop": "1"})
    assert team.post(again, {"take": "1"}).status_code == 422
    assert Result.objects.count() == 1


def test_results_when_brought_to_another_road_map_leave_it_the_same(full: RoadMap) -> None:
    other = make.road_map(selection.sent(full.application.call, "Azamat"))
    make.row(other, Part.GOAL, goal="=••• кезек")  # as the lab reads it
    publisher = iati.publisher_of(full.edition.programme.organisation)
    lead = other.application.lead
    content = iati.document([(full, plans.outward_of(full, Eyes.LAB))], publisher, make.NOW)

    brought = exchange.bring(road_map=other, content=content, name="a.xml", by=lead, at=make.NOW)
    exchange.take(brought=brought, by=lead, at=make.NOW)

    again = exchange.bring(road_map=other, content=content, name="a.xml", by=lead, at=make.NOW)
    nothing = iati.arrival(again, lambda part: None)
    assert (nothing.count, [one.code for one in nothing.notes]) == (0, ["iati_around_the_results"])
    # What came is restricted and nobody has asked for consent: its links stay until somebody decides.
    assert Evidence.objects.filter(road_map=other, sensitivity="restricted", consent_ok=False).count() == 1
    Evidence.objects.filter(road_map=other).update(sensitivity="public", consent_ok=True)
    first, second = (plans.outward_of(one, Eyes.LAB).plan for one in (full, other))
    assert files.results_of(second) == files.results_of(first)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    '<iati-activities version="2.03"><iati-activity>&b;</iati-activity></iati-activities>'
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "iati_declares"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><iati-activities/>', "iati_declares"),
        ("<iati-activities", "iati_unreadable"),
        (b"\x89PNG", "iati_unreadable"),
        ('<?xml version="1.0" encoding="none"?><a/>', "iati_unreadable"),
        ("<svg/>", "iati_other_document"),
        ("<iati-activities>" + " " * 5_000_001, "iati_too_large"),
    ],
)
def test_file_when_it_is_dangerous_or_another_is_refused(road_map: RoadMap, content: str | bytes, code: str) -> None:
    data = content.encode() if isinstance(content, str) else content

    with pytest.raises(Denied) as denied:
        exchange.bring(road_map=road_map, content=data, name="a.xml", by=road_map.application.lead, at=make.NOW)

    assert denied.value.refusal.code == code
    assert bring(road_map, data).status_code == 422
    assert BroughtFile.objects.count() == 0


def test_file_when_others_bring_it_is_refused(road_map: RoadMap) -> None:
    tutor = make.tutor(road_map)

    with pytest.raises(Denied) as denied:
        exchange.bring(road_map=road_map, content=FILE.encode(), name="a.xml", by=tutor, at=make.NOW)

    assert denied.value.refusal.code == "only_the_team_writes"


def test_activity_when_a_file_has_several_is_chosen(road_map: RoadMap) -> None:
    activity = FILE[FILE.index("<iati-activity>") : FILE.index("</iati-activities>")]
    of_code = activity.replace("X-1", f"X-{road_map.code}").replace("Boards", "Our boards")
    several = FILE.replace(activity, activity + of_code)
    team = client_of(road_map.application.lead)

    bring(road_map)
    place = bring(road_map, several)["Location"]

    kept = BroughtFile.objects.order_by("pk")
    assert [(one.phase, bool(one.content), one.activity) for one in kept] == [
        ("dropped", False, 0), ("proposed", True, 1),  # it says our code
    ]  # fmt: skip
    assert team.post(place, {"activity": "7"}).status_code == 422
    team.post(place, {"activity": "0"})
    team.post(place, {"take": "1"})
    assert Indicator.objects.get().title == "Boards"


def test_columns_when_compared_with_what_is_read_are_as_long() -> None:
    of = {"evidence": (Evidence, "title"), "url": (Evidence, "url"), "place": (Actual, "place")}
    lengths = {
        name: of.get(name, (Indicator, name))[0]._meta.get_field(of.get(name, (Indicator, name))[1]).max_length
        for name in iati_reading.LONGEST
    }

    assert lengths == dict(iati_reading.LONGEST)


# --- Beginning: a ready indicator, a template; and the order of rows -------------------------------------------------------
def test_library_when_read_says_everything_in_three_languages() -> None:
    kept = yaml.safe_load((Path(library.__file__).parents[1] / "indicators.yaml").read_text(encoding="utf-8"))

    said = {key: {name: set(text) for name, text in one.items() if isinstance(text, dict)} for key, one in kept.items()}
    assert {frozenset(languages) for one in said.values() for languages in one.values()} == {
        frozenset({"ky", "ru", "en"})
    }
    needed = {"title", "method", "tool", "ethics"}
    assert [key for key, one in said.items() if needed - one.keys()] == []
    assert {one.dynamic for one in library.library().values()} == set(Dynamic)


def test_indicator_when_begun_from_the_library_is_filled_in_in_the_language_of_the_road_map(road_map: RoadMap) -> None:
    RoadMap.objects.update(language="ky")
    result = make.row(road_map, Part.RESULT)
    team = client_of(road_map.application.lead)

    page = team.get(url("new_row", road_map, part="indicator") + f"?library=helpline_calls&result={result.pk}")

    form = page.context["form"]
    assert (form["unit"].value(), form["accumulation"].value(), form["result"].value()) == (
        "чалуу",
        "periodic",
        str(result.pk),
    )


def test_template_when_a_road_map_begins_from_it_is_copied_with_its_links(road_map: RoadMap) -> None:
    call = road_map.application.call
    owner = client_of(selection.owner(call))
    owner.post(
        reverse("impact:make_template", args=["impact-lab", call.edition.slug]), {"title": "Usual", "language": "ru"}
    )
    template = RoadMap.everything.get(application=None)
    goal = make.row(template, Part.GOAL)
    first, second = (
        make.row(template, Part.ACTIVITY, goal=goal, order=2),
        make.row(template, Part.ACTIVITY, title="Talk", order=1),
    )
    second.depends_on.add(first)
    make.row(template, Part.INDICATOR, result=make.row(template, Part.RESULT, goal=goal))
    film = selection.sent(call, "Azamat")
    made = making.make(edition=call.edition, application=film, template=template, by=selection.owner(call), at=make.NOW)

    plan = plans.plan_of(made)
    assert (made.state, [one.title for one in plan.activities]) == ("template", ["Talk", "Screenings"])
    assert plan.activities[0].depends_on == (plan.activities[1].number,)
    assert (plan.activities[1].goal, plan.results[0].goal) == (plan.goals[0].number,) * 2
    assert {one.number for one in plan.goals} & {goal.pk} == set()
    assert sorted(one.code for one in RoadMap.objects.all()) == sorted([road_map.code, made.code])  # a template is none
    assert owner.post(url("take", template), {"step": "hand_in"}).status_code == 422
    assert client_of(road_map.application.lead).get(url("whole", template)).status_code == 404
    owner.post(url("remove_template", template))
    assert RoadMap.everything.filter(application=None).count() == 0
    assert TABLES[Part.GOAL].objects.filter(road_map=made).count() == 1


def test_rows_when_two_move_them_at_once_stand_as_the_last_said(road_map: RoadMap) -> None:
    team = client_of(road_map.application.lead)
    a, b, c = (make.row(road_map, Part.GOAL, goal=name, order=place) for place, name in enumerate("abc"))

    def move(row: Any, **how: int) -> str:
        return team.post(url("move_row", road_map, part="goal", number=row.pk), how)["Location"].partition("#")[0]

    def order() -> str:
        return "".join(one.goal for one in plans.plan_of(road_map).goals)

    for _ in range(2):  # two who saw the same and want the same
        move(c, above=b.pk)
        assert order() == "acb"
    move(a, below=b.pk)  # somebody who saw b below a wants it above
    assert order() == "bac"
    gone = b.pk
    b.delete()
    refused = move(a, below=gone)

    assert (refused.endswith("?changed=goal"), order()) == (True, "ac")
    page = team.get(url("step", road_map, step="goals") + "?changed=goal").content.decode()
    assert "Somebody has moved or taken out these rows meanwhile" in page
    page = team.post(url("move_row", road_map, part="period", number=1), {"above": 2}, follow=True).content.decode()
    assert "Periods and values stand by their days." in page
