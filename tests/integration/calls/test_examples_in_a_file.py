"""The twenty published rules go out in a programme file, come in again, and are asked on the public page."""

from kinolab.calls.actions import files
from kinolab.calls.domain.examples import EXAMPLES
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.models import Rule
from kinolab.calls.queries.programme_file import programme_file
from kinolab.calls.queries.public import checker
from kinolab.calls.queries.rule_sentences import Names, questions, sentences
from tests.factories import calls, labs
from tests.factories.labs import NOW

LANGUAGES = ("ky", "ru", "en")


def test_twenty_published_rules_survive_a_file_and_are_asked_one_by_one():
    call = calls.draft_call()
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=call.edition.programme.organisation)
    for order, one in enumerate(EXAMPLES):
        parsed = parse_rule(one.definition)
        Rule.objects.create(
            call=call, order=order, code=one.code, definition=one.definition,
            sentence=sentences(parsed, Names(), LANGUAGES), question=questions(parsed, Names(), LANGUAGES),
        )  # fmt: skip
    written = programme_file(call.edition)

    again = files.import_programme(
        source=written.replace(f"slug: '{call.edition.slug}'", "slug: again"), by=aigul, at=NOW
    ).call

    assert [parse_rule(row.definition) for row in again.rules.all()] == [parse_rule(one.definition) for one in EXAMPLES]
    assert programme_file(again.edition).replace("slug: again", f"slug: '{call.edition.slug}'") == written
    shown = checker(again, list(again.rules.all()), {})
    assert [one.code for one in shown.questions] == [one.code for one in EXAMPLES]
    assert {one.outcome for one in shown.results} == {"unknown"}
