"""What is done when: activities by goal, what waits for what, windows, milestones, today and the horizon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import SMALL, TEXT, Drawing, Pen, Table, Theirs, height, wrapped
from kinolab.foundation.ui.drawing import wide as width_of
from kinolab.impact import words
from kinolab.impact.domain import axis, lanes, layers
from kinolab.impact.domain.axis import Time, Unit
from kinolab.impact.domain.lanes import Box
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Activity, Goal, Milestone, Plan, Window
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Progress
from kinolab.impact.queries.drawings import marks
from kinolab.impact.queries.drawings.marks import WIDE

SIDE, BESIDE = 250.0, 900.0  # the names of goals; where there is less room in all, they stand above
FLAG, HEAD, TOP, BAR, PAD, GAP = 22.0, 50.0, 94.0, 28.0, 14.0, 12.0
NARROW = 170.0  # less room beside a bar is none
TOO_MANY = 40  # more activities stand in one drawing for each goal
_NEED = {Unit.MONTH: 44.0, Unit.QUARTER: 58.0, Unit.YEAR: 1.0}
_LOOKS = {Progress.DONE: "solid", Progress.RUNNING: "framed", Progress.PLANNED: "dashed", Progress.DROPPED: "dropped"}


@dataclass(frozen=True, slots=True)
class _Item:
    """A bar or a diamond with its words: where both lie, and on which side the words stand."""

    number: int
    look: str
    lines: Sequence[str]
    bar: Box
    start: float
    end: float
    side: str  # inside, after, before
    high: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Things that stand together: those of one goal, the windows, the milestones."""

    name: str
    goal: Goal | None
    items: Sequence[_Item]
    undated: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Field:
    """Where days stand. Names of goals take `side` on the left, or stand above their bars where there is little room."""

    time: Time
    wide: float
    side: float

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.side + self.time.share(day) * (self.wide - self.side - 4)

    @property
    def names(self) -> float:
        """The room for the name of a group."""
        return (self.side or self.wide) - 32


@dataclass(frozen=True, slots=True)
class _Part:
    """What one drawing shows of the plan: its key, what it is called, and its rows; dates are those of the whole."""

    key: str
    title: str
    plan: Plan
    whole: Plan
    today: date


def timeline(outward: Outward, today: date, *, wide: float = WIDE) -> Drawing:
    """Everything that has a date, in one drawing."""
    return _drawing(_Part("timeline", gettext("Timeline"), outward.plan, outward.plan, today), wide)


def timelines(outward: Outward, today: date, *, wide: float = WIDE) -> list[Drawing]:
    """One drawing; of a road map of very many activities one for each goal, on the same axis, and one for the rest."""
    plan = outward.plan
    if len(plan.activities) <= TOO_MANY:
        return [timeline(outward, today, wide=wide)]
    parts = []
    for goal in (*layers.in_order(plan), None):
        if own := _own(plan, goal):
            title = gettext("Timeline: %(goal)s") % {"goal": marks.goal_name(goal)}
            only = replace(plan, activities=tuple(own), windows=(), milestones=())
            parts.append(_Part(f"timeline-{goal.number if goal else 'other'}", title, only, plan, today))
    if plan.windows or plan.milestones:
        title = gettext("Timeline: windows and milestones")
        parts.append(_Part("timeline-days", title, replace(plan, activities=()), plan, today))
    return [_drawing(one, wide) for one in parts]


