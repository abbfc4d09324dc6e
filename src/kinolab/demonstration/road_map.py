"""The road map of the cast's film: drawn up with a tutor, revised; in the last stage carried out. All of it is invented."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.demonstration.world import person_of
from kinolab.foundation.people.models import Person
from kinolab.impact.actions import making, remarks, reporting, rows, steps
from kinolab.impact.actions.reporting import Seen
from kinolab.impact.domain.lifecycle import RoadMapStep
from kinolab.impact.domain.parts import SINGLE, Part, Step
from kinolab.impact.domain.reporting import Span
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import Report, RoadMap, Row
from kinolab.impact.queries import reporting as queries
from kinolab.impact.queries.library import library
from kinolab.impact.queries.plan import single_row


class _Writer:
    """Writes rows for one person, a few minutes apart."""

    def __init__(self, road_map: RoadMap, by: Person, at: datetime) -> None:
        self.road_map, self.by, self.at = road_map, by, at

    def add(self, part: Part, names: str = "", **values: Any) -> Row:
        """Add a row, or fill the only one."""
        self.at += timedelta(minutes=3)
        if part not in SINGLE:
            return rows.add_row(road_map=self.road_map, part=part, values=values, names=names, by=self.by, at=self.at)
        row = single_row(self.road_map, part)
        saved = rows.save_row(
            road_map=self.road_map, part=part, number=row.pk, values=values, version=row.version, by=self.by, at=self.at
        )
        return saved.row

    def take(self, step: RoadMapStep, by: Person, days: int = 1) -> None:
        """Take a step some days later."""
        self.at += timedelta(days=days)
        steps.take(road_map=self.road_map, step=step, by=by, at=self.at)


def build_road_map(call: Call, when: Dates, *, carried_out: bool) -> None:
    """Make it for the cast's film, once that is chosen, and let the team write."""
    owner = Person.objects.get(email=people.ORGANISER.email)
    director = Person.objects.get(email=people.DIRECTOR.email)
    film = Application.objects.select_related("call__edition__programme__organisation").get(call=call, lead=director)
    tutor = person_of(people.TUTOR, when.announced)
    _template(call, owner, when.announced + timedelta(hours=3))
    made = making.make(edition=call.edition, application=film, by=owner, at=when.announced + timedelta(hours=4))
    making.add_tutor(
        road_map=made, email=tutor.email, name=tutor.name, language=tutor.language, by=owner,
        at=when.announced + timedelta(hours=5),
    )  # fmt: skip
    writer = _Writer(made, director, when.announced + timedelta(hours=6))
    writer.take(RoadMapStep.BEGIN, director, days=0)
    periods = _plan(writer, (when.starts + timedelta(days=20)).date())
    writer.at = min(writer.at, when.now - timedelta(hours=5))
    writer.take(RoadMapStep.HAND_IN, director, days=0)
    remarks.remark(
        road_map=made, path_step=Step.AUDIENCES, asks=True, by=tutor, at=writer.at + timedelta(hours=1),
        text="Каршы тургандар менен көрсөтүүгө чейин ким сүйлөшөт? Аларсыз бул тизме өз кишилериңиздин тизмеси болуп калат.",
    )  # fmt: skip
    writer.at += timedelta(hours=2)
    writer.take(RoadMapStep.ASK_REVISION, tutor, days=0)
    if carried_out:
        _carry_out(writer, periods, director, tutor, owner, when)


def _template(call: Call, owner: Person, at: datetime) -> None:
    """What road maps of the programme begin with: an indicator of each dynamic, ready to be written over."""
    made = making.make_template(
        edition=call.edition, title="Импакт-лаборатория: башталышы", language="ky", by=owner, at=at
    )  # fmt: skip
    w = _Writer(made, owner, at)
    w.add(Part.AUDIENCE, name="Чечим кабыл алгандар", kind="key_agent")
    w.add(Part.AUDIENCE, name="Каршы тургандар", kind="key_agent", stance="opponent")
    goals = (
        ("Адамдар маселени башкача көрөт", "minds", "agreeing"),
        ("Адамдар башкача иш кылат", "behaviours", "pledges_kept"),
        ("Бири-бирин тапкандар чогуу улантат", "communities", "groups_meeting"),
        ("Эреже же бюджет өзгөрөт", "structures", "budget_lines"),
    )
    for goal, dynamic, ready in goals:
        row = w.add(Part.GOAL, goal=goal, dynamic=dynamic)
        result = w.add(Part.RESULT, title=goal, goal=row.pk, kind="outcome")
        w.add(Part.INDICATOR, result=result.pk, **library()[ready].initial("ky"))


