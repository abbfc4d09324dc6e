"""Who may not read what, and why.

A conflict hides the application from that reader everywhere. Companies are compared by name without regard to case,
quotation marks, punctuation and spaces; addresses without regard to case.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ConflictReason(StrEnum):
    """Where a conflict of interest comes from."""

    SAME_PERSON = "same_person"
    SAME_EMAIL = "same_email"
    SAME_COMPANY = "same_company"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class ReaderFacts:
    """A reader: who they are, how they are reached, where they work, and which applications they declared."""

    key: str
    person: str
    emails: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """The people behind an application, joined or invited, and their companies."""

    key: str
    people: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reader must not see one application, for these reasons."""

    application: str
    reader: str
    reasons: tuple[ConflictReason, ...]


def conflicts(readers: Iterable[ReaderFacts], applications: Iterable[ApplicationFacts]) -> tuple[Conflict, ...]:
    """Return every conflict, by application and then reader, in the order given; one entry per pair."""
    prepared = [_folded(reader) for reader in readers]
    found = []
    for application in applications:
        emails, companies = _fold(application.emails), _names(application.companies)
        for reader, reader_emails, reader_companies in prepared:
            tests = (
                (ConflictReason.SAME_PERSON, reader.person in application.people),
                (ConflictReason.SAME_EMAIL, not reader_emails.isdisjoint(emails)),
                (ConflictReason.SAME_COMPANY, not reader_companies.isdisjoint(companies)),
                (ConflictReason.DECLARED, application.key in reader.declared),
            )
            reasons = tuple(reason for reason, true in tests if true)
            if reasons:
                found.append(Conflict(application.key, reader.key, reasons))
    return tuple(found)


def _folded(reader: ReaderFacts) -> tuple[ReaderFacts, frozenset[str], frozenset[str]]:
    return reader, _fold(reader.emails), _names(reader.companies)


def _fold(emails: Iterable[str]) -> frozenset[str]:
    return frozenset(email.strip().casefold() for email in emails) - {""}


def _names(companies: Iterable[str]) -> frozenset[str]:
    return frozenset(_bare(company) for company in companies) - {""}


def _bare(company: str) -> str:
    folded = unicodedata.normalize("NFKC", company).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")
