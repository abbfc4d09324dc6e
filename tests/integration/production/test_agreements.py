"""What is agreed with a team: written, sent, confirmed, changed, noted from a paper."""

from typing import Any

import pytest

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import agreements as actions
from kinolab.production.models import Agreement, Segment
from kinolab.selection.models import Decision
from tests.factories import production as make
from tests.factories import selection
from tests.kit import client_of

pytestmark = pytest.mark.django_db
NOW = selection.NOW
TERMS = {"language": "ru", "rights": "Все страны, пять лет", "standalone": "after_release", "cut_right": "with_notice",
         "credit_order": "", "music": "by_team", "note": ""}  # fmt: skip


def _denied(action: Any, **given: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**given, at=NOW)
    return denied.value.refusal.code


def _segment(*, told: bool = True) -> tuple[Segment, Any, Any]:
    """A segment whose team is a lead and a producer who reads Russian, its maker, the lead."""
    call = selection.closed_call()
    owner = selection.owner(call)
    sent = selection.sent(call, "Meerim", selection.azamat())
    selection.decided(sent)
    Decision.objects.update(announced_at=NOW if told else None)
    film = make.omnibus(edition=call.edition)
    return make.segment(film, application=sent), owner, sent.lead


def test_agreement_when_sent_reaches_each_of_the_team_in_their_language_and_moves_on_when_confirmed() -> None:
    segment, owner, lead = _segment()
    actions.write(segment=segment, terms=TERMS, by=owner, at=NOW)

    actions.send(segment=segment, by=owner, at=NOW)
    letters = {one.to_email: one for one in Letter.objects.filter(kind="production")}
    signed = actions.sign(segment=segment, version=1, by=lead, at=NOW)

    assert {to: one.language for to, one in letters.items()} == {"meerim@example.org": "en", "azamat@example.org": "ru"}
    assert "five" not in letters["meerim@example.org"].body  # nothing of its terms
    segment.refresh_from_db()
    assert (segment.state, signed.signed_by, signed.on_paper) == ("contracted", lead, False)
    assert Letter.objects.filter(kind="production", to_email="aigul@example.org").count() == 1


def test_agreement_when_it_may_not_go_or_be_answered_says_why() -> None:
    segment, owner, lead = _segment(told=False)
    juror, given = make.maker("Saule", Role.JUROR, of=segment.omnibus.edition), {"segment": segment}

    assert _denied(actions.write, terms=TERMS, by=juror, **given) == "not_your_film"
    assert _denied(actions.send, by=owner, **given) == "nothing_to_send"
    actions.write(terms=TERMS, by=owner, at=NOW, **given)
    assert _denied(actions.send, by=owner, **given) == "results_not_told"
    Decision.objects.update(announced_at=NOW)
    assert _denied(actions.sign, version=1, by=lead, **given) == "agreement_not_sent"
    actions.send(by=owner, at=NOW, **given)
    assert _denied(actions.send, by=owner, **given) == "agreement_sent_already"
    assert _denied(actions.sign, version=1, by=selection.azamat(), **given) == "does_not_sign"
    assert _denied(actions.sign, version=1, by=owner, **given) == "not_of_segment"
    assert _denied(actions.sign, version=7, by=lead, **given) == "agreement_changed"
    assert _denied(actions.ask_for_change, version=1, answer=" ", by=lead, **given) == "answer_is_empty"
    actions.sign(version=1, by=lead, at=NOW, **given)
    assert _denied(actions.sign, version=1, by=lead, **given) == "agreement_signed_already"
    assert _denied(actions.note_paper, by=owner, **given) == "nothing_to_send"
    Segment.objects.update(state="dropped")
    assert _denied(actions.write, terms=TERMS, by=owner, **given) == "segment_is_out"
    assert _denied(actions.send, by=owner, **given) == "segment_is_out"


def test_agreement_when_changed_after_it_was_sent_is_another_version() -> None:
    segment, owner, lead = _segment()
    for _twice in range(2):
        actions.write(segment=segment, terms=TERMS, by=owner, at=NOW)
    actions.send(segment=segment, by=owner, at=NOW)
    actions.ask_for_change(segment=segment, version=1, answer="With consent, please", by=lead, at=NOW)

    actions.write(segment=segment, terms=TERMS | {"cut_right": "with_consent"}, by=owner, at=NOW)

    versions = Agreement.objects.order_by("version").values_list("version", "cut_right", "answer")
    assert list(versions) == [(1, "with_notice", "With consent, please"), (2, "with_consent", "")]
    assert _denied(actions.sign, segment=segment, version=2, by=lead) == "agreement_not_sent"


def test_segment_without_a_team_when_signed_on_paper_moves_on() -> None:
    owner, segment = make.maker(), make.segment(make.omnibus())
    actions.write(segment=segment, terms=TERMS, by=owner, at=NOW)
    assert _denied(actions.send, segment=segment, by=owner) == "segment_without_team"

    noted = actions.note_paper(segment=segment, by=owner, at=NOW)

    segment.refresh_from_db()
    assert (noted.on_paper, segment.state) == (True, "contracted")


def test_page_when_the_team_reads_it_shows_what_was_sent_and_takes_its_answer() -> None:
    segment, owner, lead = _segment()
    maker, team, there = client_of(owner), client_of(lead), f"/en/segments/{segment.code}/"
    maker.post(there + "agreement/", TERMS)
    assert "Все страны" not in team.get(there).content.decode()  # a draft is the makers' own

    maker.post(there + "agreement/send/")
    assert "We agree" in team.get(there).content.decode()
    team.post(there + "agreement/ask/", {"version": 1, "answer": "Seven years"})
    assert "Seven years" in maker.get(there).content.decode()
    team.post(there + "agreement/sign/", {"version": 1})
    page = team.get(there).content.decode()

    assert ("We agree" in page, "confirmed" in page) == (False, True)
    assert team.post(there + "agreement/send/").status_code == 403
    assert team.get(there + "agreement/1/file/").status_code == 404
