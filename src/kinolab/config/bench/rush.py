"""The last minutes before a close: many people who type into their drafts and send them, all at once.

Three parts. *At once*: everybody opens the form, saves one answer and sends, beginning at the same instant. *One after
another*: the same, begun at any instant of some minutes. *The close*: everybody keeps typing, one save every two seconds, and
sends in the last minute; a few come too late on purpose.
Afterwards the tables are asked whether anything was lost, doubled, taken late or refused early.
"""

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from kinolab.config.bench import plan, server
from kinolab.config.bench.figures import percentile
from kinolab.config.bench.place import Place, Say, mail_server, place_of_its_own
from kinolab.config.bench.visits import Answer, token_of

STEPS = ("open", "save", "submit")
AT_ONCE, ARRIVING, CLOSE = "at once", "one after another", "the close"
STACK = 512 * 1024  # bytes for each person's thread
TOO_LATE = 0.05  # of the people, on purpose
EMPTY = "/health/live"
TYPED = "Мен бул өрөөндө чоңойдум. "


@dataclass
class Diary:
    """What one person did: seconds by step, the text that the server said it holds, when they sent and what came."""

    code: str
    field: str
    text: str = ""
    took: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})
    errors: list[str] = field(default_factory=list)
    sent_at: float | None = None  # by the clock, seconds since 1970
    answered_at: float | None = None


@dataclass
class Part:
    """One part with its figures; processor seconds are the server's with its clock and PostgreSQL's."""

    name: str
    people: int
    seconds: float
    busy_seconds: float
    diaries: Sequence[Diary]
    resident_megabytes: float
    after: Mapping[str, int]

    def milliseconds(self, step: str) -> list[float]:
        """How long a step took, sorted."""
        return sorted(one * 1000 for diary in self.diaries for one in diary.took[step])

    @property
    def head_ms(self) -> float:
        """Milliseconds of a processor that one person cost."""
        return self.busy_seconds / self.people * 1000

    @property
    def errors(self) -> list[str]:
        """What went wrong, in the order of the people."""
        return [error for diary in self.diaries for error in diary.errors]


@dataclass
class Rush:
    """The whole run."""

    database: str
    parts: list[Part] = field(default_factory=list)
    empty_ms: float = 0.0  # processor time of an empty request
    others: float = 0.0  # programs that worked or waited for a processor when it began, as Linux counts them


def measure(*, at_once: int, arriving: int, over: float, people: int, minutes: float, address: str, say: Say) -> Rush:
    """Measure the parts: who arrives does so `over` so many minutes, who types does so for `minutes`.

    `address` names a PostgreSQL server, or is empty for SQLite.
    """
    result = Rush("PostgreSQL" if address else "SQLite", others=os.getloadavg()[0])
    with mail_server() as letters, place_of_its_own(address, letters) as place:
        place.prepare(say)
        say(f"Making {at_once + arriving + people} drafts …")
        size = {"applications": plan.FEWEST_APPLICATIONS, "people": 1, "readers": plan.READERS, "due": 1}
        facts = place.inside("fill", size | {"drafts": at_once + arriving + people})
        drafts, first = facts["drafts"], facts["pages"]["call"][0]
        with server.running(place.variables, place.port, first, place.database) as running:
            result.empty_ms = _empty(running)
            for name, number, seconds in (
                (AT_ONCE, at_once, 0.0),
                (ARRIVING, arriving, over * 60),
                (CLOSE, people, minutes * 60),
            ):
                those, drafts = drafts[:number], drafts[number:]
                if those:
                    say(f"{len(those)} people, {name} …")
                    result.parts.append(_part(running, place, name, those, seconds))
    return result


def _empty(running: server.Server) -> float:
    running.settle()
    client = server.Client(running.port)
    client.get(EMPTY)
    busy = running.busy()
    for _ in range(plan.REQUESTS):
        client.get(EMPTY)
    client.close()
    return (running.busy() - busy) / plan.REQUESTS * 1000


def _part(running: server.Server, place: Place, name: str, drafts: Sequence[Mapping[str, str]], seconds: float) -> Part:
    running.settle()
    warm = server.Client(running.port, drafts[0]["session"])
    for _ in range(plan.WARM):
        warm.get(drafts[0]["section"])
    warm.close()
    closes = place.inside("close", {"in": seconds})["closes_at"] if name == CLOSE else None
    busy, began = running.busy(), time.time()
    diaries = _together(running.port, drafts, began, seconds, closes)
    took = time.time() - began
    running.settle()  # receipts leave after the answers
    asked = {"diaries": [_told(one) for one in diaries], "closes_at": closes}
    return Part(
        name, len(drafts), took, running.busy() - busy, diaries, running.resident(),
        place.inside("after", asked),
    )  # fmt: skip


