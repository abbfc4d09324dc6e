"""Who asks: the session and its person, which almost every request looks up, as prepared statements; where one begins."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from kinolab.foundation.people import actions
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import prepared


def begin(request: HttpRequest, person: Person) -> None:
    """Sign somebody in who has shown who they are; whoever was signed in here before is not any more."""
    actions.remember_language(person=person, language=get_language() or settings.LANGUAGE_CODE)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _session.first(self.session_key or "", timezone.now())
        if found is None:
            self._session_key = None
        return found


def of(person: Person) -> SessionStore:
    """A session in which the person is signed in, not kept yet: for whoever measures or tests, who sees no sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    return session


class Backend(ModelBackend):
    """Django's way from a session to its person; passwords are checked by the backend after it."""

    def authenticate(self, request: object, **credentials: object) -> None:
        """Nobody."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person with this number, unless they may not sign in any more."""
        found = _person.first(user_id)
        return found if found and self.user_can_authenticate(found) else None


@prepared
def _session(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


@prepared
def _person(number: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=number)
