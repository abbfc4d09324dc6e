"""A letter to all teams that have sent, written and looked through by nobody yet: whoever tries it out sends it."""

from datetime import timedelta

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.calls.models import Call
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.foundation.people.models import Person
from kinolab.selection.actions import team_letters as actions
from kinolab.selection.domain.team_letters import Whom

SUBJECT = {
    "ky": "Бейшембиде: суроолор жана жооптор",
    "ru": "В четверг: вопросы и ответы",
    "en": "On Thursday: questions and answers",
}
BODY = {
    "ky": (
        "{name}, саламатсызбы!\n\n«{title}» (№ {number}) үчүн рахмат. Бейшембиде (18:00, Бишкек убактысы) онлайн суроолорго "
        "жооп беребиз: өтүнмөлөр кандай окулат, жыйынтыктар качан чыгат, эмнени даярдоо керек.\n\nСуроолоруңузду алдын "
        "ала жазыңыз: {contact}. Сураганыңыз да, сурабаганыңыз да өтүнмөңүздүн окулушуна таасир этпейт.\n\n{edition}"
    ),
    "ru": (
        "{name}, здравствуйте!\n\nСпасибо за «{title}» (№ {number}). В четверг в 18:00 по Бишкеку мы ответим на вопросы "
        "онлайн: как читают заявки, когда будут результаты, что подготовить.\n\nПрисылайте вопросы заранее: {contact}. "
        "Спросите вы или нет, на чтение это не повлияет.\n\n{edition}"
    ),
    "en": (
        "Dear {name},\n\nThank you for “{title}” (No. {number}). On Thursday at 18:00 in Bishkek we answer questions online: "
        "how applications are read, when the results come, what to prepare.\n\nSend your questions beforehand: {contact}. "
        "Whether you ask or not changes nothing about how you are read.\n\n{edition}"
    ),
}


def build_letter(call: Call, when: Dates) -> None:
    """Aigul's draft to everybody who has sent."""
    by, at = Person.objects.get(email=people.ORGANISER.email), min(when.now, when.closes) - timedelta(hours=2)
    sent = call.applications.filter(stage__in=[one.value for one in IN_FORCE])
    letter = actions.begin(edition=call.edition, applications=list(sent), by=by, at=at)
    actions.save(letter=letter, subject=SUBJECT, body=BODY, whom=Whom.EVERYBODY, seen=letter.version, by=by, at=at)
