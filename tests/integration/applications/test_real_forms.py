"""Forms of real programmes, brought as programme files, filled, and found complete only when they are."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.applications.actions import files
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.queries.snapshot import content, shown_sections
from kinolab.calls.actions.files import import_programme
from kinolab.calls.models import Call
from kinolab.calls.queries.programme_file import as_mapping
from kinolab.foundation.questions.models import Question
from tests.factories import applications as make

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FORMS = Path(__file__).parents[1] / "calls" / "forms"
NAMES = sorted(one.stem for one in FORMS.glob("*.yaml"))


def bring(name: str) -> tuple[Call, datetime]:
    """The call of a form, opened; and an instant in its window."""
    zone = ZoneInfo("UTC")
    edition = import_programme(
        source=(FORMS / f"{name}.yaml").read_text(), by=None, at=datetime(2019, 1, 1, tzinfo=zone)
    )
    call = Call.objects.select_related("edition__programme__organisation", "form").get(edition=edition)
    call.published_at = call.opens_at
    call.save()
    return call, call.opens_at


def begin(call: Call, at: datetime, **answers: object) -> Application:
    """A draft with these answers by code."""
    application = make.application(call, at=at, **answers)
    application.call = call
    return application


def lacking(application: Application) -> dict[str, list[str]]:
    """What is missing by question: the codes of the reasons."""
    application.team_list = None
    names = {f"q{one.pk}": one.key for one in Question.objects.filter(section__form=application.call.form)}
    found: dict[str, list[str]] = {}
    for one in dossier(application).missing:
        found.setdefault(names.get(one.where.partition("@")[0], one.where), []).append(one.refusal.code)
    return found


def put(application: Application, at: datetime, **answers: object) -> None:
    """Write answers over whatever was there."""
    for key, value in answers.items():
        make.answer(application, key, value, at=at)


@pytest.mark.parametrize("name", NAMES)
def test_form_comes_in_says_where_it_is_from_and_goes_out_as_it_came(name: str) -> None:
    call, _at = bring(name)
    source = (FORMS / f"{name}.yaml").read_text()
    taken_out = as_mapping(call.edition)

    assert "Source" in source.splitlines()[0]
    assert "https://" in source.splitlines()[0] or "http://" in source.splitlines()[0]
    assert taken_out["form"]["name"] == call.form.name
    assert [one["key"] for section in taken_out["form"]["sections"] for one in section["questions"]] == list(
        Question.objects.filter(section__form=call.form)
        .order_by("section__order", "order")
        .values_list("key", flat=True)
    )


# --- IDFA Forum, phase 1 ---------------------------------------------------------------------------------------------
IDFA = {
    "title": "Salt", "category": "documentary", "genre": "essay", "logline": "word " * 50, "synopsis": "word " * 400,
    "description": "word " * 900, "stage": "development", "has_trailer": "yes",
    "trailer": {"url": "https://example.org/t", "password": "salt", "minutes": "3"},
}  # fmt: skip


def test_idfa_asks_for_one_kind_of_material_and_for_another_text_by_category() -> None:
    call, at = bring("idfa-forum")
    application = begin(call, at, **IDFA)
    assert lacking(application) == {}

    put(application, at, has_trailer="no")
    assert lacking(application) == {"previous_work": ["required_missing"]}
    put(application, at, stage="production")
    assert lacking(application) == {"scenes": ["required_missing"]}
    put(
        application,
        at,
        scenes={"url": "https://example.org/s", "minutes": "11"},
        category="crossmedia",
        logline="word " * 51,
    )
    assert lacking(application) == {
        "logline": ["too_long"], "crossmedia_description": ["required_missing"], "scenes": ["too_large"],
    }  # fmt: skip
    sent = content(dossier(application), version=1, by=application.lead, at=at)
    assert "trailer" not in {one["key"] for section in sent["sections"] for one in section["questions"]}


# --- Sundance, round one ---------------------------------------------------------------------------------------------
def test_sundance_takes_three_biographies_and_a_first_or_second_feature() -> None:
    call, at = bring("sundance-round-one")
    bio = {"name": "Aida", "role": "writer", "about": "Wrote."}
    application = begin(
        call, at, title="Salt", fiction="yes", features_before="1", logline="One sentence.", synopsis="Short.",
        cover_letter="word " * 500, artistic_statement="Why.", bios=[bio] * 3,
    )  # fmt: skip
    assert lacking(application) == {}
    assert [finding.outcome for _, finding in facts.findings(dossier(application))] == ["yes"]

    put(application, at, bios=[bio] * 4, cover_letter="word " * 501, features_before="2")
    assert lacking(application) == {"cover_letter": ["too_long"], "bios": ["too_many"]}
    assert [finding.outcome for _, finding in facts.findings(dossier(application))] == ["no"]


# --- CIFAS -----------------------------------------------------------------------------------------------------------
def test_cifas_counts_characters_with_spaces_and_asks_for_each_module() -> None:
    call, at = bring("cifas-academy")
    must, may = (str(one.pk) for one in call.edition.modules.order_by("order"))
    application = begin(call, at, motivation="а " * 1500, wants_bursary="no", dates=[must])
    cv = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    files.attach(application=application, question=make.question(call, "cv"), upload=cv, by=application.lead, at=at)
    assert lacking(application) == {}

    put(application, at, motivation="а " * 1500 + "а", wants_bursary="yes", dates=[may])
    assert lacking(application) == {
        "motivation": ["too_long"], "bursary_letter": ["required_missing"], "dates": ["module_missing"],
    }  # fmt: skip
    put(application, at, motivation="Why.", bursary_letter="Please.", dates=[must, may])
    sent = content(dossier(application), version=1, by=application.lead, at=at)
    [answer] = [one for one in shown_sections(sent)[0].answers if str(one.label) == "Modules you can attend"]
    assert list(answer.lines) == ["Academy", "Evening with alumni"]


# --- A team as the Biennale asks for ---------------------------------------------------------------------------------
def test_biennale_asks_a_team_of_two_in_two_languages_and_for_proven_money() -> None:
    call, at = bring("biennale-team")
    source = {"source": "Fund", "amount": "15000", "currency": "EUR", "status": "confirmed", "proof": "Contract"}
    rest = {"source": "Sales", "amount": "85000", "currency": "EUR", "status": "requested", "proof": ""}
    application = begin(
        call, at, title="Salt", runtime="60", statement={"en": "Why.", "ru": "Почему."}, finance_plan=[source, rest],
        rights_warranty=True,
    )  # fmt: skip
    assert "team" in lacking(application)
    TeamMember.objects.create(
        application=application, email="azamat@example.org", name="Azamat", role="producer", state="joined", invited_at=at,
        person=make.person("Azamat"), order=1,
    )  # fmt: skip
    assert lacking(application) == {}
    outcomes = {rule.code: finding.outcome for rule, finding in facts.findings(dossier(application))}
    assert outcomes == {"long-enough": "yes", "two-people": "yes", "financed": "yes"}

    put(application, at, statement={"en": "Why."}, finance_plan=[{**source, "amount": "14000"}, rest], runtime="59")
    assert lacking(application) == {"statement": ["language_missing"]}
    outcomes = {rule.code: finding.outcome for rule, finding in facts.findings(dossier(application))}
    assert outcomes == {"long-enough": "no", "two-people": "yes", "financed": "no"}
    told: Any = facts.facts(dossier(application)).values
    assert [told["project.finance.total"], told["project.finance.percent"]] == [99000.0, 14.1]
