"""The whole road map as the words of a paper: sections made of a few kinds of blocks. Made of an `Outward` and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.impact import words
from kinolab.impact.domain import findings, money
from kinolab.impact.domain.parts import Step
from kinolab.impact.domain.plan import Activity, Evidence, Goal, Plan
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Funding
from kinolab.impact.queries import editor, reached, timeline
from kinolab.impact.queries.drawings import Drawing

Line = dict[str, Any]
Cell = list[Line]
Block = dict[str, Any]
TASKS = 12  # of one goal in the table of the plan


# --- Kinds of blocks ---------------------------------------------------------------------------------------------------
def own(text: str, **look: bool) -> Line:
    """Words of the road map, in its own language."""
    return {"t": text, "own": True} | look


def doc(text: object, **look: Any) -> Line:
    """Words of the paper, in the language of the paper."""
    return {"t": str(text)} | look


def prose(text: str, label: object = "") -> Block | None:
    """A text of the road map under its label; nothing where nothing is written."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return {"kind": "prose", "label": str(label), "lines": [own(line) for line in lines]} if lines else None


def points(items: Iterable[Line], label: object = "") -> Block | None:
    """A list."""
    found = list(items)
    return {"kind": "points", "label": str(label), "items": found} if found else None


def table(
    name: object, columns: Sequence[tuple[object, float]], rows: Sequence[Sequence[Cell]], **more: Any
) -> Block | None:
    """A table: its name for those who hear it, its columns with their shares of the width, its rows."""
    if not rows:
        return None
    heads, shares = [str(head) for head, _ in columns], [share for _, share in columns]
    return {"kind": "table", "name": str(name), "heads": heads, "shares": shares, "rows": rows} | more


def heading(text: str, **more: Any) -> Block:
    """A heading inside a section."""
    return {"kind": "heading", "text": text} | more


def note(text: object) -> Block:
    """A sentence of the paper itself."""
    return {"kind": "note", "text": str(text)}


def drawing(one: Drawing) -> Block:
    """A picture with what it says, and how much higher than wide it is."""
    ratio = one.high / one.wide if one.wide else 1
    return {"kind": "drawing", "title": one.title, "svg": str(one.svg), "alt": one.summary, "ratio": ratio}


def _section(title: object, *blocks: Block | None) -> list[dict[str, Any]]:
    said = [one for one in blocks if one is not None]
    return [{"title": str(title), "blocks": said}] if said else []


# --- The sections ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Pictures:
    """The drawings of a road map, each where it belongs."""

    theory: Sequence[Drawing] = ()
    timeline: Sequence[Drawing] = ()
    budget: Sequence[Drawing] = ()
    indicators: Sequence[Drawing] = ()


def sections(seen: Outward, pictures: Pictures) -> list[dict[str, Any]]:
    """Everything on the paper, section by section, in words of the active language."""
    plan = seen.plan
    return [
        *_vision(plan, pictures),
        *_strategy(plan),
        *_section(words.PATH[Step.AUDIENCES], _audiences(plan)),
        *_section(words.PATH[Step.ACTIVITIES], *map(drawing, pictures.timeline), _activities(plan)),
        *_section(words.PATH[Step.PARTNERS], _partners(plan)),
        *_section(words.PATH[Step.DISTRIBUTION], _windows(plan)),
        *_section(words.PATH[Step.BUDGET], *_budget(plan, pictures)),
        *_section(words.PATH[Step.MILESTONES], _milestones(plan)),
        *_section(words.PATH[Step.RESULTS], *_results(seen, pictures)),
        *_section(words.PATH[Step.EVIDENCE], _evidence(plan)),
        *_section(words.PATH[Step.LEARNING], *_learning(plan)),
        *_section(words.PARTS[editor.Part.SOURCE], _sources(plan)),
    ]


