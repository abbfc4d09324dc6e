import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Permission, Role
from kinolab.selection.actions import deciding, letters
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Announcement, OwnLetter, ResultLetter
from kinolab.selection.queries import facts
from kinolab.selection.queries import letters as queries
from tests.factories import selection as make


def one(application, who="Meerim"):
    """The letter to somebody of the team as it would go now."""
    application.refresh_from_db()
    found = queries.rendered(application.call.edition, list(queries.decisions(application)))
    return next(each for each in found if each.member.person.name == who)


def member(application, who="Meerim"):
    found = facts.recipients([application.pk]).get(person__name=who)
    found.application = application
    return found


def save(call, **texts):
    by = texts.pop("by", None) or make.owner(call)
    said = {"subject": {"en": "Hello"}, "body": {"en": "Dear {name}"}} | texts
    return letters.save_letter(edition=call.edition, outcome=Outcome.SELECTED, by=by, at=make.NOW, **said)


def refusal_of(work):
    with pytest.raises(Denied) as denied:
        work()
    return denied.value.refusal


NOT_ANNOUNCE = Refusal("not_permitted", {"permission": Permission.ANNOUNCE})


# --- Texts -----------------------------------------------------------------------------------------------------------
def test_save_letter_when_written_keeps_each_language_and_the_record(call):
    made = save(
        call, subject={"en": " Your\nproject ", "ky": "Долбоор", "ru": ""}, body={"en": "Dear {name}\n", "ru": ""}
    )
    assert (made.subject, made.body) == (Text({"en": "Your project", "ky": "Долбоор"}), Text({"en": "Dear {name}"}))
    entry = Entry.objects.get(verb="wrote_letter")
    assert entry.before == {"subject": {}, "body": {}}
    assert entry.after == {"subject": {"en": "Your project", "ky": "Долбоор"}, "body": {"en": "Dear {name}"}}


def test_save_letter_when_nothing_changes_leaves_no_trace(call):
    save(call)
    save(call)
    assert Entry.objects.filter(verb="wrote_letter").count() == 1


def test_save_letter_when_a_placeholder_is_unknown_is_refused(call):
    said = refusal_of(lambda: save(call, body={"en": "Dear {nmae}"}))
    assert said == Refusal("unknown_placeholder", {"placeholder": "{nmae}"})
    assert not ResultLetter.objects.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.JUROR])
def test_save_letter_when_the_role_does_not_announce_is_refused(call, role):
    by = make.staff(call, "Bakyt", role)
    assert refusal_of(lambda: save(call, by=by)) == NOT_ANNOUNCE


def test_save_letter_when_results_are_announced_is_refused(call):
    Announcement.objects.create(edition=call.edition, announced_at=make.NOW, announced_by=make.owner(call))
    assert refusal_of(lambda: save(call)) == Refusal("already_announced")


def test_fill_with_ours_when_some_is_written_leaves_it_and_writes_the_rest(call):
    save(call, subject={"ru": "Наше"}, body={"ru": "Наш текст"})
    written = letters.fill_with_ours(edition=call.edition, by=make.owner(call), at=make.NOW)
    kept = ResultLetter.objects.get(outcome=Outcome.SELECTED)
    assert written == 4 * 3 - 1
    assert (kept.subject.in_language("ru"), kept.body.in_language("ru")) == ("Наше", "Наш текст")
    assert kept.subject.in_language("ky") == "{edition}: долбооруңуз тандалды"
    assert letters.fill_with_ours(edition=call.edition, by=make.owner(call), at=make.NOW) == 0


def test_fill_with_ours_when_looked_at_names_whom_and_what_in_each_language(call):
    letters.fill_with_ours(edition=call.edition, by=make.owner(call), at=make.NOW)
    bodies = [body for letter in ResultLetter.objects.all() for body in letter.body.values()]
    assert len(bodies) == 12
    assert [body for body in bodies if not all(name in body for name in ("{name}", "{title}", "{feedback}"))] == []


# --- As they would go ------------------------------------------------------------------------------------------------
def test_letter_when_rendered_speaks_the_recipients_language(call):
    application = make.sent(call, "Meerim", make.azamat())
    make.decided(application)
    make.written(call)
    english, russian = one(application), one(application, "Azamat")
    assert (english.language, english.subject) == ("en", "[en] Impact Lab 2026: selected")
    assert english.body.splitlines()[0] == f"Meerim · Meerim’s film · {application.number}"
    assert english.body.splitlines()[-2].endswith("/en/labs/impact-lab/2026/results/")
    assert english.body.splitlines()[-1] == "lab@example.org"
    assert (russian.language, russian.subject) == ("ru", "[ru] Импакт-лаб 2026: selected")
    assert russian.body.splitlines()[-2].endswith("/ru/labs/impact-lab/2026/results/")


def test_letter_when_the_language_is_not_written_goes_in_one_that_is_understood(call):
    application = make.sent(call, "Nurlan")
    application.lead.language = "kk"
    application.lead.save()
    make.decided(application)
    make.written(call, languages=("ru", "en"))
    assert one(application, "Nurlan").language == "ru"


