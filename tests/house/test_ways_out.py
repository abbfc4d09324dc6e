"""Nobody who must not be named, and nothing restricted, gets out of a road map.

It is planted in every column and looked for in every answer that anybody gets, in letters, on the record, in logs, in kept
files.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.mail.models import Letter
from kinolab.impact.actions import links, making, remarks, steps
from kinolab.impact.domain.lifecycle import RoadMapStep
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.models import COLUMNS, TABLES, FollowingUp, FollowUp, PartnerLink, Remark, RoadMap
from kinolab.impact.queries import links as sealed
from kinolab.impact.queries import names, survey
from tests.house import world as worlds
from tests.house.doors import DOORS, WHO, YES, Door
from tests.house.ways_out import EACH, KEYS, plain, said, words_of
from tests.integration.impact.test_plan import whole_road_map
from tests.kit import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAME = "Жаркынай Ташматова"
# How it is said in texts: with endings, in Latin letters, in an address.
SAID = ("Жаркынайдын үйү", "жаркынай", "Zharkynay", "Jarkynaiga", "Ташматованын", "Tashmatova")
NEEDLES = ("жаркын", "zharkyn", "jarkyn", "ташматов", "tashmatov")
SECRETS = ("коркунуч777", "далил777", "сабак777", "колдоо777", "байланыш777")
OPEN = "ачыксөз"
SECRET = "k" * 32


def _texts(part: Part) -> Iterator[models.Field]:
    for name in COLUMNS[part]:
        column = TABLES[part]._meta.get_field(name)
        if isinstance(column, models.CharField | models.TextField) and not column.choices and name != "country":
            yield column


def _fill(road_map: RoadMap, *, named: bool) -> None:
    """Something open in every text column of every row, and beside it a name where `named`; then what is restricted."""
    whole_road_map(road_map)
    for part in Part:
        for row in TABLES[part].objects.filter(road_map=road_map):
            for number, column in enumerate(_texts(part)):
                if part is Part.PROTECTED and column.name == "code":
                    continue
                who = SAID[number % len(SAID)] if named else ""
                if isinstance(column, models.URLField):
                    said = f"https://example.org/{OPEN if not named else 'zharkynay'}"
                elif column.name == "sdg_indicator":
                    said = ""
                else:
                    said = f"{OPEN} {part} {who}".strip()[: column.max_length]
                setattr(row, column.name, said)
            for name, value in {"sensitivity": "public", "consent_ok": True, "safe_to_name": True}.items():
                try:
                    row._meta.get_field(name)
                except FieldDoesNotExist:
                    continue
                setattr(row, name, value)
            row.save()
    TABLES[Part.RISK].objects.filter(road_map=road_map).update(sensitivity="restricted")
    TABLES[Part.PROTECTED].objects.filter(road_map=road_map).update(marks=list(names.marks(NAME)))
    _restrict(road_map, named=named)


def _file(name: str, words: str) -> StoredFile:
    content = words.encode()
    return StoredFile.objects.create(
        name=name, kind="csv", content_type="text/csv", size=len(content), sha256=hashlib.sha256(content).hexdigest(),
        blob=ContentFile(content, "file"), created_at=timezone.now(),
    )  # fmt: skip


def _restrict(road_map: RoadMap, *, named: bool) -> None:
    """What stays inside, under words that stand nowhere else."""
    now = timezone.now()
    risk, proof, lesson, support, contact = SECRETS

    def add(part: Part, **values: Any) -> Any:
        return TABLES[part].objects.create(road_map=road_map, changed_at=now, **values)

    add(Part.RISK, title=risk, mitigation=risk, owner=risk)
    hidden = add(Part.EVIDENCE, title=proof, describes=proof, file=_file(f"{proof}.csv", proof))
    add(
        Part.EVIDENCE,
        title=OPEN,
        sensitivity="public",
        consent_ok=True,
        file=_file(f"{SAID[0] if named else OPEN}.csv", OPEN),
    )
    add(Part.LEARNING, what_changed=lesson, contribution=lesson, decision=lesson, sensitivity="restricted")
    add(Part.PROTECTED, code="P2", consent_scope=support, support_plan=support, contact_channel=support)
    add(Part.PARTNER, organisation=f"{contact} үйү", contact=contact, safe_to_name=False)
    period = TABLES[Part.PERIOD].objects.filter(road_map=road_map).first()
    value = add(Part.ACTUAL, period=period, value=Decimal(7), approved_at=now)
    value.evidence.add(hidden)


def _planted(*, named: bool) -> worlds.World:
    world = worlds.build()
    road_map, now = world.road_map, timezone.now()
    _fill(road_map, named=named)
    if named:
        road_map.title = f"{OPEN} Жаркынайдын суусу"
    road_map.level = "public"
    road_map.save()
    for step in (Step.GOALS, Step.SAFETY):
        text = SECRETS[0] if step is Step.SAFETY else f"{OPEN} {SAID[2] if named else ''}"
        Remark.objects.create(road_map=road_map, path_step=step.value, text=text, at=now, asks=True)
    PartnerLink.objects.create(
        road_map=road_map, label=f"Link {NAME}", sealed=sealed.seal(SECRET), made_at=now, made_by=world.people["author"],
        expires_at=now + timedelta(days=9),
    )  # fmt: skip
    FollowingUp.objects.create(programme=world.programme, report_public=True, changed_at=now)
    FollowUp.objects.create(
        programme=world.programme, person=world.people["author"], kind="survey", digest=survey.digest_of(SECRET),
        made_at=now, expires_at=now + timedelta(days=9),
    )  # fmt: skip
    return world


# --- Every door ----------------------------------------------------------------------------------------------------------------
def _addresses(door: Door, world: worlds.World) -> Iterator[str]:
    """The address of a door, for each value of the arguments that say through whose eyes."""
    varied = KEYS[door.name](world, SECRET) if door.name in KEYS else [door.address(world)]
    for name, values in EACH.items():
        if varied and name in varied[0]:
            varied = [one | {name: value} for one in varied for value in values]
    for one in varied:
        yield reverse(door.name, kwargs=one)


RECORD = ("desk:edition", "desk:record", "desk:record_export", "sitemap")
ROUTES = [door for door in DOORS if door.name.startswith("impact:") or door.name in RECORD]
# For whom the pages of the team itself are no way out.
INSIDE = frozenset({"author"})
# What the team takes away or shows: looked at with the team's own eyes too.
PAPERS = ("impact:paper", "impact:shown_paper", "impact:paper_with_link")
TAKEN_AWAY = ("impact:paper", "impact:poster_picture", "impact:preview")


def _who(door: Door) -> list[str]:
    """Whoever gets something there, and a visitor anyway: what the little world hides is shown in this one."""
    heard = {who for who in WHO if door.answers[who] == YES and who not in INSIDE}
    if "coordinator" in heard:
        heard.discard("owner")  # the lab looks through the same eyes
    heard |= {"coordinator"} if door.name in KEYS else set()
    return sorted({"visitor", *heard, *(INSIDE if door.name in TAKEN_AWAY else ())})


def _doors(*, named: bool) -> list[Door]:
    """Every door; and once more what is shut while a name stands anywhere. Questions first, then what changes something."""
    shut = _open_to_all() | {door.name for door in ROUTES if door.name.startswith("impact:programme_report")}
    return sorted((door for door in ROUTES if named or door.name in shut), key=lambda door: door.method)


def _heard(world: worlds.World, *, named: bool) -> Iterator[tuple[str, str, str, int]]:
    """What everybody is answered at the doors: door, who, words, status."""
    clients = {who: client_of(world.people[who]) for who in WHO}
    for door in _doors(named=named):
        for who in _who(door):
            for address in _addresses(door, world):
                with transaction.atomic():
                    response = getattr(clients[who], door.method)(address, door.data(world))
                    yield door.name, who, words_of(response), response.status_code
                    transaction.set_rollback(True)


def _open_to_all() -> set[str]:
    """Questions that need no account: each must have answered something here."""
    views = {f"impact:{one.name}": one.callback for one in get_resolver("kinolab.impact.urls").url_patterns}
    asked = {door.name for door in ROUTES if door.method == "get"}
    return {name for name in asked & views.keys() if not getattr(views[name], "login_required", True)}


def _searched(text: str, needles: tuple[str, ...]) -> list[str]:
    return [one for one in needles if one in text]


@pytest.mark.parametrize("named", [True, False], ids=["names everywhere", "nothing unsafe"])
def test_what_must_not_be_said_when_anybody_looks_anywhere_is_said_nowhere(
    named: bool, caplog: pytest.LogCaptureFixture
) -> None:
    world = _planted(named=named)
    caplog.set_level(logging.DEBUG)
    outside = (*NEEDLES, *SECRETS[:4])

    found, seen, answered = [], {}, {}
    for door, who, words, status in _heard(world, named=named):
        # The lab works with partners whom it names to nobody else; on paper they are not even for the lab.
        strangers = door in PAPERS or who in {"visitor", "stranger"}
        needles = (*outside, SECRETS[4]) if strangers else outside
        found += [(door, who, one) for one in _searched(words, needles)]
        if who == "visitor":
            answered.setdefault(door, set()).add(status)
        if status == 200:
            seen.setdefault(door, set()).add(OPEN in words)

    assert found == []
    if not named:
        shut = {name for name in _open_to_all() if 200 not in answered[name]}
        assert shut == set(), "nobody looks through these: say in tests/house/ways_out.py, KEYS, how they are opened"
    public = {"impact:shown", "impact:shown_paper", "impact:with_link", "impact:paper_with_link"}
    lab = {"impact:whole", "impact:step", "impact:paper", "impact:preview", "impact:evidence_file"}
    # Where a name stands anywhere nobody outside sees anything; where none does, all of it is there.
    assert public & seen.keys() == (set() if named else public)
    told = {door for door, said in seen.items() if True in said}
    assert told >= (lab if named else public)
    kept = list((Path(settings.KINOLAB_DATA) / "road-maps" / world.road_map.code).iterdir())
    on_disk = plain(" ".join([*(path.name for path in kept), *(said(path.read_bytes()) for path in kept)]))
    assert _searched(on_disk, (*NEEDLES, *SECRETS)) == []
    assert _searched(plain(caplog.text), (*NEEDLES, *SECRETS)) == []


def test_what_must_not_be_said_when_letters_and_the_record_tell_is_said_nowhere() -> None:
    world = _planted(named=True)
    road_map, now, author, owner = world.road_map, timezone.now(), world.people["author"], world.people["owner"]
    assert author is not None
    assert owner is not None
    making.add_tutor(road_map=road_map, email="tutor@example.org", by=owner, at=now)
    steps.take(road_map=road_map, step=RoadMapStep.HAND_IN, by=author, at=now)
    remarks.remark(road_map=road_map, path_step=Step.GOALS, text=SAID[0], asks=True, by=owner, at=now)
    steps.take(road_map=road_map, step=RoadMapStep.ASK_REVISION, by=owner, at=now)
    links.opened(link=PartnerLink.objects.get(), at=now)
    client_of(author).post(
        reverse("impact:save_row", kwargs={"code": road_map.code, "part": "risk", "number": TABLES[Part.RISK].objects.first().pk}),
        {"field": f"risk-{TABLES[Part.RISK].objects.first().pk}-title", "value": SAID[1], "version": 1, "run": "a"},
    )  # fmt: skip

    letters = [f"{one.subject} {one.body}" for one in Letter.objects.all()]
    record = [json.dumps([one.label, one.before, one.after], ensure_ascii=False) for one in Entry.objects.all()]

    assert len(letters) >= 3
    assert {one.verb for one in Entry.objects.all()} >= {"added_tutor", "took_step", "remarked", "opened_link"}
    said = plain(" ".join([*letters, *record]))
    assert _searched(said, (*NEEDLES, *SECRETS)) == []
