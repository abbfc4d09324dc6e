"""Who may not read what, and why."""

from enum import StrEnum


class ConflictReason(StrEnum):
    """Where a conflict of interest comes from."""

    SAME_PERSON = "same_person"
    SAME_EMAIL = "same_email"
    SAME_COMPANY = "same_company"
    DECLARED = "declared"