def _vision(plan: Plan, pictures: Pictures) -> list[dict[str, Any]]:
    horizon = formats.day(plan.vision.horizon) if plan.vision.horizon else ""
    story = [
        f"{words.label(editor.Part.STORY, name)}: {text}"
        for name in ("known", "mood")
        if (text := editor.in_words(plan, editor.Part.STORY, name, getattr(plan.story, name)))
    ]
    return [
        *_section(
            words.PATH[Step.ISSUE],
            prose(plan.issue.title),
            prose(plan.issue.statement, words.label(editor.Part.ISSUE, "statement")),
            prose(plan.issue.why_now, words.label(editor.Part.ISSUE, "why_now")),
            points((own(_place(one.name, one.country)) for one in plan.places), words.PARTS[editor.Part.PLACE]),
            points((own(_sized(one.name, one.size)) for one in plan.groups), words.PARTS[editor.Part.GROUP]),
            points((own(one.text) for one in plan.causes), words.PARTS[editor.Part.CAUSE]),
            points(
                (doc(editor.sdg_name(code), **_english(code)) for code in findings.tags_for_export(plan)),
                words.PARTS[editor.Part.SDG],
            ),
        ),
        *_section(
            words.PATH[Step.VISION],
            {"kind": "quote", "text": plan.vision.statement} if plan.vision.statement.strip() else None,
            note(f"{words.label(editor.Part.VISION, 'horizon')}: {horizon}") if horizon else None,
            *map(drawing, pictures.theory),
        ),
        *_section(
            words.PATH[Step.STORY],
            points(map(doc, story)),
            prose(plan.story.notes, words.label(editor.Part.STORY, "notes")),
        ),
    ]


def _english(code: str) -> dict[str, str]:
    """Targets are known in English only."""
    return {"lang": "en"} if "." in code else {}


def _place(name: str, country: str) -> str:
    return f"{name}, {formats.country_name(country)}" if country else name


def _sized(name: str, size: int | None) -> str:
    return f"{name} · {formats.number(size)}" if size else name


def _cell(*lines: Line | None) -> Cell:
    return [one for one in lines if one is not None and one["t"]]


def _strategy(plan: Plan) -> list[dict[str, Any]]:
    """The five columns of the plan: what the film shows, its reversal, who can do it, what changes, what is done."""
    rows = []
    for one in _goals(plan):
        done = [act for act in plan.activities if act.goal == one.number]
        rows.append(
            [
                _cell(*map(own, one.film_message.splitlines())),
                _cell(
                    own(one.goal, b=True),
                    doc(gettext("primary goal"), d=True) if one.is_primary else None,
                    own(one.success, d=True),
                ),
                _cell(*map(own, one.key_agents.splitlines())),
                _cell(doc(words.DYNAMICS[one.dynamic], b=True), doc(words.DYNAMICS_SAY[one.dynamic], d=True)),
                _tasks(done),
            ]
        )
    columns = [
        (words.label(editor.Part.GOAL, "film_message"), 1.1), (words.label(editor.Part.GOAL, "goal"), 1.25),
        (words.label(editor.Part.GOAL, "key_agents"), 1.0), (words.label(editor.Part.GOAL, "dynamic"), 0.95),
        (words.PARTS[editor.Part.ACTIVITY], 1.3),
    ]  # fmt: skip
    title = pgettext("part of a road map", "Strategic plan")
    return _section(title, table(title, columns, rows, dyes=[timeline.DYES[one.dynamic] for one in _goals(plan)]))


def _tasks(done: Sequence[Activity]) -> Cell:
    """What is done for a goal; the rest of many stands under activities."""
    more = len(done) - TASKS
    said = [own(act.title) for act in sorted(done, key=begins)[:TASKS]]
    return [*said, doc(gettext("and more: %(count)s") % {"count": formats.number(more)}, d=True)] if more > 0 else said


def _goals(plan: Plan) -> list[Goal]:
    return sorted(plan.goals, key=lambda one: not one.is_primary)