def _plan(w: _Writer, start: date) -> list[Row]:
    def day(number: int) -> date:
        return start + timedelta(days=number)

    w.add(
        Part.ISSUE, title="Нарын облусунун 40 айылында арыктагы суу кезек менен келет, бирок кезек эч жерде жазылган эмес.",
        statement="Сугат талашы — коңшулардын мушташынын биринчи себеби. Аны эркектер түнкүсүн, күбөсүз чечишет.",
        why_now="Эки жылдан бери өзөндө суу азайып баратат, кезек узарууда.",
    )  # fmt: skip
    w.add(Part.PLACE, name="Нарын облусу", country="KG")
    w.add(Part.GROUP, name="Сугат суусуна көз каранды үй-бүлөлөр", size=9400)
    w.add(Part.CAUSE, text="Кезек мурабдын эсинде гана турат.")
    w.add(Part.CAUSE, text="Кыздар менен аялдар бөлүштүрүүгө чакырылбайт.")
    w.add(Part.SDG, code="6.b")
    w.add(Part.SDG, code="5.5")
    w.add(Part.SOURCE, title="Айылдардагы сурамжылоо (ойдон чыгарылган)")
    w.add(Part.VISION, statement="Ар бир айылда суу кезеги баарына көрүнөт, аны аял да бөлө алат.", horizon=day(900))
    w.add(Part.STORY, known="hidden", mood="divided", notes="Сугат талашы жөнүндө үйдө айтылат, чогулушта айтылбайт.")
    goals = _goals(w)
    masters, council, _opponents = _audiences(w)
    union = w.add(Part.PARTNER, organisation="Суу пайдалануучулар бирикмеси (ойдон)", role="ngo", contributes="Арыктардын тизмеси",
                  agreement="mou", safe_to_name=True)  # fmt: skip
    hidden = w.add(Part.PARTNER, organisation="Талаа үнү", role="community", contributes="Айылга кирүү жолу", agreement="verbal",
                   contact="Насаатчы аркылуу гана", safe_to_name=False)  # fmt: skip
    show = w.add(Part.ACTIVITY, title="Нарындагы премьера", goal=goals[0].pk, kind="screening", audience=masters.pk,
                 owner="Азамат", starts_on=day(0), ends_on=day(60), place="Нарын", progress="done")  # fmt: skip
    tour = w.add(Part.ACTIVITY, title="Мураб менен көрсөтүүлөр, 24 айыл", goal=goals[0].pk, kind="screening",
                 audience=masters.pk, starts_on=day(61), ends_on=day(260), progress="running", depends_on=[show.pk],
                 partners=[union.pk, hidden.pk])  # fmt: skip
    w.add(Part.ACTIVITY, title="Радио пьеса, 6 бөлүм", goal=goals[0].pk, kind="media", starts_on=day(261), ends_on=day(420),
          depends_on=[tour.pk])  # fmt: skip
    board = w.add(Part.ACTIVITY, title="Мектеп менен үлгү такта", goal=goals[1].pk, kind="workshop", starts_on=day(30),
                  ends_on=day(150), progress="done", depends_on=[show.pk])  # fmt: skip
    w.add(Part.ACTIVITY, title="12 айылда тактайлар", goal=goals[1].pk, kind="campaign", starts_on=day(151),
          ends_on=day(330), progress="running", depends_on=[board.pk])  # fmt: skip
    w.add(Part.ACTIVITY, title="Он кыздын кат алышуусу", goal=goals[2].pk, kind="online", starts_on=day(120), ends_on=day(300),
          progress="running")  # fmt: skip
    w.add(Part.ACTIVITY, title="Кеңештин жабык көрсөтүүсү", goal=goals[3].pk, kind="lobbying", audience=council.pk,
          starts_on=day(60), ends_on=day(140), progress="done")  # fmt: skip
    w.add(Part.ACTIVITY, title="Жумушчу топ жана кеңештин чечими", goal=goals[3].pk, kind="lobbying", audience=council.pk,
          starts_on=day(300), ends_on=day(560))  # fmt: skip
    w.add(Part.WINDOW, kind="community", territory="Нарын облусу", starts_on=day(0), ends_on=day(420), rights_confirmed=True,
          purpose="Адегенде тиешеси барлар көрөт.")  # fmt: skip
    w.add(Part.WINDOW, kind="tv", territory="Кыргызстан", starts_on=day(430), hold_back_until=day(425))
    w.add(Part.MONEY, currency="USD", contingency=Decimal(5))
    w.add(Part.LINE, label="Көчмө проектор жана экран", activity=tour.pk, unit_cost=Decimal(2400), currency="USD",
          source="Фонд (ойдон)", funding="secured")  # fmt: skip
    w.add(Part.LINE, label="Жол, 24 айыл", activity=tour.pk, quantity=Decimal(24), unit_cost=Decimal(60), currency="USD",
          source="Лаборатория", funding="requested")  # fmt: skip
    w.add(Part.LINE, label="Тактайлар", activity=board.pk, quantity=Decimal(12), unit_cost=Decimal(45), currency="USD",
          source="Айыл өкмөттөрү", funding="planned")  # fmt: skip
    w.add(Part.MILESTONE, title="Биринчи айылда такта илинди", on=day(150), activities=[board.pk],
          evidence_required="Күнү жана жери белгиленген сүрөт")  # fmt: skip
    w.add(Part.RISK, title="Кезекти ачыктаган кызга үй-бүлөсү ачууланышы мүмкүн", who="protagonist", kind="emotional", likelihood=3,
          severity=4, mitigation="Көрсөтүүгө чейин үй-бүлө менен үч жолу сүйлөшүү.", owner="Мээрим")  # fmt: skip
    w.add(Part.PROTECTED, code="P1", anonymity="masked", consent="limited", consent_scope="Бет жана үн көрсөтүлбөйт.",
          support_plan="Мектептин психологу", names="Жаркынай Ташматова")  # fmt: skip
    return _results(w, goals, day)