def _drawing(part: _Part, wide: float) -> Drawing:
    plan, whole = part.plan, part.whole
    days, table = _days(whole), _table(plan, whole)
    if not days:
        sentence = gettext("Nothing has a date yet. The timeline is drawn from activities, windows and milestones.")
        return marks.calm(part.key, part.title, sentence, wide, table)
    side = SIDE if wide >= BESIDE else 0.0
    field = _Field(axis.time(min(days), max(days), wide - side, _NEED), wide, side)
    pen, down = Pen(f"{part.key}-{wide:.0f}"), TOP
    placed: list[tuple[_Group, float, list[float]]] = []
    boxes: dict[int, Box] = {}
    for group in _groups(plan, field):
        ys, high = _place(group, field)
        for item, y in zip(group.items, ys, strict=True):
            boxes[item.number] = replace(item.bar, y=down + y, high=item.high if item.side == "inside" else BAR)
        _back(pen, group, down, high, wide)
        placed.append((group, down, ys))
        down += high
    _grid(pen, field, down)
    _lines_of_days(pen, whole, field, part.today, down)
    pairs = _pairs(plan, boxes)
    for before, after in pairs:
        pen.arrow(lanes.route(boxes[before], boxes[after]))
    for group, top, ys in placed:
        with pen.dyed(marks.dye_of(group.goal)):
            _name(pen, group, top, field)
            for item, y in zip(group.items, ys, strict=True):
                _draw(pen, item, top + y)
    _flags(pen, whole, field, part.today)
    down += 12 + marks.legend(pen, 0, down + 12, wide, _keys(part, field.time, pairs))
    return pen.done(wide, down, part.title, _summary(plan, part.today), table)


def _days(plan: Plan) -> list[date]:
    found = [day for one in plan.activities for day in (one.starts_on, one.ends_on)]
    found += [day for one in plan.windows for day in (one.starts_on, one.ends_on, one.hold_back_until)]
    found += [one.on for one in plan.milestones]
    known = [day for day in found if day]
    return [*known, plan.vision.horizon] if known and plan.vision.horizon else known


def _own(plan: Plan, goal: Goal | None) -> list[Activity]:
    known = {one.number for one in plan.goals}
    number = goal.number if goal else None
    own = [one for one in plan.activities if (one.goal if one.goal in known else None) == number]
    return sorted(own, key=lambda one: (one.starts_on or one.ends_on or date.max, one.number))


# --- What stands where ---------------------------------------------------------------------------------------------------
def _groups(plan: Plan, field: _Field) -> list[_Group]:
    found = []
    for goal in (*layers.in_order(plan), None):
        own = _own(plan, goal)
        if not own:
            continue
        dated = [one for one in own if one.starts_on or one.ends_on]
        items = [_item(one.number, _LOOKS[one.progress], one.title, one.starts_on, one.ends_on, field) for one in dated]
        undated = [one.title for one in own if not (one.starts_on or one.ends_on)]
        found.append(_Group(marks.goal_name(goal), goal, items, undated))
    windows = [one for one in plan.windows if one.starts_on or one.ends_on]
    if windows:
        items = [
            _item(
                -one.number,
                "window" if one.rights_confirmed else "open",
                _window(one),
                one.starts_on,
                one.ends_on,
                field,
            )
            for one in sorted(windows, key=lambda one: (one.starts_on or one.ends_on or date.max, one.number))
        ]
        found.append(_Group(str(words.PARTS[Part.WINDOW]), None, items))
    days = [one for one in plan.milestones if one.on]
    if days:
        items = [_item(-one.number, "milestone", one.title, one.on, one.on, field)
                 for one in sorted(days, key=lambda one: (one.on or date.max, one.number))]  # fmt: skip
        found.append(_Group(str(words.PARTS[Part.MILESTONE]), None, items))
    return found


def _window(one: Window) -> str:
    kind = str(words.WINDOW_KINDS[one.kind]) if one.kind in words.WINDOW_KINDS else one.kind  # type: ignore[index]
    return f"{kind}, {one.territory}" if one.territory else kind