def _audiences(plan: Plan) -> Block | None:
    rows = [
        [
            _cell(own(one.name, b=True), doc(words.AUDIENCE_KINDS.get(one.kind, ""), d=True)),
            _cell(own(_place(one.place, "")), doc(formats.country_name(one.country) if one.country else "")),
            _cell(doc(formats.number(one.size) if one.size else "")),
            _cell(doc(words.STANCES[one.stance])),
            _cell(own(one.languages), own(one.access_needs, d=True)),
        ]
        for one in plan.audiences
    ]
    columns = [
        (words.PARTS[editor.Part.AUDIENCE], 1.5), (words.label(editor.Part.AUDIENCE, "place"), 1.0),
        (words.label(editor.Part.AUDIENCE, "size"), 0.6), (words.label(editor.Part.AUDIENCE, "stance"), 1.0),
        (gettext("Languages and needs"), 1.2),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.AUDIENCE], columns, rows, right=[2])


def when(first: date | None, last: date | None) -> str:
    """From when to when, as far as it is known."""
    if first and last:
        return formats.day_range(first, last)
    return formats.day(first or last) if first or last else ""  # type: ignore[arg-type]


def _activities(plan: Plan) -> Block | None:
    titles = {one.number: one.title for one in plan.activities}
    partners = {one.number: one.organisation for one in plan.partners}
    rows = []
    for one in sorted(plan.activities, key=begins):
        helped = [partners[number] for number in one.partners if partners.get(number)]
        first = [titles[number] for number in one.depends_on if number in titles]
        rows.append(
            [
                _cell(
                    own(one.title, b=True),
                    doc(words.ACTIVITY_KINDS.get(one.kind, ""), d=True),
                    _after(words.label(editor.Part.ACTIVITY, "depends_on"), first),
                    _after(words.label(editor.Part.ACTIVITY, "partners"), helped),
                ),
                _cell(doc(when(one.starts_on, one.ends_on))),
                _cell(own(one.place)),
                _cell(own(_audience(plan, one))),
                _cell(doc(words.PROGRESS[one.progress])),
            ]
        )
    columns = [
        (words.PARTS[editor.Part.ACTIVITY], 1.7), (gettext("When"), 1.1), (words.label(editor.Part.ACTIVITY, "place"), 0.8),
        (words.label(editor.Part.ACTIVITY, "audience"), 1.1), (words.label(editor.Part.ACTIVITY, "progress"), 0.8),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.ACTIVITY], columns, rows)


def begins(one: Activity) -> tuple[date, int]:
    """Activities in the order in which they begin."""
    return one.starts_on or one.ends_on or date.max, one.number


def _after(label: object, names: Sequence[str]) -> Line | None:
    return own(f"{label}: {', '.join(names)}", d=True) if names else None


def _audience(plan: Plan, one: Activity) -> str:
    found = editor.row_of(plan, editor.Part.AUDIENCE, one.audience)
    return found.name if found else ""


def _partners(plan: Plan) -> Block | None:
    rows = [
        [
            _cell(own(one.organisation, b=True), doc(words.PARTNER_ROLES.get(one.role, ""), d=True)),
            _cell(own(one.contributes)),
            _cell(doc(words.AGREEMENTS.get(one.agreement, ""))),
        ]
        for one in plan.partners
        if one.safe_to_name and one.organisation
    ]
    columns = [
        (words.PARTS[editor.Part.PARTNER], 1.2), (words.label(editor.Part.PARTNER, "contributes"), 1.4),
        (words.label(editor.Part.PARTNER, "agreement"), 0.8),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.PARTNER], columns, rows)


def _windows(plan: Plan) -> Block | None:
    rows = [
        [
            _cell(
                doc(words.WINDOW_KINDS.get(one.kind, ""), b=True),
                doc(gettext("rights confirmed"), d=True) if one.rights_confirmed else None,
            ),
            _cell(own(one.territory)),
            _cell(
                doc(when(one.starts_on, one.ends_on)),
                doc(f"{words.label(editor.Part.WINDOW, 'hold_back_until')}: {formats.day(one.hold_back_until)}", d=True)
                if one.hold_back_until
                else None,
            ),
            _cell(own(one.purpose)),
        ]
        for one in plan.windows
    ]
    columns = [
        (words.PARTS[editor.Part.WINDOW], 1.0), (words.label(editor.Part.WINDOW, "territory"), 1.0), (gettext("When"), 1.1),
        (words.label(editor.Part.WINDOW, "purpose"), 1.4),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.WINDOW], columns, rows)


