"""`./kinolab owner`: the first person of a lab, who can then add all others on a page."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs import actions
from kinolab.labs.models import Organisation


class Command(BaseCommand):
    """Make somebody an owner of an organisation."""

    help = "Make the person with this address an owner of an organisation; they sign in by a link or a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, of what."""
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("organisation", help="its code in the programme file, for example tunduk")
        parser.add_argument("--name", default="", help="how the person is called on pages")
        languages = [tag for tag, _ in settings.LANGUAGES]
        parser.add_argument(
            "--language", default="en", choices=languages, help="language of letters to them (default: en)"
        )

    def handle(self, *, email: str, organisation: str, name: str, language: str, **options: object) -> None:
        """Do it, or say why not."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an address for e-mail.") from None
        found = Organisation.objects.filter(slug=organisation).first()
        if found is None:
            known = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(
                f"There is no organisation {organisation} (there is: {known}). A programme file makes one."
            )
        try:
            member = actions.make_owner(
                organisation=found, email=email, name=name, language=language, at=timezone.now()
            )
        except Denied as denied:
            raise CommandError(f"{email}: {reasons.explain(denied.refusal)}") from None
        self.stdout.write(f"{member.person.email} owns {found} now, and signs in at {settings.KINOLAB_URL}/en/sign-in/")
