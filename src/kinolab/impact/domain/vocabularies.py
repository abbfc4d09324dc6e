"""The closed lists of a road map. What each is called stands in `words.py`."""

from enum import StrEnum


class Dynamic(StrEnum):
    """What a goal changes: the four impact dynamics."""

    MINDS = "minds"
    BEHAVIOURS = "behaviours"
    COMMUNITIES = "communities"
    STRUCTURES = "structures"


class Known(StrEnum):
    """Whether people know of the problem."""

    KNOWN = "known"
    HIDDEN = "hidden"


class Mood(StrEnum):
    """What the public feels about it."""

    HOSTILE = "hostile"
    INDIFFERENT = "indifferent"
    DIVIDED = "divided"
    SYMPATHETIC = "sympathetic"


class AudienceKind(StrEnum):
    """What an audience can do."""

    KEY_AGENT = "key_agent"
    AFFECTED = "affected"
    AMPLIFIER = "amplifier"
    PUBLIC = "public"


class Stance(StrEnum):
    """Where an audience stands; allies are the choir."""

    ALLY = "ally"
    PERSUADABLE = "persuadable"
    OPPONENT = "opponent"


class ActivityKind(StrEnum):
    """What is done."""

    SCREENING = "screening"
    WORKSHOP = "workshop"
    LOBBYING = "lobbying"
    CAMPAIGN = "campaign"
    TRAINING = "training"
    EDUCATIONAL_KIT = "educational_kit"
    ONLINE = "online"
    MEDIA = "media"
    LEGAL = "legal"


class Progress(StrEnum):
    """How far an activity has come."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class PartnerRole(StrEnum):
    """What a partner is."""

    FUNDER = "funder"
    NGO = "ngo"
    COMMUNITY = "community"
    BROADCASTER = "broadcaster"
    SCHOOL = "school"
    AUTHORITY = "authority"
    TUTOR = "tutor"


class Agreement(StrEnum):
    """What has been agreed with a partner."""

    NONE = "none"
    VERBAL = "verbal"
    MOU = "mou"
    CONTRACT = "contract"


class WindowKind(StrEnum):
    """Where the film is shown."""

    FESTIVAL = "festival"
    THEATRICAL = "theatrical"
    TV = "tv"
    VOD = "vod"
    COMMUNITY = "community"
    EDUCATIONAL = "educational"


class Funding(StrEnum):
    """How certain the money of a budget line is."""

    PLANNED = "planned"
    REQUESTED = "requested"
    SECURED = "secured"
    SPENT = "spent"


class ResultKind(StrEnum):
    """What a result is: done, changed, or changed for good; other where a funder's list says so."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"
    OTHER = "other"


class Measure(StrEnum):
    """How an indicator is read."""

    UNIT = "unit"
    PERCENTAGE = "percentage"
    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    QUALITATIVE = "qualitative"


class Accumulation(StrEnum):
    """What a period's value counts: what happened in it, or everything until its end."""

    PERIODIC = "periodic"
    CUMULATIVE = "cumulative"


class Sex(StrEnum):
    """Of whom a value speaks, as they say themselves."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Age(StrEnum):
    """Of what age, in years."""

    CHILDREN = "0-13"
    TEENS = "14-17"
    YOUNG = "18-29"
    ADULTS = "30-59"
    ELDERS = "60+"


class EvidenceKind(StrEnum):
    """What stands behind a value."""

    SCREENING_LIST = "screening_list"
    DATED_PHOTO = "dated_photo"
    LETTER = "letter"
    PRESS = "press"
    POLICY_TEXT = "policy_text"
    SURVEY = "survey"
    TESTIMONY = "testimony"
    DATASET = "dataset"
    MEETING_NOTE = "meeting_note"
    REPORT = "report"


class Sensitivity(StrEnum):
    """Who may see something: everybody, partners, or the team and its tutors alone."""

    PUBLIC = "public"
    PARTNERS = "partners"
    RESTRICTED = "restricted"


class RiskWho(StrEnum):
    """Whom something may happen to."""

    PROTAGONIST = "protagonist"
    FAMILY = "family"
    CREW = "crew"
    ORGANISER = "organiser"
    AUDIENCE = "audience"
    COMMUNITY = "community"


class RiskKind(StrEnum):
    """What may happen."""

    LEGAL = "legal"
    PHYSICAL = "physical"
    REPUTATIONAL = "reputational"
    DIGITAL = "digital"
    EMOTIONAL = "emotional"
    POLITICAL = "political"
    FINANCIAL = "financial"


class Consent(StrEnum):
    """How a person on screen stands to being shown."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    LIMITED = "limited"
    WITHDRAWN = "withdrawn"


class Anonymity(StrEnum):
    """How a person may be named."""

    NAMED = "named"
    FIRST_NAME = "first_name"
    MASKED = "masked"


class Level(StrEnum):
    """To whom a road map is shown at all."""

    PRIVATE = "private"
    PARTNERS = "partners"
    PUBLIC = "public"


class OutcomeKind(StrEnum):
    """What became of a person, a project or a film."""

    EXTERNAL_PROGRAMME_SELECTED = "external_programme_selected"
    MARKET_ACCREDITATION = "market_accreditation"
    PITCH_AWARD = "pitch_award"
    PREMIERE = "premiere"
    FESTIVAL_SELECTION = "festival_selection"
    PRIZE = "prize"
    FUNDING = "funding"
    DISTRIBUTION_DEAL = "distribution_deal"
    SALE = "sale"
    RELEASE = "release"
    BROADCAST = "broadcast"
    EDUCATIONAL_USE = "educational_use"
    POLICY_CHANGE = "policy_change"
    JOB = "job"
    TRAINING = "training"
    FILM_FINISHED = "film_finished"


class Standing(StrEnum):
    """Who says that it is so."""

    SELF_REPORTED = "self_reported"
    VERIFIED = "verified"


class Publishing(StrEnum):
    """Whether an outcome may be published: what whoever it is about has said, or why nobody had to be asked."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PUBLIC_ALREADY = "public_already"  # it was published elsewhere, as its source shows
    OF_THE_LAB = "of_the_lab"  # about an edition itself: the lab decides


class FollowUpKind(StrEnum):
    """Why somebody was sent a link to what is known about them."""

    SURVEY = "survey"
    CONSENT = "consent"
    AGAIN = "again"  # they asked for a new one


class FollowUpAnswer(StrEnum):
    """How somebody answered."""

    STILL_SO = "still_so"
    TOLD = "told"
    QUIET = "quiet"  # never ask again
