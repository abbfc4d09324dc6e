"""Lists of a call and its edition: strands, covers, questions, regulations, criteria, modules, tutors."""

from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError

from kinolab.calls.actions import deadlines
from kinolab.calls.domain.country_sets import pinned
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.models import Call, Strand
from kinolab.calls.queries import manage
from kinolab.calls.queries.country_sets import own_sets
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import actions as labs


def add(*, call: Call, kind: str, values: Mapping[str, Any], by: Person, at: datetime) -> Any:
    """Add a row at the end of the list `kind` (a key of `words.LISTS`).

    Refused: not_permitted, code_taken; for regulations whatever `regulations.parse_rule` says first.
    """
    rows = manage.rows(call, kind)
    with _code_once(values):
        return labs.add_row(edition=call.edition, rows=rows, values=_checked(call, kind, values), by=by, at=at)


def change(*, call: Call, kind: str, row: Any, values: Mapping[str, Any], by: Person, at: datetime) -> Any:
    """Keep new values of a row. Refused: as `add`."""
    with _code_once(values):
        return labs.change_row(edition=call.edition, row=row, values=_checked(call, kind, values), by=by, at=at)


def delete(*, call: Call, row: Any, by: Person, at: datetime) -> None:
    """Take a row out. Refused: not_permitted, row_in_use when applications or readings stand on it."""
    try:
        labs.delete_row(edition=call.edition, row=row, by=by, at=at)
    except (ProtectedError, RestrictedError):
        raise Denied(Refusal("row_in_use")) from None
    if isinstance(row, Strand):
        deadlines.keep_in_step(call)


def shift(*, call: Call, kind: str, row: Any, up: bool, by: Person, at: datetime) -> None:
    """Let a row change places with its neighbour. Refused: not_permitted."""
    labs.shift_row(edition=call.edition, rows=manage.rows(call, kind), row=row, up=up, by=by, at=at)


def _checked(call: Call, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    if kind != "rules":
        return dict(values)
    definition = values["definition"]
    if isinstance(definition, Mapping):
        definition = pinned(definition, own_sets(call.edition.programme.organisation.slug))
    parsed = parse_rule(definition)
    if isinstance(parsed, list):
        raise Denied(parsed[0])
    return {**values, "definition": definition, "code": parsed.code}


class _code_once:  # noqa: N801 (used as a statement)
    """Turn the database's “there already” into a refusal."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        definition = values.get("definition") or {}
        self.code = values.get("code") or values.get("slug") or definition.get("code", "")
        self.point = transaction.atomic()

    def __enter__(self) -> None:
        self.point.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.point.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            raise Denied(Refusal("code_taken", {"code": self.code})) from None