def _told(diary: Diary) -> dict[str, Any]:
    return {name: value for name, value in asdict(diary).items() if name not in ("took", "errors")}


def _together(
    port: int, drafts: Sequence[Mapping[str, str]], began: float, seconds: float, closes: float | None
) -> list[Diary]:
    dice = random.Random(1)  # noqa: S311  (not for secrets)
    plans = []
    for draft in drafts:
        late = closes is not None and dice.random() < TOO_LATE
        sends = None if closes is None else closes + (dice.uniform(0.1, 2) if late else -dice.uniform(0.2, plan.LAST))
        types_until = min(sends, closes) if sends and closes else None
        plans.append((draft, began + dice.uniform(0, plan.PAUSE if closes else seconds), types_until, sends))
    before = threading.stack_size(STACK)
    try:
        with ThreadPoolExecutor(len(drafts)) as everybody:
            return list(everybody.map(lambda one: _one(port, *one), plans))
    finally:
        threading.stack_size(before)


def _one(port: int, draft: Mapping[str, str], begins: float, types_until: float | None, sends: float | None) -> Diary:
    """Open, type until it is time, send."""
    diary = Diary(draft["code"], draft["field"])
    client = server.Client(port, draft["session"])
    try:
        _sleep_until(begins)
        page = _step(diary, "open", lambda: client.get(draft["section"]), 200)
        if page is None:
            return diary
        token, version = token_of(page), draft["version"]
        for text in _typing(draft["code"], types_until):
            saved = {"field": draft["field"], "value": text, "version": version, **token}
            answer = _step(diary, "save", lambda saved=saved: client.post(draft["save"], saved, script=True), 200)
            if answer is not None:
                version, diary.text = str(json.loads(answer.text)["version"]), text
        if sends:
            _sleep_until(sends)
        diary.sent_at = time.time()
        _step(diary, "submit", lambda: client.post(draft["submit"], token), None)
        diary.answered_at = time.time()
    finally:
        client.close()
    return diary


def _typing(code: str, until: float | None) -> Iterable[str]:
    """The text as it stands at each save: one save, or one every pause until an instant."""
    text = f"{code}: {TYPED * 10}"
    yield text
    while until and time.time() + plan.PAUSE < until:
        time.sleep(plan.PAUSE)
        text += TYPED
        yield text


def _step(diary: Diary, step: str, ask: Callable[[], Answer], wanted: int | None) -> Answer | None:
    before = time.perf_counter()
    try:
        answer = ask()
    except OSError as error:
        diary.errors.append(f"{step}: {error!r}")
        return None
    diary.took[step].append(time.perf_counter() - before)
    if answer.status >= 500 or (wanted and answer.status != wanted):
        diary.errors.append(f"{step}: {answer.status}")
        return None
    return answer


def _sleep_until(instant: float) -> None:
    time.sleep(max(0.0, instant - time.time()))


# --- What came of it -------------------------------------------------------------------------------------------------
def faults(result: Rush) -> list[str]:
    """Everything that must never happen, and every aim that was missed, as sentences."""
    found = []
    for part in result.parts:
        found += [f"{part.name}: {what}: {number}" for what, number in part.after.items() if number and what in FAULTS]
        if part.errors:
            found.append(f"{part.name}: errors: {len(part.errors)}, the first: {part.errors[0]}")
        if part.name != CLOSE and part.head_ms > plan.HEAD_MS:  # who types for minutes costs more
            found.append(f"{part.name}: processor time a head: {part.head_ms:.0f} ms, aim {plan.HEAD_MS:g}")
        slow = percentile(part.milliseconds("save"), 95)
        if part.name != AT_ONCE and slow > plan.SAVE_P95_MS:
            found.append(f"{part.name}: 95 % of saves within {slow:.0f} ms, aim {plan.SAVE_P95_MS:g}")
    return found


FAULTS = ("lost", "doubled", "taken late", "refused early", "receipts missing")


