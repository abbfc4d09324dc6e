"""Programme files: in, out, the same again; and what is wrong with them, line by line."""

from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.actions import files, publishing
from kinolab.calls.actions.files import FileRefused
from kinolab.calls.queries.programme_file import as_mapping, load, programme_file
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs.models import Edition
from tests.factories import calls, labs
from tests.factories.labs import NOW

EXAMPLE = Path(__file__).resolve().parents[3] / "docs/reference/examples/impact-lab-2024.yaml"
SMALL = """kinolab: 1
organisation: {slug: tunduk, name: {en: Tunduk}}
programme: {slug: lab, name: {en: Lab}}
edition:
  slug: "2027"
  name: {en: Lab 2027}
  timezone: Asia/Almaty
call:
  timezone: Asia/Almaty
  opens: 2027-03-01
  closes: 2027-04-01 18:00
"""


def _problems(source: str) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as refused:
        files.import_programme(source=source, by=None, at=NOW)
    for problem in refused.value.problems:
        assert reasons.explain(problem.refusal)
    return [(problem.line, problem.refusal.code) for problem in refused.value.problems]


def test_example_when_imported_then_nothing_is_missing_for_publication() -> None:
    edition = files.import_programme(source=EXAMPLE.read_text(encoding="utf-8"), by=None, at=NOW)

    call = edition.call
    assert publishing.missing(call) == []
    assert (edition.starts_on, edition.ends_on) == (date(2024, 9, 26), date(2024, 10, 1))
    assert (call.hour_known, call.closes_at) == (False, datetime(2024, 8, 5, 23, 59, tzinfo=ZoneInfo("Asia/Bishkek")))
    assert (call.results_on, call.results_precision) == (date(2024, 9, 1), "early_month")
    assert [tutor.name for tutor in edition.tutors.all()] == ["Danielle Turkov", "Amy Shepherd", "Cliff Wilson"]
    assert [rule.code for rule in call.rules.all()] == ["countries", "earlier-films", "kind", "stage"]


def test_file_when_exported_and_imported_then_is_the_same() -> None:
    source = EXAMPLE.read_text(encoding="utf-8")
    first = programme_file(files.import_programme(source=source, by=None, at=NOW))

    second = programme_file(files.import_programme(source=first, by=None, at=NOW, replace=True))

    assert second == first


def test_file_when_call_was_made_by_hand_then_round_trips() -> None:
    strange = {"ky": "no: # «кат»\n- 12:00", "ru": "'", "en": "~"}
    call = calls.draft_call(rules=[calls.COUNTRIES], headline=strange, grace_minutes=15)
    Edition.objects.update(country="NO")
    edition = Edition.objects.get(pk=call.edition.pk)
    before = as_mapping(edition)

    made = files.import_programme(source=programme_file(edition), by=None, at=NOW, replace=True)

    assert as_mapping(made) == before
    assert (before["call"]["headline"], before["edition"]["country"]) == (strange, "NO")


def test_file_when_a_section_has_no_questions_yet_then_round_trips() -> None:
    call = calls.draft_call()
    call.form.sections.create(key="later", title={"en": "Later"}, order=9)
    before = as_mapping(call.edition)

    made = files.import_programme(source=programme_file(call.edition), by=None, at=NOW, replace=True)

    assert as_mapping(made) == before
    assert before["form"]["sections"][1] == {"key": "later", "title": {"en": "Later"}}


@given(st.dictionaries(st.sampled_from(["ky", "ru"]), st.text(st.characters(exclude_categories=("Cs", "Cc")))))
def test_text_when_strange_is_written_and_read_as_it_is(text: dict[str, str]) -> None:
    assert load(yaml.safe_dump({"NO": text}, allow_unicode=True, sort_keys=False, width=110)) == {"NO": text}


def test_file_when_hour_is_written_then_kept_in_the_zone() -> None:
    call = files.import_programme(source=SMALL, by=None, at=NOW).call

    almaty = ZoneInfo("Asia/Almaty")
    assert (call.opens_at, call.closes_at) == (
        datetime(2027, 3, 1, tzinfo=almaty),
        datetime(2027, 4, 1, 18, tzinfo=almaty),
    )
    assert call.hour_known


# --- What is wrong ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  slug: \"2027\"", "  slug: \"2027\"\n  colour: red", [(6, "unknown_key")]),
        ("closes: 2027-04-01 18:00", "closes: 2027-02-01 18:00", [(11, "closes_before_opens")]),
        ("closes: 2027-04-01 18:00", "closes: 2027-04-01\n  closes: 2027-04-02", [(12, "not_yaml")]),
        ("{en: Lab}", "Lab", [(3, "not_texts")]),
        ("kinolab: 1", "kinolab: [1", [(2, "not_yaml")]),
    ],
)  # fmt: skip
def test_file_when_wrong_then_says_line_and_reason(before: str, after: str, expected: list[tuple[int, str]]) -> None:
    assert before in SMALL
    assert _problems(SMALL.replace(before, after)) == expected
    assert not Edition.objects.exists()


def test_file_when_rule_is_impossible_then_says_its_line() -> None:
    rule = "regulations:\n- code: age\n  scope: person\n  field: age\n  op: between\n  value: [40, 18]\n  sentence: {en: Age}\n"

    assert _problems(SMALL + rule) == [(13, "impossible_rule")]


