"""Quotas and letters from the first day; after reading, decisions; at last, the announcement."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.demonstration import people
from kinolab.demonstration.dates import ZONE, Dates
from kinolab.demonstration.invention import GENDERS, Inventor
from kinolab.demonstration.world import Progress
from kinolab.foundation.people.models import Person
from kinolab.selection.actions import announcing, deciding, letters, quotas
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.queries import facts
from kinolab.selection.queries import letters as letter_queries

# dimension, value, at least, at most
QUOTAS = (
    ("country", "KG", 3, None),
    ("country", "KZ", 2, 5),
    ("country", "UZ", 2, None),
    ("country", "TJ", 1, None),
    ("country", "TM", 1, None),
    ("kind", "feature_fiction", 3, 6),
    ("gender", "\n".join(sorted(woman for woman, _man in GENDERS.values())), 4, None),
)
SMALLEST_SLATE, WAITING, SESSIONS = 2, 6, 5
RATIONALES = {
    Outcome.SELECTED: (
        "Сильная история и ясный план показов. Ридеры согласны.",
        "Лаборатория изменит этот проект больше других.",
        "Проблема названа точно, команда уже работает с теми, кто может её решить.",
    ),
    Outcome.WAITLIST: (
        "Близко к отбору; не хватает ясности, для кого фильм.",
        "Берём, если освободится место.",
    ),
    Outcome.HOLD: ("Оценки разошлись, нужно обсудить вместе.",),
}
ELSEWHERE = "Берём в другой секции, второго места не нужно."
THANKS = {
    "ky": "Өтүнмө бергендердин баарына рахмат. Ар бир өтүнмөнү эки окурман окуп чыкты.",
    "ru": "Спасибо всем, кто подал заявку. Каждую прочли два ридера.",
    "en": "Thank you to everybody who applied. Two readers read each application.",
}


def build_quotas_and_letters(call: Call, when: Dates) -> None:
    """What the lab wants of its slate, and the letters for every outcome, before the call opens."""
    owner, at = Person.objects.get(email=people.ORGANISER.email), when.opens - timedelta(days=14)
    for dimension, value, minimum, maximum in QUOTAS:
        quotas.add_quota(
            edition=call.edition, dimension=dimension, value=value, minimum=minimum, maximum=maximum, by=owner, at=at
        )
    letters.fill_with_ours(edition=call.edition, by=owner, at=at + timedelta(hours=1))


def build_decisions(call: Call, when: Dates, inventor: Inventor, progress: Progress, *, finished: bool) -> None:
    """Decide: all of it and announce, or the clear cases, with some on hold and many still undecided."""
    outcomes = list(_outcomes(call, finished=finished))
    times = _times(when, len(outcomes))
    deciders = [Person.objects.get(email=one.email) for one in (people.JUROR, people.ORGANISER, people.JUROR)]
    with transaction.atomic():
        for place in progress(range(len(outcomes)), "decisions"):
            application, outcome = outcomes[place]
            _decide(application, outcome, inventor.dice.choice(deciders), times[place], inventor)
    if finished:
        _announce(call, when)


def _times(when: Dates, number: int) -> list[datetime]:
    """So many instants in the mornings and afternoons of five days after reading."""
    first = datetime.combine((when.reading_ends + timedelta(days=1)).date(), time(10), ZONE)
    each_day = max(1, -(-number // SESSIONS))
    pause = timedelta(hours=7) / each_day
    return [first + timedelta(days=place // each_day) + pause * (place % each_day) for place in range(number)]


def _outcomes(call: Call, *, finished: bool) -> Iterator[tuple[Application, Outcome]]:
    """Who gets what, in the order in which it is decided: the ineligible, the slate, the waiting list, the others."""
    rows = list(call.applications.filter(stage=Stage.SUBMITTED.value).select_related("lead").order_by("number"))
    for one in rows:
        one.call = call
    eligible = [one for one in rows if one.checked != "ineligible"]
    ranked = sorted(eligible, key=lambda one: (-(one.score or 0), one.spread or 0, one.number or 0))
    slate = _slate(call, ranked)
    others = [one for one in ranked if one not in slate]
    yield from ((one, Outcome.INELIGIBLE) for one in rows if one.checked == "ineligible")
    if finished:
        yield from ((one, Outcome.SELECTED) for one in slate)
        yield from ((one, Outcome.WAITLIST) for one in others[:WAITING])
        yield from ((one, Outcome.REJECTED) for one in others[WAITING:])
        return
    clear = max(1, len(slate) * 2 // 3)
    yield from ((one, Outcome.SELECTED) for one in slate[:clear])
    yield from ((one, Outcome.WAITLIST) for one in others[:2])
    yield from ((one, Outcome.HOLD) for one in others[2:4])
    yield from ((one, Outcome.REJECTED) for one in others[max(5, len(others) // 2) :])


def _slate(call: Call, ranked: Sequence[Application]) -> list[Application]:
    """The best, once every country has its least: the film of the cast is among them by its readings."""
    places = min(call.edition.capacity_projects or 12, max(SMALLEST_SLATE, len(ranked) // 4))
    chosen = [one for one in ranked if one.lead.email == people.DIRECTOR.email]
    for dimension, value, minimum, _ in QUOTAS:
        if dimension == "country":
            have = sum(one.country == value for one in chosen)
            chosen += [one for one in ranked if one.country == value and one not in chosen][: max(0, minimum - have)]
    chosen += [one for one in ranked if one not in chosen]
    return chosen[:places]


def _decide(application: Application, outcome: Outcome, by: Person, at: datetime, inventor: Inventor) -> None:
    said = RATIONALES.get(outcome)
    first, *others = facts.standing(Application.objects.filter(pk=application.pk)).order_by("strand__order")
    first.application = application
    deciding.decide(
        candidacy=first,
        outcome=outcome,
        by=by,
        at=at,
        rationale=inventor.dice.choice(said) if said else "",
        feedback=outcome in (Outcome.WAITLIST, Outcome.REJECTED) and inventor.dice.random() < 0.6,
    )
    taken = outcome is Outcome.SELECTED
    for other in others:
        other.application = application
        deciding.decide(
            candidacy=other,
            outcome=Outcome.REJECTED if taken else outcome,
            by=by,
            at=at + timedelta(minutes=4),
            rationale=ELSEWHERE if taken else "",
        )


def _announce(call: Call, when: Dates) -> None:
    owner, edition = Person.objects.get(email=people.ORGANISER.email), call.edition
    decided = list(letter_queries.decided(edition))
    going = sum(one.goes for one in letter_queries.rendered(edition, decided))
    made = announcing.announce(edition=edition, letters=going, by=owner, at=when.announced, note=THANKS)
    announcing.write_letters(announcement=made, at=when.announced + timedelta(seconds=20))
