"""Calls as visitors meet them: minimal, silent, plain."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from kinolab.calls.models import Call, Cover, Faq, Rule, Strand
from kinolab.labs.models import Edition, Module, Organisation, Programme, Tutor

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
OPENS = NOW - timedelta(days=20)
CLOSES = datetime(2026, 9, 11, 17, 59, tzinfo=UTC)  # 23:59 in Bishkek
PAGE = "/en/labs/impact-lab/2026/"


def everywhere(words: str) -> dict[str, str]:
    return {tag: f"{words} ({tag})" for tag in ("ky", "ru", "en")}


def a_call(**fields: Any) -> Call:
    """An open call of Impact Lab 2026, in Bishkek, closing on 11 September at 23:59."""
    organisation, _ = Organisation.objects.get_or_create(
        slug="tunduk", defaults={"name": everywhere("Tunduk"), "contact_email": "labs@example.org"}
    )
    programme, _ = Programme.objects.get_or_create(
        slug="impact-lab", organisation=organisation, defaults={"name": {"en": "Impact Lab"}}
    )
    own = {name: fields.pop(name) for name in list(fields) if name in EDITION_FIELDS}
    slug = own.pop("slug", "2026")
    edition = Edition.objects.create(
        **{
            "programme": programme,
            "slug": slug,
            "name": {"en": f"Impact Lab {slug}"},
            "city": everywhere("Bishkek"),
            "country": "KG",
            "starts_on": date(2026, 11, 26),
            "ends_on": date(2026, 12, 1),
            **own,
        }
    )
    return Call.objects.create(
        **{
            "edition": edition,
            "headline": everywhere("What will it change?"),
            "lead": everywhere("Six days"),
            "who": everywhere("Directors and producers"),
            "privacy": everywhere("Readers only"),
            "languages": ["ky", "ru", "en"],
            "answer_languages": ["ky", "ru", "en"],
            "timezone": "Asia/Bishkek",
            "opens_at": OPENS,
            "closes_at": CLOSES,
            "grace_minutes": 10,
            "results_on": date(2026, 10, 1),
            "results_precision": "early_month",
            "published_at": OPENS,
            **fields,
        }
    )


EDITION_FIELDS = {"slug", "city", "country", "starts_on", "ends_on", "starts_precision", "ends_precision", "cancelled_at",
                  "dye", "mode", "programme", "name"}  # fmt: skip


def a_rule(call: Call, code: str, question: str = "?", **definition: Any) -> Rule:
    """A rule with a sentence, a question and a refusal that name it."""
    return Rule.objects.create(
        call=call,
        order=call.rules.count(),
        code=code,
        definition={"code": code, **definition},
        sentence=everywhere(f"Rule {code}"),
        question=everywhere(f"Question {code}") if question else {},
        refusal=everywhere(f"Refusal {code}"),
    )


def the_usual_rules(call: Call) -> None:
    """A choice, a number, a combination, a yes or no, and one that only the lab's records can answer."""
    a_rule(call, "country", scope="person", field="country", op="in", value=["KZ", "KG"])
    a_rule(call, "films", scope="person", field="films_made", op="gte", value=1)
    a_rule(
        call,
        "stage",
        scope="project",
        op="any_of",
        children=[
            {"scope": "project", "field": "stage", "op": "in", "value": ["edit"]},
            {"scope": "project", "field": "year", "op": "between", "value": [2025, 2026]},
        ],
    )
    a_rule(call, "present", scope="application", field="available", op="exists")
    a_rule(call, "once", question="", scope="history", field="attempts", op="max_attempts", value=2)


def more(call: Call) -> None:
    """One more of everything that a page lists."""
    number = call.covers.count()
    Cover.objects.create(call=call, order=number, text=everywhere(f"Cover {number}"))
    Cover.objects.create(call=call, order=number, covered=False, text=everywhere(f"Own {number}"))
    Faq.objects.create(call=call, order=number, question=everywhere(f"Why {number}"), answer=everywhere("So"))
    Strand.objects.create(call=call, order=number, slug=f"s{number}", name=everywhere(f"Strand {number}"))
    a_rule(call, f"rule{number}", scope="person", field=f"f{number}", op="exists")
    Tutor.objects.create(edition=call.edition, order=number, name=f"Tutor {number}")
    Module.objects.create(
        edition=call.edition, order=number, name=everywhere(f"Module {number}"), timezone="Asia/Bishkek",
        starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 27), city=everywhere("Osh"), country="KG",
    )  # fmt: skip