def _item(number: int, look: str, text: str, first: date | None, last: date | None, field: _Field) -> _Item:
    """A bar from its first to its last day; its words inside where they fit in two lines, else beside it."""
    starts, ends = first or last or field.time.first, last or first or field.time.first
    x = field.x(starts)
    end = field.x(axis.day_after(max(starts, ends)))
    point = look == "milestone"
    bar = Box(x - 8, 0, 16, BAR) if point else Box(min(x, field.wide - 10), 0, max(end - x, 8), BAR)
    before, after = bar.x - field.side - 12, field.wide - bar.end - 12
    room = max(before, after)
    inside = wrapped(text, bar.wide - 16 - (20 if look == "solid" else 0)) if bar.wide > 90 and not point else []
    if inside and (room < NARROW or (len(inside) <= 2 and _whole_words(text, inside))):
        high = max(BAR, height(len(inside), SMALL, 1.2) + 8)
        return _Item(number, look, inside, replace(bar, high=high), bar.x, bar.end, "inside", high)
    lines = wrapped(text, min(room, 330))
    longest = max((width_of(line) for line in lines), default=0)
    high = max(BAR, height(len(lines), SMALL, 1.2) + 6)
    if after >= longest or after >= before:
        return _Item(number, look, lines, bar, bar.x, bar.end + 7 + longest, "after", high)
    return _Item(number, look, lines, bar, bar.x - 7 - longest, bar.end, "before", high)


def _whole_words(text: str, lines: Sequence[str]) -> bool:
    """Whether no word had to be cut: words beside a bar have more room."""
    return sum(len(line.split()) for line in lines) == len(text.split())


def _place(group: _Group, field: _Field) -> tuple[list[float], float]:
    """How far below the group's edge each item lies, and how high the group is."""
    placed = lanes.pack([(one.start, one.end) for one in group.items], 10)
    ys, high = lanes.tops(placed, [one.high for one in group.items], GAP)
    said = _name_high(group, field)
    if not field.side:
        top = PAD + said + (GAP if group.items else 0)
        return [top + y for y in ys], top + high + PAD
    body = max(high, said)
    top = PAD + max(0.0, (body - high) / 2 if len(group.items) <= 3 else 0)
    return [top + y for y in ys], body + 2 * PAD


def _name_high(group: _Group, field: _Field) -> float:
    return _name(Pen(""), group, 0, field) - PAD


def _undated(title: str) -> str:
    return gettext("No date yet: %(activity)s") % {"activity": title}


# --- The ink -------------------------------------------------------------------------------------------------------------
def _back(pen: Pen, group: _Group, top: float, high: float, wide: float) -> None:
    goal = group.goal
    with pen.dyed(marks.dye_of(goal)):
        pen.rect(0, top, wide, high, fill="paper")
        pen.line(0, top, wide, top, stroke="edge")
        pen.rect(0, top, 9 if goal and goal.is_primary else 5, high, fill="dye" if goal else "edge")


def _name(pen: Pen, group: _Group, top: float, field: _Field) -> float:
    """What a group is called, and what of it has no date; returns where it ends."""
    at, halo = top + PAD, "" if field.side else "paper"
    if group.goal:
        at += marks.tags(pen, 18, at, group.goal, field.names) + 6
    name = wrapped(group.name, field.names, TEXT, "SemiBold")
    at += pen.text(18, at, name, size=TEXT, style="SemiBold", halo=halo)
    for one in group.undated:
        at += 4 + pen.text(18, at + 4, wrapped(_undated(one), field.names), fill="ink-2", halo=halo)
    return at


def _grid(pen: Pen, field: _Field, bottom: float) -> None:
    time, wide = field.time, field.wide
    pen.rect(0, HEAD, wide, TOP - HEAD, fill="felt")
    years = time.ticks(Unit.YEAR)
    years = years[:: axis.every(len(years), wide - field.side, 12)]  # somebody may have written 1026
    for number, day in enumerate(years):
        x = field.x(day)
        end = field.x(years[number + 1]) if number + 1 < len(years) else wide
        name = formats.precise(day, "year")
        if width_of(name, SMALL, "SemiBold") + 10 <= end - x:
            pen.text(x + 6, HEAD + 2, name, style="SemiBold")
        pen.line(x, HEAD, x, bottom, stroke="edge" if number else "seam")
    if time.unit is Unit.YEAR:
        return
    for day in time.ticks():
        x = field.x(day)
        pen.line(x, HEAD + 23, x, bottom, stroke="seam")
        name = formats.short_month(day) if time.unit is Unit.MONTH else formats.quarter(day)
        pen.text(x + 6, HEAD + 23, name, fill="ink-2")


