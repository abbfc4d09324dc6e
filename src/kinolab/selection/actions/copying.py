"""What a copied edition takes along from selection."""

from kinolab.calls.events import EditionCopied
from kinolab.selection.models import Quota, ResultLetter


def on_edition_copied(event: EditionCopied) -> None:
    """Answer `EditionCopied`: the texts of the letters and the quotas come along; decisions do not."""
    for letter in ResultLetter.objects.filter(edition=event.original):
        ResultLetter.objects.create(
            edition_id=event.copy, outcome=letter.outcome, subject=letter.subject, body=letter.body
        )
    for quota in Quota.objects.filter(edition=event.original):
        same = {name: getattr(quota, name) for name in ("order", "dimension", "value", "minimum", "maximum")}
        Quota.objects.create(edition_id=event.copy, **same)
