"""The results of an IATI file as rows of a road map, and an account of everything in it that cannot become one.

Nothing is dropped without a word: whatever element, attribute, language or value of a result is not understood becomes a
`Note`. What lies around the results (budgets, transactions, contacts) is named once, as not read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import figures, iati, sdg
from kinolab.impact.domain.plan import Actual, Evidence, Goal, Indicator, Period, Plan, Reading, Result
from kinolab.impact.domain.vocabularies import Accumulation, Age, EvidenceKind, Measure, ResultKind, Sex

OURS = f"{{{iati.NAMESPACE}}}"
LONGEST: Mapping[str, int] = {
    "title": 300, "unit": 60, "tool": 200, "source_of_data": 200, "frequency": 120, "place": 200, "baseline_place": 200,
    "baseline_unit": 60, "evidence": 200, "url": 500,
}  # fmt: skip
_LONGEST_TEXT = 20_000
_KINDS = {code: kind for kind, code in iati.RESULT_TYPES.items()}
_MEASURES = {code: measure for measure, code in iati.MEASURES.items()}
_AROUND = frozenset({"iati-identifier", "title", "result"})
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
# As others call them.
_NAMES = {"gender": "sex", "age group": "age", "age_group": "age", "location": "place", "geography": "place"}
_SEXES = {
    "f": Sex.FEMALE, "female": Sex.FEMALE, "women": Sex.FEMALE, "girls": Sex.FEMALE, "m": Sex.MALE, "male": Sex.MALE,
    "men": Sex.MALE, "boys": Sex.MALE, "other": Sex.OTHER,
}  # fmt: skip
_AGES = {one.value: one for one in Age}


class Weight(StrEnum):
    """What became of it."""

    LEFT = "left"  # it does not come
    TOLD = "told"  # it comes, and this has to be known


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that somebody should know: what became of it, why, and where in the file it stands."""

    weight: Weight
    code: str
    where: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """An activity of a file: what it is called, and how many results it has."""

    identifier: str
    title: str
    results: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an activity holds, as rows numbered from 1 in the order of the file, with the account."""

    results: tuple[Result, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    periods: tuple[Period, ...] = ()
    targets: tuple[Reading, ...] = ()
    actuals: tuple[Actual, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[Note, ...] = ()

    def into(self, plan: Plan) -> Plan:
        """The road map with these results instead of its own."""
        return replace(plan, **{one.name: getattr(self, one.name) for one in fields(self) if one.name != "notes"})


def why_not_read(root: Element) -> Refusal | None:
    """Say why a document is none of ours to read."""
    if root.tag != "iati-activities":
        return Refusal("iati_other_document", {"element": root.tag[:60]})
    version = root.get("version", "")
    if not version.startswith("2."):
        return Refusal("iati_other_version", {"version": version[:20] or "—"})
    return None if root.find("iati-activity") is not None else Refusal("iati_without_activity")


def activities(root: Element) -> list[Listed]:
    """Return the activities of a document, in its order."""
    return [
        Listed(
            _plain(one.findtext("iati-identifier")), _plain(one.findtext("title/narrative")), len(one.findall("result"))
        )
        for one in root.findall("iati-activity")
    ]


def read(activity: Element, goals: Iterable[Goal], language: str) -> Found:
    """Return the results of an activity; texts in this language, else in the activity's own, else in the first."""
    reader = _Reader(goals, language, activity.get(iati.LANGUAGE, ""))
    reader.activity(activity)
    return reader.found()


def _plain(text: str | None) -> str:
    return iati.clean(text or "")


