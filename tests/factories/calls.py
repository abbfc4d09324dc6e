"""Calls: an open call with a form, rules and criteria. Minimal, silent, plain."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from kinolab.calls.models import Call, Criterion, Rule
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.labs.models import Edition
from tests.factories import labs
from tests.factories.labs import NOW, text
from tests.factories.rows import kept

OPENS = NOW - timedelta(days=20)
CLOSES = NOW + timedelta(days=10)
COUNTRIES = {"code": "countries", "scope": "project", "field": "country", "op": "in", "value": ["KG", "KZ"]}


def form(*keys: str, frozen_at: datetime | None = None) -> Form:
    """A form of one section with a line of text per key (a title, unless told otherwise)."""
    made = kept(Form(name="Form", frozen_at=frozen_at))
    section = kept(Section(form=made, order=1, key="project", title=text("Project")))
    for order, key in enumerate(keys or ("title",), start=1):
        kept(Question(section=section, order=order, key=key, kind="text", label=text(key.title())))
    return made


def rule(of: Call, definition: dict[str, Any] | None = None) -> Rule:
    """A rule of the call: the project's country, unless told otherwise."""
    given = definition or COUNTRIES
    return kept(Rule(
        call=of, order=of.rules.count() + 1, code=given["code"], definition=given, sentence=text(given["code"]),
        question=text("Well?"), refusal=text("No."),
    ))  # fmt: skip


def criterion(of: Call, code: str = "story", weight: int = 1) -> Criterion:
    """A criterion of the call."""
    return kept(Criterion(call=of, order=of.criteria.count() + 1, code=code, name=text(code.title()), weight=weight))


def open_call(
    edition: Edition | None = None,
    *,
    opens: datetime | None = OPENS,
    closes: datetime | None = CLOSES,
    form: Form | None = None,
    rules: Iterable[dict[str, Any]] = (),
    criteria: Iterable[str] = ("story",),
    published: bool = True,
    **fields: Any,
) -> Call:
    """A complete call of the edition, open at NOW."""
    defaults: dict[str, Any] = {
        "headline": text("Open call"), "lead": text("Apply"), "privacy": text("Kept safe"), "timezone": "Asia/Bishkek",
        "languages": ["ky", "ru", "en"], "answer_languages": ["ky", "ru", "en"], "roles": ["director", "producer"],
        "published_at": NOW - timedelta(days=30) if published else None, "contact_email": "lab@example.org",
    }  # fmt: skip
    made = kept(Call(
        edition=edition or labs.edition(), opens_at=opens, closes_at=closes, form=form or globals()["form"](),
        **(defaults | fields),
    ))  # fmt: skip
    for definition in rules:
        rule(made, definition)
    for code in criteria:
        criterion(made, code)
    return made


def draft_call(edition: Edition | None = None, **fields: Any) -> Call:
    """A complete call that nobody has published and that opens in a while."""
    soon = {"opens": NOW + timedelta(days=5), "closes": NOW + timedelta(days=40), "published": False}
    return open_call(edition, **(soon | fields))
