"""What a reader sees differently since they handed their reading in."""

from collections.abc import Mapping
from typing import Any

from kinolab.applications.models import Snapshot
from kinolab.applications.queries import snapshot
from kinolab.reviews.models import Reading


def labels(reading: Reading) -> list[str]:
    """The answers that say something else now than in the version that was read, by their questions. Two queries."""
    sent = Snapshot.objects.filter(application=reading.application_id).order_by("-version")
    last, read = sent.first(), sent.filter(taken_at__lte=reading.submitted_at).first()
    if last is None or read is None or last.pk == read.pk:
        return []
    names = reading.phase.see_names
    before, now = (_told(snapshot.for_readers(one.content, names=names)) for one in (read, last))
    changed = [key for key in now if now[key][1] != before.get(key, ("", None))[1]]
    gone = [key for key in before if key not in now]
    return list(dict.fromkeys([now[key][0] for key in changed] + [before[key][0] for key in gone]))


def _told(content: Mapping[str, Any]) -> dict[tuple[int, object], tuple[str, object]]:
    """Each answer by question and person: its label, and what it says with its files."""
    found: dict[tuple[int, object], tuple[str, object]] = {}
    for section, shown in zip(content["sections"], snapshot.shown_sections(content), strict=True):
        for question, answer in zip(section["questions"], shown.answers, strict=True):
            files = [file["sha256"] for file in question.get("files", ())]
            found[question["number"], question.get("member")] = str(answer.label), (question["value"], files)
    return found
