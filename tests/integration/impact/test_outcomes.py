"""What became of people and films: written down, verified, asked about, shown; and gone when somebody takes it back."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.applications.models import Application, Project
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.impact import access
from kinolab.impact.actions import outcomes, survey
from kinolab.impact.models import Outcome
from kinolab.impact.queries import outcomes as queries
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Programme
from tests.factories import labs, selection
from tests.factories import outcomes as make
from tests.factories import road_maps as maps
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
AT = maps.NOW


@pytest.fixture
def film(db: None) -> Application:
    return make.chosen(selection.closed_call(), "Meerim", selection.azamat())


@pytest.fixture
def programme(film: Application) -> Programme:
    return film.call.edition.programme


@pytest.fixture
def owner(film: Application) -> Any:
    return selection.owner(film.call)


def desk(film: Application, name: str, **more: Any) -> str:
    edition = film.call.edition
    return reverse(f"impact:{name}", kwargs={"programme": edition.programme.slug, "edition": edition.slug} | more)


def told(film: Application, owner: Any, **more: Any) -> Outcome:
    edition = film.call.edition
    about = more.pop("about", {"person": film.lead})
    values = {"kind": "prize", "title": "Golden Yurt", "on": date(2026, 10, 5), "source": "Press"} | more
    return outcomes.record(
        programme=edition.programme, edition=edition, about=about, values=values, by=owner, at=AT
    )  # fmt: skip


@pytest.mark.parametrize(
    ("about", "more", "why"),
    [
        ({}, {}, "outcome_needs_someone"),
        ({"name": "Ainura", "edition_itself": True}, {}, "outcome_needs_someone"),
        ({"person": "stranger"}, {}, "no_such_subject"),
        ({"project_of": "stranger"}, {}, "no_such_subject"),
        ({"name": "Ainura"}, {"on": date(2027, 1, 1)}, "outcome_in_future"),
        ({"name": "Twice"}, {}, "outcome_there_already"),
    ],
)
def test_outcome_when_it_cannot_be_so_is_refused(
    film: Application, owner: Any, about: dict[str, Any], more: dict[str, Any], why: str
) -> None:
    make.outcome(film.call.edition.programme, name="Twice", title="golden yurt", on=date(2026, 1, 1))
    if about.get("person"):
        about = {"person": selection.make.person("Farrukh")}
    if about.get("project_of"):
        about = {"project_of": selection.sent(film.call, "Nodira")}  # nobody has chosen it

    with pytest.raises(Denied) as denied:
        told(film, owner, about=about, **more)

    assert denied.value.refusal.code == why


def test_outcome_when_somebody_reads_only_is_not_written(film: Application, owner: Any) -> None:
    coordinator = selection.staff(film.call, "Bakyt", Role.COORDINATOR)
    made = told(film, owner)
    refusal = Refusal("not_permitted", {"permission": "guide_road_maps"})

    for action in (outcomes.verify, outcomes.publish_known, outcomes.unpublish, outcomes.remove, survey.ask):
        with pytest.raises(Denied) as denied:
            action(outcome=made, by=coordinator, at=AT)
        assert denied.value.refusal == refusal


def test_outcome_when_whoever_it_is_about_agrees_is_shown_and_gone_when_they_take_it_back(
    film: Application, owner: Any, programme: Programme
) -> None:
    made = told(film, owner)
    with pytest.raises(Denied) as published:
        outcomes.publish_known(outcome=made, by=owner, at=AT)
    outcomes.verify(outcome=made, by=owner, at=AT)
    survey.ask(outcome=made, by=owner, at=AT)
    stranger = client_of(None)
    page = reverse("impact:alumni", args=[programme.slug])
    meerim, azamat = client_of(film.lead), client_of(selection.azamat())
    answer = reverse("impact:answer_outcome", args=[made.pk])

    before = stranger.get(page)
    assert azamat.post(answer, {"publish": "yes"}).status_code == 404  # it is about her alone
    meerim.post(answer, {"publish": "yes"})
    shown = stranger.get(page)
    meerim.post(answer, {"publish": "no"})
    after = stranger.get(page)

    assert published.value.refusal.code == "outcome_not_theirs"
    assert [("Golden Yurt" in one.content.decode()) for one in (before, shown, after)] == [False, True, False]
    assert shown.headers["Cache-Control"] == "public, max-age=0"
    made.refresh_from_db()
    assert (made.publishing, made.consent_at) == ("withdrawn", None)
    with pytest.raises(Denied) as again:
        outcomes.publish_known(outcome=made, by=owner, at=AT)
    assert again.value.refusal.code == "outcome_not_theirs"
    assert Letter.objects.filter(kind="follow_up").count() == 1


def test_outcome_when_changed_has_to_be_verified_and_agreed_to_again(film: Application, owner: Any) -> None:
    made = told(film, owner)
    outcomes.verify(outcome=made, by=owner, at=AT)
    outcomes.answer(outcome=made, agrees=True, by=film.lead, at=AT)
    made.refresh_from_db()

    noted = outcomes.change(outcome=made, values={"note": "Seen"}, seen=made.version, by=owner, at=AT)
    assert (noted.standing, noted.publishing) == ("verified", "agreed")
    with pytest.raises(Denied) as stale:
        outcomes.change(outcome=made, values={"title": "Silver Yurt"}, seen=made.version, by=owner, at=AT)
    changed = outcomes.change(outcome=made, values={"title": "Silver Yurt"}, seen=noted.version, by=owner, at=AT)

    assert stale.value.refusal.code == "outcome_changed"
    assert (changed.standing, changed.publishing, changed.consent_at) == ("self_reported", "not_asked", None)


def test_public_page_when_filtered_keeps_to_edition_kind_year_and_country(
    film: Application, programme: Programme
) -> None:
    edition = film.call.edition
    make.outcome(programme, edition=edition, title="One", kind="prize", on=date(2026, 5, 1), country="KG")
    make.outcome(programme, title="Two", kind="job", on=date(2025, 5, 1), country="DE")
    make.outcome(programme, title="Hidden", standing="self_reported", verified_at=None)
    make.outcome(programme, title="Wrong", objection="It was another film.")

    def titles(of: Any = None, **asked: str) -> list[str]:
        page = queries.alumni_page(programme, of, **asked)
        return [row.title for group in page.groups for row in group.rows]

    assert titles() == ["One", "Two"]
    assert titles(edition) == titles(kind="prize") == titles(year="2026") == titles(country="KG") == ["One"]
    page = client_of(None).get(reverse("impact:alumni", args=[programme.slug]), {"kind": "job"})
    assert "Two" in page.content.decode()
    assert 'hreflang="ru"' in page.content.decode()


def test_public_page_when_a_protected_name_stands_in_a_film_covers_it(film: Application, programme: Programme) -> None:
    road_map = maps.road_map(film)
    maps.row(road_map, maps.Part.PROTECTED, marks=list(queries.names.marks("Жаркынай")))
    make.outcome(programme, film=film, title="Prize for Жаркынайдын үнү")

    (group,) = queries.alumni_page(programme, None).groups
    assert group.rows[0].title == "Prize for ••• үнү"


def test_lists_when_there_are_more_cost_the_same(film: Application, owner: Any, programme: Programme) -> None:
    office, stranger = client_of(owner), client_of(None)
    listed, public = desk(film, "outcomes"), reverse("impact:alumni", args=[programme.slug])
    number = iter(range(100))

    def grow() -> None:
        make.outcome(programme, film=film, title=f"Film {next(number)}")
        make.outcome(programme, person=film.lead, title=f"Person {next(number)}")

    grow()
    same_cost(lambda: office.get(listed), grow)
    same_cost(lambda: stranger.get(public), grow)


def test_pages_when_somebody_of_another_lab_asks_hide_it(film: Application, owner: Any) -> None:
    made = told(film, owner)
    elsewhere = labs.edition(
        programme=labs.programme("other-lab", organisation=labs.organisation("other", name=labs.text("Other Film")))
    )
    other = labs.person("Farrukh")
    labs.membership(other, of=elsewhere)
    pages = [desk(film, name) for name in ("outcomes", "new_outcome", "outcomes_file", "programme_report")]
    pages += [desk(film, "outcome", number=made.pk), desk(film, "programme_report_line", key="apart")]
    pages += [desk(film, f"programme_report_{kind}") for kind in ("csv", "json", "pdf")]
    own = reverse("impact:outcomes", args=["other-lab", elsewhere.slug])

    office, strange = client_of(owner), client_of(other)
    assert {page: strange.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert strange.post(desk(film, "act_on_outcome", number=made.pk, verb="remove")).status_code == 404
    assert (strange.get(own).status_code, office.get(own).status_code) == (200, 404)
    # An address of one's own edition opens nobody else's outcome.
    assert strange.get(reverse("impact:outcome", args=["other-lab", elsewhere.slug, made.pk])).status_code == 404


def test_outcome_when_of_a_project_is_its_teams_and_goes_by_its_chosen_film(film: Application, owner: Any) -> None:
    Application.objects.filter(pk=film.pk).update(title="Watershed")
    office, said = client_of(owner), {"kind": "prize", "title": "Golden Yurt", "source": "Press"}

    page = office.get(desk(film, "new_outcome"))
    assert ("Projects", [(f"project:{film.pk}", "Watershed")]) in page.context["form"].fields["about"].choices
    office.post(desk(film, "new_outcome"), said | {"about": f"project:{film.pk}", "edition": film.call.edition.pk})
    made = Outcome.objects.get(project=Project.objects.get())
    draft = selection.make.application(film.call, selection.make.person("Nodira"))
    Application.objects.filter(pk=draft.pk).update(project=made.project, title="Secret")
    outcomes.verify(outcome=made, by=owner, at=AT)
    outcomes.answer(outcome=made, agrees=True, by=film.lead, at=AT)

    everybody = client_of(None).get(reverse("impact:alumni", args=[film.call.edition.programme.slug]))
    shown = [one.subject for group in everybody.context["page"].groups for one in group.rows]
    assert (shown, queries.subject(made)) == (["Watershed"], "Watershed")
    assert made in access.outcomes_of(owner, access.programme_of(owner, film.call.edition))
    # A figure of the report opens those that it is made of.
    listed = [office.get(desk(film, "outcomes"), {"kind": kind}).context["rows"] for kind in ("prize", "job")]
    assert listed == [[(made, "Watershed")], []]


def test_file_when_tried_says_what_would_happen_and_writes_nothing(film: Application, owner: Any) -> None:
    office, page = client_of(owner), desk(film, "outcomes_file")
    text = (
        "name,email,kind,title,year,source\n"
        "Ainura,,prize,Golden Yurt,2026,Press\n"
        ",meerim@example.org,job,Editor,2025,\n"
        ",nobody@example.org,job,Editor,2025,\n"
        "Ainura,,medal,Golden Yurt,2026,Press\n"
        "Ainura,,prize,golden yurt,2026,Press\n"
    )
    edition = str(film.call.edition.pk)
    upload = SimpleUploadedFile("outcomes.csv", text.encode(), "text/csv")
    tried = office.post(page, {"file": upload, "edition": edition})

    assert (tried.status_code, Outcome.objects.count()) == (200, 0)
    why = [reason for _, reason in tried.context["lines"]]
    assert [bool(one) for one in why] == [False, False, True, True, True]
    office.post(page, {"kept": tried.context["kept"], "edition": edition, "take": "1"})
    assert sorted(Outcome.objects.values_list("title", flat=True)) == ["Editor", "Golden Yurt"]
