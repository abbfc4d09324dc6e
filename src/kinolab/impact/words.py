"""Labels and sentences of the room, in the reader's language when shown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.impact.domain import sdg as goals_of_the_world
from kinolab.impact.domain.figures import How
from kinolab.impact.domain.layers import Layer
from kinolab.impact.domain.lifecycle import ReportState, RoadMapState, RoadMapStep, Turn
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import (
    Accumulation,
    ActivityKind,
    Age,
    Agreement,
    Anonymity,
    AudienceKind,
    Consent,
    Dynamic,
    EvidenceKind,
    FollowUpAnswer,
    FollowUpKind,
    Funding,
    Known,
    Level,
    Measure,
    Mood,
    OutcomeKind,
    PartnerRole,
    Progress,
    Publishing,
    ResultKind,
    RiskKind,
    RiskWho,
    Sensitivity,
    Sex,
    Stance,
    Standing,
    WindowKind,
)
from kinolab.labs.words import PRECISIONS

Choices = list[tuple[str, object]]

# --- The machine -------------------------------------------------------------------------------------------------------
STATES: dict[RoadMapState, Promise] = {
    RoadMapState.TEMPLATE: pgettext_lazy("road map", "Not begun"),
    RoadMapState.DRAFTING: pgettext_lazy("road map", "Being drawn up"),
    RoadMapState.TUTOR_REVIEW: pgettext_lazy("road map", "With the tutors"),
    RoadMapState.REVISION: pgettext_lazy("road map", "Being revised"),
    RoadMapState.PRESENTED: pgettext_lazy("road map", "Presented"),
    RoadMapState.ADOPTED: pgettext_lazy("road map", "Adopted"),
    RoadMapState.IMPLEMENTING: pgettext_lazy("road map", "Being carried out"),
    RoadMapState.REPORTING: pgettext_lazy("road map", "Reported"),
    RoadMapState.CLOSED: pgettext_lazy("road map", "Closed"),
}
TEMPLATE = pgettext_lazy("road map", "Template")
TEMPLATE_SAYS = _("Road maps of the programme may begin from it; each takes its own copy.")
STEPS: dict[RoadMapStep, Promise] = {
    RoadMapStep.BEGIN: _("Begin the road map"),
    RoadMapStep.HAND_IN: _("Hand in to the tutors"),
    RoadMapStep.TAKE_BACK: _("Take back to write on"),
    RoadMapStep.ASK_REVISION: _("Ask for a revision"),
    RoadMapStep.PRESENT: _("It can be presented"),
    RoadMapStep.ADOPT: _("Adopt"),
    RoadMapStep.START: _("Begin to carry it out"),
    RoadMapStep.REPORT: _("Hand in the report"),
    RoadMapStep.GO_ON: _("Go on carrying it out"),
    RoadMapStep.OPEN_PLAN: _("Open the plan again"),
    RoadMapStep.CLOSE: _("Close the road map"),
}
TURNS: dict[Turn, Promise] = {
    Turn.TEAM: _("It is the team’s turn."),
    Turn.TUTOR: _("It is the tutors’ turn."),
    Turn.LAB: _("It is the lab’s turn."),
    Turn.NOBODY: _("Nothing is to be done."),
}

REPORT_STATES: dict[ReportState, Promise] = {
    ReportState.DRAFT: pgettext_lazy("report", "Being written"),
    ReportState.HANDED_IN: pgettext_lazy("report", "Handed in"),
    ReportState.RETURNED: pgettext_lazy("report", "Given back"),
    ReportState.APPROVED: pgettext_lazy("report", "Approved"),
}
RHYTHMS: dict[int, Promise] = {
    0: _("Only when a report is asked for by hand"),
    3: _("Every three months"),
    6: _("Every half-year"),
    12: _("Every year"),
}
DIMENSIONS: dict[str, Promise] = {
    "sex": pgettext_lazy("values by", "sex"),
    "age": pgettext_lazy("values by", "age"),
    "country": pgettext_lazy("values by", "country"),
    "place": pgettext_lazy("values by", "place"),
}

# --- Parts and the path ------------------------------------------------------------------------------------------------
PATH: dict[Step, Promise] = {
    Step.ISSUE: pgettext_lazy("step of a road map", "Issue"),
    Step.VISION: pgettext_lazy("step of a road map", "Vision"),
    Step.STORY: pgettext_lazy("step of a road map", "Story environment"),
    Step.GOALS: pgettext_lazy("step of a road map", "Goals"),
    Step.AUDIENCES: pgettext_lazy("step of a road map", "Audiences"),
    Step.ACTIVITIES: pgettext_lazy("step of a road map", "Activities"),
    Step.PARTNERS: pgettext_lazy("step of a road map", "Partners"),
    Step.DISTRIBUTION: pgettext_lazy("step of a road map", "Distribution"),
    Step.BUDGET: pgettext_lazy("step of a road map", "Budget"),
    Step.MILESTONES: pgettext_lazy("step of a road map", "Milestones"),
    Step.RESULTS: pgettext_lazy("step of a road map", "Results and indicators"),
    Step.EVIDENCE: pgettext_lazy("step of a road map", "Evidence"),
    Step.SAFETY: pgettext_lazy("step of a road map", "Risks and people"),
    Step.LEARNING: pgettext_lazy("step of a road map", "Learning"),
}
ABOUT: dict[Step, Promise] = {
    Step.ISSUE: _("What is wrong, where, for whom and why. The film raises it; the road map says how it is to be solved."),
    Step.VISION: _("One sentence: a state of the world when this has been solved, and by when."),
    Step.STORY: _("What the story meets where it is told. A hidden problem is told otherwise than one that all talk about."),
    Step.GOALS: _("One row for each part of the problem: what the film shows, and its reversal. One goal is primary."),
    Step.AUDIENCES: _("Who can do something, who is affected, who carries it on. At least one who does not agree yet."),
    Step.ACTIVITIES: _("What is done, for which goal, when, by whom, and what has to come first."),
    Step.PARTNERS: _("Who helps, what they give and what they expect. Say whether it is safe to name them."),
    Step.DISTRIBUTION: _("Where and when the film is shown, and what each window is for."),
    Step.BUDGET: _("What it costs, and how certain the money is."),
    Step.MILESTONES: _("Days by which something is there, and what will show it."),
    Step.RESULTS: _("An output is what was done, an outcome what changed, impact what stays changed. Reach alone is not impact."),
    Step.EVIDENCE: _("What stands behind the values. Restricted evidence never leaves the team and its tutors."),
    Step.SAFETY: _("What may happen to people, and how it is kept from happening. Nothing here leaves the team and its tutors."),
    Step.LEARNING: _("What changed, also what nobody wanted. Say what you contributed, not that you did it all."),
}  # fmt: skip
PARTS: dict[Part, Promise] = {
    Part.ISSUE: pgettext_lazy("part of a road map", "The issue"),
    Part.PLACE: pgettext_lazy("part of a road map", "Places"),
    Part.GROUP: pgettext_lazy("part of a road map", "Who is affected"),
    Part.CAUSE: pgettext_lazy("part of a road map", "Root causes"),
    Part.SOURCE: pgettext_lazy("part of a road map", "Sources"),
    Part.SDG: pgettext_lazy("part of a road map", "Sustainable Development Goals"),
    Part.VISION: pgettext_lazy("part of a road map", "The vision"),
    Part.STORY: pgettext_lazy("part of a road map", "Around the story"),
    Part.GOAL: pgettext_lazy("part of a road map", "Goals"),
    Part.AUDIENCE: pgettext_lazy("part of a road map", "Audiences"),
    Part.ACTIVITY: pgettext_lazy("part of a road map", "Activities"),
    Part.PARTNER: pgettext_lazy("part of a road map", "Partners"),
    Part.WINDOW: pgettext_lazy("part of a road map", "Distribution windows"),
    Part.MONEY: pgettext_lazy("part of a road map", "The budget as a whole"),
    Part.LINE: pgettext_lazy("part of a road map", "Budget lines"),
    Part.MILESTONE: pgettext_lazy("part of a road map", "Milestones"),
    Part.RESULT: pgettext_lazy("part of a road map", "Results"),
    Part.INDICATOR: pgettext_lazy("part of a road map", "Indicators"),
    Part.PERIOD: pgettext_lazy("part of a road map", "Periods"),
    Part.TARGET: pgettext_lazy("part of a road map", "Targets"),
    Part.ACTUAL: pgettext_lazy("part of a road map", "Values read"),
    Part.EVIDENCE: pgettext_lazy("part of a road map", "Evidence"),
    Part.RISK: pgettext_lazy("part of a road map", "Risks"),
    Part.PROTECTED: pgettext_lazy("part of a road map", "People on screen"),
    Part.LEARNING: pgettext_lazy("part of a road map", "What was learned"),
}

# --- Closed lists ------------------------------------------------------------------------------------------------------
DYNAMICS: dict[Dynamic, Promise] = {
    Dynamic.MINDS: pgettext_lazy("impact dynamic", "Minds"),
    Dynamic.BEHAVIOURS: pgettext_lazy("impact dynamic", "Behaviours"),
    Dynamic.COMMUNITIES: pgettext_lazy("impact dynamic", "Communities"),
    Dynamic.STRUCTURES: pgettext_lazy("impact dynamic", "Structures"),
}
DYNAMICS_SAY: dict[Dynamic, Promise] = {
    Dynamic.MINDS: _("Change what people think"),
    Dynamic.BEHAVIOURS: _("Change what people do"),
    Dynamic.COMMUNITIES: _("Bring together those who go on"),
    Dynamic.STRUCTURES: _("Change laws, rules and institutions"),
}
KNOWN: dict[Known, Promise] = {
    Known.KNOWN: pgettext_lazy("problem", "Known"),
    Known.HIDDEN: pgettext_lazy("problem", "Hidden"),
}
MOODS: dict[Mood, Promise] = {
    Mood.HOSTILE: pgettext_lazy("public mood", "Hostile"),
    Mood.INDIFFERENT: pgettext_lazy("public mood", "Indifferent"),
    Mood.DIVIDED: pgettext_lazy("public mood", "Divided"),
    Mood.SYMPATHETIC: pgettext_lazy("public mood", "Sympathetic"),
}
AUDIENCE_KINDS: dict[AudienceKind, Promise] = {
    AudienceKind.KEY_AGENT: pgettext_lazy("audience", "Decides"),
    AudienceKind.AFFECTED: pgettext_lazy("audience", "Affected"),
    AudienceKind.AMPLIFIER: pgettext_lazy("audience", "Carries it on"),
    AudienceKind.PUBLIC: pgettext_lazy("audience", "Public"),
}
STANCES: dict[Stance, Promise] = {
    Stance.ALLY: pgettext_lazy("audience", "Agrees already"),
    Stance.PERSUADABLE: pgettext_lazy("audience", "Can be persuaded"),
    Stance.OPPONENT: pgettext_lazy("audience", "Is against it"),
}
ACTIVITY_KINDS: dict[ActivityKind, Promise] = {
    ActivityKind.SCREENING: pgettext_lazy("activity", "Screening"),
    ActivityKind.WORKSHOP: pgettext_lazy("activity", "Workshop"),
    ActivityKind.LOBBYING: pgettext_lazy("activity", "Talks with decision makers"),
    ActivityKind.CAMPAIGN: pgettext_lazy("activity", "Campaign"),
    ActivityKind.TRAINING: pgettext_lazy("activity", "Training"),
    ActivityKind.EDUCATIONAL_KIT: pgettext_lazy("activity", "Material for schools"),
    ActivityKind.ONLINE: pgettext_lazy("activity", "Online"),
    ActivityKind.MEDIA: pgettext_lazy("activity", "Media"),
    ActivityKind.LEGAL: pgettext_lazy("activity", "Legal"),
}
PROGRESS: dict[Progress, Promise] = {
    Progress.PLANNED: pgettext_lazy("activity", "Planned"),
    Progress.RUNNING: pgettext_lazy("activity", "Under way"),
    Progress.DONE: pgettext_lazy("activity", "Done"),
    Progress.DROPPED: pgettext_lazy("activity", "Dropped"),
}
PARTNER_ROLES: dict[PartnerRole, Promise] = {
    PartnerRole.FUNDER: pgettext_lazy("partner", "Funder"),
    PartnerRole.NGO: pgettext_lazy("partner", "Non-profit organisation"),
    PartnerRole.COMMUNITY: pgettext_lazy("partner", "Community"),
    PartnerRole.BROADCASTER: pgettext_lazy("partner", "Broadcaster"),
    PartnerRole.SCHOOL: pgettext_lazy("partner", "School or university"),
    PartnerRole.AUTHORITY: pgettext_lazy("partner", "Authority"),
    PartnerRole.TUTOR: pgettext_lazy("partner", "Tutor"),
}
AGREEMENTS: dict[Agreement, Promise] = {
    Agreement.NONE: pgettext_lazy("agreement", "None yet"),
    Agreement.VERBAL: pgettext_lazy("agreement", "By word of mouth"),
    Agreement.MOU: pgettext_lazy("agreement", "Memorandum"),
    Agreement.CONTRACT: pgettext_lazy("agreement", "Contract"),
}
WINDOW_KINDS: dict[WindowKind, Promise] = {
    WindowKind.FESTIVAL: pgettext_lazy("distribution", "Festivals"),
    WindowKind.THEATRICAL: pgettext_lazy("distribution", "Cinemas"),
    WindowKind.TV: pgettext_lazy("distribution", "Television"),
    WindowKind.VOD: pgettext_lazy("distribution", "Video on demand"),
    WindowKind.COMMUNITY: pgettext_lazy("distribution", "Community screenings"),
    WindowKind.EDUCATIONAL: pgettext_lazy("distribution", "Schools and universities"),
}
FUNDINGS: dict[Funding, Promise] = {
    Funding.PLANNED: pgettext_lazy("money", "Planned"),
    Funding.REQUESTED: pgettext_lazy("money", "Asked for"),
    Funding.SECURED: pgettext_lazy("money", "Secured"),
    Funding.SPENT: pgettext_lazy("money", "Spent"),
}
RESULT_KINDS: dict[ResultKind, Promise] = {
    ResultKind.OUTPUT: pgettext_lazy("result", "Output: what was done"),
    ResultKind.OUTCOME: pgettext_lazy("result", "Outcome: what changed"),
    ResultKind.IMPACT: pgettext_lazy("result", "Impact: what stays changed"),
    ResultKind.OTHER: pgettext_lazy("result", "Other: none of these"),
}
MEASURES: dict[Measure, Promise] = {
    Measure.UNIT: pgettext_lazy("measure", "A count"),
    Measure.PERCENTAGE: pgettext_lazy("measure", "A share in per cent"),
    Measure.NOMINAL: pgettext_lazy("measure", "Yes (1) or no (0)"),
    Measure.ORDINAL: pgettext_lazy("measure", "A rank or step"),
    Measure.QUALITATIVE: pgettext_lazy("measure", "In words"),
}
ACCUMULATIONS: dict[Accumulation, Promise] = {
    Accumulation.PERIODIC: _("Each period counts what happened in it"),
    Accumulation.CUMULATIVE: _("Each period counts everything from the beginning"),
}
YES = pgettext_lazy("a tick in a row", "yes")
SEXES: dict[Sex, Promise] = {
    Sex.FEMALE: pgettext_lazy("of whom a value speaks", "Women and girls"),
    Sex.MALE: pgettext_lazy("of whom a value speaks", "Men and boys"),
    Sex.OTHER: pgettext_lazy("of whom a value speaks", "Other"),
}
AGES: dict[Age, Promise] = {
    Age.CHILDREN: pgettext_lazy("age", "0–13"),
    Age.TEENS: pgettext_lazy("age", "14–17"),
    Age.YOUNG: pgettext_lazy("age", "18–29"),
    Age.ADULTS: pgettext_lazy("age", "30–59"),
    Age.ELDERS: pgettext_lazy("age", "60 and older"),
}
EVIDENCE_KINDS: dict[EvidenceKind, Promise] = {
    EvidenceKind.SCREENING_LIST: pgettext_lazy("evidence", "List of a screening"),
    EvidenceKind.DATED_PHOTO: pgettext_lazy("evidence", "Photograph with date and place"),
    EvidenceKind.LETTER: pgettext_lazy("evidence", "Letter"),
    EvidenceKind.PRESS: pgettext_lazy("evidence", "Press"),
    EvidenceKind.POLICY_TEXT: pgettext_lazy("evidence", "Text of a rule or law"),
    EvidenceKind.SURVEY: pgettext_lazy("evidence", "Survey"),
    EvidenceKind.TESTIMONY: pgettext_lazy("evidence", "Testimony"),
    EvidenceKind.DATASET: pgettext_lazy("evidence", "Data"),
    EvidenceKind.MEETING_NOTE: pgettext_lazy("evidence", "Notes of a meeting"),
    EvidenceKind.REPORT: pgettext_lazy("evidence", "Report"),
}
SENSITIVITIES: dict[Sensitivity, Promise] = {
    Sensitivity.PUBLIC: pgettext_lazy("who may see it", "Everybody"),
    Sensitivity.PARTNERS: pgettext_lazy("who may see it", "Partners"),
    Sensitivity.RESTRICTED: pgettext_lazy("who may see it", "Only the team and its tutors"),
}
RISK_WHOS: dict[RiskWho, Promise] = {
    RiskWho.PROTAGONIST: pgettext_lazy("risk to", "Protagonist"),
    RiskWho.FAMILY: pgettext_lazy("risk to", "Family"),
    RiskWho.CREW: pgettext_lazy("risk to", "Film crew"),
    RiskWho.ORGANISER: pgettext_lazy("risk to", "Organisers"),
    RiskWho.AUDIENCE: pgettext_lazy("risk to", "Audience"),
    RiskWho.COMMUNITY: pgettext_lazy("risk to", "Community"),
}
RISK_KINDS: dict[RiskKind, Promise] = {
    RiskKind.LEGAL: pgettext_lazy("risk", "Legal"),
    RiskKind.PHYSICAL: pgettext_lazy("risk", "Physical"),
    RiskKind.REPUTATIONAL: pgettext_lazy("risk", "Reputation"),
    RiskKind.DIGITAL: pgettext_lazy("risk", "Digital"),
    RiskKind.EMOTIONAL: pgettext_lazy("risk", "Emotional"),
    RiskKind.POLITICAL: pgettext_lazy("risk", "Political"),
    RiskKind.FINANCIAL: pgettext_lazy("risk", "Financial"),
}
CONSENTS: dict[Consent, Promise] = {
    Consent.NOT_ASKED: pgettext_lazy("consent", "Not asked yet"),
    Consent.GIVEN: pgettext_lazy("consent", "Given"),
    Consent.LIMITED: pgettext_lazy("consent", "Given within limits"),
    Consent.WITHDRAWN: pgettext_lazy("consent", "Withdrawn"),
}
ANONYMITIES: dict[Anonymity, Promise] = {
    Anonymity.NAMED: pgettext_lazy("how a person is named", "By name"),
    Anonymity.FIRST_NAME: pgettext_lazy("how a person is named", "By first name only"),
    Anonymity.MASKED: pgettext_lazy("how a person is named", "Not at all"),
}
LEVELS: dict[Level, Promise] = {
    Level.PRIVATE: pgettext_lazy("road map", "Only the team, its tutors and the lab"),
    Level.PARTNERS: pgettext_lazy("road map", "Partners too"),
    Level.PUBLIC: pgettext_lazy("road map", "Everybody"),
}
LEVELS_SAY: dict[Level, Promise] = {
    Level.PRIVATE: _("Nobody outside finds it. The lab reads it without what is restricted."),
    Level.PARTNERS: _("Whoever has a link from you. Links end by themselves, and you can take each of them back."),
    Level.PUBLIC: _("A page that everybody can open and find, in the language of whoever reads it."),
}
PAPERS_FOR: dict[Eyes, Promise] = {
    Eyes.LAB: pgettext_lazy("paper of a road map", "For the lab"),
    Eyes.PARTNERS: pgettext_lazy("paper of a road map", "For partners"),
    Eyes.PUBLIC: pgettext_lazy("paper of a road map", "For everybody"),
}
COUNTED: dict[str, Promise] = {
    "goals": pgettext_lazy("part of a road map", "Goals"),
    "audiences": pgettext_lazy("part of a road map", "Audiences"),
    "activities": pgettext_lazy("part of a road map", "Activities"),
    "partners": _("Partners by name"),
    "windows": pgettext_lazy("part of a road map", "Distribution windows"),
    "lines": pgettext_lazy("part of a road map", "Budget lines"),
    "milestones": pgettext_lazy("part of a road map", "Milestones"),
    "indicators": pgettext_lazy("part of a road map", "Indicators"),
    "actuals": pgettext_lazy("part of a road map", "Values read"),
    "evidence": pgettext_lazy("part of a road map", "Evidence"),
    "learning": pgettext_lazy("part of a road map", "What was learned"),
    "risks": pgettext_lazy("part of a road map", "Risks"),
    "protected": pgettext_lazy("part of a road map", "People on screen"),
}
LINK_STATES: dict[str, Promise] = {
    "open": pgettext_lazy("link for partners", "Open"),
    "expired": pgettext_lazy("link for partners", "Expired"),
    "taken_back": pgettext_lazy("link for partners", "Taken back"),
}
OUTCOME_KINDS: dict[OutcomeKind, Promise] = {
    OutcomeKind.EXTERNAL_PROGRAMME_SELECTED: pgettext_lazy("outcome", "Chosen for another programme"),
    OutcomeKind.MARKET_ACCREDITATION: pgettext_lazy("outcome", "Accreditation at a market"),
    OutcomeKind.PITCH_AWARD: pgettext_lazy("outcome", "Place in a pitching"),
    OutcomeKind.PREMIERE: pgettext_lazy("outcome", "Premiere"),
    OutcomeKind.FESTIVAL_SELECTION: pgettext_lazy("outcome", "Shown at a festival"),
    OutcomeKind.PRIZE: pgettext_lazy("outcome", "Prize"),
    OutcomeKind.FUNDING: pgettext_lazy("outcome", "Funding"),
    OutcomeKind.DISTRIBUTION_DEAL: pgettext_lazy("outcome", "Distribution"),
    OutcomeKind.SALE: pgettext_lazy("outcome", "Sold"),
    OutcomeKind.RELEASE: pgettext_lazy("outcome", "Released"),
    OutcomeKind.BROADCAST: pgettext_lazy("outcome", "Broadcast"),
    OutcomeKind.EDUCATIONAL_USE: pgettext_lazy("outcome", "Used in schools"),
    OutcomeKind.POLICY_CHANGE: pgettext_lazy("outcome", "A rule has changed"),
    OutcomeKind.JOB: pgettext_lazy("outcome", "Work"),
    OutcomeKind.TRAINING: pgettext_lazy("outcome", "Further training"),
    OutcomeKind.FILM_FINISHED: pgettext_lazy("outcome", "The film is finished"),
}
STANDINGS: dict[Standing, Promise] = {
    Standing.SELF_REPORTED: pgettext_lazy("outcome", "As they tell it"),
    Standing.VERIFIED: pgettext_lazy("outcome", "Verified"),
}
PUBLISHING: dict[Publishing, Promise] = {
    Publishing.NOT_ASKED: pgettext_lazy("publishing an outcome", "Nobody has been asked yet"),
    Publishing.ASKED: pgettext_lazy("publishing an outcome", "Asked, no answer yet"),
    Publishing.AGREED: pgettext_lazy("publishing an outcome", "They agree"),
    Publishing.REFUSED: pgettext_lazy("publishing an outcome", "They do not want it"),
    Publishing.WITHDRAWN: pgettext_lazy("publishing an outcome", "They have taken their word back"),
    Publishing.PUBLIC_ALREADY: pgettext_lazy("publishing an outcome", "Published elsewhere already"),
    Publishing.OF_THE_LAB: pgettext_lazy("publishing an outcome", "The lab’s own"),
}
FOLLOW_UP_KINDS: dict[FollowUpKind, Promise] = {
    FollowUpKind.SURVEY: pgettext_lazy("follow-up", "Yearly question"),
    FollowUpKind.CONSENT: pgettext_lazy("follow-up", "Question about publishing"),
    FollowUpKind.AGAIN: pgettext_lazy("follow-up", "New link"),
}
FOLLOW_UP_ANSWERS: dict[FollowUpAnswer, Promise] = {
    FollowUpAnswer.STILL_SO: pgettext_lazy("follow-up", "Still so"),
    FollowUpAnswer.TOLD: pgettext_lazy("follow-up", "Told something new"),
    FollowUpAnswer.QUIET: pgettext_lazy("follow-up", "Does not want to be asked again"),
}
# --- The impact report -------------------------------------------------------------------------------------------------
REPORT_SECTIONS: dict[str, Promise] = {
    "changed": _("What changed"),
    "done": _("What was done"),
    "unwanted": _("What nobody had wanted"),
}
REPORT_UNWANTED = _(
    "Teams write down what changed against their wish too, for better or worse. It is told as they tell it."
)
REPORT_BY: dict[str, Promise] = {
    "edition": pgettext_lazy("told apart by", "Edition"),
    "dynamic": pgettext_lazy("told apart by", "What changes"),
    "country": pgettext_lazy("told apart by", "Country"),
    "sdg": pgettext_lazy("told apart by", "Sustainable Development Goal"),
}
REPORT_HOW: dict[Accumulation | None, Promise] = {
    Accumulation.PERIODIC: _("The sum of what happened in each period"),
    Accumulation.CUMULATIVE: _("Counted from the beginning: the last value of each road map"),
    None: _("The last shares, weighed by how many were asked"),
}
FIGURE_HOW: dict[How, Promise] = {
    How.SUM: pgettext_lazy("how a figure came about", "the sum of its periods"),
    How.LATEST: pgettext_lazy("how a figure came about", "as read last"),
    How.WORDS: pgettext_lazy("how a figure came about", "told in words"),
    How.NOTHING: pgettext_lazy("how a figure came about", "not read yet"),
    How.UNDECLARED: pgettext_lazy("how a figure came about", "nobody has said how its periods add up"),
}
REPORT_SAYS: tuple[Promise, ...] = (
    _("These figures say what teams have read and what the lab has approved. The films have contributed to it; others have"
      " too, and nobody can say what would have happened without the films."),
    _("Reach is not impact: how many were reached stands under what was done, and is not counted among what changed."),
    _("Only counts of the same unit and the same way of counting are added. What happened in periods and what was counted"
      " from the beginning are never one figure. A road map of several countries stands under each of them."),
)  # fmt: skip
SDG_GOALS: dict[str, Promise] = {
    "1": pgettext_lazy("sustainable development goal", "No poverty"),
    "2": pgettext_lazy("sustainable development goal", "Zero hunger"),
    "3": pgettext_lazy("sustainable development goal", "Good health and well-being"),
    "4": pgettext_lazy("sustainable development goal", "Quality education"),
    "5": pgettext_lazy("sustainable development goal", "Gender equality"),
    "6": pgettext_lazy("sustainable development goal", "Clean water and sanitation"),
    "7": pgettext_lazy("sustainable development goal", "Affordable and clean energy"),
    "8": pgettext_lazy("sustainable development goal", "Decent work and economic growth"),
    "9": pgettext_lazy("sustainable development goal", "Industry, innovation and infrastructure"),
    "10": pgettext_lazy("sustainable development goal", "Reduced inequalities"),
    "11": pgettext_lazy("sustainable development goal", "Sustainable cities and communities"),
    "12": pgettext_lazy("sustainable development goal", "Responsible consumption and production"),
    "13": pgettext_lazy("sustainable development goal", "Climate action"),
    "14": pgettext_lazy("sustainable development goal", "Life below water"),
    "15": pgettext_lazy("sustainable development goal", "Life on land"),
    "16": pgettext_lazy("sustainable development goal", "Peace, justice and strong institutions"),
    "17": pgettext_lazy("sustainable development goal", "Partnerships for the goals"),
}
# The words of every closed list, by the class of its values.
LISTS: dict[type, Mapping[object, Promise]] = {
    type(next(iter(table))): table
    for table in (
        DYNAMICS, KNOWN, MOODS, AUDIENCE_KINDS, STANCES, ACTIVITY_KINDS, PROGRESS, PARTNER_ROLES, AGREEMENTS, WINDOW_KINDS,
        FUNDINGS, RESULT_KINDS, MEASURES, ACCUMULATIONS, SEXES, AGES, EVIDENCE_KINDS, SENSITIVITIES, RISK_WHOS, RISK_KINDS,
        CONSENTS, ANONYMITIES, LEVELS, OUTCOME_KINDS, STANDINGS, PUBLISHING, FOLLOW_UP_KINDS, FOLLOW_UP_ANSWERS,
    )
}  # fmt: skip
CURRENCIES = ("USD", "EUR", "KGS", "KZT", "UZS", "TJS", "TMT", "RUB")

# --- Drawings ----------------------------------------------------------------------------------------------------------
LAYERS: dict[Layer, Promise] = {
    Layer.ACTIVITY: pgettext_lazy("layer of the theory of change", "Activities"),
    Layer.OUTPUT: pgettext_lazy("layer of the theory of change", "Outputs"),
    Layer.OUTCOME: pgettext_lazy("layer of the theory of change", "Outcomes"),
    Layer.IMPACT: pgettext_lazy("layer of the theory of change", "Impact"),
}
HOW: dict[How, Promise] = {
    How.SUM: pgettext_lazy("how a value came about", "sum of the periods"),
    How.LATEST: pgettext_lazy("how a value came about", "as read last"),
    How.WORDS: pgettext_lazy("how a value came about", "told in words"),
    How.NOTHING: pgettext_lazy("how a value came about", "nobody has read it yet"),
    How.UNDECLARED: pgettext_lazy("how a value came about", "nobody has said how its periods add up"),
}
PICTURES: dict[str, Promise] = {
    "change": _("Theory of change"),
    "timeline": _("Timeline"),
    "results": _("Results matrix"),
    "indicators": pgettext_lazy("part of a road map", "Indicators"),
    "budget": pgettext_lazy("step of a road map", "Budget"),
}
# Where the rows of a step are drawn.
PICTURE_OF: dict[Step, str] = {
    Step.VISION: "change", Step.GOALS: "change", Step.ACTIVITIES: "timeline", Step.DISTRIBUTION: "timeline",
    Step.MILESTONES: "timeline", Step.BUDGET: "budget", Step.RESULTS: "results", Step.EVIDENCE: "indicators",
}  # fmt: skip
DIMENSIONS: dict[str, Promise] = {
    "sex": pgettext_lazy("of whom a value speaks", "Sex"),
    "age": pgettext_lazy("of whom a value speaks", "Age"),
    "country": pgettext_lazy("of whom a value speaks", "Country"),
    "place": pgettext_lazy("of whom a value speaks", "Place"),
}

# --- Columns: the name alone, or part and name where a part says it in its own way ---------------------------------------
FIELDS: dict[str, Promise] = {
    "title": pgettext_lazy("road map", "Title"),
    "issue.title": _("The issue in a few words"),
    "statement": _("What is wrong"),
    "vision.statement": _("What the world will be like"),
    "why_now": _("Why now"),
    "name": pgettext_lazy("road map", "Name"),
    "country": pgettext_lazy("road map", "Country"),
    "size": _("How many people"),
    "text": _("Cause"),
    "url": _("Address on the web"),
    "published_on": _("Published on"),
    "code": _("Goal or target"),
    "protected.code": _("Code of the person"),
    "horizon": _("By when"),
    "known": _("The problem is"),
    "mood": _("Public mood"),
    "notes": _("Notes"),
    "film_message": _("What the film shows"),
    "goal.goal": _("Goal: its reversal"),
    "goal": _("For which goal"),
    "key_agents": _("Who can bring it about"),
    "dynamic": _("What changes"),
    "is_primary": _("This is the primary goal"),
    "success": _("What success looks like"),
    "kind": _("Kind"),
    "place": _("Place"),
    "stance": _("Where they stand"),
    "languages": _("Languages"),
    "access_needs": _("What they need to take part"),
    "audience": _("For which audience"),
    "owner": _("Who is responsible"),
    "starts_on": _("Begins on"),
    "ends_on": _("Ends on"),
    "progress": _("How far it has come"),
    "partners": _("Partners"),
    "depends_on": _("What has to come first"),
    "organisation": _("Organisation"),
    "role": _("Role"),
    "contributes": _("What they give"),
    "expects": _("What they expect"),
    "agreement": _("Agreement"),
    "contact": _("Contact"),
    "safe_to_name": _("It is safe to name them"),
    "territory": _("Territory"),
    "hold_back_until": _("Held back until"),
    "rights_confirmed": _("The rights are confirmed"),
    "purpose": _("What it is for"),
    "currency": _("Currency"),
    "contingency": _("Reserve, per cent"),
    "label": _("What is paid for"),
    "budget_code": _("Code in your accounts"),
    "activity": _("For which activity"),
    "quantity": _("Quantity"),
    "unit_cost": _("Price of one"),
    "source": _("Who pays"),
    "funding": _("How certain"),
    "on": _("Date"),
    "precision": _("How exact"),
    "activities": _("Activities"),
    "evidence_required": _("What will show it"),
    "result.title": _("What comes of it"),
    "assumption": _("What has to be so for this to come about"),
    "aggregable": _("May be added up with other road maps"),
    "result": _("For which result"),
    "indicator.title": _("What is measured"),
    "measure": _("How it is measured"),
    "unit": _("Unit"),
    "accumulation": _("How periods add up"),
    "higher_is_better": _("More is better"),
    "method": _("Method"),
    "tool": _("Tool"),
    "source_of_data": _("Source of the data"),
    "frequency": _("How often"),
    "ethics": _("What to mind with people"),
    "sdg_indicator": _("Indicator of the global list"),
    "baseline_value": _("Value before"),
    "baseline_unit": _("Unit of the value before"),
    "baseline_year": _("Year of the value before"),
    "baseline_on": _("Day of the value before"),
    "baseline_place": _("Place of the value before"),
    "baseline_comment": _("About the value before"),
    "no_baseline_reason": _("Why there is no value before"),
    "indicator": _("Indicator"),
    "period": _("Period"),
    "value": _("Value"),
    "out_of": _("Out of how many"),
    "comment": _("In words"),
    "sex": _("Of whom"),
    "age": _("Of what age"),
    "evidence": _("Evidence"),
    "recorded_on": _("Read on"),
    "describes": _("What it shows"),
    "consent_ok": _("Those who can be recognised have agreed"),
    "sensitivity": _("Who may see it"),
    "risk.title": _("What may happen"),
    "who": _("To whom"),
    "likelihood": _("How likely, 1 to 5"),
    "severity": _("How grave, 1 to 5"),
    "mitigation": _("How it is kept from happening"),
    "review_on": _("Look at it again on"),
    "anonymity": _("How this person is named"),
    "consent": _("Consent"),
    "consent_scope": _("What the consent covers"),
    "consent_version": _("Version of the consent form"),
    "support_plan": _("How this person is supported"),
    "compensation": _("What this person receives"),
    "contact_channel": _("A safe way to reach this person"),
    "names": _("Names that must not appear"),
    "what_changed": _("What changed"),
    "intended": _("It was wanted"),
    "positive": _("It is for the better"),
    "contribution": _("What you contributed"),
    "decision": _("What you decided"),
}
HINTS: dict[str, Promise] = {
    "vision.statement": _("One sentence, as if it were so already."),
    "goal.goal": _("Not what you do, but what will be so."),
    "key_agents": _("People or offices. Not only those who agree with you already."),
    "depends_on": _("Choose activities that must be finished before this one begins."),
    "contact": _("Only the team, its tutors and the lab see it."),
    "safe_to_name": _("Without the tick nobody outside the team reads this name."),
    "languages": _("Separated by commas."),
    "protected.code": _("Not a name and no initials: P1, P2."),
    "names": _(
        "First name, surname, nicknames, in each spelling. They are kept only as marks that find them in texts; nobody can"
        " read them again."
    ),
    "accumulation": _("Only for counts. It decides whether values are summed or the last one counts."),
    "sdg_indicator": _("As in the global list, for example 5.3.1."),
    "out_of": _("For shares: how many people or things were asked."),
    "comment": _("If there is no number, say why."),
    "contribution": _("Your part in it. Others had theirs."),
    "consent_ok": _("Without it the evidence is shown to nobody outside the team."),
    "sex": _("Leave it open if the value speaks of all."),
}

# --- Findings ----------------------------------------------------------------------------------------------------------
FINDINGS: dict[str, Promise] = {
    "issue_missing": _("Nobody has said yet what is wrong."),
    "vision_missing": _("The vision has no sentence yet."),
    "horizon_missing": _("The vision has no date by which it is to be so."),
    "goals_missing": _("There is no goal yet."),
    "primary_goal_missing": _("No goal is primary. Choose the one that serves the vision most and suits the film."),
    "reach_is_not_impact": _(
        "Reach is not impact: every indicator counts what was done. Add a result that says what changed, and how one would"
        " know."
    ),
    "goal_without_activity": _("Nothing is done for this goal: %(goal)s"),
    "goal_without_indicator": _("Nothing shows whether this goal is reached: %(goal)s"),
    "baseline_missing": _("How was it before? Give a value, or say why there is none: %(indicator)s"),
    "baseline_in_another_unit": _("The value before is in another unit (%(baseline_unit)s, %(unit)s): %(indicator)s"),
    "baseline_without_year": _("Of which year is the value before? %(indicator)s"),
    "number_in_words_only": _("This indicator is told in words, but a value has a number: %(indicator)s"),
    "words_missing": _("This indicator is told in words, but a period says nothing: %(indicator)s"),
    "value_missing": _("A period has no value and does not say why: %(indicator)s"),
    "value_not_whole": _("Ranks and yes-or-no values are whole numbers: %(indicator)s"),
    "activity_after_horizon": _("This activity ends after the date of the vision, %(horizon)s: %(activity)s"),
    "activity_before_its_condition": _("“%(activity)s” begins before “%(before)s” has ended."),
    "dependency_circle": _("These activities wait for one another: %(activities)s."),
    "currencies_mixed": _(
        "Lines in other currencies (%(currencies)s) are not added to the budget in %(currency)s. They stand apart."
    ),
    "money_not_asked_for": _("Nobody has been asked yet for part of the budget: %(missing)s %(currency)s."),
    "sdg_target_missing": _("An indicator belongs to target %(target)s, which is not tagged: %(indicator)s"),
    "sdg_goal_doubled": _("Goal %(goal)s is tagged beside one of its targets. Exports name the target alone."),
    "name_said": _(
        "The name of a person who is not to be named stands here. Nothing is shown outside the team until it is gone."
    ),
    "risk_made_public": _("A risk is open to everybody. A list of risks can itself endanger people."),
    "evidence_without_consent": _("Evidence is open to others, but nobody has confirmed that the people in it agree."),
    "value_without_evidence": _("Values have no evidence that may be shown. Outside the team they stand alone."),
    "named_without_consent": _("A person is to be named, but has not agreed."),
    "audience_elsewhere": _("An audience is in another country than the issue. Screenings far away are weak evidence."),
    "only_the_choir": _("Every audience agrees already. Add one that has to be persuaded."),
    "audiences_missing": _("There is no audience yet."),
    "periods_overlap": _("Two periods overlap; what happened would count twice: %(indicator)s"),
    "gap_between_periods": _("Between two periods there is time that nobody reads: %(indicator)s"),
    "accumulation_undeclared": _("Say how the periods add up: %(indicator)s"),
    "fall_explained": _(
        "A count from the beginning has fallen (%(before)s, then %(after)s); the team says why: %(indicator)s"
    ),
    "cumulative_falls": _("A count from the beginning cannot fall (%(before)s, then %(after)s): %(indicator)s"),
}

# --- Reasons -------------------------------------------------------------------------------------------------------------
REASONS: dict[str, Promise] = {
    "iati_too_large": _("The file is too large. At most: %(limit)s MB."),
    "iati_declares": _(
        "The file declares types or entities of its own. Such files are not opened; save it without them."
    ),
    "iati_unreadable": _("This is not an XML file, or it is broken in line %(line)s."),
    "iati_other_document": _(
        "This is not a list of activities in the IATI standard. The file begins with: %(element)s."
    ),
    "iati_other_version": _("The file is of another version of the IATI standard: %(version)s. Version 2 is read."),
    "iati_without_activity": _("There is no activity in the file."),
    "brought_decided": _("This file has been decided about already."),
    "activity_unknown": _("The file has no such activity."),
    "nothing_arrives": _("Nothing of this file can be taken in now."),
    "nothing_to_take_away": _("No road map of the edition is shown to them."),
    "road_map_is_template": _("This is a template of the programme: it is written, and road maps begin from it."),
    "no_template": _("This is not a template."),
    "part_keeps_its_order": _("Periods and values stand by their days."),
    "order_changed": _("Somebody has moved or taken out these rows meanwhile. This is how they stand now."),
    "road_map_step_not_possible": _("This cannot be done with the road map as it stands now. Load the page again."),
    "only_the_team_writes": _("Only the team of this road map writes here. Its tutors make remarks."),
    "only_tutors_remark": _("Only the team, its tutors and those who guide the lab’s road maps make remarks."),
    "only_tutors_approve": _("Values are approved by a tutor, or by whoever guides the lab’s road maps."),
    "not_your_step": _("Somebody else takes this step."),
    "road_map_not_begun": _("The road map has not been begun yet."),
    "road_map_closed": _("The road map is closed."),
    "road_map_under_review": _("The road map is being looked at. The team writes on when it comes back."),
    "plan_adopted": _("This part of the plan has been adopted. The lab can open the plan again."),
    "road_map_not_shown": _("This road map is not shown outside the team."),
    "part_has_one_row": _("There is exactly one of this in a road map."),
    "too_many_rows": _("There are too many rows here. At most: %(limit)s."),
    "row_of_another_road_map": _("What was chosen does not belong to this road map. Load the page again."),
    "row_there_already": _("This stands there already."),
    "ends_before_start": _("The end is before the beginning."),
    "row_gone": _("Somebody has taken this row out meanwhile."),
    "row_is_needed": _("Values stand on this, so it stays. An indicator can be retired."),
    "version_unknown": _("This earlier version is not kept."),
    "not_of_this_edition": _("This project is of another edition."),
    "tutors_already": _("This person accompanies the road map already."),
    "of_the_team": _("This person is in the team and cannot be its tutor."),
    "road_map_blocked": _("This cannot go on yet. Findings that stop it: %(count)s. Each says what to mend."),
    "revision_needs_a_remark": _("Say first what is to be revised: make a remark that asks for a change."),
    "not_safe_to_show": _("It is not safe to show this road map yet. How many findings: %(count)s."),
    "remark_empty": _("A remark needs words."),
    "outcome_needs_source": _("Name the source first, with its address on the web: what is verified can be looked up."),
    "outcome_needs_someone": _("Say whom or what it is about."),
    "outcome_not_theirs": _("Only whoever it is about decides whether it is published."),
    "outcome_not_asked": _("There is nobody who could be asked: no address is known."),
    "outcome_gone": _("This outcome is not there any more. Load the page again."),
    "outcome_changed": _("Somebody has changed this meanwhile. Look at it again and save once more."),
    "outcome_there_already": _("This stands there already."),
    "outcome_in_future": _("This day has not come yet."),
    "row_unreadable": _("These columns cannot be read: %(columns)s."),
    "no_such_subject": _("This person, film or edition does not belong to the programme."),
    "survey_unknown": _("This link is not known here. Perhaps a part of it got lost on the way."),
    "survey_expired": _("This link is no longer valid. Ask for a new one below; it comes at once."),
    "survey_answered": _(
        "This link has been used: your answer has arrived. To change something, ask for a new one below."
    ),
    "too_many_links": _("There are too many open links. At most: %(limit)s. Take back those that nobody needs."),
    "link_gone": _("There is no such link."),
    "value_in_words": _("This indicator is told in words. Write into the field for words and leave the value empty."),
    "value_not_a_number": _(
        "“%(text)s” is not a number. If there is none, leave the value empty and say why beside it."
    ),
    "amount_not_a_number": _("“%(text)s” is not a number. Write it in digits: 1200 or 12,5."),
    "value_not_a_whole_number": _("“%(text)s” is not a whole number."),
    "value_is_a_fraction": _("“%(text)s” is a fraction. Write it with a comma: 0,5."),
    "value_is_a_share": _("“%(text)s” is a share, but this indicator counts. Write how many."),
    "share_over_whole": _("A share cannot be more than the whole, a hundred per cent."),
    "value_read_two_ways": _(
        "“%(text)s” can be read as a thousand and more, or as a little more than one. Write it without the comma, or with a"
        " full stop."
    ),
    "value_approved": _("This value has been approved and stands. Correct it, and say why."),
    "value_handed_in": _("This value has been handed in with a report. It can be changed when the report comes back."),
    "value_being_written": _(
        "The team still writes this value in a report. It can be approved when the report is handed in."
    ),
    "value_changed_meanwhile": _("A value has changed since you looked at it. Look again."),
    "correction_needs_a_reason": _("Say why the value is corrected."),
    "correction_is_the_same": _("The value is the same as before."),
    "value_not_approved": _("Only an approved value is corrected. This one can simply be changed."),
    "report_step_not_possible": _("This cannot be done with the report as it stands now. Load the page again."),
    "report_plan_open": _("Reports belong to a road map that is being carried out. The plan is being written now."),
    "report_not_asked": _("This report does not ask for that. Load the page again."),
    "report_too_long": _("A report covers three years at most."),
    "report_due_when": _("A report is due after its last day, %(ends)s, and within a year."),
    "reports_overlap": _("There is a report for some of these days already: from %(starts)s to %(ends)s."),
    "report_has_values": _("This report has been handed in once, so it stays."),
    "report_incomplete": _(
        "The report cannot be handed in yet. Values that need something: %(count)s. It is said beside each."
    ),
    "report_waits": _("A report waits to be approved or given back. Then the road map goes on by itself."),
    "report_needs_a_remark": _("Say what is to be changed before you give the report back."),
    "report_value_wanted": _("Give a value, or leave it empty and say why there is none this time."),
    "report_words_wanted": _("This indicator is told in words. Nothing is said yet."),
    "parts_exceed_whole": _("The parts by %(dimensions)s come to %(parts)s, more than the whole, %(whole)s."),
    "cumulative_fell": _(
        "Last time it was %(before)s, now it is %(after)s: a count from the beginning does not fall by itself. If the number is"
        " right, say in words what happened."
    ),
    "nothing_to_approve": _("Choose at least one value that waits."),
    "evidence_not_fitting": _("The file arrived whole, but its place among the evidence could not take it any more."),
    "evidence_has_file": _("There is a file here. Take it out first."),
}


def label(part: Part, column: str) -> Promise:
    """What a column of a part is called."""
    return FIELDS.get(f"{part}.{column}") or FIELDS[column]


def hint(part: Part, column: str) -> Promise | str:
    """What helps to fill it in; nothing where the label says enough."""
    return HINTS.get(f"{part}.{column}") or HINTS.get(column, "")


# --- Files of the IATI standard --------------------------------------------------------------------------------------------
# Kinds of organisations: codes of the list OrganisationType.
ORGANISATION_KINDS: dict[str, Promise] = {
    "22": pgettext_lazy("kind of organisation", "National non-governmental organisation"),
    "21": pgettext_lazy("kind of organisation", "International non-governmental organisation"),
    "23": pgettext_lazy("kind of organisation", "Regional non-governmental organisation"),
    "60": pgettext_lazy("kind of organisation", "Foundation"),
    "70": pgettext_lazy("kind of organisation", "Private sector"),
    "80": pgettext_lazy("kind of organisation", "Academic, training and research"),
    "10": pgettext_lazy("kind of organisation", "Government"),
    "15": pgettext_lazy("kind of organisation", "Other public sector"),
    "40": pgettext_lazy("kind of organisation", "Multilateral"),
    "90": pgettext_lazy("kind of organisation", "Other"),
}
# What an import says of what it found, beside the reasons why a value is refused.
NOTES: dict[str, Promise] = {
    "iati_around_the_results": _("Only results are read. Around them the file also says: %(names)s."),
    "iati_not_understood": _("What stands in %(element)s has no place here: %(names)s."),
    "iati_other_languages": _("One language is taken. The file also says it in: %(languages)s."),
    "iati_text_cut": _("The text is longer than %(limit)s characters. It ends before “%(text)s”."),
    "iati_title_missing": _("Without a title: %(element)s."),
    "iati_result_type_unknown": _("The kind of result “%(type)s” is not known. It comes as “Other”."),
    "iati_description_without_place": _("The description is not the text of a goal here: “%(text)s”."),
    "iati_flag_unknown": _("What %(name)s says is not known: “%(text)s”."),
    "iati_measure_unknown": _("The measure “%(measure)s” is not known."),
    "iati_aggregation_worked_out": _("Whether values add up follows from the measure and the result; the file says otherwise."),
    "iati_accumulation_unknown": _("The file does not say how periods add up. Say it at the indicator before it is presented."),
    "iati_reference_without_place": _("Only indicators of the SDGs are kept, not this one: %(code)s of list %(vocabulary)s."),
    "iati_more_baselines": _("An indicator has one baseline here. More in the file: %(count)s."),
    "iati_baseline_of_some": _("A baseline of some, not of all, has no place here."),
    "iati_period_without_day": _("The period has no beginning or no end. Values in it: %(values)s."),
    "iati_period_ends_before_start": _("The period ends before it begins. Values in it: %(values)s."),
    "iati_not_a_day": _("“%(text)s” is not a day."),
    "iati_target_left": _("For that reason the target does not come."),
    "iati_actual_left": _("For that reason the value does not come."),
    "iati_dimension_unknown": _("A value of some is not a value of all, and these are not known here: %(name)s “%(value)s”."),
    "iati_documents_of_a_target": _("Evidence stands behind what was read, not behind a target. Links: %(count)s."),
    "iati_address_unknown": _("“%(text)s” is no address of a document."),
    "arriving_otherwise": _("It is here already and says something else in: %(columns)s. What is here stays."),
}  # fmt: skip


# --- Choices of columns --------------------------------------------------------------------------------------------------
def _choices(table: Mapping[object, Promise]) -> Choices:
    return [(str(key), label) for key, label in table.items()]


def states() -> Choices:
    """Choices of `RoadMap.state`."""
    return _choices(STATES)


def report_states() -> Choices:
    """Choices of `Report.state`."""
    return _choices(REPORT_STATES)


def rhythms() -> list[tuple[int, object]]:
    """Choices of `Rhythm.months`."""
    return list(RHYTHMS.items())


def steps() -> Choices:
    """Choices of `Version.step`."""
    return _choices(STEPS)


def path() -> Choices:
    """Choices of `Remark.path_step`."""
    return _choices(PATH)


def parts() -> Choices:
    """Choices of `RowPast.part`."""
    return _choices(PARTS)


def sdg() -> Choices:
    """Choices of `SdgTag.code`: each goal, then its targets."""
    found: Choices = []
    for goal, name in SDG_GOALS.items():
        found.append((goal, name))
        found += [(code, code) for code in goals_of_the_world.TARGETS if goals_of_the_world.goal_of(code) == goal]
    return found


def currencies() -> Choices:
    """Choices of every currency."""
    return [(code, code) for code in CURRENCIES]


def precisions() -> Choices:
    """Choices of every date's precision."""
    return _choices(PRECISIONS)