def test_letter_when_a_title_carries_an_address_defuses_it(call):
    application = make.sent(call, title="Win at https://evil.example/now")
    make.decided(application)
    make.written(call)
    text = one(application).body.splitlines()[0]
    assert "evil.example" not in text and "https://" not in text
    assert text.replace("\u200b", "") == f"Meerim · Win at https://evil.example/now · {application.number}"


def _decided_with_feedback(call, outcome=Outcome.REJECTED):
    application = make.sent(call)
    make.read(application, 4, note="A strong heroine.")
    deciding.decide(
        candidacy=make.standing(application), outcome=outcome, feedback=True, by=make.owner(call), at=make.NOW
    )
    return application


def test_letter_when_feedback_is_let_go_carries_the_notes_without_names(call):
    application = _decided_with_feedback(call)
    make.written(call)
    body = one(application).body
    assert "The readers wrote:\n\nA strong heroine.\n" in body
    assert "Nodira" not in body


def test_letter_when_feedback_stays_here_does_not_carry_it(call):
    application = make.sent(call)
    make.read(application, 4, note="A strong heroine.")
    make.decided(application)
    make.written(call)
    assert "heroine" not in one(application).body


def test_letter_when_the_text_has_no_place_for_feedback_carries_it_at_the_end(call):
    application = _decided_with_feedback(call, Outcome.SELECTED)
    save(call, body={"en": "Dear {name}"})
    assert one(application).body == "Dear Meerim\n\nThe readers wrote:\n\nA strong heroine.\n"


def test_letter_when_written_in_kazakh_says_which_of_its_pieces_are_russian(call):
    application = _decided_with_feedback(call, Outcome.SELECTED)
    application.lead.language = "kk"
    application.lead.save()
    save(call, subject={"kk": "Құттықтаймыз"}, body={"kk": "Құрметті {name}"})
    said = one(application)
    assert (said.language, said.pieces) == ("kk", [["ru", "Вот что написали ридеры:"]])
    assert said.body == "Құрметті Meerim\n\nВот что написали ридеры:\n\nA strong heroine.\n"


def test_letter_when_nobody_has_written_it_does_not_go(call):
    application = make.sent(call)
    make.decided(application)
    assert (one(application).subject, one(application).goes) == ("", False)


# --- One recipient ---------------------------------------------------------------------------------------------------
@pytest.fixture
def film(call):
    """A film that is selected, with letters written."""
    made = make.sent(call)
    make.decided(made)
    make.written(call)
    return made


def write_own(film, subject="Dear Meerim", body="Come {early}.", by=None):
    by = by or make.owner(film.call)
    return letters.write_own(member=member(film), subject=subject, body=body, by=by, at=make.NOW)


def test_own_letter_when_written_goes_instead_as_it_stands(film):
    write_own(film)
    found = one(film)
    assert (found.subject, found.body, found.goes) == ("Dear Meerim", "Come {early}.", True)
    assert Entry.objects.get(verb="wrote_own_letter").after["body"] == "Come {early}."


def test_own_letter_when_the_decision_changes_does_not_go(film):
    write_own(film)
    make.decided(film, Outcome.REJECTED)
    found = one(film)
    assert (found.subject, found.own) == ("[en] Impact Lab 2026: rejected", None)
    assert found.outdated.subject == "Dear Meerim"


def test_own_letter_when_held_back_does_not_go_until_ours_is_taken_again(film):
    by = make.owner(film.call)
    letters.hold_back(member=member(film), by=by, at=make.NOW)
    assert one(film).goes is False
    letters.take_ours_again(member=member(film), by=by, at=make.NOW)
    assert one(film).goes is True
    verbs = Entry.objects.filter(kind="selection.ownletter").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["wrote_own_letter", "took_letter_back"]


def test_own_letter_when_nothing_was_written_taking_ours_again_does_nothing(film):
    letters.take_ours_again(member=member(film), by=make.owner(film.call), at=make.NOW)
    assert not Entry.objects.filter(verb="took_letter_back").exists()


@pytest.mark.parametrize(("subject", "body"), [("", "Come."), ("Hello", "  "), ("", "")])
def test_own_letter_when_empty_is_refused(film, subject, body):
    assert refusal_of(lambda: write_own(film, subject, body)) == Refusal("letter_empty")


def test_own_letter_when_nothing_is_decided_is_refused(call):
    work = {"member": member(make.sent(call)), "by": make.owner(call), "at": make.NOW}
    assert refusal_of(lambda: letters.hold_back(**work)) == Refusal("no_such_recipient")


@pytest.mark.parametrize("verb", [letters.hold_back, letters.take_ours_again])
def test_own_letter_when_a_coordinator_asks_is_refused(film, verb):
    by = make.staff(film.call, "Bakyt", Role.COORDINATOR)
    assert refusal_of(lambda: verb(member=member(film), by=by, at=make.NOW)) == NOT_ANNOUNCE
    assert not OwnLetter.objects.exists()