def _lines_of_days(pen: Pen, plan: Plan, field: _Field, today: date, bottom: float) -> None:
    """Today and the horizon, under the bars."""
    horizon = plan.vision.horizon
    if field.time.holds(today):
        pen.rect(field.x(today) - 2, FLAG, 4, bottom - FLAG, fill="lamp", stroke="night", weight=0.75)
    if horizon and field.time.holds(horizon):
        pen.line(field.x(horizon), FLAG, field.x(horizon), bottom, stroke="ink", weight=2, dash="6 4")


def _flags(pen: Pen, plan: Plan, field: _Field, today: date) -> None:
    """The words of both, above everything; one below the other where they would meet."""
    horizon, taken = plan.vision.horizon, 0.0
    if field.time.holds(today):
        text = gettext("Today: %(day)s") % {"day": formats.day(today)}
        taken = _flag(pen, field.x(today), 0, text, field.wide, ("lamp", "night"))[1] + 8
    if horizon and field.time.holds(horizon):
        text = gettext("Horizon: %(day)s") % {"day": formats.day(horizon)}
        left, _ = _flag(Pen(""), field.x(horizon), 0, text, field.wide, ("ink", "paper"))
        _flag(pen, field.x(horizon), FLAG + 2 if left < taken else 0, text, field.wide, ("ink", "paper"))


def _flag(pen: Pen, x: float, y: float, text: str, wide: float, colours: tuple[str, str]) -> tuple[float, float]:
    """A flag at the foot of a line; returns from where to where it reaches."""
    long = width_of(text, SMALL, "SemiBold") + 14
    left = x - 2 if x - 2 + long <= wide else x + 2 - long
    pen.rect(left, y, long, FLAG, fill=colours[0])
    pen.text(left + 7, y + FLAG / 2 - height(1) / 2, text, style="SemiBold", fill=colours[1])
    return left, left + long


def _pairs(plan: Plan, boxes: Mapping[int, Box]) -> list[tuple[int, int]]:
    """What waits for what, of all that is drawn here."""
    pairs = [(before, one.number) for one in plan.activities for before in one.depends_on if before != one.number]
    return [(before, after) for before, after in pairs if before in boxes and after in boxes]


def _draw(pen: Pen, item: _Item, y: float) -> None:
    bar = replace(item.bar, y=y)
    high = item.high if item.side == "inside" else BAR
    if item.look == "milestone":
        marks.diamond(pen, bar.x + 8, y + BAR / 2)
    else:
        marks.bar(pen, item.look, bar.x, y, bar.wide, high)
    check = item.look == "solid"
    if check and item.bar.wide >= 24:
        pen.icon("check", bar.x + 6, y + high / 2 - 7.5, 15, stroke="paper")
    _words(pen, item, y, high)


def _words(pen: Pen, item: _Item, y: float, high: float) -> None:
    struck = item.look == "dropped"
    tall = height(len(item.lines), SMALL, 1.2)
    if item.side == "inside":
        x = item.bar.x + (28 if item.look == "solid" else 9)
        fill = "paper" if item.look == "solid" else "ink"
        halo = "paper" if item.look == "window" else ""
        pen.text(x, y + (high - tall) / 2, item.lines, fill=fill, lead=1.2, struck=struck, halo=halo)
        return
    top = y + (max(BAR, tall) - tall) / 2
    x, anchor = (item.bar.end + 7, "start") if item.side == "after" else (item.bar.x - 7, "end")
    pen.text(x, top, item.lines, anchor=anchor, halo="paper", lead=1.2, struck=struck)