def dynamics() -> Choices:
    """Choices of `Goal.dynamic`."""
    return _choices(DYNAMICS)


def known() -> Choices:
    """Choices of `Story.known`."""
    return _choices(KNOWN)


def moods() -> Choices:
    """Choices of `Story.mood`."""
    return _choices(MOODS)


def audience_kinds() -> Choices:
    """Choices of `Audience.kind`."""
    return _choices(AUDIENCE_KINDS)


def stances() -> Choices:
    """Choices of `Audience.stance`."""
    return _choices(STANCES)


def activity_kinds() -> Choices:
    """Choices of `Activity.kind`."""
    return _choices(ACTIVITY_KINDS)


def progress() -> Choices:
    """Choices of `Activity.progress`."""
    return _choices(PROGRESS)


def partner_roles() -> Choices:
    """Choices of `Partner.role`."""
    return _choices(PARTNER_ROLES)


def agreements() -> Choices:
    """Choices of `Partner.agreement`."""
    return _choices(AGREEMENTS)


def window_kinds() -> Choices:
    """Choices of `Window.kind`."""
    return _choices(WINDOW_KINDS)


def fundings() -> Choices:
    """Choices of `BudgetLine.funding`."""
    return _choices(FUNDINGS)


def result_kinds() -> Choices:
    """Choices of `Result.kind`."""
    return _choices(RESULT_KINDS)