def _goals(w: _Writer) -> list[Row]:
    said = (
        ("Кезек эсте гана турат", "Коңшулар кезекти көрсө болорун билет", "Мурабдар, мугалимдер", "minds", True),
        ("Кезек унутулат же талашылат", "Кезек эсте эмес, тактада жазылат", "Айыл өкмөтү, мектеп", "behaviours", False),
        (
            "Мурабдын кыздары бири-бирин билбейт",
            "Мурабдын кыздары бири-бирин табат",
            "Кыздар, энелер",
            "communities",
            False,
        ),
        ("Эреже жок", "Район ачык кезектин тартибин кабыл алат", "Айылдык кеңеш", "structures", False),
    )
    return [
        w.add(Part.GOAL, film_message=film, goal=goal, key_agents=agents, dynamic=dynamic, is_primary=primary)
        for film, goal, agents, dynamic, primary in said
    ]


def _audiences(w: _Writer) -> tuple[Row, Row, Row]:
    return (
        w.add(Part.AUDIENCE, name="Мурабдар жана алардын кыздары", kind="affected", place="40 айыл", country="KG", size=80,
              stance="persuadable", languages="кыргызча"),
        w.add(Part.AUDIENCE, name="Айыл өкмөттөрү жана кеңештер", kind="key_agent", country="KG", stance="persuadable"),
        w.add(Part.AUDIENCE, name="Жашыруун кезек ыңгайлуу болгондор", kind="key_agent", country="KG", stance="opponent"),
    )  # fmt: skip


def _results(w: _Writer, goals: list[Row], day: Any) -> list[Row]:
    """Results with indicators; returns the periods, three for each indicator, in order."""
    year = day(0).year
    w.add(Part.RESULT, title="24 айылда мураб менен көрсөтүү жана сүйлөшүү өттү", goal=goals[0].pk, kind="output")
    known = w.add(Part.RESULT, title="Коңшулар өз кезегин билет", goal=goals[0].pk, kind="outcome",
                  assumption="Көрсөтүүгө кезекти бөлгөндөр да, суу күткөндөр да келет.")  # fmt: skip
    boards = w.add(Part.RESULT, title="Кезек тактада турат", goal=goals[1].pk, kind="outcome")
    girls = w.add(Part.RESULT, title="Топ кармалып калды", goal=goals[2].pk, kind="outcome")
    rule = w.add(Part.RESULT, title="Тартип кабыл алынды", goal=goals[3].pk, kind="impact",
                 assumption="Кеңештин жаңы курамы да макул болот.")  # fmt: skip
    said: tuple[tuple[dict[str, Any], int | None, int], ...] = (
        ({"title": "Өз кезегин билгендер", "result": known.pk, "measure": "percentage", "method": "Сурамжылоо"}, 18, 60),
        ({"title": "Ачык тактасы бар айылдар", "result": boards.pk, "measure": "unit", "unit": "айыл",
          "accumulation": "cumulative", "sdg_indicator": "6.b.1"}, 0, 12),
        ({"title": "Үч айдан кийин топто калгандар", "result": girls.pk, "measure": "unit", "unit": "кыз",
          "accumulation": "cumulative"}, 0, 20),
        ({"title": "Чечимге чейинки кадамдар", "result": rule.pk, "measure": "ordinal", "unit": "кадам"}, 0, 4),
    )  # fmt: skip
    found = []
    for values, before, target in said:
        indicator = w.add(Part.INDICATOR, **values, baseline_value=Decimal(before or 0), baseline_year=year)
        first = w.add(Part.PERIOD, indicator=indicator.pk, starts_on=day(0), ends_on=day(180))
        second = w.add(Part.PERIOD, indicator=indicator.pk, starts_on=day(181), ends_on=day(232))
        last = w.add(Part.PERIOD, indicator=indicator.pk, starts_on=day(233), ends_on=day(560))
        w.add(Part.TARGET, period=last.pk, value=Decimal(target))
        found += [first, second, last]
    return found


