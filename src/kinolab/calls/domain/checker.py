"""“Am I eligible?”: which answer each rule's question takes, and what the answers come to.

A rule about one fact is asked for that fact: a choice, a number, a date, or yes and no. A rule that combines others, or
looks at several facts, is asked as a whole: its question is put so that *yes* fits the rule. Nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kinolab.calls.domain.eligibility import (
    Asks,
    Facts,
    Finding,
    Outcome,
    check,
    fact_keys,
    quick_questions,
    verdict,
)
from kinolab.calls.domain.regulations import COMBINING, Op, ReferenceDate, Rule, Severity, as_day
from kinolab.foundation.refusals import Refusal

YES, NO = "yes", "no"
ANOTHER = "-"  # a choice that the rule does not name
DECIDING = frozenset({Severity.BLOCK_SUBMIT, Severity.BLOCK_REVIEW})
_AS_A_WHOLE = COMBINING | {Op.RATIO_GTE, Op.PREVIOUS_DECISION, Op.UNIQUE_IN_EDITION, Op.MAX_PER_PERSON, Op.MAX_ATTEMPTS}
_LONGEST = 40  # characters of an answer that are looked at


@dataclass(frozen=True, slots=True)
class Asked:
    """How one rule is asked: the kind of answer, the choices the rule names, and the fact ("" for the whole rule)."""

    code: str
    asks: Asks
    key: str = ""
    options: tuple[str, ...] = ()


def asked(rule: Rule) -> Asked:
    """Say how a rule is asked."""
    if rule.op in _AS_A_WHOLE:
        return Asked(rule.code, Asks.YES_NO)
    (question,) = quick_questions([rule]) or (None,)
    if question is None:  # only the lab's records know, or it merely informs: asked all the same if there is a question
        return Asked(rule.code, Asks.YES_NO)
    return Asked(rule.code, question.asks, question.key, question.options)


def judge(
    rules: Sequence[Rule], answers: Mapping[str, str], reference_dates: Mapping[ReferenceDate, date]
) -> list[Finding]:
    """Judge every rule by the answers given so far, by the code of the rule whose question they answer.

    An answer to one rule's question counts for every rule that looks at the same fact. What is not answered, or cannot
    be read, stays unknown.
    """
    questions = {rule.code: asked(rule) for rule in rules}
    values: dict[str, object] = {}
    whole: dict[str, Outcome] = {}
    for code, question in questions.items():
        answer = answers.get(code, "").strip()[:_LONGEST]
        if question.key:
            value = read(question.asks, answer)
            if value is not None:  # the same fact may be asked by another rule too
                values[question.key] = value
        elif answer in (YES, NO):
            whole[code] = Outcome.YES if answer == YES else Outcome.NO
    found = check(rules, Facts(values), reference_dates)
    return [_told(finding, whole[finding.rule_code]) if finding.rule_code in whole else finding for finding in found]


def read(asks: Asks, answer: str) -> object:
    """Read one answer as a value that rules compare; None when it is empty or makes no sense."""
    if asks is Asks.YES_NO:
        return {YES: True, NO: False}.get(answer)
    if asks is Asks.NUMBER:
        try:
            number = float(answer.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
        except ValueError:
            return None
        return number if 0 <= number < 1e9 else None
    if asks is Asks.DATE:
        return as_day(answer)
    return answer or None


def outcome(findings: Sequence[Finding]) -> Outcome:
    """Sum up the findings that decide about taking part."""
    return verdict(findings, DECIDING)


def facts_asked(rules: Sequence[Rule]) -> frozenset[str]:
    """Return the keys of the facts for which a choice is offered."""
    return frozenset(key for rule in rules if asked(rule).asks is Asks.CHOICE for key in fact_keys(rule))


def _told(finding: Finding, said: Outcome) -> Finding:
    reason = Refusal("answered_no") if said is Outcome.NO else None
    return Finding(finding.rule_code, said, said is Outcome.YES, reason, finding.severity)