class _Reader:
    """Reads one activity, and keeps the account."""

    def __init__(self, goals: Iterable[Goal], language: str, own: str) -> None:
        self.goals = {_same(one.goal): one.number for one in reversed(list(goals))}
        self.languages = (language, own)
        self.own = own
        self.rows: dict[str, list[Any]] = {one.name: [] for one in fields(Found)}
        self.notes: list[Note] = self.rows["notes"]
        self.where: tuple[str, ...] = ()

    def found(self) -> Found:
        return Found(**{name: tuple(rows) for name, rows in self.rows.items()})

    # --- The account ---
    def note(self, weight: Weight, code: str, /, **facts: object) -> None:
        self.notes.append(Note(weight, code, self.where, facts))

    def left(self, code: str, /, **facts: object) -> None:
        self.note(Weight.LEFT, code, **facts)

    def told(self, code: str, /, **facts: object) -> None:
        self.note(Weight.TOLD, code, **facts)

    def rest(self, element: Element, children: Iterable[str], attributes: Iterable[str] = ()) -> None:
        """Tell what of an element nobody has read."""
        known = {*children}
        strange = [_short(one.tag) for one in element if one.tag not in known]
        strange += [f"@{_short(name)}" for name in element.attrib if name not in {*attributes}]
        if strange:
            self.left("iati_not_understood", element=_short(element.tag), names=tuple(dict.fromkeys(strange)))

    def text(self, element: Element | None, longest: int = _LONGEST_TEXT) -> str:
        """The narrative in the language wanted; tells of the others, and of what is too long."""
        if element is None:
            return ""
        self.rest(element, {"narrative"})
        said = {one.get(iati.LANGUAGE, self.own): _plain(one.text) for one in reversed(element.findall("narrative"))}
        said = {language: text for language, text in reversed(said.items()) if text}
        taken = next((one for one in self.languages if one in said), next(iter(said), ""))
        if others := tuple(one or "—" for one in said if one != taken):
            self.left("iati_other_languages", languages=others)
        return self.cut(said.get(taken, ""), longest)

    def cut(self, text: str, longest: int) -> str:
        if len(text) > longest:
            self.told("iati_text_cut", limit=longest, text=text[longest : longest + 40])
        return text[:longest].strip()

    # --- Activity and results ---
    def activity(self, element: Element) -> None:
        around = [_short(one.tag) for one in element if one.tag not in _AROUND]
        if around:
            self.left("iati_around_the_results", names=tuple(dict.fromkeys(around)))
        for one in element.findall("result"):
            self.result(one)

    def result(self, element: Element) -> None:
        self.where = ()
        title = self.text(element.find("title"), LONGEST["title"])
        self.where = (title or "—",)
        if not title:
            self.left("iati_title_missing", element="result")
            return
        self.rest(element, {"title", "description", "indicator"}, {"type", "aggregation-status", f"{OURS}assumption"})
        code = element.get("type", "")
        if code not in _KINDS:
            self.told("iati_result_type_unknown", type=code[:20] or "—")
        number = len(self.rows["results"]) + 1
        said = self.text(element.find("description"))
        goal = self.goals.get(_same(said))
        if said and goal is None:
            self.left("iati_description_without_place", text=said[:120])
        self.rows["results"].append(
            Result(
                number, title, goal, _KINDS.get(code, ResultKind.OTHER),
                assumption=self.cut(_plain(element.get(f"{OURS}assumption")), _LONGEST_TEXT),
                aggregable=self.flag(element, "aggregation-status", True),
            )
        )  # fmt: skip
        for one in element.findall("indicator"):
            self.where = (title,)
            self.indicator(one, self.rows["results"][-1])

    def flag(self, element: Element, name: str, default: bool) -> bool:
        said = element.get(name)
        if said is not None and said.strip() not in _FLAGS:
            self.told("iati_flag_unknown", name=name, text=said[:20])
        return _FLAGS.get((said or "").strip(), default)

    # --- Indicators ---
    def indicator(self, element: Element, result: Result) -> None:
        title = self.text(element.find("title"), LONGEST["title"])
        self.where = (result.title, title or "—")
        measure = _MEASURES.get(element.get("measure", ""))
        if not title:
            self.left("iati_title_missing", element="indicator")
            return
        if measure is None:
            self.left("iati_measure_unknown", measure=element.get("measure", "")[:20] or "—")
            return
        own = {f"{OURS}{name}" for name in iati.OWN}
        known = {"measure", "ascending", "aggregation-status", *own}
        self.rest(element, {"title", "description", "reference", "baseline", "period"}, known)
        row = Indicator(
            len(self.rows["indicators"]) + 1, title, result.number, measure,
            higher_is_better=self.flag(element, "ascending", True), sdg_indicator=self.sdg(element), **self.own_columns(element),
        )  # fmt: skip
        if self.flag(element, "aggregation-status", iati.adds_up(result, row)) != iati.adds_up(result, row):
            self.told("iati_aggregation_worked_out")
        if measure is Measure.UNIT and row.accumulation is None:
            self.told("iati_accumulation_unknown")
        self.rows["indicators"].append(self.with_baseline(element, row))
        for one in element.findall("period"):
            self.where = (result.title, title)
            self.period(one, row)

    def own_columns(self, element: Element) -> dict[str, Any]:
        """What our own files say in attributes; of others' the description is how it is read."""
        said: dict[str, Any] = {
            name: self.cut(_plain(element.get(f"{OURS}{name}")), LONGEST.get(name, _LONGEST_TEXT)) for name in iati.OWN
        }
        described = element.find("description")
        if not any(said.values()):
            said["method"] = self.text(described)
        accumulation = said["accumulation"]
        if accumulation and accumulation not in set(Accumulation):
            self.told("iati_flag_unknown", name="accumulation", text=accumulation[:20])
        return said | {"accumulation": Accumulation(accumulation) if accumulation in set(Accumulation) else None}

    def sdg(self, element: Element) -> str:
        found = ""
        for one in element.findall("reference"):
            self.rest(one, (), {"vocabulary", "code", "indicator-uri"})
            code = one.get("code", "").strip()
            if one.get("vocabulary") == iati.SDG_INDICATORS and sdg.target_of(code) and not found:
                found = code
            else:
                self.left("iati_reference_without_place", vocabulary=one.get("vocabulary", "")[:20], code=code[:40])
        return found

    def with_baseline(self, element: Element, row: Indicator) -> Indicator:
        """The first baseline of all; the others have no place here."""
        where, found = self.where, element.findall("baseline")
        if len(found) > 1:
            self.left("iati_more_baselines", count=len(found) - 1)
        for one in found[:1]:
            self.rest(one, {"dimension", "comment"}, {"year", "iso-date", "value", f"{OURS}unit"})
            value = self.value(one, row.measure)
            dimensions = self.dimensions(one)
            if dimensions is None or dimensions.keys() - {"place"}:
                self.left("iati_baseline_of_some")
                break
            year = one.get("year", "").strip()
            row = replace(
                row, baseline_value=value, baseline_year=int(year) if year.isdecimal() and len(year) < 5 else None,
                baseline_on=self.day(one), baseline_place=dimensions.get("place", "")[: LONGEST["baseline_place"]],
                baseline_unit=self.cut(_plain(one.get(f"{OURS}unit")), LONGEST["baseline_unit"]),
                baseline_comment=self.text(one.find("comment")),
            )  # fmt: skip
        self.where = where
        return row

    # --- Periods and values ---
    def period(self, element: Element, indicator: Indicator) -> None:
        start, end = (self.day(element.find(name), name) for name in ("period-start", "period-end"))
        self.where = (*self.where, f"{_day(start)} – {_day(end)}")
        values = len(element.findall("target")) + len(element.findall("actual"))
        if start is None or end is None:
            self.left("iati_period_without_day", values=values)
            return
        if end < start:
            self.left("iati_period_ends_before_start", values=values)
            return
        self.rest(element, {"period-start", "period-end", "target", "actual"})
        row = Period(len(self.rows["periods"]) + 1, indicator.number, start, end)
        self.rows["periods"].append(row)
        for name in ("target", "actual"):
            for one in element.findall(name):
                self.reading(one, name, indicator, row)

    def day(self, element: Element | None, name: str = "") -> date | None:
        """The day of an element; nothing, with a word, where it is none."""
        said = "" if element is None else element.get("iso-date", "").strip()
        if element is not None and name:
            self.rest(element, (), {"iso-date"})
        try:
            return date.fromisoformat(said[:10]) if said else None
        except ValueError:
            self.left("iati_not_a_day", text=said[:20])
            return None

    def reading(self, element: Element, name: str, indicator: Indicator, period: Period) -> None:
        before = len(self.notes)
        ours = {f"{OURS}out-of", f"{OURS}recorded-on"}
        self.rest(element, {"dimension", "comment", "document-link", *ours}, {"value"})
        value, dimensions = self.value(element, indicator.measure), self.dimensions(element)
        comment = self.text(element.find("comment"))
        refused = value is None and any(one.code.startswith("value_") for one in self.notes[before:])
        if dimensions is None or (refused and not comment):
            self.left(f"iati_{name}_left")
            return
        said: dict[str, Any] = {"value": value, "comment": comment, "out_of": self.out_of(element), **dimensions}
        if name == "target":
            self.no_documents(element)
            self.rows["targets"].append(Reading(len(self.rows["targets"]) + 1, period.number, **said))
            return
        on, evidence = self.recorded(element), tuple(self.documents(element))
        row = Actual(len(self.rows["actuals"]) + 1, period.number, **said, recorded_on=on, evidence=evidence)
        self.rows["actuals"].append(row)

    def value(self, element: Element, measure: Measure) -> Decimal | None:
        said = element.get("value", "").strip()
        found = figures.parse(said, measure) if "," not in said else Refusal("value_not_a_number", {"text": said[:40]})
        if isinstance(found, Refusal):
            self.left(found.code, **{"text": said[:40], **found.facts})
            return None
        return found

    def dimensions(self, element: Element) -> dict[str, str] | None:
        """Of whom a value speaks; None, with a word, where that cannot be said here."""
        found: dict[str, str] = {}
        for one in element.findall("dimension"):
            self.rest(one, (), {"name", "value"})
            name, value = _plain(one.get("name")).casefold(), _plain(one.get("value"))
            name = _NAMES.get(name, name)
            told = _dimension(name, value)
            if told is None or name in found:
                self.left("iati_dimension_unknown", name=name[:40] or "—", value=value[:40] or "—")
                return None
            found[name] = told
        return found

    def out_of(self, element: Element) -> int | None:
        said = _plain(element.findtext(f"{OURS}out-of"))
        if said and not (said.isdecimal() and len(said) < 10):
            self.left("value_not_a_whole_number", text=said[:40])
            return None
        return int(said) if said else None

    def recorded(self, element: Element) -> date | None:
        said = _plain(element.findtext(f"{OURS}recorded-on"))
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.left("iati_not_a_day", text=said[:20])
            return None

    # --- Documents ---
    def no_documents(self, element: Element) -> None:
        if found := element.findall("document-link"):
            self.left("iati_documents_of_a_target", count=len(found))

    def documents(self, element: Element) -> Iterator[int]:
        """Evidence behind a value; the same address is the same evidence."""
        for one in element.findall("document-link"):
            url = one.get("url", "").strip()
            if not url.startswith(("http://", "https://")) or len(url) > LONGEST["url"]:
                self.left("iati_address_unknown", text=url[:60] or "—")
                continue
            yield self.document(one, url)

    def document(self, element: Element, url: str) -> int:
        known: list[Evidence] = self.rows["evidence"]
        title = self.text(element.find("title"), LONGEST["evidence"]) or url[: LONGEST["evidence"]]
        kind = element.get(f"{OURS}kind", EvidenceKind.REPORT)
        self.rest(element, {"title", "description", "category", "document-date"}, {"url", "format", f"{OURS}kind"})
        row = Evidence(
            len(known) + 1, title, kind if kind in set(EvidenceKind) else EvidenceKind.REPORT, url=url,
            on=self.day(element.find("document-date"), "document-date"), describes=self.text(element.find("description")),
        )  # fmt: skip
        same = next((one for one in known if replace(one, number=row.number) == row), None)
        if same is None:
            known.append(row)
        return (same or row).number


# --- Small things --------------------------------------------------------------------------------------------------------
def _dimension(name: str, value: str) -> str | None:
    if name == "sex":
        return _SEXES.get(value.casefold())
    if name == "age":
        return _AGES.get(value.replace("–", "-"))
    if name == "country":
        return value.upper() if len(value) == 2 and value.isascii() and value.isalpha() else None
    return value if name == "place" and 0 < len(value) <= LONGEST["place"] else None


def _same(text: str) -> str:
    return " ".join(iati.clean(text).casefold().split())


def _short(tag: str) -> str:
    return tag.replace(OURS, "kino:")


def _day(on: date | None) -> str:
    return on.isoformat() if on else "—"