def _carry_out(w: _Writer, periods: list[Row], director: Person, tutor: Person, owner: Person, when: Dates) -> None:
    """Revised, presented, adopted; then the first values with what shows them, and what nobody had expected."""
    w.add(
        Part.PARTNER, organisation="Аксакалдар кеңеши (ойдон)", role="authority", agreement="verbal", safe_to_name=True
    )
    remark = w.road_map.remarks.get()
    remarks.settle(road_map=w.road_map, number=remark.pk, by=tutor, at=w.at)
    for step, by in (
        (RoadMapStep.HAND_IN, director),
        (RoadMapStep.PRESENT, tutor),
        (RoadMapStep.ADOPT, owner),
        (RoadMapStep.START, director),
    ):
        w.take(step, by)
    reporting.set_rhythm(edition=w.road_map.edition, months=6, days=30, by=owner, at=w.at)
    first, second = periods[0], periods[1]
    spans = (Span(w.at.date(), first.ends_on), Span(second.starts_on, second.ends_on))
    done, told = (
        reporting.plan_report(road_map=w.road_map, span=one, due=one.ends + timedelta(days=30), by=owner, at=w.at)
        for one in spans
    )
    w.at = when.now - timedelta(days=50)
    photos = w.add(Part.EVIDENCE, title="Тактайлардын сүрөттөрү", kind="dated_photo", on=w.at.date(), consent_ok=True,
                   sensitivity="public", describes="5 айыл, күнү жана жери менен")  # fmt: skip
    survey = w.add(Part.EVIDENCE, title="Эки сурамжылоо", kind="survey", on=w.at.date(), consent_ok=True, sensitivity="partners",
                   describes="n = 214 жана 198")  # fmt: skip
    letters = w.add(Part.EVIDENCE, title="Кыздардын каттары", kind="testimony", on=w.at.date())
    _report(w, done, director, (
        (periods[0], {}, {"value": Decimal(31), "out_of": 214, "evidence": [survey.pk]}),
        (periods[3], {}, {"value": Decimal(5), "evidence": [photos.pk]}),
        (periods[6], {"sex": "female", "age": "14-17"}, {"value": Decimal(8)}),
        (periods[9], {}, {"value": Decimal(1), "comment": "Жабык көрсөтүү өттү."}),
    ))  # fmt: skip
    waiting = queries.waiting(done)
    reporting.approve(
        report=done, chosen=[Seen(*one) for one in waiting.items()], by=tutor, at=w.at + timedelta(days=2)
    )
    w.at = when.now - timedelta(days=3)
    _report(w, told, director, (
        (periods[1], {}, {"value": Decimal(44), "out_of": 198, "evidence": [survey.pk]}),
        (periods[4], {}, {"value": Decimal(9), "evidence": [photos.pk]}),
        (periods[7], {}, {"value": Decimal(11), "evidence": [letters.pk]}),
        (periods[7], {"age": "14-17"}, {"value": Decimal(9)}),
        (periods[10], {}, {"comment": "Кеңеш жыйынын жылдырды; чечим жок, ошон үчүн сан да жок."}),
    ))  # fmt: skip
    reporting.make_due(at=when.now)
    seen = (when.now - timedelta(days=20)).date()
    w.add(Part.LEARNING, on=seen, what_changed="Бир айылда мураб кезекти өзү тактага жаза баштады.", intended=True,
          positive=True, contribution="Көрсөтүүдөн кийин; мугалим да жардам берди.", sensitivity="public")  # fmt: skip
    w.add(Part.LEARNING, on=seen, what_changed="Такта илинген эки айылда кезек талашы адегенде көбөйдү.", intended=False,
          positive=False, decision="Адегенде чогулуш, анан такта.", sensitivity="public")  # fmt: skip
    steps.show(road_map=w.road_map, level=Level.PUBLIC, by=director, at=w.at)


def _report(
    w: _Writer, report: Report, by: Person, values: Sequence[tuple[Row, dict[str, str], dict[str, Any]]]
) -> None:  # fmt: skip
    """Write the values of a report and hand it in."""
    for period, dimensions, said in values:
        w.at += timedelta(minutes=3)
        reporting.save_value(
            report=report, period=period.pk, values=said, dimensions=dimensions, version=0, by=by, at=w.at
        )  # fmt: skip
    reporting.hand_in(report=report, by=by, at=w.at + timedelta(minutes=5))
