"""Sets of countries: an organisation makes its own, rules name them, and keep the version they were written with."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.calls.actions import files, rows
from kinolab.calls.actions.country_sets import add_set
from kinolab.calls.domain.regulations import Rule as Parsed
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.models import Call, CountrySet, Rule
from kinolab.calls.queries.programme_file import programme_file
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from tests.factories import calls, labs
from tests.factories.labs import NOW, text
from tests.kit import client_of

NOMADS = {"code": "nomads", "version": "2025", "name": text("Nomads"), "countries": ["KG", "KZ"], "source": "the board"}


@pytest.fixture
def call() -> Call:
    return calls.draft_call()


@pytest.fixture
def aigul(call: Call) -> Person:
    """Who may do everything."""
    owner = labs.person("Aigul")
    labs.membership(owner, organisation=call.edition.programme.organisation)
    return owner


def make(call: Call, by: Person, **changes: Any) -> CountrySet:
    return add_set(call=call, **(NOMADS | changes), by=by, at=NOW)


def add_rule(call: Call, by: Person, value: Any) -> Rule:
    definition = {"code": "from", "scope": "person", "field": "country", "op": "in", "value": value}
    return rows.add(
        call=call, kind="rules", values={"definition": definition, "sentence": text("From here")}, by=by, at=NOW
    )


def countries(rule: Rule) -> object:
    read = parse_rule(rule.definition)
    assert isinstance(read, Parsed)
    return read.value


def test_set_is_made_once_a_version_and_the_record_says_so(call: Call, aigul: Person) -> None:
    made = make(call, aigul, countries=["KG", "KZ", "KG"])

    assert (made.countries, made.organisation) == (["KG", "KZ"], call.edition.programme.organisation)
    entry = Entry.objects.get()
    assert (entry.verb, entry.label, entry.after) == ("made_set", "nomads 2025", {"countries": ["KG", "KZ"]})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "set_version_taken"), ({"version": "2026", "countries": []}, "no_countries"),
        ({"version": "2026", "countries": ["XX"]}, "unknown_countries"), ({"code": "central_asia_5"}, "ours_already"),
    ],
)  # fmt: skip
def test_set_is_refused(call: Call, aigul: Person, changes: dict[str, Any], code: str) -> None:
    make(call, aigul)

    with pytest.raises(Denied) as denied:
        make(call, aigul, **changes)

    assert (denied.value.refusal.code, CountrySet.objects.count()) == (code, 1)


def test_set_is_made_by_those_who_may_configure(call: Call) -> None:
    saule = labs.person("Saule")
    labs.membership(saule, Role.COORDINATOR, of=call.edition)

    with pytest.raises(Denied) as denied:
        make(call, saule)

    assert (denied.value.refusal.code, CountrySet.objects.count()) == ("not_permitted", 0)


def test_rule_keeps_the_version_it_was_written_with_when_another_one_comes(call: Call, aigul: Person) -> None:
    make(call, aigul)
    old = add_rule(call, aigul, {"set": "nomads"})
    make(call, aigul, version="2026", countries=["KG", "KZ", "MN"])

    old.refresh_from_db()
    assert old.definition["value"] == {"set": "nomads", "version": "2025", "countries": ["KG", "KZ"]}
    assert countries(old) == ("KG", "KZ")
    rows.delete(call=call, row=old, by=aigul, at=NOW)
    assert countries(add_rule(call, aigul, {"set": "nomads"})) == ("KG", "KZ", "MN")


def test_rule_with_a_set_of_ours_keeps_its_name_and_version_alone(call: Call, aigul: Person) -> None:
    kept = add_rule(call, aigul, {"set": "central_asia_5"})

    assert kept.definition["value"] == {"set": "central_asia_5", "version": "2024"}


def test_rule_with_a_set_of_another_organisation_is_refused(call: Call, aigul: Person) -> None:
    CountrySet.objects.create(
        organisation=labs.organisation("other"), **(NOMADS | {"code": "secret"}), made_at=NOW, made_by=None
    )

    with pytest.raises(Denied) as denied:
        add_rule(call, aigul, {"set": "secret"})

    assert denied.value.refusal.code == "unknown_set"


def test_programme_file_takes_the_countries_along_and_reads_the_organisations_sets(call: Call, aigul: Person) -> None:
    make(call, aigul)
    add_rule(call, aigul, {"set": "nomads"})
    written = programme_file(call.edition)
    CountrySet.objects.all().delete()

    again = files.import_programme(
        source=written.replace(f"slug: '{call.edition.slug}'", "slug: again"), by=aigul, at=NOW
    )

    assert countries(again.call.rules.get()) == ("KG", "KZ")


@pytest.mark.parametrize("there", [True, False])
def test_programme_file_may_name_a_set_that_the_organisation_has(call: Call, aigul: Person, there: bool) -> None:
    if there:
        make(call, aigul)
    add_rule(call, aigul, {"set": "central_asia_5"})
    written = programme_file(call.edition).replace("central_asia_5", "nomads").replace("version: '2024'", "")
    written = written.replace(f"slug: '{call.edition.slug}'", "slug: again")

    if there:
        made = files.import_programme(source=written, by=aigul, at=NOW)
        assert countries(made.call.rules.get()) == ("KG", "KZ")
    else:
        with pytest.raises(files.FileRefused) as refused:
            files.import_programme(source=written, by=aigul, at=NOW)
        assert [one.refusal.code for one in refused.value.problems] == ["unknown_set"]


# --- The page --------------------------------------------------------------------------------------------------------
def address(call: Call) -> str:
    return reverse("calls:country_sets", args=[call.edition.programme.slug, call.edition.slug])


SENT = {"code": "nomads", "version": "2025", "name:en": "Nomads", "countries": "KG, Kazakhstan", "source": "the board"}


def test_page_makes_a_set_and_shows_it_beside_ours(call: Call, aigul: Person) -> None:
    client = client_of(aigul)

    assert client.post(address(call), SENT).status_code == 302

    shown = client.get(address(call)).context["shown"]
    assert [(one.code, one.own) for one in shown] == [
        ("nomads", True), ("central_asia_5", False), ("media_countries", False), ("media_countries_partly", False),
        ("media_countries", False), ("media_countries_partly", False),
    ]  # fmt: skip
    assert shown[0].countries == ["Kazakhstan", "Kyrgyzstan"]


@pytest.mark.parametrize(
    "changes", [{"name:en": ""}, {"countries": ""}, {"countries": "KG, Atlantis"}, {"code": "central_asia_5"}]
)
def test_page_refuses_and_keeps_what_was_typed(call: Call, aigul: Person, changes: dict[str, Any]) -> None:
    answer = client_of(aigul).post(address(call), SENT | changes)

    assert (answer.status_code, CountrySet.objects.count()) == (422, 0)
    assert answer.context["form"]["source"].value() == "the board"


def test_page_shows_no_sets_of_another_organisation(call: Call, aigul: Person) -> None:
    CountrySet.objects.create(organisation=labs.organisation("other"), **NOMADS, made_at=NOW, made_by=None)

    shown = client_of(aigul).get(address(call)).context["shown"]

    assert [one.code for one in shown if one.own] == []
