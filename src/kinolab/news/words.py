"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.news.domain.lifecycle import ArticleState
from kinolab.news.domain.schedule import Doubt
from kinolab.news.domain.translations import TranslationState

KINDS: dict[str, Promise] = {
    "article": pgettext_lazy("kind of text", "News"),
    "page": pgettext_lazy("kind of text", "Standing page"),
}
PLACES: dict[str, Promise] = {
    "menu": pgettext_lazy("place of a page", "In the menu and at the foot of every page"),
    "footer": pgettext_lazy("place of a page", "At the foot of every page"),
}
STATES: dict[ArticleState, Promise] = {
    ArticleState.DRAFT: pgettext_lazy("article", "draft"),
    ArticleState.WAITING: pgettext_lazy("article", "waits for a second pair of eyes"),
    ArticleState.APPROVED: pgettext_lazy("article", "approved"),
    ArticleState.SCHEDULED: pgettext_lazy("article", "scheduled"),
    ArticleState.HELD: pgettext_lazy("article", "held back"),
    ArticleState.PUBLISHED: pgettext_lazy("article", "published"),
    ArticleState.ARCHIVED: pgettext_lazy("article", "archived"),
}
TRANSLATION_STATES: dict[TranslationState, Promise] = {
    TranslationState.MISSING: pgettext_lazy("translation", "not written"),
    TranslationState.DRAFT: _("title or text missing"),
    TranslationState.DONE: pgettext_lazy("translation", "complete"),
    TranslationState.OUTDATED: pgettext_lazy("translation", "outdated: the original has changed"),
}
FIELDS: dict[str, Promise] = {
    "title": _("Title"),
    "lead": _("Introduction"),
    "body": _("Text"),
}
DOUBTS: dict[Doubt, Promise] = {
    Doubt.SKIPPED: _(
        "The clocks are turned on that day and skip the time that you wrote. The article appears later, at the time shown."
    ),
    Doubt.TWICE: _(
        "The clocks are turned back on that day and show the time that you wrote twice. The article appears at the first."
    ),
}
kinds = list(KINDS.items())
places = list(PLACES.items())

REASONS: dict[str, Promise] = {
    "article_incomplete": _("An article is published with a title and a text in at least one language."),
    "article_published": _("A published article cannot be deleted. Take it off the site first."),
    "article_stands_elsewhere": _(
        "This cannot be done with the article as it stands now. Somebody may have just changed it."
    ),
    "film_waits": _(
        "“%(film)s” belongs to another organisation, whose makers have something to settle first. Until then no news of it "
        "can appear."
    ),
    "article_waits": _("The article waits for a second pair of eyes. Approve it, or take it back first."),
    "second_eyes_wanted": _(
        "Here an article goes out once somebody else has read and approved it. Ask a colleague first."
    ),
    "own_article": _("You wrote this article. Somebody else approves it here."),
    "not_a_colleague": _("This person does not write news here. Choose somebody else, or anybody."),
    "instant_past": _("This time is past. Choose a later one, or publish now."),
    "article_changed_meanwhile": _(
        "Somebody changed the same place while you were writing. Both texts are shown; put into yours what should stay, and save."
    ),
    "text_far_too_long": _("A text of more than %(limit)s characters is not kept. Make several articles of it."),
    "typed_meanwhile": _("You typed in the same place elsewhere. Both texts are kept; choose which one stays."),
    "typing_began_unknown": _("What this text began from is no longer known here. Load the page again."),
    "slug_taken": _("Another article already has the address %(slug)s. Free is, for example, %(free)s."),
    "rubric_taken": _("There is a rubric with the address %(slug)s already."),
    "rubric_used": _("Articles stand under this rubric. Give them another one first."),
    "rubric_of_others": _("This rubric belongs to another organisation."),
    "correction_empty": _("Say in at least one language what was wrong."),
    "too_many_pictures": _("An article has at most %(limit)s pictures."),
    "picture_in_text": _("A text of this article shows the picture. Take its line out of the text first."),
    "not_your_newsroom": _("Your role does not include writing news here."),
    "not_your_practice": _("Only somebody who may set up the whole organisation changes this."),
}