def test_file_when_it_refers_to_itself_then_refused() -> None:
    assert [code for _, code in _problems("a: &a [1]\nb: [*a, *a]\n")] == ["not_yaml"]


def test_file_when_too_deep_then_refused() -> None:
    assert [code for _, code in _problems("[" * 1000)] == ["not_yaml"]


def test_file_when_norway_then_not_false() -> None:
    assert load("country: NO\nat: 18:00\nday: 2027-01-02") == {"country": "NO", "at": "18:00", "day": date(2027, 1, 2)}


def test_import_when_edition_is_there_then_refused_and_replaced_only_if_not_public() -> None:
    call = files.import_programme(source=SMALL, by=None, at=NOW).call

    with pytest.raises(Denied) as denied:
        files.import_programme(source=SMALL, by=None, at=NOW)
    assert denied.value.refusal.code == "edition_exists"
    files.import_programme(source=SMALL, by=None, at=NOW, replace=True)
    type(call).objects.update(published_at=NOW)
    with pytest.raises(Denied) as denied:
        files.import_programme(source=SMALL, by=None, at=NOW, replace=True)
    assert denied.value.refusal.code == "already_published"


def test_import_when_somebody_elses_organisation_then_refused() -> None:
    labs.organisation("tunduk")
    farrukh = labs.person("Farrukh")

    with pytest.raises(Denied) as denied:
        files.import_programme(source=SMALL, by=farrukh, at=NOW)

    assert denied.value.refusal.code == "not_permitted"


def test_import_when_new_organisation_then_only_by_the_operator() -> None:
    with pytest.raises(Denied) as denied:
        files.import_programme(source=SMALL, by=labs.person("Aigul"), at=NOW)

    assert denied.value.refusal.code == "new_organisation"


def test_import_when_programme_is_of_another_organisation_then_refused_and_nothing_left() -> None:
    labs.programme("lab", organisation=labs.organisation("other"))

    with pytest.raises(Denied) as denied:
        files.import_programme(source=SMALL, by=None, at=NOW)

    assert denied.value.refusal.code == "programme_of_another"
    assert not Edition.objects.exists()


# --- Copies ----------------------------------------------------------------------------------------------------------
def test_copy_when_years_later_then_the_wall_clock_shows_the_same() -> None:
    almaty = ZoneInfo("Asia/Almaty")
    call = calls.open_call(
        timezone="Asia/Almaty",
        opens=datetime(2024, 1, 15, 9, tzinfo=almaty),
        closes=datetime(2024, 2, 20, 18, tzinfo=almaty),
        rules=[{"code": "date", "scope": "project", "field": "premiere", "op": "not_before", "value": "2023-01-01"}],
    )  # the clocks of Almaty were moved on 1 March 2024
    aigul = labs.person()
    labs.membership(aigul)

    copy = files.copy_edition(edition=call.edition, slug="2025", name={"en": "2025"}, years=1, by=aigul, at=NOW)

    made = copy.call
    assert (made.opens_at, made.closes_at) == (
        datetime(2025, 1, 15, 9, tzinfo=almaty), datetime(2025, 2, 20, 18, tzinfo=almaty)
    )  # fmt: skip
    assert (copy.starts_on, copy.copied_from) == (date(2027, 9, 26), call.edition)
    assert made.rules.get().definition["value"] == "2024-01-01"


def test_copy_when_made_then_everything_but_publication_comes_along() -> None:
    call = calls.open_call(rules=[calls.COUNTRIES], form=calls.form("title", "logline", frozen_at=NOW))
    aigul = labs.person()
    labs.membership(aigul)

    made = files.copy_edition(edition=call.edition, slug="2027", name={"en": "2027"}, years=1, by=aigul, at=NOW).call

    assert (made.published_at, made.form.frozen_at, made.form.pk == call.form.pk) == (None, None, False)
    asked = [question.key for section in made.form.sections.all() for question in section.questions.all()]
    assert (asked, made.rules.count(), made.criteria.count()) == (["title", "logline"], 1, 1)
    assert Entry.objects.get(verb="copied").after["from"] == "2026"


def test_copy_when_address_is_taken_or_stranger_then_refused() -> None:
    call, aigul = calls.open_call(), labs.person()
    labs.membership(aigul)
    said: dict[str, Any] = {"edition": call.edition, "name": {"en": "x"}, "years": 1, "at": NOW}

    with pytest.raises(Denied) as taken:
        files.copy_edition(slug="2026", by=aigul, **said)
    with pytest.raises(Denied) as stranger:
        files.copy_edition(slug="2027", by=labs.person("Farrukh"), **said)

    assert (taken.value.refusal.code, stranger.value.refusal.code) == ("edition_exists", "not_permitted")


# --- The command -----------------------------------------------------------------------------------------------------
def test_command_when_importing_and_exporting_then_the_same_file(tmp_path: Path) -> None:
    out, first, second = StringIO(), tmp_path / "one.yaml", tmp_path / "two.yaml"

    call_command("programme", "import", str(EXAMPLE), stdout=out)
    call_command("programme", "export", "impact-lab/2024", str(first))
    call_command("programme", "import", str(first), "--replace", stdout=out)
    call_command("programme", "export", "impact-lab/2024", str(second))

    assert "impact-lab/2024" in out.getvalue()
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")


def test_command_when_file_is_wrong_then_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(SMALL + "colour: red\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"bad\.yaml:12: "):
        call_command("programme", "import", str(path))
