"""What became of people and films: five outcomes that were reported, as they were reported; the rest is invented and says so."""

from datetime import date, datetime, timedelta
from typing import Any

from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.foundation.people.models import Person
from kinolab.impact.actions import outcomes
from kinolab.impact.domain.vocabularies import OutcomeKind
from kinolab.labs.models import Edition

# As the announcement of Impact Lab 2024 tells them: which edition, and when, it does not say.
SOURCE = "Impact Lab 2024: Кыргызча кулактандыруу; анын англисче окшошу бул даректе"
SOURCE_URL = "https://alternativa.film/news/8.html"
REPORTED: tuple[tuple[str, OutcomeKind, str, int | None, str], ...] = (
    ("Daniel Berger", OutcomeKind.EXTERNAL_PROGRAMME_SELECTED, "Fiction Toolbox, European Film Market", None, ""),
    ("Banu Ramazanova", OutcomeKind.EXTERNAL_PROGRAMME_SELECTED, "Doc Toolbox, European Film Market", None, ""),
    ("Diana Zhilkenova", OutcomeKind.MARKET_ACCREDITATION, "European Film Market", None, ""),
    ("Elier Nemat", OutcomeKind.MARKET_ACCREDITATION, "European Film Market", None, ""),
    (
        "Asel Aushakimova", OutcomeKind.PITCH_AWARD, "Talent Project Market pitching, Berlinale", 2,
        "Булакта Impact Lab деп айтылат, жылы айтылбайт.",
    ),
)  # fmt: skip


def _record(edition: Edition | None, of: Edition, about: dict[str, Any], by: Person, at: datetime, **said: Any) -> Any:
    return outcomes.record(programme=of.programme, edition=edition, about=about, values=said, by=by, at=at)


def build_reported(edition: Edition, at: datetime) -> None:
    """The five outcomes of the labs of 2023 and 2024, public as they were reported."""
    owner = Person.objects.get(email=people.ORGANISER.email)
    for name, kind, title, rank, note in REPORTED:
        made = _record(
            None, edition, {"name": name}, owner, at, kind=kind.value, title=title, rank=rank, source=SOURCE,
            source_url=SOURCE_URL, note=note,
        )  # fmt: skip
        outcomes.verify(outcome=made, by=owner, at=at)
        outcomes.publish_known(outcome=made, by=owner, at=at)


def build_invented(call: Call, when: Dates) -> None:
    """Of the invented lab: one published, one that waits for its team, one of the edition; alumni are asked each year."""
    owner = Person.objects.get(email=people.ORGANISER.email)
    director = Person.objects.get(email=people.DIRECTOR.email)
    film = Application.objects.get(call=call, lead=director)
    edition, at = call.edition, when.now - timedelta(days=30)
    outcomes.switch(programme=edition.programme, surveys=True, report_public=True, by=owner, at=at)
    shown = _record(
        edition, edition, {"film": film}, owner, at, kind="festival_selection", title="«Жайлоо» кинофестивалы (ойдон)",
        on=at.date(), precision="month", place="Нарын", country="KG", source="Фестивалдын каттоосу (ойдон)",
    )  # fmt: skip
    outcomes.verify(outcome=shown, by=owner, at=at)
    outcomes.answer(outcome=shown, agrees=True, by=director, at=at + timedelta(days=1))
    _record(
        edition, edition, {"person": director}, owner, at, kind="funding", title="Ачык кино фонду (ойдон)",
        on=date(at.year, 1, 1), precision="year", country="KG",
    )  # fmt: skip
    seen = _record(
        edition, edition, {"edition_itself": True}, owner, at, kind="policy_change",
        title="Эки айылдык кеңеш кезек тактасын милдеттүү кылды (ойдон)", on=at.date(), precision="month", country="KG",
        source="Кеңештердин чечимдери (ойдон)",
    )  # fmt: skip
    outcomes.verify(outcome=seen, by=owner, at=at)
    outcomes.publish_known(outcome=seen, by=owner, at=at)