def _budget(plan: Plan, pictures: Pictures) -> Iterator[Block | None]:
    known = money.budgets(plan)
    if not known:
        return
    yield from map(drawing, pictures.budget)
    rows = [
        [
            _cell(own(pot.source or "—", b=True), doc(budget.currency, d=True)),
            *(_cell(doc(formats.number(pot.by[one]) if one in pot.by else "")) for one in Funding),
            _cell(doc(formats.number(pot.total), b=True)),
        ]
        for budget in known
        for pot in budget.pots
    ]
    columns = [
        (words.label(editor.Part.LINE, "source"), 1.6), *((words.FUNDINGS[one], 0.8) for one in Funding),
        (gettext("Together"), 0.9),
    ]  # fmt: skip
    name = gettext("Budget by source")
    yield heading(name)
    yield table(name, columns, rows, right=[1, 2, 3, 4, 5])
    for budget in known:
        reserve = f"{words.label(editor.Part.MONEY, 'contingency')}: {formats.number(budget.percent)}"
        sums = f"{gettext('Together')}: {formats.number(budget.total)} {budget.currency}"
        yield note(f"{sums} ({reserve})" if budget.reserve else sums)
    yield heading(str(words.PARTS[editor.Part.LINE]))
    yield _lines(plan)


def _lines(plan: Plan) -> Block | None:
    titles = {one.number: one.title for one in plan.activities}
    rows = [
        [
            _cell(own(one.label, b=True), own(titles.get(one.activity or 0, ""), d=True)),
            _cell(doc(f"{formats.number(one.quantity)} × {formats.number(one.unit_cost)}")),
            _cell(doc(f"{formats.number(one.sum)} {one.currency}")),
            _cell(own(one.source), doc(words.FUNDINGS[one.funding], d=True)),
        ]
        for one in plan.lines
    ]
    columns = [
        (words.label(editor.Part.LINE, "label"), 1.7), (gettext("Quantity and price"), 0.9), (gettext("Sum"), 0.8),
        (words.label(editor.Part.LINE, "source"), 1.1),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.LINE], columns, rows, right=[1, 2])


def _milestones(plan: Plan) -> Block | None:
    titles = {one.number: one.title for one in plan.activities}
    rows = [
        [
            _cell(doc(formats.precise(one.on, one.precision) if one.on else "—")),
            _cell(own(one.title, b=True), own(", ".join(titles[n] for n in one.activities if n in titles), d=True)),
            _cell(own(one.evidence_required)),
        ]
        for one in sorted(plan.milestones, key=lambda one: (one.on or date.max, one.number))
    ]
    columns = [
        (gettext("When"), 0.8), (words.PARTS[editor.Part.MILESTONE], 1.5),
        (words.label(editor.Part.MILESTONE, "evidence_required"), 1.2),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.MILESTONE], columns, rows)


def _results(seen: Outward, pictures: Pictures) -> Iterator[Block | None]:
    goals = reached.reached(seen)
    if not goals:
        return
    yield note(contribution())
    name = gettext("Results matrix")
    columns = [
        (words.PARTS[editor.Part.RESULT], 1.2), (words.PARTS[editor.Part.INDICATOR], 1.3), (pgettext("value", "Before"), 0.8),
        (pgettext("value", "Target"), 0.6), (gettext("Reached"), 0.9),
    ]  # fmt: skip
    rows = [_matrix_row(one) for group in goals for one in group.indicators]
    yield table(name, columns, rows, right=[2, 3, 4], dyes=[group.dye for group in goals for _ in group.indicators])
    if pictures.indicators:
        yield {"kind": "drawings", "items": [drawing(one) for one in pictures.indicators]}
    for group in goals:
        if any(one.told for one in group.indicators):
            yield heading(group.goal.goal, own=True) if group.goal else heading(gettext("Without a goal"))
        for one in group.indicators:
            yield from _detail(one)