def table(result: Rush) -> str:
    """For the screen."""
    lines = [result.database]
    for part in result.parts:
        saves = len(part.milliseconds("save"))
        lines += [
            "",
            f"{part.name}: {part.people} people, {part.seconds:.0f} s, {saves / part.seconds:.0f} saves a second",
            f"{'':8}{'number':>8}{'median':>9}{'p95':>9}{'p99':>9}  ms",
        ]
        for step in STEPS:
            took = part.milliseconds(step)
            figures = "".join(f"{percentile(took, percent):9.1f}" for percent in (50, 95, 99))
            lines.append(f"{step:8}{len(took):8}{figures}")
        lines += [
            f"processor: {part.busy_seconds:.1f} s, a head {part.head_ms:.1f} ms",
            f"memory of the worker: {part.resident_megabytes:.0f} MB",
            ", ".join(f"{what}: {number}" for what, number in part.after.items()) + f", errors: {len(part.errors)}",
        ]
    if found := faults(result):
        lines += ["", "Not as it should be:", *(f"  {one}" for one in found)]
    return "\n".join(lines)


def page(results: Sequence[Rush]) -> str:
    """The page of the reference."""
    return f"""# The last minutes before a close, measured

Written by `./kinolab bench applications --write docs/reference/last-minutes.md` from a run; run it again instead of editing.

Everybody has a complete draft and a session, and a connection of their own. *At once*: all open a page of the form, save one
answer and send, beginning at the same instant. *One after another*: the same, begun at any instant of some minutes. *The
close*: all type, one save every {plan.PAUSE:g} seconds, and send in the last minute; one in twenty comes too late on purpose.
The server is started as `./run` starts it, with the clock inside; the visitors' program runs on the same machine. Processor
time is that of the server with its clock, its letters and PostgreSQL, from the first request until every receipt has been
taken by the mail server, divided by the people; an empty request of the same run is 1. Milliseconds are of the machine of
the run, waiting in line included.

{"".join(map(_figures, results))}
Aims: {plan.HEAD_MS:g} ms of one core a head on a small server; 95 of 100 saves within {plan.SAVE_P95_MS:g} ms unless all come
at once.

*Lost* is an answer that the server had said it holds and that is not there, *doubled* a number given twice or an application
sent twice, *taken late* one sent after the close, *refused early* one answered before it and not taken.

## Repeating it

```console
./kinolab bench applications                                          # 200 at once, then 300 who type for two minutes
./kinolab bench applications --at-once 0 --people 0 --arriving 3000                          # over ten minutes
KINOLAB_DATABASE=postgres://… ./kinolab bench applications --database # on that server, in a new database
KINOLAB_DATABASE=postgres://… ./kinolab bench applications --both --write docs/reference/last-minutes.md
PYTHONPATH=src .venv/bin/python -m tests.checking ./kinolab bench applications --database # on a server of the tests
```
"""


def _figures(result: Rush) -> str:
    head = "".join(f" {step}, median / p95 / p99, ms |" for step in STEPS)
    rows = "".join(f"{_row(result, part)}\n" for part in result.parts)
    return f"""## {result.database}

Cores: {os.cpu_count()}. Other programs at work when the run began: {result.others:.0f}.

| | people | minutes | saves a second | a head, empty request = 1 |{head} memory, MB | {" | ".join(FAULTS)} | errors |
| --- |{" ---: |" * (8 + len(FAULTS) + 1)}
{rows}
"""


def _row(result: Rush, part: Part) -> str:
    saves = len(part.milliseconds("save")) / part.seconds
    head = part.head_ms / result.empty_ms
    steps = [
        " / ".join(f"{percentile(part.milliseconds(step), percent):.0f}" for percent in (50, 95, 99)) for step in STEPS
    ]
    cells = [
        part.name, str(part.people), f"{part.seconds / 60:.1f}", f"{saves:.0f}", f"{head:.0f}", *steps,
        f"{part.resident_megabytes:.0f}", *(str(part.after[what]) for what in FAULTS), str(len(part.errors)),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def as_data(result: Rush) -> dict[str, Any]:
    """For programs."""
    return {
        "database": result.database,
        "empty_ms": round(result.empty_ms, 3),
        "parts": [
            {
                "name": part.name,
                "people": part.people,
                "seconds": round(part.seconds, 3),
                "processor_seconds": round(part.busy_seconds, 3),
                "resident_megabytes": round(part.resident_megabytes, 1),
                "steps": {
                    step: {"number": len(took)}
                    | {f"p{percent}_ms": round(percentile(took, percent), 2) for percent in (50, 95, 99)}
                    for step in STEPS
                    for took in [part.milliseconds(step)]
                },
                "after": dict(part.after),
                "errors": len(part.errors),
            }
            for part in result.parts
        ],
        "faults": faults(result),
    }