def measures() -> Choices:
    """Choices of `Indicator.measure`."""
    return _choices(MEASURES)


def accumulations() -> Choices:
    """Choices of `Indicator.accumulation`."""
    return _choices(ACCUMULATIONS)


def sexes() -> Choices:
    """Choices of a reading's `sex`."""
    return _choices(SEXES)


def ages() -> Choices:
    """Choices of a reading's `age`."""
    return _choices(AGES)


def evidence_kinds() -> Choices:
    """Choices of `Evidence.kind`."""
    return _choices(EVIDENCE_KINDS)


def sensitivities() -> Choices:
    """Choices of every `sensitivity`."""
    return _choices(SENSITIVITIES)


def risk_whos() -> Choices:
    """Choices of `Risk.who`."""
    return _choices(RISK_WHOS)


def risk_kinds() -> Choices:
    """Choices of `Risk.kind`."""
    return _choices(RISK_KINDS)


def consents() -> Choices:
    """Choices of `ProtectedPerson.consent`."""
    return _choices(CONSENTS)


def anonymities() -> Choices:
    """Choices of `ProtectedPerson.anonymity`."""
    return _choices(ANONYMITIES)


def levels() -> Choices:
    """Choices of `RoadMap.level`."""
    return _choices(LEVELS)


def organisation_kinds() -> Choices:
    """Choices of `Publisher.kind`."""
    return _choices(ORGANISATION_KINDS)


def outcome_kinds() -> Choices:
    """Choices of `Outcome.kind`."""
    return _choices(OUTCOME_KINDS)


def standings() -> Choices:
    """Choices of `Outcome.standing`."""
    return _choices(STANDINGS)


def publishings() -> Choices:
    """Choices of `Outcome.publishing`."""
    return _choices(PUBLISHING)


def follow_up_kinds() -> Choices:
    """Choices of `FollowUp.kind`."""
    return _choices(FOLLOW_UP_KINDS)


def follow_up_answers() -> Choices:
    """Choices of `FollowUp.answer`."""
    return _choices(FOLLOW_UP_ANSWERS)