def contribution() -> str:
    """What every page of figures says of them."""
    return gettext(
        "The film contributed to what changed; others did too. Only figures that the lab has approved are shown outside it."
    )


def _matrix_row(one: reached.Reached) -> list[Cell]:
    indicator = one.indicator
    how = gettext("sum of all periods") if one.summed else ""
    read = f"{gettext('Read until')}: {one.until}" if one.until else ""
    return [
        _cell(own(one.result.title, b=True), doc(one.kind, d=True)),
        _cell(own(indicator.title), own(indicator.unit, d=True)),
        _cell(doc(one.proof.before or "—"), doc(one.before_when, d=True), own(indicator.no_baseline_reason, d=True)),
        _cell(doc(one.proof.aim or "—")),
        _cell(
            doc(one.proof.value or ("—" if not one.in_words else gettext("told in words")), b=True),
            doc(read, d=True),
            doc(how, d=True),
        ),
    ]


def _detail(one: reached.Reached) -> Iterator[Block | None]:
    if not one.told:
        return
    indicator = one.indicator
    facts = [
        f"{words.label(editor.Part.INDICATOR, name)}: {text}"
        for name in ("method", "tool", "source_of_data", "frequency")
        if (text := getattr(indicator, name))
    ]
    yield heading(indicator.title, own=True, small=True)
    if facts:
        yield {"kind": "prose", "label": "", "lines": [own(" · ".join(facts), d=True)]}
    rows = [
        [
            _cell(doc(row.period), doc(row.of, d=True)),
            _cell(doc(row.target)),
            _cell(doc(row.value, b=True), doc("" if row.approved else gettext("not approved yet"), d=True)),
            _cell(own(row.words), *(_shows(proof) for proof in row.evidence)),
        ]
        for row in one.told
    ]
    columns = [
        (words.PARTS[editor.Part.PERIOD], 1.2), (pgettext("value", "Target"), 0.6), (gettext("What was read"), 0.7),
        (gettext("In words, and what shows it"), 1.9),
    ]  # fmt: skip
    yield table(indicator.title, columns, rows, right=[1, 2])


def _shows(one: Evidence) -> Line:
    return own(f"→ {one.title}", d=True)


def _evidence(plan: Plan) -> Block | None:
    rows = [
        [
            _cell(own(one.title, b=True), doc(words.EVIDENCE_KINDS.get(one.kind, ""), d=True)),
            _cell(doc(formats.day(one.on) if one.on else "")),
            _cell(own(one.describes), doc(one.url, d=True)),
        ]
        for one in plan.evidence
    ]
    columns = [
        (words.PARTS[editor.Part.EVIDENCE], 1.2), (words.label(editor.Part.EVIDENCE, "on"), 0.7),
        (words.label(editor.Part.EVIDENCE, "describes"), 1.6),
    ]  # fmt: skip
    return table(words.PARTS[editor.Part.EVIDENCE], columns, rows)


def _learning(plan: Plan) -> Iterator[Block | None]:
    for one in plan.learning:
        wanted = gettext("It was wanted.") if one.intended else gettext("Nobody had wanted it.")
        better = gettext("It is for the better.") if one.positive else gettext("It is for the worse.")
        yield heading(formats.day(one.on) if one.on else gettext("Without a date"))
        yield prose(one.what_changed)
        yield note(f"{wanted} {better}")
        yield prose(one.contribution, words.label(editor.Part.LEARNING, "contribution"))
        yield prose(one.decision, words.label(editor.Part.LEARNING, "decision"))


def _sources(plan: Plan) -> Block | None:
    said = [
        own(" · ".join(filter(None, (one.title, one.url, formats.day(one.published_on) if one.published_on else ""))))
        for one in plan.sources
    ]
    return points(said)
