"""A project over the years: begun from an earlier application, each one standing for itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kinolab.applications.actions import draft, projects
from kinolab.applications.models import Answer, Application, Attachment, TeamMember
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import dossier
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied, Refusal
from tests import kit
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
BEFORE = make.NOW - timedelta(days=365)


def last_year(**answers: object) -> Application:
    """What Meerim sent a year ago."""
    call = make.call(opens_at=make.OPENS - timedelta(days=365), closes_at=make.CLOSES - timedelta(days=365))
    return make.submitted_application(call, at=BEFORE, **answers)


def begin(earlier: Application, call=None, by=None, key="key-00000099") -> Application:
    return projects.begin_from(
        earlier=earlier, call=call or make.call(), key=key, by=by or earlier.lead, at=make.NOW, language="ky"
    )


def said(application: Application) -> dict[str, object]:
    return {one.question.key: one.value for one in application.answers.select_related("question")}


def test_answers_come_along_and_both_are_of_one_project():
    earlier = last_year()
    TeamMember.objects.filter(application=earlier).update(residence="KG", films_made=2)

    begun = begin(earlier)

    earlier.refresh_from_db()
    lead = begun.members.get()
    consent = {"agreed"}
    assert said(begun) == {key: value for key, value in make.GOOD.items() if key not in consent}
    assert (begun.title, begun.begun_from, begun.project) == ("Суу бөлгүч", earlier, earlier.project)
    assert (lead.role, lead.residence, lead.films_made) == ("director", "KG", 2)
    assert Entry.objects.get(verb="began_from").after == {"earlier": earlier.code}


def test_earlier_application_stays_as_it_was():
    earlier = last_year()
    begun = begin(earlier)

    make.answer(begun, "title", "Башка ат")

    assert (said(earlier)["title"], said(begun)["title"]) == ("Суу бөлгүч", "Башка ат")


def test_what_was_taken_over_is_marked_until_somebody_changes_it(client_as):
    begun = begin(last_year())
    page = reverse("applications:section", args=(begun.code, "project"))
    mark = "Taken over from an earlier application"

    before = client_as(begun.lead).get(page).content.decode().count(mark)
    make.answer(begun, "title", "Башка ат")

    assert (before, client_as(begun.lead).get(page).content.decode().count(mark)) == (4, 3)
    assert Answer.objects.get(application=begun, question__key="title").carried is False


def test_same_page_twice_begins_once():
    earlier, call = last_year(), make.call()

    assert begin(earlier, call).pk == begin(earlier, call).pk
    assert Application.objects.filter(call=call).count() == 1


def test_project_is_known_to_the_rules():
    begun = begin(last_year(), make.call())
    make.answer(begun, "title", "Жаңы аты")

    found = facts.facts(dossier(Application.objects.get(pk=begun.pk)), wanted={"history.project_attempts"})

    assert found.values["history.project_attempts"] == 1


def test_one_begins_from_what_one_is_in_the_team_of_and_for_another_call():
    earlier = last_year()

    refused = []
    for call, by in ((make.call(), make.person("Farrukh")), (earlier.call, earlier.lead)):
        with pytest.raises(Denied) as denied:
            begin(earlier, call, by)
        refused.append(denied.value.refusal)

    assert refused == [Refusal("not_in_team"), Refusal("same_call")]


def test_page_offers_projects_and_a_button_begins_from_one(client_as):
    earlier, call = last_year(), make.call()
    visitor = client_as(earlier.lead)
    slugs = (call.edition.programme.slug, call.edition.slug)

    offered = visitor.get(reverse("applications:start", args=slugs)).content.decode()
    begun = visitor.post(
        reverse("applications:start_from", args=slugs), {"key": "key-12345678", "earlier": earlier.code}
    )

    assert "Begin from a project of yours" in offered
    assert begun["Location"] == reverse("applications:edit", args=(Application.objects.get(call=call).code,))
    home = visitor.get(begun["Location"]).content.decode()
    assert "Begun from an earlier application: Impact Lab 2026" in home


def test_somebody_elses_application_is_not_there_to_begin_from(client_as):
    earlier, call = last_year(), make.call()
    slugs = (call.edition.programme.slug, call.edition.slug)

    answer = client_as(make.person("Farrukh")).post(
        reverse("applications:start_from", args=slugs), {"key": "key-12345678", "earlier": earlier.code}
    )

    assert answer.status_code == 404


def test_home_shows_a_project_with_its_applications_over_the_years(client_as):
    earlier = last_year()
    begun = begin(earlier)
    visitor = client_as(begun.lead)

    home = visitor.get(reverse("desk:mine")).content.decode()

    assert home.count('class="mine mine--one"') == 1
    assert "The same project before" in home
    assert reverse("applications:edit", args=(earlier.code,)) in home


def test_start_page_costs_the_same_for_one_project_and_for_three(client_as):
    call = make.call("teen-lab")
    first = make.submitted_application(make.call(), title="Бир")
    slugs = (call.edition.programme.slug, call.edition.slug)
    page, visitor = reverse("applications:start", args=slugs), client_as(first.lead)
    titles = iter(("Эки", "Үч"))

    kit.same_cost(lambda: visitor.get(page), lambda: make.submitted_application(make.call(), title=next(titles)))


def test_own_answers_of_the_person_come_along_and_nobody_elses():
    from tests.integration.applications.test_parts import call as call_of_parts
    from tests.integration.applications.test_parts import say

    earlier = make.complete(call_of_parts())
    make.member(earlier)
    for who in ("Meerim", "Azamat"):
        say(earlier, make.person(who), f"{who} айтат")

    begun = begin(earlier, call_of_parts())

    own = Answer.objects.filter(application=begun, question__key="word")
    assert [(one.member.person.name, one.value) for one in own] == [("Meerim", "Meerim айтат")]
    assert draft.DRAFTS_EACH > 1


def test_files_come_along_as_rows_of_their_own_over_one_stored_file(django_capture_on_commit_callbacks):
    from pathlib import Path

    from kinolab.applications.actions import files
    from kinolab.foundation.files.models import StoredFile
    from tests.integration.applications.test_files import upload

    earlier, week = make.complete(), timedelta(days=8)
    upload(earlier)
    stored = StoredFile.objects.get()

    first, second = (begin(earlier, make.call(slug), key=f"key-{slug}") for slug in ("teen-lab", "doc-lab"))

    there = [Attachment.objects.get(application=one) for one in (earlier, first, second)]
    assert [(one.file, one.question.key, one.carried) for one in there] == [
        (stored, "script", False), (stored, "script", True), (stored, "script", True),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="began_from").latest("pk").after["files"] == [stored.name]
    stranger = make.person("Stranger")
    assert refused(files.detach, attachment=there[1], by=stranger) == "not_in_team"
    for number, one in enumerate(there[:2]):  # it goes from the first two, and the last still has it
        one.application.call = [earlier.call, first.call][number]
        files.detach(attachment=one, by=earlier.lead, at=make.NOW)
        with django_capture_on_commit_callbacks(execute=True):
            files.forget_removed(at=make.NOW + week)
    assert (Attachment.objects.get(), Path(stored.blob.path).exists()) == (there[2], True)
    there[2].application.call = second.call
    files.detach(attachment=there[2], by=earlier.lead, at=make.NOW)
    with django_capture_on_commit_callbacks(execute=True):
        files.forget_removed(at=make.NOW + week)
    assert (StoredFile.objects.exists(), Path(stored.blob.path).exists()) == (False, False)


def refused(action, **arguments) -> str:
    with pytest.raises(Denied) as denied:
        action(**arguments, at=make.NOW)
    return denied.value.refusal.code