def _keys(part: _Part, time: Time, pairs: Sequence[tuple[int, int]]) -> list[marks.Key]:
    """Only what is seen is explained."""
    plan, whole, today = part.plan, part.whole, part.today
    used = {one.progress for one in plan.activities}
    keys = [(look, str(words.PROGRESS[progress])) for progress, look in _LOOKS.items() if progress in used]
    if pairs:
        keys.append(("arrow", gettext("has to come first")))
    if plan.windows:
        keys += [
            ("window", gettext("window, rights confirmed")),
            ("open", gettext("window, rights not confirmed yet")),
        ]
    if plan.milestones:
        keys.append(("milestone", gettext("milestone")))
    if time.holds(today):
        keys.append(("today", pgettext("legend", "today")))
    if whole.vision.horizon:
        keys.append(("horizon", pgettext("legend", "horizon of the vision")))
    return keys


# --- In words ------------------------------------------------------------------------------------------------------------
def _summary(plan: Plan, today: date) -> str:
    told = []
    if plan.activities:
        of = {one: formats.number(sum(1 for each in plan.activities if each.progress is one)) for one in Progress}
        told.append(
            gettext(
                "Activities: %(all)s. Done: %(done)s, under way: %(running)s, planned: %(planned)s, dropped: %(dropped)s."
            )
            % {
                "all": formats.number(len(plan.activities)), "done": of[Progress.DONE], "running": of[Progress.RUNNING],
                "planned": of[Progress.PLANNED], "dropped": of[Progress.DROPPED],
            }
        )  # fmt: skip
    if plan.windows or plan.milestones:
        counts = {"windows": formats.number(len(plan.windows)), "milestones": formats.number(len(plan.milestones))}
        told.append(gettext("Distribution windows: %(windows)s, milestones: %(milestones)s.") % counts)
    now = gettext("Today: %(day)s") % {"day": formats.day(today)}
    return " ".join([*told, now if now.endswith(".") else f"{now}."])


def _table(plan: Plan, whole: Plan) -> Table:
    head = (
        pgettext("road map", "Goal"), pgettext("column of a table", "What"), gettext("Begins on"), gettext("Ends on"),
        gettext("How far it has come"), gettext("What has to come first"),
    )  # fmt: skip
    titles = {one.number: one.title for one in whole.activities}
    rows: list[Sequence[str]] = []
    for goal in (*layers.in_order(plan), None):
        for one in _own(plan, goal):
            before = formats.listing(titles[number] for number in one.depends_on if number in titles)
            rows.append(
                (
                    Theirs(goal.goal) if goal else gettext("Without a goal"), Theirs(one.title), _on(one.starts_on),
                    _on(one.ends_on), str(words.PROGRESS[one.progress]), Theirs(before) if before else marks.none(),
                )
            )  # fmt: skip
    rows += [_window_row(one) for one in plan.windows]
    rows += [_milestone_row(one, titles) for one in plan.milestones]
    return Table(head, rows)


def _window_row(one: Window) -> Sequence[str]:
    state = gettext("the rights are confirmed") if one.rights_confirmed else gettext("the rights are not confirmed yet")
    if one.hold_back_until:
        state = f"{state}; {gettext('Held back until')}: {formats.day(one.hold_back_until)}"
    return (
        str(words.PARTS[Part.WINDOW]),
        Theirs(_window(one)),
        _on(one.starts_on),
        _on(one.ends_on),
        state,
        marks.none(),
    )


def _milestone_row(one: Milestone, titles: Mapping[int, str]) -> Sequence[str]:
    first = formats.listing(titles[number] for number in one.activities if number in titles)
    when = formats.precise(one.on, one.precision) if one.on else marks.none()
    return (
        str(words.PARTS[Part.MILESTONE]),
        Theirs(one.title),
        when,
        when,
        marks.none(),
        Theirs(first) if first else marks.none(),
    )


def _on(day: date | None) -> str:
    return formats.day(day) if day else marks.none()
