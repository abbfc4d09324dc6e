"""The parts of a road map and the steps of the guided path that gather them.

A part is one kind of row. Four of them (SINGLE) have exactly one row each.
"""

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """One kind of row."""

    ISSUE = "issue"
    PLACE = "place"
    GROUP = "group"
    CAUSE = "cause"
    SOURCE = "source"
    SDG = "sdg"
    VISION = "vision"
    STORY = "story"
    GOAL = "goal"
    AUDIENCE = "audience"
    ACTIVITY = "activity"
    PARTNER = "partner"
    WINDOW = "window"
    MONEY = "money"
    LINE = "line"
    MILESTONE = "milestone"
    RESULT = "result"
    INDICATOR = "indicator"
    PERIOD = "period"
    TARGET = "target"
    ACTUAL = "actual"
    EVIDENCE = "evidence"
    RISK = "risk"
    PROTECTED = "protected"
    LEARNING = "learning"


class Step(StrEnum):
    """One page of the guided path."""

    ISSUE = "issue"
    VISION = "vision"
    STORY = "story"
    GOALS = "goals"
    AUDIENCES = "audiences"
    ACTIVITIES = "activities"
    PARTNERS = "partners"
    DISTRIBUTION = "distribution"
    BUDGET = "budget"
    MILESTONES = "milestones"
    RESULTS = "results"
    EVIDENCE = "evidence"
    SAFETY = "safety"
    LEARNING = "learning"


STEPS: Mapping[Step, tuple[Part, ...]] = {
    Step.ISSUE: (Part.ISSUE, Part.PLACE, Part.GROUP, Part.CAUSE, Part.SDG, Part.SOURCE),
    Step.VISION: (Part.VISION,),
    Step.STORY: (Part.STORY,),
    Step.GOALS: (Part.GOAL,),
    Step.AUDIENCES: (Part.AUDIENCE,),
    Step.ACTIVITIES: (Part.ACTIVITY,),
    Step.PARTNERS: (Part.PARTNER,),
    Step.DISTRIBUTION: (Part.WINDOW,),
    Step.BUDGET: (Part.MONEY, Part.LINE),
    Step.MILESTONES: (Part.MILESTONE,),
    Step.RESULTS: (Part.RESULT, Part.INDICATOR, Part.PERIOD, Part.TARGET, Part.ACTUAL),
    Step.EVIDENCE: (Part.EVIDENCE,),
    Step.SAFETY: (Part.RISK, Part.PROTECTED),
    Step.LEARNING: (Part.LEARNING,),
}
STEP_OF: Mapping[Part, Step] = {part: step for step, parts in STEPS.items() for part in parts}
SINGLE = frozenset({Part.ISSUE, Part.VISION, Part.STORY, Part.MONEY})
# Rows that people put in order; periods and values stand by their days.
MOVABLE = frozenset(Part) - SINGLE - {Part.PERIOD, Part.TARGET, Part.ACTUAL}
# What was adopted stands until the plan is opened again; everything else lives on.
PLAN = frozenset(
    {Part.ISSUE, Part.PLACE, Part.GROUP, Part.CAUSE, Part.SOURCE, Part.SDG, Part.VISION, Part.STORY, Part.GOAL}
    | {Part.RESULT, Part.INDICATOR, Part.PERIOD, Part.TARGET}
)
# The safety of people waits for no review.
ALWAYS = frozenset(STEPS[Step.SAFETY])
